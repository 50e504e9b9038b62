# What the systems of atomic commitment share. A rule's sentence may use its fields and {me}.

rule.lock.grant = {me} locks the row for {owner} (transaction {tx}; 0: a local one).
rule.lock.wait = The row is locked at {me}: {owner} waits. {holder} holds the lock, for transaction {tx} (0: a local one).
rule.lock.timeout = {owner} has waited {waited} for a lock at {me}, and gives up. Nobody can tell a long transaction from a deadlock.
rule.lock.release = {me} releases what transaction {tx} of {owner} had locked.
rule.row.read = {me} answers {client} with the last committed value. A reader waits for nobody.
rule.row.commit = The local transaction of {client} commits at {me}.

field.rows = the rows, as last committed
field.locks = who holds the lock of which row
field.waiting = who waits for a lock
card.rows = rows
card.locks = locks
card.waiting = waiting

flag.locked-out = somebody waits for a lock

role.init = has not voted
role.ready = in doubt
role.precommit = precommitted
role.wait = waits for votes
role.commit = committed
role.abort = aborted
role.down = down

part.service = transaction manager
part.peer = resource manager

timer.lock-wait = how long it waits for the lock
timer.hold = when the local transaction is done

knob.rms = resource managers
knob.rms.says = How many resource managers take part.
knob.vote = vote
knob.vote.says = What a resource manager votes on the work that it could do.
knob.vote_timeout = waits for votes
knob.vote_timeout.says = How long the transaction manager waits for the votes.
knob.lock_wait = waits for a lock
knob.lock_wait.says = How long a transaction waits for the lock of a row before it gives up.
knob.hold = local work takes
knob.hold.says = How long a local transaction holds the lock of its row.
knob.gap = gap in phase 2
knob.gap.says = The time between the message that tells one resource manager the decision and the message to the next.

choice.vote.yes = yes
choice.vote.no = no

op.begin = run a transaction at all resource managers
op.update = write here, in a local transaction
op.read = read what is committed here
op.read_for_update = read here, once the row is not locked

arg.row = row
arg.value = value

fail.aborted = The transaction was aborted.
fail.lock-timeout = The lock of the row did not become free in time.
