# 主从复制。规则的句子里可以用它的字段，以及 {me}：触发规则的那台服务器。

name = 主从复制
says = 一个主库写，从库复制它的日志。主库等所有从库、等一个，或者谁也不等。

rule.write.log = {me} 把 {client} 的条目 {index} 写进日志并发给从库。要有 {needed} 个确认才答复。
rule.write.done = {acks} 个从库有了条目 {index}。{me} 让它可见并答复。
rule.ack.count = {slave} 已有 {me} 的日志，到条目 {index} 为止。
rule.ack.gap = {slave} 缺条目。{me} 从条目 {index} 之后重发。
rule.ack.late = {me} 从 {slave} 的应答里没有得知新情况。
rule.heartbeat = {me} 告诉其他服务器自己的日志到哪里。有 {behind} 台落后，给它们重发。
rule.read.master = {me} 按条目 {index} 为止的内容答复 {client} 的读。
rule.semi.fall-back = {waited} 内没有从库应答。{me} 不再等，从现在起自己就答复。
rule.semi.again = {slave} 追上了。{me} 重新等一个从库。
rule.mode.switch = 模式变了：从现在起 {me} 要 {needed} 个确认，正在等的请求也按此计算。
rule.remove = {me} 不再计入 {slave}。还有 {left} 个从库必须确认。
rule.remove.refuse = {me} 拒绝：{server} 不是计入的从库。
rule.repl.store = {me} 存下 {master} 的 {count} 条新条目，到 {index} 为止，并让它们可见。
rule.repl.nothing-new = {me} 收到 {master} 的消息，没有新内容。
rule.repl.gap = {me} 无法把 {master} 的条目接在条目 {prev} 之后：自己的日志止于 {last}，或在那里不同。
rule.repl.truncate = {me} 的条目 {index} 到 {last} 不在 {master} 的日志里。它们被丢弃，不管确认过没有。
rule.read.slave = {me} 用自己的副本（到条目 {index} 为止）答复 {client} 的读。
rule.request.redirect = {me} 是从库，让客户端去找 {master}。
rule.promote = {me} 被提升为第 {epoch} 任主库。从现在起以它的内容为准，到条目 {index} 为止。
rule.promote.refuse = {me} 拒绝：它已经是第 {epoch} 任主库。
rule.failover.silence = 错误示范：{me} 在 {waited} 内什么也没听到，就当主库死了，自己提升自己。
rule.follow = {me} 转为跟随第 {epoch} 任主库 {master}。
rule.repl.old-master = {me} 拒绝第 {epoch} 任主库 {from}：现在已是第 {current} 任。
rule.two-masters = {me} 以为自己是主库，却听到 {other} 也以主库自居（第 {epoch} 任）。
rule.step-down = {me} 得知第 {epoch} 任主库，不再是第 {current} 任主库。
rule.write.given-up = {me} 不再知道条目 {index} 会怎样，如实告诉 {client}。

kind.Repl = 发送日志条目；没有条目时表示自己还在
kind.ReplAck = 说明从库的日志到哪里

field.master = 它所知道的最新主库
field.applied = 日志到哪里为止对客户端可见
field.data = 最后写入的值
field.waiting = 等答复的客户端
field.epoch = 第几任主库
field.prev = 新条目之前的那一条
field.entries = 要存的条目
field.last = 主库日志的末尾
field.index = 日志到哪里为止与主库相同
field.fits = 条目接不接得上
card.data = 数据
card.master = 主库
card.applied = 可见
card.waiting = 等待

role.leader = 主库
role.slave = 从库
role.down = 宕机

part.peer = 服务器
log.log = 日志
dots.acknowledgements = 已有
set.slaves = 计入的从库
mark.two-masters = 听到另一个主库
flag.waits = 有客户端在等
flag.fallen-back = 不再等

timer.heartbeat = 下一次心跳
timer.fallback = 等一个从库的时限
timer.silence = 沉默多久才算死

knob.slaves = 从库数
knob.slaves.says = 一共有几个从库。
knob.mode = 模式
knob.mode.says = 主库等谁的确认：所有从库、一个从库（等一阵），或者谁也不等。
knob.reads = 读
knob.reads.says = 谁答复读：只有主库，或任何一台用自己的副本答复。
knob.fallback = 多久后退化
knob.fallback.says = 半同步的主库等一个从库等多久，之后不再等。
knob.heartbeat = 心跳间隔
knob.heartbeat.says = 主库多久告知一次日志到哪里，并重发没有得到确认的内容。
knob.failover = 错误：沉默即死亡
knob.failover.says = 第一个从库这么久听不到消息就提升自己；0 表示从不。

choice.mode.sync = 同步
choice.mode.semi = 半同步
choice.mode.async = 异步
choice.reads.master = 在主库
choice.reads.any = 任何一台

op.put = 写入
op.get = 读取
op.promote = 把这台提升为主库
op.remove = 不再计入某个从库

arg.key = 键
arg.value = 值
arg.server = 从库

fail.not-a-slave = 这台服务器不是计入的从库。
fail.already-master = 这台服务器已经是主库。
