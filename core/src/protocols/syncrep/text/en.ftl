# Master and slaves. A rule's sentence may use its fields and {me}, the server where it fired.

name = Master and slaves
says = One master writes, the slaves copy its log. It waits for all of them, for one, or for none.

rule.write.log = {me} writes entry {index} of {client} into its log and ships it. It needs {needed} acknowledgements before it answers.
rule.write.done = {acks} slaves have entry {index}. {me} shows it and answers.
rule.ack.count = {slave} has the log of {me} up to entry {index}.
rule.ack.gap = {slave} lacks entries. {me} ships again from after entry {index}.
rule.ack.late = {me} learns nothing new from an answer of {slave}.
rule.heartbeat = {me} tells the others where its log ends. {behind} of them are behind, and are sent to again.
rule.read.master = {me} answers the read of {client} as of entry {index}.
rule.semi.fall-back = No slave has answered for {waited}. {me} stops waiting, and answers on its own from now on.
rule.semi.again = {slave} has caught up. {me} waits for a slave again.
rule.mode.switch = The mode has changed: {me} needs {needed} acknowledgements from now on, also for what is under way.
rule.remove = {me} no longer counts {slave}. {left} slaves are left that must acknowledge.
rule.remove.refuse = {me} refuses: {server} is not a slave that counts.
rule.repl.store = {me} stores {count} new entries of {master}, up to {index}, and shows them.
rule.repl.nothing-new = {me} hears from {master}. Nothing is new.
rule.repl.gap = {me} cannot put entries of {master} after entry {prev}: its own log ends at {last}, or differs there.
rule.repl.truncate = Entries {index} to {last} of {me} are not in the log of {master}. They are dropped, acknowledged or not.
rule.read.slave = {me} answers the read of {client} from its own copy, as of entry {index}.
rule.request.redirect = {me} is a slave. It points the client to {master}.
rule.promote = {me} is made the master of epoch {epoch}. What it has, up to entry {index}, is what counts from now on.
rule.promote.refuse = {me} refuses: it is the master of epoch {epoch} already.
rule.failover.silence = Mistake at work: {me} has heard nothing for {waited}, takes the master for dead and promotes itself.
rule.follow = {me} follows {master}, the master of epoch {epoch}.
rule.repl.old-master = {me} refuses {from}, which is the master of epoch {epoch}: it is epoch {current} by now.
rule.two-masters = {me} takes itself for the master, and hears {other}, which does so too, in epoch {epoch}.
rule.step-down = {me} hears of the master of epoch {epoch} and is the master of epoch {current} no longer.
rule.write.given-up = {me} no longer knows what becomes of entry {index}, and tells {client} so.

kind.Repl = ships entries of the log; without entries, a sign of life
kind.ReplAck = says how far the slave has the log

field.master = the latest master that it knows
field.applied = up to where clients may see the log
field.data = the value that was written last
field.waiting = clients that wait for an answer
field.epoch = which master
field.prev = the entry just before the new ones
field.entries = the entries to store
field.last = where the master's log ends
field.index = up to where the log is the master's
field.fits = whether the entries fitted
card.data = data
card.master = master
card.applied = applied
card.waiting = waiting

role.leader = master
role.slave = slave
role.down = down

part.peer = server
log.log = log
dots.acknowledgements = have it
set.slaves = slaves that count
mark.two-masters = heard another master
flag.waits = a client waits
flag.fallen-back = no longer waits

timer.heartbeat = next sign of life
timer.fallback = how long it waits for a slave
timer.silence = how long silence is no death

knob.slaves = slaves
knob.slaves.says = How many slaves there are.
knob.mode = mode
knob.mode.says = Whose acknowledgements the master waits for: all slaves, one slave for a while, or nobody.
knob.reads = reads
knob.reads.says = Who answers reads: the master alone, or any server from its own copy.
knob.fallback = falls back after
knob.fallback.says = How long the semi-synchronous master waits for a slave before it goes on without.
knob.heartbeat = sign of life every
knob.heartbeat.says = How often the master tells where its log ends, and sends again what was not acknowledged.
knob.failover = mistake: silence is death
knob.failover.says = The first slave promotes itself when it has heard nothing for so long; 0 means never.

choice.mode.sync = synchronous
choice.mode.semi = semi-synchronous
choice.mode.async = asynchronous
choice.reads.master = at the master
choice.reads.any = anywhere

op.put = write
op.get = read
op.promote = make this server the master
op.remove = no longer count a slave

arg.key = key
arg.value = value
arg.server = slave

fail.not-a-slave = The server is not a slave that counts.
fail.already-master = The server is the master already.
