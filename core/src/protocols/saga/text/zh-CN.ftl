# Saga。规则的句子里可以用它的字段，以及 {me}：触发规则的那个节点。

name = Saga
says = 把长事务拆成一串短事务，每个都配一个补偿。中途被拒绝，就倒着补偿回去。

rule.saga.begin = {client} 下单，价格 {price}。{me} 把 saga {saga} 记入日志。
rule.saga.again = {client} 再次请求 saga {saga}。{me} 认得它，不会另起一个。
rule.saga.deny = {me} 拒绝 {client}：订单要有价格。
rule.step.run = saga {saga} 往前走：{me} 请 {to} 执行它的事务。
rule.step.done = {from} 提交了 saga {saga} 中自己的事务。{me} 记入日志。
rule.saga.end = saga {saga} 的事务全部提交了。
rule.step.refused = {from} 拒绝执行 saga {saga} 中自己的事务。{me} 掉头：补偿此前已提交的。
rule.compensate = saga {saga} 往回走：{me} 请 {to} 执行它的补偿。
rule.compensate.done = {from} 提交了 saga {saga} 中自己的补偿。{me} 记入日志。
rule.saga.compensated = saga {saga} 提交过的全部补偿完毕。
rule.resend = {to} 还没有就 saga {saga} 应答。{me} 再请求一次。
rule.answer.late = {me} 收到 {from} 关于 saga {saga} 的消息，已经不在等它。
rule.recover.backward = {me} 恢复了，发现 saga {saga} 正走到半路。它再请求 {to} 一次，好知道该从哪里往回走。
rule.recover.forward = {me} 恢复了，发现 saga {saga} 正走到半路。它再请求 {to} 一次，继续往前走。
rule.recover.on = {me} 恢复了，发现 saga {saga} 正在往回走。它再请求 {to} 一次。

rule.order = {me} 提交 saga {saga} 的订单，价格 {price}。
rule.pay = {me} 为 saga {saga} 从钱包取走 {price}，还剩 {purse}。
rule.ship = {me} 发出 saga {saga} 的货物，价值 {price}。
rule.cancel = {me} 取消 saga {saga} 的订单。
rule.refund = {me} 把 saga {saga} 的 {price} 退回钱包，钱包里有 {purse}。
rule.deny.will = {me} 拒绝执行 saga {saga} 中自己的事务。
rule.deny.short = {me} 拒绝 saga {saga}：要付 {price}，钱包里只有 {purse}。
rule.deny.repeat = {me} 早已拒绝 saga {saga}，再拒绝一次：说了不就是不，问多少次都一样。
rule.step.repeat = {me} 早已提交 saga {saga} 中自己的事务，只再应答一次。
rule.step.twice = 错误示范：{me} 早已提交 saga {saga} 中自己的事务，却又执行一次。
rule.compensate.repeat = {me} 早已为 saga {saga} 补偿过，只再应答一次。
rule.compensate.twice = 错误示范：{me} 早已为 saga {saga} 补偿过，却又补偿一次。
rule.compensate.nothing = {me} 不知道 saga {saga}，没有什么可补偿的。
rule.look = {client} 查看 {me}：{amount}。
rule.redirect = 这件事不该问 {me}，应去找 {to}。

kind.Order = 写下订单
kind.Pay = 从钱包取走货款
kind.Ship = 发货
kind.Cancel = 补偿：取消订单
kind.Refund = 补偿：退还货款
kind.Done = 已提交
kind.Refused = 没有执行

field.saga = 哪个 saga
field.price = 订购的价格
field.compensation = 完成的是不是补偿
field.log = 各个 saga 到了哪一步
field.waiting = 等答复的顾客
field.ordered = 有效订单的金额
field.purse = 顾客还剩的钱
field.goods = 已发货物的价值
field.book = 为哪个 saga 做过什么
card.log = 日志
card.waiting = 等待
card.ordered = 订单
card.purse = 余额
card.goods = 发货
card.book = 记录

role.sec = 执行 saga
role.ordering = 下单中
role.paying = 付款中
role.shipping = 发货中
role.refunding = 退款中
role.cancelling = 取消中
role.ended = 已完成
role.compensated = 已补偿
role.orders = 订单
role.pays = 支付
role.ships = 发货
role.ordered = 已下单
role.cancelled = 已取消
role.paid = 已付款
role.refunded = 已退款
role.shipped = 已发货
role.refused = 已拒绝
role.down = 宕机

part.service = 编排器
part.peer = 服务
mark.total = 顾客一开始拥有的
dots.committed = 已提交
flag.turns-back = 正在掉头

timer.next = 下一个事务
timer.retry = 再请求一次
timer.recover = 查看日志

knob.purse = 钱包
knob.purse.says = 顾客一开始有多少钱。
knob.refuses = 拒绝
knob.refuses.says = 服务拒绝执行请它做的事务。
knob.pace = 步调
knob.pace.says = saga 的一个事务与下一个之间隔多久。
knob.retry = 多久后重发
knob.retry.says = 编排器等应答等多久，之后再请求一次。它从不停止。
knob.recovery = 崩溃之后
knob.recovery.says = 编排器恢复后，走到半路的 saga 往回走，还是往前走。
knob.idempotence = 幂等
knob.idempotence.says = 服务知道为哪个 saga 做过什么，同一件事不做两遍。

choice.recovery.backward = 往回走
choice.recovery.forward = 往前走

op.order = 下单
op.look = 查看

arg.price = 价格

prop.no-gain = 谁也没有多得
prop.no-gain.says = 顾客的钱和货加起来，从不多于一开始。
prop.whole-or-made-up-for = 要么做完，要么补偿
prop.whole-or-made-up-for.says = 最后，顾客要么有钱，要么有货。

fail.compensated = saga 中途被拒绝，已经补偿。
fail.no-price = 订单要有价格。
