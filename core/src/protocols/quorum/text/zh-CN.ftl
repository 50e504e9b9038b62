# Majority reads and writes. A rule's sentence may use its fields and {me}, the participant where it fired.

name = 多数派读写
says = N 个副本，写等 W 个确认，读等 R 个答复。R + W > N 时读写必有交集；读拿到交集之后怎么办，是另一回事。

rule.write.query = {me} 要写。先向所有副本询问最大的时间戳，等 {needed} 份答复。
rule.write = {me} 给这次写入定下时间戳 {ts}，发给所有副本，要等 {needed} 个确认。
rule.write.unordered = {me} 把写入发给所有副本，要等 {needed} 个确认。消息里没有任何东西说明它的先后。
rule.write.done = 已有 {acks} 个副本确认，{me} 的写入完成。
rule.store = {me} 存下 {client} 送来的值：时间戳 {ts}，写者 {writer}。
rule.store.deny.older = {me} 保留自己的值：时间戳 {held}，而 {client} 送来的是 {ts}。它照样确认。
rule.store.last = {me} 存下 {client} 送来的值，不管原来是什么：谁最后到，就留谁。
rule.read = {me} 向所有副本要它们的值，等 {needed} 份答复。
rule.read.no-overlap = R = {r}，W = {w}，加起来不大于 N = {n}：{me} 的读可能碰不到任何一个有最新写入的副本。
rule.read.answer = {me} 把自己的值答复给 {client}，时间戳 {ts}（0 表示没有）。
rule.read.newest = {me} 从答复里取时间戳最大的：{ts}，写者 {writer}。
rule.read.unordered = 答复不一样，又没有东西能分出新旧。{me} 取最先到的，来自 {replica}。
rule.read.write-back = {me} 找到了时间戳 {ts} 的值。答复之前先写回所有副本，等 {needed} 个确认。
rule.read.repair = {me} 已经答复。然后把时间戳 {ts} 的值告诉落后的 {behind} 个副本，不等任何人。
rule.read.done = 已有 {answers} 个副本答复，{me} 的读完成。
rule.resend = {me} 再问一遍还没有答复的 {missing} 个副本。
rule.answer.extra = {replica} 的答复也到了，{me} 已不需要。
rule.no-quorum = {me} 需要 {needed} 份答复，只等到 {answers} 份，不再等了。什么也没有写下。
rule.no-quorum.partial = {me} 需要 {needed} 个确认，只等到 {acks} 个，不再等了。有的副本可能已经存下这次写入：它算不算数，谁也不知道。

kind.Read = 要一份值
kind.RResp = 一份值
kind.Write = 存下新值
kind.WriteBack = 存下读到的值
kind.WAck = 已存下，或者已有更新的值

field.key = 键
field.value = 值
field.version = 时间戳和写者
field.copy = 时间戳最大的值
field.copies = 所有的值
field.clock = 客户端用过或听说过的最大时间戳
field.doing = 正在读什么、存什么
field.tasks = 进行中的操作
card.copy = 副本
card.version = 版本
card.doing = 正在
card.copies = 全部
card.clock = 时钟
card.tasks = 操作

role.replica = 副本
role.idle = 空闲
role.reading = 正在读
role.querying = 询问时间戳
role.writing = 正在写
role.writing-back = 正在写回
role.down = 宕机

dots.answers = 答复
dots.acks = 确认

part.peer = 副本
part.client = 客户端

timer.timeout = 客户端还等多久
timer.resend = 多久后再问

prop.one-value = 一个时间戳一个值
prop.one-value.says = 同一个键，时间戳和写者都相同的值只有一个。

knob.nodes = 副本数 N
knob.nodes.says = 有多少个副本。
knob.clients = 客户端数
knob.clients.says = 有多少个客户端。读写由客户端自己协调。
knob.r = 读法定人数 R
knob.r.says = 读要等多少份答复；0 表示多数派。
knob.w = 写法定人数 W
knob.w.says = 写要等多少个确认；0 表示多数派。
knob.order = 写入的先后
knob.order.says = 两个值之间，副本留哪个，读返回哪个。
choice.order.arrival = 最后到的
choice.order.wall = 按写者的物理时钟
choice.order.lamport = 按写者的 Lamport 时钟
choice.order.query = 写之前先问时间戳
knob.repair = 读之后
knob.repair.says = 读遇到落后的副本时怎么办。
choice.repair.off = 不管
choice.repair.async = 答复之后再告诉它们
choice.repair.write-back = 先写回再答复
knob.timeout = 等待时限
knob.timeout.says = 客户端最多试多久。
knob.resend = 重发间隔
knob.resend.says = 客户端隔多久再问还没有答复的副本；0 表示不再问。

op.put = 写
op.get = 读
arg.key = 键
arg.value = 值

fail.noquorum = 在时限内答复的副本不够。
