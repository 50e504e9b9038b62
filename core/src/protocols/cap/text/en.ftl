# Replicas of registers. A rule's sentence may use its fields and {me}, the replica where it fired.

name = Replicated registers
says = Copies of a value at several replicas. One setting says who must answer before a client is answered.

rule.request.pass-on = {me} does not decide alone: it passes the request of {client} on to {leader}.
rule.write.local = {me} stores version {version} and answers {client} at once. The others hear of it later.
rule.read.local = {me} answers {client} from its own copy, version {version}, and asks nobody whether that is the latest.
rule.request.done = {leader} has answered, and {me} answers {client}.
rule.timeout.cancel-read = {me} has waited {waited} in vain. It tells {client} that it has no answer rather than give an old one.
rule.timeout.cancel-write = {me} has waited {waited} in vain. It tells {client} that the write may have been done or not.
rule.answer.late = An answer of {from} reaches {me} when nobody waits for it any more.
rule.again.under-way = {client} asks {me} for its operation {serial} again. It is being counted already.
rule.again.taken = {client} asks {me} for its last write again. That is version {version}, and is not written a second time.
rule.again.too-old = {me} does not take operation {serial} of {client}: it has taken a later write of that client.
rule.write.begin = {me} makes version {version} and tells the others. It needs {needed} of {of} copies before it answers.
rule.write.count = {from} holds what {me} wrote: {answers} of the {needed} copies that it needs.
rule.write.done = {answers} of {of} replicas hold version {version}. The write is done.
rule.read.begin = {me} needs {needed} of {of} copies, its own included, before it answers this read.
rule.read.count = {from} has shown its copy: {answers} of the {needed} that {me} needs.
rule.read.done = {answers} of {of} replicas have answered. {me} reads version {version}, the highest of them.
rule.leader.give-up = {me} has {answers} of {needed} answers for what {replica} passed on, and stops waiting.
rule.copy.tell = {me} shows {leader} its copy, version {version}.
rule.copy.store = {me} hears from {from} of version {version} of {writer}, which is higher than its own, and stores it.
rule.copy.keep = {me} hears from {from} of version {version} of {writer}. It holds that one or a higher one, and keeps it.
rule.copy.lost = {me} answers for version {version}, and already holds version {held} of {writer}, which is higher. The new value is gone at once.
rule.anti-entropy.compare = {me} tells the others which versions it holds.
rule.anti-entropy.push = {replica} lacks something: {me} sends it {count} newer copies.
rule.anti-entropy.same = {me} holds nothing that is newer than what {replica} has.
rule.policy.switch = The policy has changed: from now on {needed} of {of} replicas must answer.
rule.policy.proceed = The policy no longer asks for others: {me} answers the read of {client} from its own copy.
rule.policy.wait-on = The request of {client} stays open at {me}. It was passed on or told to others already, and ends by their answers, counted by the new policy.

kind.Read = passes a read on to the leader
kind.Write = passes a write on to the leader
kind.Reply = the leader's answer
kind.Query = asks for a copy
kind.Copy = shows a copy
kind.Replicate = tells of a written value
kind.ReplicateAck = says what it holds now
kind.AntiEntropy = says which versions it holds

field.value = the value that was written last, as far as it knows
field.version = number and writer; the higher one stays
field.copies = all copies
field.policy = who must answer
field.waiting = requests that it has not answered
field.key = key
field.digest = the versions that the sender holds
card.value = value
card.version = version
card.copies = copies
card.waiting = waiting

role.leader = leader
role.replica = replica
role.down = down

part.peer = replica
dots.answers = have answered
flag.waits = a client waits

timer.request = how long it waits for an answer
timer.quorum = how long it counts answers for another replica
timer.anti-entropy = next comparison of copies

prop.one-value-per-version = One value per version
prop.one-value-per-version.says = Two copies of the same version have the same value.

knob.nodes = replicas
knob.nodes.says = How many replicas there are.
knob.shards = shards
knob.shards.says = Over how many groups of replicas the keys are spread.
knob.policy = policy
knob.policy.says = Who must answer before a client is answered: most replicas, all, only the one that was asked, or only the first.
knob.order = versions count by
knob.order.says = What numbers a version: one more than the last, or the clock on the writer's wall.
choice.order.lamport = one more
choice.order.wall = wall clock
knob.timeout = timeout
knob.timeout.says = How long a replica waits for the others before it answers with an error.
knob.anti_entropy = anti-entropy every
knob.anti_entropy.says = How often replicas compare their copies; 0 means never.

choice.policy.majority = majority
choice.policy.all = all
choice.policy.local = local copy
choice.policy.single = one replica

op.put = write
op.get = read

arg.key = key
arg.value = value

fail.no-answer = The replica heard too little from the others in time, and answers with an error.
