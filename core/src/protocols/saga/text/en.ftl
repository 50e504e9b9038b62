# A saga. A rule's sentence may use its fields and {me}, the node where it fired.

name = Saga
says = A long transaction as a row of short ones, each with a way to make up for it. What is refused in the middle is made up for backwards.

rule.saga.begin = {client} orders for {price}. {me} logs saga {saga}.
rule.saga.again = {client} asks for saga {saga} again. {me} knows it, and begins nothing new.
rule.saga.deny = {me} refuses {client}: an order needs a price.
rule.step.run = Saga {saga} goes on: {me} asks {to} to run its transaction.
rule.step.done = {from} has committed its transaction of saga {saga}. {me} logs it.
rule.saga.end = All transactions of saga {saga} are committed.
rule.step.refused = {from} refuses its transaction of saga {saga}. {me} turns back: what was committed before is made up for.
rule.compensate = Saga {saga} goes back: {me} asks {to} to run its compensation.
rule.compensate.done = {from} has committed its compensation in saga {saga}. {me} logs it.
rule.saga.compensated = Everything that saga {saga} had committed is made up for.
rule.resend = {to} has not answered about saga {saga}. {me} asks again.
rule.answer.late = {me} hears of saga {saga} from {from}, and does not wait for that any more.
rule.recover.backward = {me} is back and finds saga {saga} under way. It asks {to} once more, to learn from where to go back.
rule.recover.forward = {me} is back and finds saga {saga} under way. It asks {to} once more, and goes on.
rule.recover.on = {me} is back and finds saga {saga} on its way back. It asks {to} once more.

rule.order = {me} commits an order for {price}, of saga {saga}.
rule.pay = {me} takes {price} out of the purse for saga {saga}. {purse} are left.
rule.ship = {me} ships goods for {price}, of saga {saga}.
rule.cancel = {me} cancels the order of saga {saga}.
rule.refund = {me} puts {price} of saga {saga} back into the purse, which holds {purse}.
rule.deny.will = {me} refuses its transaction of saga {saga}.
rule.deny.short = {me} refuses saga {saga}: it asks for {price}, and the purse holds {purse}.
rule.deny.repeat = {me} has refused saga {saga} already, and refuses it again: no is no, however often it is asked.
rule.step.repeat = {me} has committed its transaction of saga {saga} already, and says so once more.
rule.step.twice = Mistake at work: {me} has committed its transaction of saga {saga} already, and runs it again.
rule.compensate.repeat = {me} has made up for saga {saga} already, and says so once more.
rule.compensate.twice = Mistake at work: {me} has made up for saga {saga} already, and does it again.
rule.compensate.nothing = {me} knows nothing of saga {saga}, so there is nothing to make up for.
rule.look = {client} looks at {me}: {amount}.
rule.redirect = {me} is not the one to ask. It points to {to}.

kind.Order = write down the order
kind.Pay = take the price out of the purse
kind.Ship = ship the goods
kind.Cancel = compensation: cancel the order
kind.Refund = compensation: put the price back
kind.Done = committed
kind.Refused = not carried out

field.saga = which saga
field.price = the price of what is ordered
field.compensation = whether it is the compensation that is done
field.log = sagas and how far they are
field.waiting = customers that wait for an answer
field.ordered = price of the orders that stand
field.purse = what the customer has left
field.goods = price of what was shipped
field.book = what was done for which saga
card.log = log
card.waiting = waiting
card.ordered = ordered
card.purse = purse
card.goods = goods
card.book = book

role.sec = runs the sagas
role.ordering = ordering
role.paying = paying
role.shipping = shipping
role.refunding = refunding
role.cancelling = cancelling
role.ended = ended
role.compensated = compensated
role.orders = orders
role.pays = payment
role.ships = shipping
role.ordered = ordered
role.cancelled = cancelled
role.paid = paid
role.refunded = refunded
role.shipped = shipped
role.refused = refused
role.down = down

part.service = orchestrator
part.peer = service
mark.total = what the customer owned at the beginning
dots.committed = have committed
flag.turns-back = turns back

timer.next = the next transaction
timer.retry = asks again
timer.recover = looks into its log

knob.purse = purse
knob.purse.says = What the customer has at the beginning.
knob.refuses = refuses
knob.refuses.says = A service refuses the transaction that it is asked to run.
knob.pace = pace
knob.pace.says = The time between a transaction of the saga and the next one.
knob.retry = asks again after
knob.retry.says = How long the orchestrator waits for an answer before it asks again. It never stops.
knob.recovery = after a crash
knob.recovery.says = Where an orchestrator that comes back goes with a saga that was under way: back, or on.
knob.idempotence = idempotence
knob.idempotence.says = Services know what they did for which saga, and do nothing twice.

choice.recovery.backward = back
choice.recovery.forward = on

op.order = order
op.look = look

arg.price = price

prop.no-gain = nobody gains
prop.no-gain.says = Money and goods of the customer never make more than there was.
prop.whole-or-made-up-for = whole, or made up for
prop.whole-or-made-up-for.says = In the end the customer has the money or the goods.

fail.compensated = The saga was refused in the middle, and made up for.
fail.no-price = An order needs a price.
