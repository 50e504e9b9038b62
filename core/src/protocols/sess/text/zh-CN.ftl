# Sessions on replicas. A rule's sentence may use its fields and {me}, the participant where it fired.

name = 滞后副本上的会话
says = 每个副本都答复，也都会滞后。客户端自己决定要靠得住哪些事。

rule.read = {me} 向 {replica} 读一个值。
rule.write = {me} 请 {replica} 写入。
rule.ryw = 读己之所写：答复 {me} 的副本必须有它自己的写入，到现在 {writes} 次。
rule.mr = 单调读：答复 {me} 的副本必须有它以前读到过的，共 {writes} 次写入。
rule.wfr = 读后写：{me} 读到过的 {writes} 次写入没有存下之前，任何副本都不能存这次写入。
rule.mw = 单调写：{me} 先前的 {writes} 次写入没有存下之前，任何副本都不能存这次写入。
rule.session = 会话一致性：答复 {me} 的副本必须有本次会话写过和读过的，共 {writes} 次写入。
rule.causal = 因果一致性：{me} 的这次操作排在它做过、看到过、听说过的一切之后，共 {writes} 次写入。
rule.causal.told = {me} 听 {teller} 说了，并记下 {teller} 看到过的 {writes} 次写入。
rule.causal.deny.told = {me} 听 {teller} 说了。它的客户端库不记 {teller} 看到过什么。
rule.session.new = {me} 开始会话 {session}。上一次会话记下的都没了。
rule.done = {me} 得到 {replica} 的答复。它现在看到过 {writes} 次写入。
rule.behind.redirect = {lacking} 缺少 {me} 必须看到的。{me} 改问 {replica}。
rule.behind.fail = {lacking} 缺少 {me} 必须看到的。{me} 放弃。
rule.no-answer = {me} 等 {replica} 等够了，什么也没读到。
rule.no-answer.unknown = {me} 等 {replica} 等够了。它的写入可能已被接受，也可能以后才被接受。
rule.answer.late = {replica} 答复了，{me} 已经不等。
rule.read.answer = {me} 用自己的副本答复 {client}，并说明自己有哪些写入。
rule.write.take = {me} 接受 {client} 的写入，是自己的第 {number} 号。别的副本还不知道。
rule.wait = {me} 缺 {client} 必须看到的 {lacks} 次写入。{client} 等着。
rule.lack = {me} 缺 {client} 必须看到的 {lacks} 次写入，如实答复。
rule.repl = {me} 把自己截至第 {number} 号的写入告诉 {replicas} 个副本。
rule.repl.again = {me} 再告诉 {replicas} 个副本一遍：它们没有确认。
rule.repl.apply = {me} 存下 {origin} 的第 {number} 号写入。
rule.repl.apply.older = {me} 记下 {origin} 的第 {number} 号写入，但保留自己的值，它更新。
rule.repl.hold = {me} 把 {origin} 的第 {number} 号写入搁在一边：排在它前面的还没有到。
rule.repl.deny.known = {me} 已有 {origin} 的第 {number} 号写入。
rule.repl.ack = {me} 得知 {replica} 有了自己截至第 {number} 号的写入。

kind.Get = 读一个值
kind.Put = 请求写入
kind.Reply = 答复
kind.Behind = 这个副本缺东西
kind.Repl = 一个副本的写入，按序
kind.ReplAck = 已存下多少

field.key = 键
field.value = 值
field.write = 写入
field.writes = 写入（号；之前必须有的）
field.needs = 副本必须有的
field.seen = 有谁的哪些写入
field.number = 号
field.copy = 时间戳最大的值
field.copies = 所有的值
field.held = 搁置的写入
field.waiting = 等着的客户端
field.doing = 正在读什么、写什么
field.reads = 读到过的
field.session-reads = 其中本次会话读到的
field.session-writes = 本次会话自己写的
card.copy = 副本
card.seen = 看到
card.doing = 正在
card.copies = 全部
card.held = 搁置
card.waiting = 等待
card.reads = 读过

role.replica = 副本
role.idle = 空闲
role.reading = 正在读
role.writing = 正在写
role.down = 宕机

part.peer = 副本
part.client = 客户端

timer.ship = 多久后告诉别的副本
timer.resend = 多久后再告诉一遍
timer.timeout = 客户端还等多久

knob.nodes = 副本数
knob.nodes.says = 有多少个副本。
knob.clients = 客户端数
knob.clients.says = 有多少个客户端。
knob.lag = 复制延迟
knob.lag.says = 写入之后多久，副本才告诉别的副本。
knob.resend = 重发间隔
knob.resend.says = 副本隔多久再发一遍没有得到确认的写入。
knob.order = 留下哪个值
knob.order.says = 同一个键的两个值，副本留哪个。
choice.order.arrival = 最后到的
choice.order.lamport = Lamport 时间戳大的
knob.causal = 因果一致性
knob.causal.says = 客户端做的事，排在它做过、看到过、听说过的一切之后。
knob.ryw = 读己之所写
knob.ryw.says = 读得到自己写过的。
knob.session = 会话一致性
knob.session.says = 读得到本次会话写过和读过的，到会话结束为止。
knob.mr = 单调读
knob.mr.says = 后来读到的绝不比以前读到的少。
knob.mw = 单调写
knob.mw.says = 一个客户端的写入，在每个副本上都按它写的先后存下。
knob.wfr = 读后写
knob.wfr.says = 一个客户端的写入，绝不先于它读到过的存下。
knob.miss = 副本缺东西时
knob.miss.says = 副本缺少客户端必须看到的，客户端怎么办。
choice.miss.wait = 等
choice.miss.redirect = 改问别的副本
choice.miss.fail = 放弃
knob.timeout = 等待时限
knob.timeout.says = 客户端等答复等多久。

op.put = 写
op.get = 读
arg.key = 键
arg.value = 值

fail.behind = 这个副本缺少该客户端必须看到的。
fail.no-answer = 在时限内没有答复。
