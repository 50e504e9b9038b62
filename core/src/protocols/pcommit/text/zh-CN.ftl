# Paxos Commit（Paxos 提交）。规则的句子可以用它的字段和 {me}（规则在谁那里触发）。
# include commit

name = Paxos Commit
says = 每一票都由一个 Paxos 实例来选定。票存在 2F + 1 个接受者那里，哪个领导者都能从中查出结局：谁也不用等某一个进程。

rule.begin = {me} 领导事务 {tx}：请每个资源管理器准备。
rule.begin-commit = {me} 得知 {rm} 已为事务 {tx} 准备好，请其余的也准备。
rule.leader.restart = {me} 在盘上看到自己领导过事务 {tx}，却不知结局，稍后去问接受者。
rule.request.redirect = 这件事不归 {me} 管，请 {client} 去找 {to}。
rule.prepare.first = 事务 {tx} 里 {me} 第一个准备好，用 BeginCommit 告诉领导者。
rule.prepare = {me} 已准备好并落盘，在自己那个实例的 0 号轮次里向 {acceptors} 个接受者提出“准备好”（事务 {tx}）。
rule.prepare.deny = {me} 不提交事务 {tx}，当即中止：缺了它，谁也提交不了。
rule.prepare.deny.decided = 有人请 {me} 准备事务 {tx}，可它早已知道结局，什么也不做。
rule.restart = {me} 在盘上看到事务 {tx} 已准备好：重新锁住那一行，稍后去问。
rule.restart.unvoted = {me} 在盘上看到事务 {tx}，自己还没有投票，所以仍可以单独中止它。
rule.ask = {me} 对事务 {tx} 存疑太久，请 {leader} 来领导。
rule.commit = {me} 提交事务 {tx}：行有了新值，锁放开。
rule.abort = {me} 中止事务 {tx}。
rule.known = {me} 早已知道事务 {tx} 的结局。
rule.learn.direct = {me} 自己听到了足够多的接受者：不用领导者，也知道了事务 {tx} 的结局。
rule.accept = {me} 为 {rm} 接受“准备好”，轮次 {ballot}。
rule.accept.aborted = {me} 为 {rm} 接受“中止”，轮次 {ballot}。
rule.accept.deny.promised = {me} 拒绝轮次 {ballot} 里为 {rm} 提出的值：它已承诺轮次 {promised}。
rule.bundle.wait = {me} 已听到 {needed} 个资源管理器中的 {heard} 个，等齐了用一条消息一起报告。
rule.bundle = {me} 报告事务 {tx} 里它接受了什么：一条消息，{instances} 个实例。
rule.promise = {me} 向 {leader} 承诺不再接受低于 {ballot} 的轮次，并说出目前接受过什么：{accepted} 个实例里有值。
rule.promise.deny.promised = {me} 不向 {leader} 承诺轮次 {ballot}：它已承诺 {promised}。
rule.learn = {me} 听到 {acceptor} 的报告。现在 {of} 个实例中有 {chosen} 个已选定。
rule.late = {me} 听到 {from} 的消息，但已经用不上了。
rule.decide.commit = 事务 {tx} 的每个实例都选定了“准备好”：结局是提交。{me} 告诉各资源管理器。
rule.decide.abort = {rm} 的实例选定了“中止”：事务 {tx} 的结局是中止。{me} 告诉各资源管理器。
rule.votes.over = 时限已到，{me} 只知道 {of} 个实例中 {chosen} 个选定了什么。
rule.ballot = {me} 在事务 {tx} 的每个实例里开始轮次 {ballot}，先问接受者都接受过什么。
rule.ballot.over = {me} 的轮次 {ballot} 没有结果，再试更高的轮次。
rule.ballot.adopt = {rm} 的实例在轮次 {accepted} 里接受过一个值，它可能已被选定，所以 {me} 在轮次 {ballot} 里只能提出同一个值。
rule.ballot.free = {rm} 的实例里，多数派中没有一个接受者接受过值：什么也没有选定。{me} 在轮次 {ballot} 里提出“中止”。
rule.ask.known = {me} 知道事务 {tx} 的结局，告诉 {rm}。
rule.ask.deny.under-way = {rm} 来问，{me} 正在办：轮次 {ballot}。

kind.BeginCommit = BeginCommit：第一个已准备好
kind.Prepare = Prepare：请准备
kind.Phase1a = 1a：开始一个轮次
kind.Phase1b = 1b：承诺
kind.Phase2a = 2a：提出值
kind.Phase2b = 2b：报告接受了什么
kind.Commit = Commit：提交
kind.Abort = Abort：中止
kind.Inquire = 询问结局

field.tx = 事务
field.row = 行
field.value = 新值
field.ballot = 轮次
field.accepted = 各实例接受了什么，在哪个轮次
field.proposes = 为各实例提出什么
field.promised = 承诺过的最高轮次
field.record = 投过什么票、知道什么结局
field.outcome = 得知的结局
field.asked = 问过几次结局
card.tx = 事务
card.proposes = 提议
card.record = 记录
card.outcome = 结局
card.asked = 已问

role.working = 工作中
role.leader = 领导
role.standby = 待命
role.asking = 征集承诺
role.acceptor = 接受者

dots.promises = 承诺
dots.reports = 接受者的报告
dots.instances = 资源管理器的票

part.resource = 接受者

timer.votes = 领导者还等多久的票
timer.ballot = 领导者多久后试更高的轮次
timer.tell = 多久后告诉下一个资源管理器
timer.ask = 存疑的资源管理器多久后去问
brief.votes = 等票
brief.ballot = 试更高轮次
brief.tell = 告诉下一个
brief.ask = 去问

prop.one-value = 一个轮次一个值
prop.one-value.says = 同一个实例的同一个轮次里，接受者们不会接受两个不同的值。

knob.faults = 容错数 F
knob.faults.says = 允许几个接受者出故障，共有 2F + 1 个；为 0 时，只有领导者自己。
knob.propose = 向谁提出
knob.propose.says = 资源管理器向哪些接受者提出自己的票：全部，或者前 F + 1 个。
choice.propose.all = 全部接受者
choice.propose.enough = F + 1 个接受者
knob.learn = 接受者告诉谁
knob.learn.says = 接受者把接受的值告诉谁：只告诉领导者，还是也告诉资源管理器。
choice.learn.leader = 领导者
choice.learn.direct = 也告诉资源管理器
knob.ask = 存疑多久后去问
knob.ask.says = 资源管理器存疑多久之后去问领导者。
knob.ballot = 多久后换更高轮次
knob.ballot.says = 领导者等多久之后开始更高的轮次。
