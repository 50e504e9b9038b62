# 寄存器的多个副本。规则的句子里可以用它的字段，以及 {me}：触发规则的那个副本。

name = 多副本寄存器
says = 同一个值在几个副本上各存一份。一个设置决定：答复客户端之前，要有谁应答。

rule.request.pass-on = {me} 不能自己做主：它把 {client} 的请求转给 {leader}。
rule.write.local = {me} 存下版本 {version}，马上答复 {client}。其他副本稍后才知道。
rule.read.local = {me} 用自己的副本（版本 {version}）答复 {client}，没有问任何人这是不是最新的。
rule.request.done = {leader} 有了答复，{me} 转告 {client}。
rule.timeout.cancel-read = {me} 白等了 {waited}。它告诉 {client} 没有答案，而不是给一个旧值。
rule.timeout.cancel-write = {me} 白等了 {waited}。它告诉 {client}：这次写可能做了，也可能没做。
rule.answer.late = {from} 的应答到了 {me}，可是已经没有人在等。
rule.again.under-way = {client} 再次向 {me} 请求它的第 {serial} 号操作，而应答正在统计。
rule.again.taken = {client} 再次请求上一次的写。那就是版本 {version}，{me} 不会再写一遍。
rule.again.too-old = {me} 不接受 {client} 的第 {serial} 号操作：它已接受该客户端之后的一次写。
rule.write.begin = {me} 写出版本 {version} 并告诉其他副本。{of} 份里有 {needed} 份存下才答复。
rule.write.count = {from} 存下了 {me} 写的内容：需要 {needed} 份，已有 {answers} 份。
rule.write.done = {of} 个副本里有 {answers} 个存着版本 {version}，写完成了。
rule.read.begin = {of} 份副本里（连自己的在内）要有 {needed} 份，{me} 才答复这次读。
rule.read.count = {from} 给出了它的内容：{me} 需要 {needed} 份，已有 {answers} 份。
rule.read.done = {of} 个副本里有 {answers} 个应答。{me} 读到其中最高的版本 {version}。
rule.leader.give-up = {replica} 转来的请求需要 {needed} 个应答，{me} 只等到 {answers} 个，不再等了。
rule.copy.tell = {me} 把自己的副本（版本 {version}）给 {leader} 看。
rule.copy.store = {me} 从 {from} 得知 {writer} 的版本 {version}，比自己的高，存下来。
rule.copy.keep = {me} 从 {from} 得知 {writer} 的版本 {version}。自己的版本与它相同或更高，保持不变。
rule.copy.lost = {me} 答复了版本 {version}，可它已经存着 {writer} 的版本 {held}，更高。新的值当场就没了。
rule.anti-entropy.compare = {me} 告诉其他副本自己有哪些版本。
rule.anti-entropy.push = {replica} 缺内容：{me} 发给它 {count} 份更新的副本。
rule.anti-entropy.same = {me} 没有比 {replica} 更新的内容。
rule.policy.switch = 策略变了：从现在起，{of} 个副本里要有 {needed} 个应答。
rule.policy.proceed = 新策略不再要求别人应答：{me} 用自己的副本答复 {client} 的读。
rule.policy.wait-on = {client} 的请求在 {me} 上继续等待。它已经转出去或告诉了别人，要等他们的应答，按新策略来数。

kind.Read = 把读转给领导者
kind.Write = 把写转给领导者
kind.Reply = 领导者的答复
kind.Query = 要一份副本
kind.Copy = 给出副本
kind.Replicate = 告知写入的值
kind.ReplicateAck = 说明现在存着什么
kind.AntiEntropy = 说明存着哪些版本

field.value = 它所知道的最后写入的值
field.version = 序号和写入者；高的留下
field.copies = 所有副本
field.policy = 要有谁应答
field.waiting = 还没有答复的请求
field.key = 键
field.digest = 发送者存着的版本
card.value = 值
card.version = 版本
card.copies = 全部
card.waiting = 等待

role.leader = 领导者
role.replica = 副本
role.down = 宕机

part.peer = 副本
dots.answers = 已应答
flag.waits = 有客户端在等

timer.request = 等待应答的时限
timer.quorum = 替别的副本统计应答的时限
timer.anti-entropy = 下一次比对副本

prop.one-value-per-version = 一个版本一个值
prop.one-value-per-version.says = 版本相同的两份副本，值也相同。

knob.nodes = 副本数
knob.nodes.says = 一共有几个副本。
knob.shards = 分片
knob.shards.says = 键分布在几组副本上。
knob.policy = 策略
knob.policy.says = 答复客户端之前要有谁应答：多数副本、所有副本、只要被问的那个，或只要第一个。
knob.order = 版本怎么编号
knob.order.says = 版本的序号：比上一个加一，或取写入者的墙上时钟。
choice.order.lamport = 加一
choice.order.wall = 墙上时钟
knob.timeout = 超时
knob.timeout.says = 副本等别人等多久，之后就答复错误。
knob.anti_entropy = 反熵间隔
knob.anti_entropy.says = 副本之间多久比对一次；0 表示从不。

choice.policy.majority = 多数派
choice.policy.all = 全部
choice.policy.local = 本地副本
choice.policy.single = 只有一个

op.put = 写入
op.get = 读取

arg.key = 键
arg.value = 值

fail.no-answer = 副本没有及时听到足够的应答，于是答复错误。
