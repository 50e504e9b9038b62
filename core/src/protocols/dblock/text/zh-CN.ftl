# The lock by a unique index. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock

name = 数据库锁
says = 一把锁就是数据库里的一行：谁插入成功谁持有，唯一索引只放一行进去。

rule.insert.done = 这一行不存在，{me} 为 {client} 插入，编号 {id}：锁给它了。
rule.insert.deny.duplicate = {me} 对 {client} 报 Duplicate entry：{holder} 的那一行还在。
rule.insert.again = 这一行本来就是 {client} 的，它又来加锁。{me} 把计数加到 {count}。
rule.delete.done = {client} 删除自己的那一行，{me} 上的锁又空闲了。
rule.delete.foreign = {client} 删掉了 {holder} 的那一行。语句里只有锁的名字，{me} 照删不误。
rule.delete.once = {client} 释放一次。{me} 的计数还剩 {count}，这一行留着。
rule.delete.deny.absent = {client} 要删的行，{me} 里没有。
rule.delete.deny.owner = {me} 没有为 {client} 删除任何行：那一行属于 {holder}。
rule.update.done = {client} 刷新了自己在 {me} 里的那一行的时间。
rule.sweep.delete = {holder} 的那一行已存在 {age}，{me} 把它清掉。{holder} 是否还在工作，清理任务看不到。
rule.binlog.send = {me} 把现有的 {rows} 行告诉备库。没有客户端在等这一步。
rule.binlog.apply = {me} 应用主库发来的内容，共 {rows} 行。
rule.promote = {me} 从现在起接受写入，手里是已经收到的 {rows} 行。
rule.read-only = {me} 拒绝 {client}：它不接受写入。

kind.INSERT = 插入一行：请求加锁
kind.DELETE = 删除一行：释放锁
kind.UPDATE = 刷新一行的时间
kind.Binlog = 主库的变更，发给备库

field.owner = 谁插入的
field.method_lock = 这一行代表的锁，唯一
field.id = 行的编号，按插入顺序
field.update_time = 插入或更新的时间（按数据库的时钟）
field.auto_increment = 最近分配的编号
field.sweep = 一行最多存在多久
field.rows = 行数
card.owner = 持有者

role.primary = 主库
role.standby = 备库

knob.reentrant = 记录持有者和次数
knob.reentrant.says = 行里记下持有者和次数，持有者就能再次加锁。
knob.sweep = 清理任务
knob.sweep.says = 一行存在多久之后会被删除；0 表示永远留着。
knob.standby = 备库
knob.standby.says = 另有一个数据库异步跟随主库。
knob.lag = 复制延迟
knob.lag.says = 变更之后多久才通知备库。
knob.primary = 主库
knob.primary.says = 哪个数据库接受写入，客户端又去问哪一个。
choice.primary.db = 原主库
choice.primary.standby = 备库

op.insert = 插入一行
op.delete = 删除一行

fail.duplicate-entry = Duplicate entry：这一行已存在。
fail.no-row = 没有这一行。
fail.read-only = 这个数据库不接受写入。
