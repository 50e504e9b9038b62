# Try-Confirm-Cancel。规则的句子里可以用它的字段，以及 {me}：触发规则的那个节点。

name = TCC（Try-Confirm-Cancel）
says = 每个服务先预留。之后要么全部使用预留，要么全部归还。其间谁也不持有锁。

rule.begin = {client} 订购 {pieces} 件。{me} 把事务 {tx} 记入日志，请两个服务预留。
rule.order.again = {client} 再次请求事务 {tx}。{me} 认得它，不会另起一个。
rule.order.deny = {me} 拒绝 {client}：订单至少要有一件。
rule.try.count = {from} 已为事务 {tx} 预留：两个里的 {count} 个。两个都预留了，{me} 才决定。
rule.decide.confirm = 两个都预留了。{me} 把“确认事务 {tx}”记入日志，并一直通知双方，直到它们应答。
rule.decide.cancel = {me} 把“取消事务 {tx}”记入日志，并一直通知双方，直到它们应答。
rule.try.refused = {from} 不为事务 {tx} 预留。
rule.try.timeout = {me} 为事务 {tx} 等了 {waited}：两个里有 {count} 个预留了。它不再等。
rule.answer.late = {me} 收到 {from} 关于事务 {tx} 的消息，已经不改变什么。
rule.ack.count = {from} 已照决定处理了事务 {tx}。
rule.done = 双方都应答了事务 {tx}。{me} 了结了它。
rule.resend = 还有 {left} 个没有应答事务 {tx}。{me} 再通知一次。
rule.recover.undecided = {me} 恢复了，日志里的事务 {tx} 没有决定，于是取消。
rule.recover.decided = {me} 恢复了，日志里的事务 {tx} 已有决定，照此继续。
rule.tell.unknown = {from} 询问事务 {tx}。{me} 没有它的日志，所以它从未确认过：让 {from} 取消。
rule.tell.again = {from} 询问事务 {tx}，它已有决定。{me} 再说一遍。
rule.tell.later = {from} 询问事务 {tx}。{me} 还没有决定，没法回答。

rule.try.order = {me} 记下事务 {tx} 的订单，{pieces} 件，状态是未确认。
rule.try.freeze = {me} 为事务 {tx} 冻结 {pieces} 件，其他人还可以订购 {available} 件。
rule.try.deny.will = {me} 拒绝为事务 {tx} 预留。
rule.try.deny.short = {me} 无法为事务 {tx} 冻结 {pieces} 件：可用的只有 {available} 件。
rule.try.deny.suspended = 事务 {tx} 在 {me} 上已先被取消，这个 Try 来晚了。拒绝它，否则预留下来的没有人会归还。
rule.try.repeat = 事务 {tx} 的 Try 又来一次。{me} 已经预留，再应答一次。
rule.try.twice = 错误示范：事务 {tx} 的 Try 又来一次，{me} 又预留一次。
rule.try.late = 错误示范：事务 {tx} 已被取消，它的 Try 姗姗来迟，{me} 照样预留。

rule.confirm.order = {me} 确认事务 {tx} 的订单：承诺 {pieces} 件。
rule.confirm.sell = {me} 把为事务 {tx} 冻结的 {pieces} 件卖出，一共卖出 {sold} 件。
rule.confirm.unreserved = 没有为事务 {tx} 冻结任何东西，{me} 照样卖出 {pieces} 件，一共卖出 {sold} 件。
rule.confirm.repeat = 事务 {tx} 的 Confirm 又来一次。{me} 已经做过，只再应答一次。
rule.confirm.twice = 错误示范：{me} 不查防护表里有没有待确认的事务 {tx}，就去确认。
rule.confirm.deny = {me} 被要求确认事务 {tx}，却没有为它预留的东西。它不应答。

rule.cancel.order = {me} 取消事务 {tx} 的订单。
rule.cancel.release = {me} 放回事务 {tx} 的 {pieces} 件，可用 {available} 件。
rule.cancel.repeat = 事务 {tx} 的 Cancel 又来一次。{me} 已经做过，只再应答一次。
rule.cancel.twice = 错误示范：{me} 早已了结事务 {tx}，却照样取消。
rule.cancel.empty = {me} 被要求取消事务 {tx}，而它从未执行过对应的 Try。它什么也不改，只记下这次 Cancel。
rule.cancel.blind = 错误示范：{me} 不查有没有为事务 {tx} 预留过，就去取消。
rule.cancel.deny = {me} 被要求取消事务 {tx}，而它已经确认，收不回来了。它不应答。

rule.expire = 事务 {tx} 的预留在 {me} 上过期：放回 {pieces} 件，可用 {available} 件。没有人问过事务管理器。
rule.ask = {me} 为事务 {tx} 保留了 {waited}，去问它后来怎样了。
rule.look = {client} 查看 {me}：可用 {available} 件，冻结 {frozen} 件。
rule.redirect = 这件事不该问 {me}，应去找 {to}。

kind.Try = 请求检查并预留
kind.TryOk = 已预留
kind.TryFail = 没有预留
kind.Confirm = 使用预留
kind.Cancel = 归还预留
kind.Ack = 已完成
kind.Ask = 询问事务的结果

field.xid = 哪个事务
field.pieces = 多少件
field.customer = 为谁
field.log = 各个事务到了哪一步
field.waiting = 等答复的顾客
field.unconfirmed = 未确认订单里的件数
field.confirmed = 已确认订单里的件数
field.orders = 各个事务的订单
field.available = 谁都可以订购的件数
field.frozen = 被预留的件数
field.sold = 已卖出的件数
field.fence = 防护表：哪个事务做到哪一步
card.log = 日志
card.available = 可用
card.frozen = 冻结
card.sold = 已售
card.unconfirmed = 未确认
card.confirmed = 已确认
card.waiting = 等待
card.orders = 订单
card.fence = 防护

role.tm = 事务管理器
role.trying = 预留中
role.confirming = 确认中
role.cancelling = 取消中
role.confirmed = 已确认
role.cancelled = 已取消
role.unconfirmed = 未确认
role.order = 订单
role.stock = 库存
role.reserves = 有冻结库存
role.down = 宕机

part.service = 事务管理器
part.peer = 服务
dots.tried = 已预留
dots.acked = 已应答
mark.total = 一开始的件数
mark.oversold = 多承诺的件数
flag.oversold = 卖的比有的多

timer.try = 等预留的时限
timer.retry = 再通知一次
timer.recover = 查看日志
timer.expiry = 预留过期
timer.ask = 询问结果
brief.try = 等预留
brief.ask = 询问

knob.available = 件数
knob.available.says = 一开始有多少件。
knob.try_timeout = Try 超时
knob.try_timeout.says = 事务管理器等 Try 的应答等多久，之后就取消。
knob.retry = 多久后重发
knob.retry.says = Confirm 或 Cancel 没有得到应答时，事务管理器隔多久再发一次。它从不停止。
knob.try = 对 Try 的回答
knob.try.says = 服务是照常预留，还是拒绝每一个 Try。
knob.idempotence = 防护：幂等
knob.idempotence.says = 重复到来的消息只应答，不再生效。
knob.empty_rollback = 防护：空回滚
knob.empty_rollback.says = 没有 Try 就到来的 Cancel 什么也不改，只被记下。
knob.anti_suspension = 防护：防悬挂
knob.anti_suspension.says = 晚于 Cancel 到来的 Try 会被拒绝。
knob.expiry = 预留有效期
knob.expiry.says = 预留保留多久，之后库存自行收回；0 表示永久。
knob.recovery = 多久后询问
knob.recovery.says = 服务保留一个预留多久之后去问事务管理器结果如何；0 表示从不询问。

choice.try.ok = 预留
choice.try.fail = 拒绝

op.order = 订购
op.look = 查看库存

arg.pieces = 件数

prop.stock-adds-up = 库存对得上
prop.stock-adds-up.says = 可用、冻结、卖出三部分加起来，等于一开始的件数。
prop.same-outcome = 两个服务说法一致
prop.same-outcome.says = 最后，确认了多少就卖出多少。
prop.nothing-open = 没有悬而未决的
prop.nothing-open.says = 最后每个事务都已了结，没有未确认的订单，也没有冻结的库存。

fail.cancelled = 事务被取消了。
fail.no-pieces = 订单至少要有一件。
