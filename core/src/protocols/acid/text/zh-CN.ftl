# ACID and BASE. A rule's sentence may use its fields and {me}, the participant where it fired.

name = ACID 与 BASE
says = 下单把货从库存转到订单，两者合起来是 100 件。放在一个数据库里；分在两个库里用两阶段提交；或者分在两个库里用发件箱。

rule.lock.wait = 事务 {tx} 在 {me} 上等待：锁在事务 {holder} 手里。
rule.order.read = 事务 {tx} 在 {me} 读到库存 {stock}，它要 {amount} 件。
rule.order.commit = 事务 {tx} 在 {me} 提交：订单加 {amount}，库存剩 {stock}，一步完成。
rule.order.deny.stock = 事务 {tx} 读到的库存是 {stock}，要 {amount} 件。库存会变成负数，{me} 把它回滚。
rule.order.lost-update = {me} 的库存已是 {now}，事务 {tx} 却按自己读到的 {seen} 来算。这期间写入的就丢了。
rule.read = 事务 {tx} 在 {me} 读账。
rule.read.done = 事务 {tx} 各处都读完了，{me} 放开锁。
rule.read.copy = {me} 用自己的副本答复，版本 {version}，谁也不问。
rule.ask.deny = {me} 不受理这个请求，让客户端去找 {node}。
rule.ship = {replica} 来问有什么新的，{me} 把版本 {version} 发给它。
rule.ship.apply = {me} 换成版本 {version}，两个账目同时换。
rule.tx.begin = {me} 开始事务 {tx}，跨两个数据库，{amount} 件。它请两边执行并投票。
rule.tx.read = {me} 开始事务 {tx}，读两个数据库。
rule.prepare = {me} 执行了事务 {tx} 的这一半，写了日志，投赞成票。从此它不能独自决定，锁也不放。
rule.prepare.deny = {me} 的库存是 {stock}，事务 {tx} 要 {amount} 件。它投反对票。
rule.prepare.known = 事务 {tx} 或者更晚的事务 {me} 早已收到，不会再执行一次。
rule.vote = {from} 对事务 {tx} 投赞成票。{me} 需要 {needed} 票，已有 {votes} 票。
rule.vote.late = {from} 对事务 {tx} 的票到 {me} 时，事务已经有了决定。投赞成票的，会得到这个决定。
rule.decide.commit = 全都赞成。{me} 把事务 {tx} 的提交写进日志：至此成定局。
rule.decide.abort.no = {from} 投了反对票，{me} 中止事务 {tx}。
rule.decide.abort.silent = 事务 {tx} 需要 {needed} 票，{me} 只等到 {votes} 票。时间到了，它中止事务。
rule.carry-out.commit = {me} 落实事务 {tx}，放开锁。
rule.carry-out.abort = {me} 丢弃事务 {tx}，放开锁。
rule.carry-out.known = {me} 收到事务 {tx} 的决定，而这里早已了结，或者从没来过。
rule.ack = {me} 收到事务 {tx} 的确认，还有 {left} 个数据库没有确认。
rule.decide.again = 有 {left} 个提交还没有全部确认，{me} 再通知一遍。
rule.inquire = {me} 不知道事务 {tx} 的结果，来问。自己决定的话，可能和别处不一样。
rule.inquiry.commit = {me} 告诉 {from}：事务 {tx} 已提交。
rule.inquiry.abort = {me} 没有事务 {tx} 的提交记录，告诉 {from}：已中止。
rule.inquiry.wait = 事务 {tx} 需要 {needed} 票，{me} 才有 {votes} 票，还答不了。
rule.recover = {me} 从磁盘上看到自己对事务 {tx} 投过赞成票。它重新上锁，再去问结果。
rule.recover.presume = {me} 从磁盘上看到事务 {tx} 开始过，却没有它的提交记录。那就是中止，谁来问就这样答复。
rule.outbox.write = {me} 接下 {amount} 件的订单，同时写下发件箱的第 {row} 行，一个本地事务，不问任何人。
rule.outbox.rows = {me} 在发件箱里看到 {rows} 行，转交出去。
rule.outbox.apply = {me} 扣减第 {row} 行的 {amount} 件，并记下行号，一个本地事务。还剩 {stock} 件。
rule.outbox.known = 第 {row} 行 {me} 已经扣减过，不会扣第二次。
rule.outbox.deny = 第 {row} 行要 {amount} 件，{me} 只有 {stock} 件。订单早已答复客户，只能取消。
rule.outbox.settle = 库存跟上了：{me} 从发件箱删去第 {row} 行，还剩 {left} 行。
rule.outbox.gone = {me} 早已从发件箱删去第 {row} 行。
rule.outbox.cancel = {me} 取消第 {row} 行的订单，{amount} 件；客户还以为它成了。
rule.read.apart = {me} 的订单是 {ordered}，另一半要去问另一个数据库。没有事务跨这两边。
rule.audit = {me} 读了两个账目，合计 {sum}。
rule.audit.off = {me} 读了两个账目，合计 {sum}，本该是 {total}。
rule.audit.none = {me} 得不到答复：账目现在读不了。
rule.audit.again = {me} 等答复等了 {waited}，重新再问。

kind.Prepare = 请执行并投票
kind.Vote = 我的票
kind.Decision = 决定
kind.Ack = 已落实
kind.Inquiry = 结果是什么？
kind.Fetch = 有哪些行？
kind.Rows = 发件箱里的行
kind.Deliver = 一行，待扣减
kind.Done = 这一行的结果
kind.Settle = 这一行了结了
kind.Ask = 账目是多少？
kind.Books = 账目
kind.Pull = 有什么新的？
kind.Ship = 较新的版本

field.tx = 事务
field.amount = 件数
field.vote = 票
field.decision = 决定
field.row = 发件箱的行
field.books = 账目
field.version = 版本
field.last = 最后的事务
field.commits = 未确认的提交
field.prepared = 已准备
field.applied = 已扣减的行
field.lock = 持锁的事务
field.waiting = 等锁的事务
field.open = 未决的事务
field.sum = 合计
field.seen = 最近读到
card.last = 最新
card.books = 账目
card.prepared = 已准备
card.lock = 锁
card.tx = 事务
card.sum = 合计
card.seen = 看到

log.outbox = 发件箱
log.sums = 历次合计

role.idle = 空闲
role.working = 执行中
role.ready = 存疑
role.replica = 副本
role.wait = 等投票
role.relay = 中继
role.auditor = 审计员
role.down = 宕机

dots.votes = 已投赞成票

flag.locked-out = 有事务在等锁
flag.off = 合计不对

mark.total = 全部账目应有的合计
mark.outbox-new = 发件箱里的行数

part.peer = 订单服务
part.service = 库存服务
part.resource = 审计员

prop.no-negative = 不出现负数
prop.no-negative.says = 任何账目都不会小于零。
prop.sum = 单库内的合计
prop.sum.says = 两个账目都在同一个库里时，合计总是 100。
prop.nothing-lost = 不丢也不重
prop.nothing-lost.says = 有发件箱时，除了还在路上的行，两个账目的合计是 100。

timer.work = 事务多久后写入
timer.votes = 等投票的时限
timer.inquire = 多久后去问结果
timer.again = 多久后再通知一遍
timer.poll = 多久后查看发件箱
timer.audit = 多久后再审计
timer.pull = 多久后再问有什么新的
brief.work = 写入
brief.votes = 等票
brief.inquire = 去问
brief.again = 再通知
brief.poll = 查看发件箱
brief.audit = 再审计
brief.pull = 问新消息

knob.mode = 靠什么保持一致
knob.mode.says = 一个数据库；两个数据库加两阶段提交；或者两个数据库加发件箱。
choice.mode.single = 单库
choice.mode.shards = 两阶段提交
choice.mode.outbox = 发件箱
knob.replicas = 副本数
knob.replicas.says = 单库有多少个滞后的副本，只答复读请求。
knob.lag = 副本询问间隔
knob.lag.says = 副本隔多久来问有什么新的。
knob.isolation = 隔离性
knob.isolation.says = 单库的事务是否给读到的数据上锁。
choice.isolation.serializable = 可串行化
choice.isolation.none = 无隔离
knob.work = 执行用时
knob.work.says = 单库的事务从读到写要多久。
knob.vote_timeout = 等投票的时限
knob.vote_timeout.says = 事务管理器等投票等多久就中止。
knob.inquire = 再问间隔
knob.inquire.says = 存疑的数据库隔多久问一次结果，事务管理器隔多久再通知一遍未确认的提交。
knob.poll = 中继查看间隔
knob.poll.says = 中继隔多久查看一次发件箱。
knob.audit = 审计间隔
knob.audit.says = 审计员隔多久读一次两个账目。

op.order = 下单
op.read = 读两个账目
arg.amount = 件数

fail.refused = 库存不够，事务已回滚。
fail.aborted = 没有等齐所有人的答复，事务已中止。
