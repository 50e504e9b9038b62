# Paxos for one decision. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Paxos（单次决议）
says = 提议者提出值，接受者批准；多数派批准了哪个值，就永远选定哪个。

rule.propose.deny.role = {me} 不受理提案。提议者是 {proposer}。
rule.propose.deny.nil = {me} 拒绝 {client}：nil 不是可以选定的值。
rule.propose.join = {client} 也来问。{me} 已经在提案，选定之后会告诉 {client}。
rule.propose.known = {me} 已知选定了什么，立即答复 {client}。
rule.prepare = {me} 取编号 {number}，向全部 {of} 个接受者要承诺，需要 {needed} 个。
rule.prepare.with-value = 错误规则生效：{me} 编号 {number} 的 Prepare 带上了值。
rule.prepare.deny.rounds = {me} 只能用 {rounds} 个编号，已经用完。它放弃了；它的值结局如何，谁也说不准。
rule.promise = {me} 向 {proposer} 承诺：不再接受小于 {number} 的编号。它还没接受过任何提案。
rule.promise.report = {me} 向 {proposer} 承诺不再接受小于 {number} 的编号，并报告自己接受过编号 {accepted} 的提案。
rule.promise.overwrite = 错误规则生效：{me} 承诺了 {number}，还把 {proposer} 只是在准备的值当成自己最新的提案。原来的提案随答复发走，本地就没有了。
rule.promise.silent = 错误规则生效：{me} 向 {proposer} 承诺了 {number}，却不说自己接受过什么。
rule.promise.lie = {me} 说谎：告诉 {proposer} 它承诺 {number}，什么都没接受过。
rule.promise.deny = {me} 拒绝 {proposer} 的编号 {number}：它已经承诺了 {promised}。
rule.promise.count = {acceptor} 承诺了。{me} 需要 {needed} 个承诺，现有 {promises} 个。
rule.propose.own = 没有一个承诺报告过提案：{me} 可以用编号 {number} 提出自己的值。
rule.propose.adopt = 报告给 {me} 的提案里，编号最大的是 {highest}。{me} 用编号 {number} 提出它的值，放下自己的。
rule.propose.own-always = 错误规则生效：不管之前接受过什么，{me} 都用编号 {number} 提出自己的值。
rule.accept = {me} 接受 {proposer} 的编号 {number}，并告诉学习者。
rule.accept.again = {me} 接受 {proposer} 的编号 {number}。它之前接受过 {earlier}；这是允许的。
rule.accept.lie = {me} 接受 {proposer} 的编号 {number}，根本不看自己承诺过什么（{promised}）。
rule.accept.deny = {me} 不接受 {proposer} 的编号 {number}：它已经承诺了 {promised}。
rule.accept.count = {acceptor} 接受了。{me} 需要 {needed} 个，现有 {acceptances} 个。
rule.chosen = 已有 {acceptances} 个接受者接受编号 {number}，够了多数派。{me} 提出的值被选定，不会再变。
rule.learn.count = {me} 听到 {acceptor} 接受了编号 {number}，这是 {needed} 个里的第 {reports} 个。
rule.learn = {me} 听到多数派接受了编号 {number}，知道选定了什么。
rule.learn.known = {acceptor} 也来报告，{me} 早已知道。
rule.nack.count = {acceptor} 拒绝了：它已经承诺 {promised}。{me} 接着数。
rule.outbid = {me} 放弃编号 {number}：凑不出多数派了，已经有人得到 {promised} 的承诺。
rule.outbid.back-off = {me} 随机等一会儿，让编号 {number} 的提议者先做完。
rule.timeout = {me} 的编号 {number} 需要 {needed} 个答复，只等到 {heard} 个，不再等了。
rule.answer.stale = {acceptor} 的答复说的是编号 {number}，{me} 已用不着。

kind.Prepare = 请求承诺
kind.Promise = 承诺，并报告接受过的提案
kind.Accept = 请求接受提案
kind.Accepted = 已接受提案
kind.Nack = 拒绝：承诺过更大的编号

field.number = 提案编号
field.value = 要提出的值
field.own = 自己想提的值
field.highest = 承诺里报告的编号最大的提案
field.promised = 不再接受小于它的编号
field.accepted = 最近接受的提案
field.chosen = 选定的值
field.reports = 接受者的报告

log.accepted = 已接受
log.chosen = 已选定

role.idle = 空闲
role.preparing = 在要承诺
role.accepting = 在请求接受
role.waiting = 让别人先走
role.leader = 提案已选定
role.acceptor = 接受者
role.learner = 学习者
role.down = 宕机

dots.promises = 承诺
dots.acceptances = 接受
dots.reports = 报告

part.peer = 提议者
part.service = 接受者
part.resource = 学习者

timer.phase = 离不再等多数派还有
timer.retry = 离重试还有
timer.think = 离发出 Accept 还有

prop.agreement = 一致性
prop.agreement.says = 只选定一个值，没有人学到别的。
prop.validity = 有效性
prop.validity.says = 选定的值一定有人提出过。
prop.promises = 承诺有效
prop.promises.says = 接受者接受和承诺的编号，从不小于它承诺过的。
prop.progress = 进展
prop.progress.says = 有人提案，最终就有值被选定。

knob.proposers = 提议者
knob.proposers.says = 有几个提议者。
knob.acceptors = 接受者
knob.acceptors.says = 有几个接受者，由其中的多数派选定。
knob.learners = 学习者
knob.learners.says = 有几个学习者，它们只听。
knob.rules = 规则
knob.rules.says = 按谁的规则：Lamport 的，还是笔记里写错的。
choice.rules.lamport = Lamport 原文
choice.rules.doc001 = Prepare 带值
choice.rules.doc000 = 承诺不作报告
knob.backoff = 退避
knob.backoff.says = 提议者编号被超过之后，等多久再试；0 表示不等。
knob.timeout = 耐心
knob.timeout.says = 提议者等多数派等多久，到时就重试；0 表示一直等。
knob.think = 思考
knob.think.says = 提议者收齐承诺之后，过多久发出 Accept。
knob.rounds = 每个提议者的编号数
knob.rounds.says = 提议者用完多少个编号就放弃；0 表示不限。
knob.nack = 拒绝时答复
knob.nack.says = 接受者拒绝时说一声，还是一声不吭。
knob.durable = 承诺落盘
knob.durable.says = 接受者答复之前，是否先把承诺和接受的提案写到磁盘。
knob.lie = 说谎
knob.lie.says = 接受者是否总说自己什么都没接受过，并且来者不拒。

op.propose = 提议
arg.value = 值

fail.nil = nil 不是值。
