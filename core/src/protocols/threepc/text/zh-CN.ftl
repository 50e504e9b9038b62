# 三阶段提交。规则的句子里可以用它的字段，以及 {me}：触发规则的那个节点。
# include commit

name = 三阶段提交
says = 投票、准备、决定。多出中间一轮，协调者倒了幸存者也能决定；可一旦分区，两边会各自决定，除非要凑够法定人数才算数。

rule.begin = {client} 要求执行事务 {tx}。{me} 问 {rms} 个参与者行不行：CanCommit。
rule.vote.count = {rm} 说 Yes。{me} 收到 {needed} 票中的 {votes} 票。
rule.vote.timeout = {me} 不再等：{needed} 票只来了 {votes} 票。还没有人准备过，它中止。
rule.precommit.send = 全票赞成。{me} 还不做决定，先用 PreCommit 让人人知道：事务 {tx} 没有人反对。
rule.ack.count = {rm} 已准备好。{me} 有了 {needed} 个确认中的 {acks} 个。
rule.ack.timeout.abort = {me} 只等到 {needed} 个确认中的 {acks} 个。按笔记里的规则，它中止。
rule.ack.timeout.commit = {me} 等到 {needed} 个确认中的 {acks} 个，把没吭声的当成死了，不带它们，照样提交。
rule.ack.no-quorum = {me} 有 {acks} 个确认，要 {needed} 个。它什么也不决定，再发一遍 PreCommit。
rule.decide.commit = {acks} 个参与者已准备好。{me} 提交事务 {tx}：DoCommit。
rule.decide.no = {rm} 说 No。{me} 中止。
rule.decide.broken-yes = {rm} 说过 Yes，现在改口 No。明明全票赞成过，{me} 还是只能中止。
rule.done.count = {rm} 已照决定做完。{needed} 个里有 {acks} 个做完了。
rule.decision.again = 还有 {missing} 个参与者没有确认决定。{me} 再通知一遍。
rule.done = 人人都确认了事务 {tx}（提交：{commit}）。{me} 的事做完了。
rule.recover.abort = {me} 刚才宕机了。事务 {tx} 它还没让任何人准备过，不会有人提交：中止。
rule.request.redirect = {me} 不当协调者，让 {client} 去找 {tm}。
rule.request.refuse = {me} 这里没有行。{client} 该去问参与者。
rule.vote.yes = {me} 锁住这一行，对事务 {tx} 投 Yes。这个 Yes 是承诺：锁要留到决定为止。
rule.vote.yes.unlocked = {me} 对事务 {tx} 说 Yes，什么也没锁。到 PreCommit 之前，这只是表态。
rule.vote.no = {me} 对事务 {tx} 投 No，这边随即中止。
rule.vote.no.locked = 这一行没有按时空出来。{me} 对事务 {tx} 投 No。
rule.precommit = {from} 告诉 {me}：全票赞成。{me} 进入预提交，知道不可能有人反对。
rule.precommit.refuse = {me} 对事务 {tx} 说过 Yes，可这一行已经被人占了。说过的 Yes 兑现不了。
rule.decision = {from} 告知决定（提交：{commit}），{me} 照办。
rule.decision.known = {from} 说的，{me} 已经做过了。
rule.already = 事务 {tx}，{me} 照先前的答复再答一遍。
rule.contrary = {me} 早已决定，却从 {from} 听到相反的决定（提交：{commit}）。决定不可反悔，无可补救。
rule.timeout.abort = {me} 等 PreCommit 等了 {waited}。自己没预提交，所以没人提交过，笔记的规则如是说：它自行中止。
rule.timeout.commit = {me} 等决定等了 {waited}。自己已预提交，所以没人中止过，笔记的规则如是说：它自行提交。
rule.elect = {me} 听不到事务 {tx} 的下文，推举自己（编号 {elected}），向所有人收集状态。
rule.state.tell = {me} 在第 {elected} 次选举里听 {from} 的，报上自己的状态。
rule.state.count = {from} 报了状态。{me} 知道 {all} 个里的 {states} 个。
rule.state.deny.elected = {me} 不跟随 {from} 的第 {elected} 次选举：它已经在第 {current} 次里了。
rule.state.deny.recovering = {me} 刚才宕机了，不向 {from} 报状态：它记得的可能已经过时。
rule.terminate.abort = 算上 {me}，有回音的 {states} 个里没有一个预提交。没吭声的如果都死了，就没人提交过：{me} 替大家中止。
rule.terminate.commit = 算上 {me}，有回音的 {states} 个里有人已预提交。没吭声的如果都死了，就没人中止过：{me} 先把大家都带到预提交。
rule.prepared.count = {from} 已准备好。{me} 有了 {needed} 个里的 {acks} 个。
rule.conclude = 事务 {tx} 该准备的都准备好了。{me} 替大家决定（提交：{commit}）。
rule.choose.commit = {me} 有 {states} 个，够法定人数。其中见过的最近一次尝试（编号 {attempt}）是提交：{me} 让他们准备提交。
rule.choose.abort = {me} 有 {states} 个，够法定人数。其中见过的最近一次尝试（编号 {attempt}，0 表示没有）不是提交，别处也就凑不够人数提交：{me} 让他们准备中止。
rule.preabort = {from} 让 {me} 准备中止。
rule.prepare.deny.number = {me} 不听 {from} 的：它的编号是 {elected}，{me} 后来已经跟了编号 {current}。
rule.outbid = {from} 见过第 {elected} 次选举。{me} 放弃自己这次，下次用更大的编号。
rule.block = {me} 有 {states} 个，法定人数要 {needed} 个。它什么也不决定，等着：别处也许正在决定。
rule.ask = {me} 刚才宕机了，不知道事务 {tx} 后来怎样。它不自作主张，问所有人。
rule.state.known = {me} 已有决定，告诉 {from}（提交：{commit}）。
rule.state.deny.undecided = {from} 来问，{me} 自己也还没有决定。
rule.adopt = {me} 从 {from} 得知决定（提交：{commit}），照办。
rule.abort.unvoted = {me} 从没给事务 {tx} 投过票，所以不可能有人提交。它中止，以后也不会再投 Yes。
rule.late = {from} 说的，{me} 已经用不上了。

kind.CanCommit = 第一阶段：行不行？
kind.Yes = 赞成票
kind.No = 反对票
kind.PreCommit = 第二阶段：全票赞成
kind.PreAbort = 让法定人数准备中止
kind.AckPre = 已准备好
kind.DoCommit = 第三阶段：提交
kind.Abort = 中止
kind.HaveCommitted = 已提交
kind.HaveAborted = 已中止
kind.StateReq = 你是什么状态？大于 0 的是选举编号
kind.StateResp = 被问者的状态

field.transactions = 每个事务在这里进行到哪一步
field.elected = 参加过的编号最大的选举
field.attempt = 最近一次让它准备的是哪次选举；0 表示没有
field.tx = 哪个事务
field.row = 行
field.value = 这一行要写成的值
field.state = 进行到哪一步
card.transactions = 事务
card.elected = 选举

role.idle = 没有事
role.preabort = 准备中止

dots.votes = 说了 Yes
dots.prepared = 已准备好
dots.done = 已确认决定
dots.states = 报了状态

mark.contrary = 听到与自己相反的决定
mark.broken-yes = 说过的 Yes 没能兑现
flag.elected = 推举了自己
flag.contrary = 听到相反的决定

timer.phase = 等答复的时限
timer.gap = 何时通知下一个
timer.wait = 等 PreCommit 的时限
timer.precommit = 等决定的时限
timer.collect = 等状态的时限
timer.ask = 何时再问
brief.phase = 等答复
brief.gap = 通知下一个
brief.wait = 等 PreCommit
brief.precommit = 等决定
brief.collect = 等状态

knob.rules = 规则
knob.rules.says = 用哪套规则：多数笔记的讲法、Skeen 的终止协议，还是要法定人数的 E3PC。
knob.wait_timeout = 等 PreCommit 的时限
knob.wait_timeout.says = 投了赞成票的参与者等下文等多久。
knob.precommit_timeout = 预提交后的时限
knob.precommit_timeout.says = 已预提交的参与者等决定等多久。
knob.collect = 等状态的时限
knob.collect.says = 被推举者等别人报状态、再等别人确认，各等多久。
knob.resend = 重发间隔
knob.resend.says = 没有回音的话，隔多久再说一遍、再问一遍。

choice.rules.popular = 多数笔记的讲法
choice.rules.skeen = Skeen
choice.rules.e3pc = E3PC

fail.not-here = 协调者没有行。
