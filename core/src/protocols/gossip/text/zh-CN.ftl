# Gossip. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Gossip 协议
says = 每个节点凭自己手里的数据答复。每一轮随机挑一个节点，互相比对。

rule.write = {me} 接受写入，时间戳 {ts}，立即答复。别人还都不知道。
rule.delete = {me} 用死亡证明换下这个值，时间戳 {ts}。死亡证明会像值一样传播。
rule.delete.no-certificate = {me} 删掉这个值，什么也没留下，也就没法告诉别人。
rule.read = {me} 凭自己手里的数据答复，时间戳 {ts}（0 表示没有），不问别人。
rule.push = {me} 挑中 {peer}，把所有条目都告诉它，共 {updates} 条。
rule.digest = {me} 挑中 {peer}，告诉它自己各条目的版本。
rule.digest.behind = {me} 把 {peer} 缺的 {updates} 条发给它。
rule.digest.ahead = {peer} 有 {updates} 条是 {me} 缺的，{me} 向它要。
rule.digest.same = {me} 和 {peer} 的数据相同，没什么可说。
rule.rumour.tell = {me} 挑中 {peer}，把新鲜事告诉它，共 {rumours} 条。
rule.rumour.known = {peer} 早知道了。{me} 继续传。
rule.rumour.lose = {peer} 早知道了。{me} 失去兴趣，不再传这条。
rule.rumour.backup = {me} 和 {peer} 全面比对一次，以防有谣言漏掉了谁。
rule.merge.newer = {me} 从 {from} 那里得到更新的值：时间戳 {ts}，写于 {writer}。
rule.merge.certificate = {me} 从 {from} 那里得知值已删除，时间戳 {ts}，留下死亡证明。
rule.merge.known = {from} 说的 {me} 已经有了，时间戳 {ts}。
rule.merge.deny.older = {me} 保留自己的，时间戳 {held}。{from} 说的更旧，{ts}。
rule.merge.deny.expired = {me} 不收 {from} 的死亡证明：它已经到了该丢弃的时候。
rule.certificate.expire = {me} 丢弃死亡证明，时间戳 {ts}。从此它不知道这个值被删过。
rule.resurrect = {me} 从 {from} 那里收下时间戳 {ts} 的值。它早被删除，而 {me} 已经丢掉了凭据。

kind.Push = 把自己有的告诉对方
kind.Digest = 自己各条目的版本
kind.Pull = 要条目
kind.Delta = 对方缺的条目
kind.Known = 早就知道

field.newest = 最新的条目；† 是死亡证明
field.entry = 所有条目
field.clock = 听说过的最大时间戳
field.rumours = 还在传的谣言
field.update = 条目
field.has = 版本
field.wanted = 想要的
field.known = 早就知道的
card.newest = 最新
card.clock = 时钟
card.rumours = 谣言

role.susceptible = 还没听说
role.infective = 正在传播
role.removed = 知道，但不再传
role.down = 宕机

flag.resurrected = 死而复生
mark.resurrected-key = 删除后又回来的值

part.peer = 节点

timer.round = 离下一轮
timer.backup = 离全面比对

knob.nodes = 节点数
knob.nodes.says = 有多少个节点。
knob.mode = 方式
knob.mode.says = 每一轮做什么：把自己有的告诉对方（推），要自己缺的（拉），又推又拉，或者只传新鲜事。
choice.mode.push = 推
choice.mode.pull = 拉
choice.mode.push-pull = 推拉结合
choice.mode.rumour = 传谣言
knob.fanout = 扇出
knob.fanout.says = 每一轮联系几个节点。
knob.round = 轮次间隔
knob.round.says = 节点隔多久传一轮。
knob.k = k
knob.k.says = 发现别人早已知道时，节点多快失去兴趣。
knob.stop = 怎样失去兴趣
knob.stop.says = 每遇到一次对方早已知道，以 1/k 的概率停止；或者第 k 次时停止。
choice.stop.coin = 以 1/k 的概率
choice.stop.counter = 第 k 次时
knob.backup = 全面比对间隔
knob.backup.says = 传谣言的节点隔多久再和别人全面比对一次；0 表示不比对。
knob.gc = 死亡证明保留
knob.gc.says = 死亡证明保留多久；0 表示删除时不留死亡证明。

op.put = 写
op.get = 读
op.del = 删除
arg.key = 键
arg.value = 值
