# Try-Confirm-Cancel. A rule's sentence may use its fields and {me}, the node where it fired.

name = Try-Confirm-Cancel
says = Each service reserves first. Then all reservations are used, or all are given back. Nobody holds a lock in between.

rule.begin = {client} orders {pieces}. {me} logs transaction {tx} and asks both services to reserve.
rule.order.again = {client} asks for transaction {tx} again. {me} knows it, and begins nothing new.
rule.order.deny = {me} refuses {client}: an order needs at least one piece.
rule.try.count = {from} has reserved for transaction {tx}: {count} of 2. {me} decides when both have.
rule.decide.confirm = Both have reserved. {me} logs that transaction {tx} is confirmed, and says so to both until they acknowledge.
rule.decide.cancel = {me} logs that transaction {tx} is cancelled, and says so to both until they acknowledge.
rule.try.refused = {from} does not reserve for transaction {tx}.
rule.try.timeout = {me} has waited {waited} for transaction {tx}: {count} of 2 have reserved. It waits no longer.
rule.answer.late = {me} hears of transaction {tx} from {from}, and it changes nothing any more.
rule.ack.count = {from} has done what was decided on transaction {tx}.
rule.done = Both have acknowledged transaction {tx}. {me} is done with it.
rule.resend = {left} have not acknowledged transaction {tx}. {me} tells them again.
rule.recover.undecided = {me} is back and finds transaction {tx} without a decision in its log. It cancels.
rule.recover.decided = {me} is back and finds transaction {tx} decided in its log. It goes on with that.
rule.tell.unknown = {from} asks about transaction {tx}. {me} has no log of it, so it was never confirmed: {from} is to cancel.
rule.tell.again = {from} asks about transaction {tx}, which is decided. {me} tells it again.
rule.tell.later = {from} asks about transaction {tx}. {me} has not decided yet and cannot tell.

rule.try.order = {me} writes down the order of transaction {tx}, {pieces} pieces, as unconfirmed.
rule.try.freeze = {me} freezes {pieces} for transaction {tx}. {available} are still available to others.
rule.try.deny.will = {me} refuses to reserve for transaction {tx}.
rule.try.deny.short = {me} cannot freeze {pieces} for transaction {tx}: {available} are available.
rule.try.deny.suspended = Transaction {tx} was cancelled at {me} before this Try came. It is refused, or it would reserve what nobody gives back.
rule.try.repeat = The Try of transaction {tx} comes again. {me} has reserved already and says so once more.
rule.try.twice = Mistake at work: the Try of transaction {tx} comes again, and {me} reserves again.
rule.try.late = Mistake at work: transaction {tx} was cancelled, its Try comes late, and {me} reserves for it all the same.

rule.confirm.order = {me} confirms the order of transaction {tx}: {pieces} pieces are promised.
rule.confirm.sell = {me} sells the {pieces} that were frozen for transaction {tx}. {sold} are sold in all.
rule.confirm.unreserved = Nothing is frozen for transaction {tx}, and {me} sells {pieces} all the same. {sold} are sold in all.
rule.confirm.repeat = The Confirm of transaction {tx} comes again. {me} has done it and acknowledges once more.
rule.confirm.twice = Mistake at work: {me} confirms transaction {tx} without asking the fence whether it is there to be confirmed.
rule.confirm.deny = {me} is told to confirm transaction {tx}, and has nothing that it reserved for it. It does not acknowledge.

rule.cancel.order = {me} cancels the order of transaction {tx}.
rule.cancel.release = {me} puts {pieces} of transaction {tx} back. {available} are available.
rule.cancel.repeat = The Cancel of transaction {tx} comes again. {me} has done it and acknowledges once more.
rule.cancel.twice = Mistake at work: {me} has ended transaction {tx} already, and cancels it all the same.
rule.cancel.empty = {me} is told to cancel transaction {tx}, whose Try it never carried out. It changes nothing and remembers the Cancel.
rule.cancel.blind = Mistake at work: {me} cancels transaction {tx} without asking whether it ever reserved for it.
rule.cancel.deny = {me} is told to cancel transaction {tx}, which it has confirmed. That cannot be taken back. It does not acknowledge.

rule.expire = The reservation of transaction {tx} lapses at {me}: {pieces} go back, {available} are available. The manager is not asked.
rule.ask = {me} has kept the reservation of transaction {tx} for {waited} and asks what became of it.
rule.look = {client} looks at {me}: {available} available, {frozen} frozen.
rule.redirect = {me} is not the one to ask. It points to {to}.

kind.Try = asks to check and reserve
kind.TryOk = reserved
kind.TryFail = not reserved
kind.Confirm = use what is reserved
kind.Cancel = give back what is reserved
kind.Ack = done
kind.Ask = what became of it?

field.xid = which transaction
field.pieces = how many pieces
field.customer = for whom
field.log = transactions and how far they are
field.waiting = customers that wait for an answer
field.unconfirmed = pieces in orders that are no promise yet
field.confirmed = pieces in orders that are promised
field.orders = orders, by their transactions
field.available = pieces that anybody may order
field.frozen = pieces that are reserved
field.sold = pieces that are sold
field.fence = what was done of which transaction
card.log = log
card.available = available
card.frozen = frozen
card.sold = sold
card.unconfirmed = unconfirmed
card.confirmed = confirmed
card.waiting = waiting
card.orders = orders
card.fence = fence

role.tm = manager
role.trying = trying
role.confirming = confirming
role.cancelling = cancelling
role.confirmed = confirmed
role.cancelled = cancelled
role.unconfirmed = unconfirmed
role.order = orders
role.stock = inventory
role.reserves = has frozen stock
role.down = down

part.service = manager
part.peer = service
dots.tried = have reserved
dots.acked = have acknowledged
mark.total = pieces at the beginning
mark.oversold = pieces promised too many
flag.oversold = sold more than there was

timer.try = how long it waits for reservations
timer.retry = tells again
timer.recover = looks into its log
timer.expiry = reservation lapses
timer.ask = asks what became of it
brief.try = for reservations
brief.ask = asks

knob.available = pieces
knob.available.says = How many pieces there are at the beginning.
knob.try_timeout = Try timeout
knob.try_timeout.says = How long the manager waits for the answers to Try before it cancels.
knob.retry = tells again after
knob.retry.says = How long the manager waits for an acknowledgement of Confirm or Cancel before it says it again. It never stops.
knob.try = answer to Try
knob.try.says = Whether a service reserves, or refuses every Try.
knob.idempotence = guard: idempotence
knob.idempotence.says = What comes again is acknowledged and has no effect.
knob.empty_rollback = guard: empty rollback
knob.empty_rollback.says = A Cancel without a Try changes nothing, and is remembered.
knob.anti_suspension = guard: anti-suspension
knob.anti_suspension.says = A Try that comes after its Cancel is refused.
knob.expiry = reservations last
knob.expiry.says = How long a reservation lasts before the inventory takes it back on its own; 0 means for ever.
knob.recovery = asks after
knob.recovery.says = How long a service keeps a reservation before it asks the manager what became of it; 0 means that it never asks.

choice.try.ok = reserves
choice.try.fail = refuses

op.order = order
op.look = look at the stock

arg.pieces = pieces

prop.stock-adds-up = the stock adds up
prop.stock-adds-up.says = Available, frozen and sold pieces make up what there was at the beginning.
prop.same-outcome = both services say the same
prop.same-outcome.says = In the end, what is confirmed is what is sold.
prop.nothing-open = nothing stays open
prop.nothing-open.says = In the end every transaction is done, no order is unconfirmed and nothing is frozen.

fail.cancelled = The transaction was cancelled.
fail.no-pieces = An order needs at least one piece.
