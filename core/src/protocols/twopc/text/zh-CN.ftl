# 两阶段提交。规则的句子可以用它的字段和 {me}，即规则触发处的进程。
# include commit

name = 两阶段提交（2PC）
says = 协调者问每个人能不能提交。都说能，它就把决定写下来，再告诉大家。

rule.begin = {me} 为 {client} 开始事务 {tx}，请 {members} 个资源管理器做准备（xa_start、干活、xa_end、xa_prepare）。
rule.vote.no = {me} 对事务 {tx} 投反对票，并自行中止。投反对票的不必等任何人。
rule.vote.no.work = {me} 做不了事务 {tx} 的活，否则会破坏自己的约束。它中止，并投反对票。
rule.vote.no.lock = {me} 没等到事务 {tx} 要的锁。它还没投票，可以单方面中止：于是中止，投反对票。
rule.vote.no.aborted = {me} 已经中止了事务 {tx}，投反对票。
rule.vote.yes = {me} 干完了事务 {tx} 的活，把 PREPARED 强制写盘，投赞成票（xa_prepare 返回 XA_OK）。从此它处于存疑状态，不能独自做决定。
rule.vote.again = {me} 对事务 {tx} 投过赞成票，再说一遍。
rule.vote.count = {me} 收到 {rm} 对事务 {tx} 的赞成票，还差 {missing} 票。
rule.vote.veto = {rm} 对事务 {tx} 投反对票。一票就够。
rule.vote.late = {rm} 对事务 {tx} 的票到 {me} 时，已经没人等它了。
rule.vote.timeout = {me} 等了 {waited}，事务 {tx} 还差 {missing} 票。没来的票当反对票算。
rule.decide.commit = 全票赞成。{me} 把事务 {tx} 的 COMMIT 强制写入日志：这一次写就是提交点，之后消息怎样都不影响。
rule.decide.abort = {me} 中止事务 {tx}。什么都不记：没有记录就当已中止（推定中止）。
rule.log.copy = {me} 先把事务 {tx} 的决定发给备用协调者，别人都还不知道。
rule.log.copied = 备用协调者已存下事务 {tx} 的决定，{me} 可以宣布了。
rule.log.store = {me} 存下事务 {tx} 决定的副本（提交：{commit}）。
rule.decision.send = {me} 把事务 {tx} 的决定告诉 {rm}（提交：{commit}；xa_commit 或 xa_rollback）。
rule.decision.resend = 事务 {tx} 还有 {missing} 个没确认，{me} 再说一遍。
rule.ack = {rm} 确认了事务 {tx}。
rule.end = 事务 {tx} 全部确认，不会再有人来问。{me} 答复客户端。
rule.commit = {me} 提交事务 {tx}（xa_commit）：行已写入，锁已释放。
rule.abort = {me} 中止事务 {tx}（xa_rollback）：行保持原样，锁已释放。
rule.decision.again = {me} 又从 {from} 听到事务 {tx} 的决定，它早就知道了。
rule.decision.lost = {me} 被要求提交事务 {tx}，却找不到自己投过赞成票的记录。它答应过，磁盘却忘了：别人都已提交。
rule.inquire = {me} 不知道事务 {tx} 的结果，去问协调者。
rule.termination.ask = {me} 向另外 {others} 个打听事务 {tx} 的结果。
rule.outcome.tell = {asker} 问事务 {tx}，{me} 知道结果（提交：{commit}）。
rule.outcome.init = {asker} 问事务 {tx}，{me} 还没投过票。{me} 立刻中止，这样谁都不可能提交。
rule.outcome.uncertain = {asker} 问事务 {tx}，{me} 自己也存疑。
rule.outcome.presumed = {asker} 对事务 {tx} 存疑，而 {me} 没有它的提交记录：按已中止算（推定中止）。
rule.outcome.open = {asker} 问事务 {tx}，{me} 现在还答不了。
rule.blocked = {from} 也不知道事务 {tx} 的结果。{me} 继续存疑，锁也不放。
rule.outcome.known = {from} 答复事务 {tx} 的结果，{me} 早已定下。
rule.restart.ready = {me} 在盘上找到事务 {tx} 的 PREPARED，没有决定。它重新锁住那一行：仍然存疑。
rule.restart.abort = {me} 崩溃时还没对事务 {tx} 投票，所以它已中止。
rule.restart.decided = {me} 在日志里找到事务 {tx} 的 COMMIT，还没全部确认，于是重新通知。
rule.recover.ask = {me} 问 {asked} 个资源管理器有哪些存疑分支（xa_recover）。
rule.recover.list = {me} 向 {asker} 列出 {branches} 个存疑分支（xa_recover）。
rule.recover.clean = {rm} 没有存疑的分支。
rule.backup.told = {me} 记下事务 {tx} 有谁参与，以备接手。
rule.takeover = {me} 接手。它知道 {decided} 个事务的结果，另有 {open} 个得去问。
rule.takeover.learn = {me} 从 {rm} 得知事务 {tx} 的结果（提交：{commit}），转告其他人。
rule.heuristic = {me} 对事务 {tx} 存疑了 {waited}，独自做了决定（提交：{commit}）。这是猜的。
rule.heuristic.late = 事务 {tx} 的决定到了 {me}（提交：{decided}），可它早已独自做了相反的决定（提交：{alone}）。
rule.heuristic.mixed = {me} 得知 {rm} 对事务 {tx} 独自做了相反的决定：XA_HEURMIX。没有协议能补救。
rule.request.redirect = 事务从 {tm} 开始：{me} 让 {client} 去那边。
rule.request.refuse = {client} 要的事不归 {me} 管。

kind.Prepare = 干活，并问：能提交吗？（xa_prepare）
kind.Vote = 赞成或反对
kind.Decision = 提交或中止（xa_commit、xa_rollback）
kind.Ack = 办好了
kind.Inquiry = 结果怎样？
kind.Outcome = 提交、中止，或“我也不知道”
kind.Begin = 告诉备用协调者有谁参与
kind.Log = 决定的副本，发给备用协调者
kind.LogAck = 备用协调者已存下
kind.Recover = 你有哪些存疑分支？（xa_recover）
kind.Branches = 存疑的分支

field.tx = 事务
field.work = 要干的活
field.members = 参与者
field.vote = 票
field.outcome = 结果
field.alone = 独自做的决定
field.in-doubt = 存疑
field.begun = 已开始的事务数
field.decisions = 决定日志
field.branches = 已准备和已决定的事务
card.decisions = 决定
card.begun = 已开始
card.branches = 事务

role.idle = 空闲
role.standby = 待命

dots.votes = 赞成票
dots.acknowledgements = 确认

flag.in-doubt = ? 存疑
flag.alone = 独自做了决定
flag.asks = 等投票
flag.tells = 等确认
flag.copies = 等备用协调者
flag.took-over = 已接手

mark.heuristic = 独自做的决定数
mark.lost-record = 丢失的 PREPARED 记录数
mark.indoubt = 存疑分支数
mark.total = 合起来应有的总数

timer.vote = 等投票的时限
timer.tell = 何时告诉下一个
timer.resend = 何时再说一遍
timer.inquiry = 何时去问
timer.heuristic = 何时独自决定
timer.recover = 何时再问
brief.vote = 等票
brief.tell = 告诉下一个
brief.heuristic = 独自决定

knob.order = 第二阶段的次序
knob.order.says = 先把决定告诉谁：rm1，还是最后一个。
knob.resend = 重发间隔
knob.resend.says = 没确认的，隔多久再通知一次。
knob.inquiry = 询问间隔
knob.inquiry.says = 存疑的资源管理器隔多久问一次结果。
knob.termination = 协作终止
knob.termination.says = 存疑的资源管理器不只问协调者，也问其他资源管理器。
knob.backup = 备用协调者
knob.backup.says = 没有；有一个，只知道谁参与；有一个，还有决定日志的副本。
knob.heuristic = 独自决定
knob.heuristic.says = 资源管理器存疑太久时独自做什么决定。
knob.heuristic_after = 多久后独自决定
knob.heuristic_after.says = 资源管理器存疑多久之后独自做决定。
knob.xa = 用 xa_recover 恢复
knob.xa.says = 资源管理器是被动的：谁也不来问，事务管理器重启后自己去问有哪些存疑分支。
knob.total = 总数
knob.total.says = 所有行的数字合起来应是多少；0 表示没人看。

choice.order.up = 先 rm1
choice.order.down = 先最后一个
choice.backup.none = 没有
choice.backup.blank = 没有日志
choice.backup.log = 有日志副本
choice.heuristic.never = 从不
choice.heuristic.commit = 提交
choice.heuristic.abort = 中止

op.move = 从一处挪一笔到另一处
op.takeover = 接手当协调者
op.recover = 列出存疑的分支

arg.from = 从
arg.to = 到

fail.not-here = 这个进程不做这件事。
