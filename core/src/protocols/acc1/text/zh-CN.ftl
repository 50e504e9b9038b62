# Acceptors that accept the first proposal. A rule's sentence may use its fields and {me}, the participant where it fired.

name = 单个接受者与“先到先得”
says = 接受者接受收到的第一个值。只有一个接受者，就有单点故障；有好几个，选票可能分散。

rule.propose = {me} 把自己的值发给 {of} 个接受者，要有 {needed} 个接受。
rule.propose.known = {me} 已经知道结果，立即答复。
rule.propose.deny = {me} 不是提议者，让客户端去找 {proposer}。
rule.accept = {me} 还没有接受过任何值，必须接受 {proposer} 的值。
rule.accept.again = {me} 之前接受的就是这个值，再告诉 {proposer} 一遍。
rule.accept.deny = {me} 之前已经接受了别的值，拒绝 {proposer} 的值，并说明自己保留的是哪个。
rule.heard = {me} 得知 {acceptor} 接受了哪个值。接受这个值的有 {votes} 个，需要 {needed} 个。
rule.chosen = {of} 个接受者中有 {votes} 个接受了同一个值：{me} 知道它被选定了。
rule.split = {me} 看出没有哪个值能被选定：需要 {needed} 个接受者，目前最多只有 {most} 个一致，没有答复的还有 {silent} 个，而谁也不会改变主意。
rule.resend = {me} 需要 {needed} 个接受者，目前有 {votes} 个。它再问一遍没有答复的 {silent} 个。

kind.Propose = 请接受这个值
kind.Accepted = 我接受了这个值
kind.Refused = 不行，我已接受的是这个值

field.value = 值
field.accepted = 已接受的值
field.proposal = 提议的值
field.chosen = 选定的值

role.proposer = 提议者
role.acceptor = 接受者
role.learner = 学习者
role.down = 宕机

dots.accepted = 已接受

flag.split = 选不出值

part.peer = 提议者
part.service = 接受者
part.resource = 学习者

timer.resend = 多久后再问

prop.one-value = 只选定一个值
prop.one-value.says = 不会有两个节点知道的选定值不一样。

knob.proposers = 提议者数
knob.proposers.says = 有多少个提议者。
knob.acceptors = 接受者数
knob.acceptors.says = 有多少个接受者。超过半数接受的值被选定。
knob.resend = 重发间隔
knob.resend.says = 提议者隔多久再问没有答复的接受者；0 表示不再问。

op.propose = 提议
arg.value = 值

fail.split = 各接受者手里的值不一样，没有哪个值还能得到多数。
