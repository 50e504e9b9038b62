# What every lock says. A rule's sentence may use its fields and {me}, the participant where it fired.

rule.acquire.try = {me} asks for the lock.
rule.acquire.granted = {me} got a yes. From here on it believes that it holds the lock, with fencing token {token} (0: none).
rule.acquire.retry = {me} did not get the lock. It waits a moment and asks again.
rule.acquire.give-up = {me} did not get the lock, and does not ask again.
rule.local.granted = The lock inside the process of {me} is free, and {me} takes it. No other machine hears of it.
rule.local.refused = Somebody else inside the process of {me} holds the lock.
rule.lease.extend = {me} asks for more time on its lock.
rule.lease.extended = The lease of {me} begins anew, counted from the asking.
rule.lease.lost = There is nothing to extend: {me} has lost its lock, and now knows it.
rule.lease.over = {me} looks at its own clock: its lease ended {late} ago. It no longer believes that it holds the lock.
rule.work.begin = {me} begins to work under the lock, with fencing token {token} (0: none). It reads the resource first.
rule.work.write = {me} has finished its work and writes the resource, with fencing token {token} (0: none). It does not ask whether the lock is still its own.
rule.work.stop = {me} does not write: its lease is over.
rule.release.ask = {me} gives the lock back. From here on it no longer believes that it holds it.
rule.release.deny.not-held = {me} has no such lock to give back.
rule.answer.timeout = {me} waited in vain for an answer. Its command may have been executed, or not.
rule.answer.late = An answer reaches {me} after it stopped waiting. It is ignored.
rule.resource.read = {me} is read at version {version}.
rule.write.accept = {me} takes the write of {client} (token {token}; 0: none). It is version {version} now.
rule.write.interleaved = {client} read version {basis}, and {me} is at version {version} by now. This write wipes out what was written in between.
rule.write.backward = {client} writes under the lock with token {token}, after {me} took a write with token {highest}: an older lock writes over a newer one.
rule.write.deny.stale-token = {me} refuses {client}: its token is {token}, and {me} has seen {highest}. The lock has gone to somebody else since.
rule.write.deny.no-token = {me} refuses {client}: it brings no token, so nobody can tell how old its lock is. The highest so far is {highest}.

kind.Reply = answers yes, or with a value
kind.Error = answers no
kind.Read = reads the resource
kind.Content = what the resource holds
kind.Write = writes the resource
kind.Written = the write was taken
kind.Rejected = the write was refused

field.believes = the lock that the client believes to hold
field.token = fencing token; a later lock has a higher one
field.mine = the value that tells this lock from all others
field.since = since when it believes so, by its own clock
field.deadline = when the lease ends, by its own clock
field.basis = the version of the resource that it read or wrote last
field.count = how often the holder acquired it
field.tasks = operations in progress
field.value = value
field.version = how often the resource was written
field.highest = the highest token that the resource has seen
field.rejected = writes that it refused
field.interleaved = writes over something that the writer never saw
field.backward = writes with a lower token than an earlier one
field.reason = why not
card.believes = believes
card.token = token
card.deadline = deadline
card.value = value
card.highest = highest

role.idle = idle
role.asking = asking
role.waiting = waiting
role.holding = believes it holds
role.working = working
role.holder = believes it holds
role.resource = resource
role.down = down

part.client = client
part.service = lock service
part.resource = resource
flag.corrupted = corrupted
flag.no-expiry = no expiry
mark.accepted = writes taken
mark.rejected = writes refused
mark.interleaved = interleaved writes
mark.backward = writes of an older lock
mark.foreign-release = locks that another client deleted

timer.poll = until it asks again
timer.hold = work under the lock
timer.lease = the lease, by the client's clock
timer.renew = until it extends the lease
timer.answer = patience for an answer
timer.expire = until the lock expires
timer.replicate = until the standby is told

prop.mutual-exclusion = Mutual exclusion
prop.mutual-exclusion.says = No two clients believe at one moment that they hold the same lock.
prop.own-release = Nobody deletes another's lock
prop.own-release.says = A lock is deleted only by the client that set it, or by its expiry.
prop.deadlock-free = Free of deadlock
prop.deadlock-free.says = A lock can always be acquired at last, even if its holder has crashed.

knob.clients = clients
knob.clients.says = How many clients there are.
knob.poll = ask again after
knob.poll.says = How long a client that was refused waits before it asks again; 0 means that it gives up.
knob.hold = length of the work
knob.hold.says = How long a client works between reading and writing the resource.
knob.answer = patience
knob.answer.says = How long a client waits for an answer; 0 means for ever.
knob.check_lease = look at the lease
knob.check_lease.says = A client looks at its own clock before it writes, and drops a lock whose lease is over.
knob.renew = extend every
knob.renew.says = How often a holder asks for more time; 0 means never.
knob.fencing = fencing
knob.fencing.says = The resource refuses a write whose token is lower than one it has seen, or missing.
knob.mutex = where the lock is
knob.mutex.says = At the service, for all machines; or inside each client's own process.
choice.mutex.distributed = at the service
choice.mutex.local = in the process

op.lock = acquire, asking again while refused
op.unlock = release
op.extend = extend the lease
op.work = acquire, read, work, write, release
op.read = read the resource
op.write = write the resource

arg.resource = lock
arg.value = value

fail.no-command = The service has no such command.
fail.not-held = The client holds no such lock.
fail.lease-over = The lease was over, so the client did not write.
fail.stale-token = The resource refused the token.
fail.locked = The lock is taken.
