# What every lock on a Redis server says, beside what every lock says.

rule.set.done = 键不存在，{me} 为 {client} 设置：锁给它了。
rule.set.deny.exists = {me} 拒绝 {client}：键已存在，是 {holder} 设置的。
rule.setnx.deny.arguments = {me} 拒绝：SETNX 只收一个键和一个值，这里多了 {surplus} 个参数。什么也没有设置。
rule.expire.set = 键将在 {px} 后过期（按 {me} 的时钟）。
rule.expire.deny.absent = {client} 要设过期时间，可 {me} 没有这个键。
rule.key.expired = 键到期了，{me} 把它删除，不管 {holder} 此刻在做什么。
rule.del.done = {client} 删除自己的键，{me} 上的锁又空闲了。
rule.del.foreign = {client} 删掉了 {holder} 设置的键。DEL 不看值：接下来谁来问，{me} 就把锁给谁。
rule.del.deny.absent = {client} 要删的键已经不在了。
rule.compare.deny = 脚本先比较：键里是 {holder} 的值，不是 {client} 的。{me} 不动它。
rule.compare.deny.absent = {client} 的脚本找不到键：它的锁已经过期，或被删掉了。
rule.token.next = {me} 加一：{client} 拿到号码 {token}。
rule.incr.deny.type = {me} 拒绝 {client}：值不是整数。
rule.boot.empty = {me} 启动时内存是空的，不知道有过什么锁。
rule.boot.aof = {me} 从 AOF 文件恢复，共 {keys} 个键。

kind.SETNX = 键不存在才设置
kind.SET = 键不存在才设置，并带过期时间
kind.EXPIRE = 设置过期时间
kind.DEL = 删除键
kind.GET = 读键
kind.INCR = 加一
kind.EVAL = 把脚本当作一条命令执行

field.key = 键
field.holder = 谁设置的；没有命令能看到
field.expires = 键何时过期（按服务器的时钟）
field.surplus = 多余的参数
field.px = 键的存活时间
field.script = 脚本的作用
card.holder = 持有者
card.expires = 过期

role.server = 服务器

knob.ttl = 过期时间
knob.ttl.says = 锁在服务器上存活多久。
knob.aof = AOF 持久化
knob.aof.says = 服务器把命令写进磁盘，重启后键还在。

op.setnx = 键不存在才设置
op.set = 键不存在才设置，并带过期时间
op.expire = 设置过期时间
op.del = 删除键
op.get = 读键
op.incr = 加一

arg.more = 其余参数

fail.zero = 返回 0：什么也没做。
fail.nil = 返回 nil：键已存在。
fail.wrong-number-of-arguments = ERR 参数个数不对（wrong number of arguments）。
fail.not-an-integer = ERR 值不是整数（value is not an integer）。

knob.tokens = 令牌（fencing token）
choice.tokens.none = 没有
choice.tokens.incr = INCR
