# 原子提交各系统共用的文字。规则的句子可以用它的字段和 {me}。

rule.lock.grant = {me} 为 {owner} 锁住这一行（事务 {tx}；0 表示本地事务）。
rule.lock.wait = 这一行在 {me} 上已被锁住：{owner} 只能等。锁在 {holder} 手里，属于事务 {tx}（0 表示本地事务）。
rule.lock.timeout = {owner} 在 {me} 上等锁等了 {waited}，放弃。没人分得清这是长事务还是死锁。
rule.lock.release = {me} 释放 {owner} 的事务 {tx} 锁住的全部行。
rule.row.read = {me} 把最近一次提交的值答给 {client}。读者不等任何人。
rule.row.commit = {client} 的本地事务在 {me} 上提交。

field.rows = 各行最近一次提交的值
field.locks = 哪一行的锁在谁手里
field.waiting = 谁在等锁
card.rows = 行
card.locks = 锁
card.waiting = 等锁

flag.locked-out = 有人在等锁

role.init = 尚未投票
role.ready = 存疑
role.precommit = 预提交
role.wait = 等投票
role.commit = 已提交
role.abort = 已中止
role.down = 宕机

part.service = 事务管理器
part.peer = 资源管理器

timer.lock-wait = 等锁的时限
timer.hold = 本地事务何时做完

knob.rms = 资源管理器个数
knob.rms.says = 有几个资源管理器参与。
knob.vote = 投票
knob.vote.says = 活能干成时，资源管理器投什么票。
knob.vote_timeout = 等投票的时限
knob.vote_timeout.says = 事务管理器等投票等多久。
knob.lock_wait = 等锁的时限
knob.lock_wait.says = 事务等一行的锁等多久，之后放弃。
knob.hold = 本地事务用时
knob.hold.says = 本地事务把它那一行锁多久。
knob.gap = 第二阶段的间隔
knob.gap.says = 把决定告诉一个资源管理器之后，隔多久再告诉下一个。

choice.vote.yes = 赞成
choice.vote.no = 反对

op.begin = 在所有资源管理器上执行一个事务
op.update = 在这里用本地事务写
op.read = 读这里已提交的值
op.read_for_update = 等这一行解锁后再读

arg.row = 行
arg.value = 值

fail.aborted = 事务已中止。
fail.lock-timeout = 这一行的锁没有按时空出来。
