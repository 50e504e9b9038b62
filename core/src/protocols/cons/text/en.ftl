# A primary and its replicas. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Primary and late replicas
says = n1 takes the writes and answers at once; the others hear of them later. How much later is yours to set.

rule.write = {me} takes the write, version {version}, and answers. The replicas do not know yet.
rule.write.deny.replica = {me} takes no writes. It sends the client to {primary}.
rule.repl = {me} tells {replicas} replicas of everything up to version {version}.
rule.repl.again = {me} tells {replicas} replicas again: they have not acknowledged, or want to hear that nothing is new.
rule.repl.apply = {me} applies {writes} writes, up to version {version}.
rule.repl.fresh = {me} hears that nothing is new after version {version}.
rule.repl.deny.known = {me} has been told of version {version} before.
rule.repl.deny.gap = {me} is told from version {first} on and has {held}. It waits for what is missing.
rule.repl.deny.off = Replication is off at {me}: it leaves what it is told.
rule.repl.ack = {me} hears that {replica} has version {version}.
rule.read = {me} answers from its own copy, version {version} (0: never written). It asks nobody.
rule.read.deny.replica = Only the primary answers reads. {me} sends the client to {primary}.
rule.read.deny.too-old = The copies of {me} may be {age} old, more than the bound. It refuses to answer.

kind.Repl = writes, in order
kind.ReplAck = how far the replica is

field.write = write (version)
field.version = version
field.copy = the copy that was written last
field.copies = all copies
field.due = told up to version
card.copy = copy
card.version = version
card.copies = copies
card.due = due

role.primary = primary
role.replica = replica
role.down = down

dots.has-all = have everything

part.peer = server

timer.ship = until the replicas are told
timer.resend = until they are told again

knob.replicas = replicas
knob.replicas.says = How many copies there are beside the primary's.
knob.lag = delay
knob.lag.says = How long after a write the primary tells the replicas.
knob.resend = tell again after
knob.resend.says = How often the primary tells again what was not acknowledged.
knob.reads = who answers reads
knob.reads.says = Any server from its own copy, or only the primary.
choice.reads.any = any server
choice.reads.primary = only the primary
knob.bound = bound on staleness
knob.bound.says = A replica whose copies may be older than this refuses to answer. 0 means no bound.
knob.replicate = replication
knob.replicate.says = Whether a replica takes what the primary tells.

op.put = write
op.get = read
arg.key = key
arg.value = value

fail.too-old = The copies here may be older than the bound allows.
