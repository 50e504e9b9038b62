# Paxos for one decision. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Paxos, one decision
says = Proposers propose values, acceptors accept, and a majority of acceptors chooses one value for ever.

rule.propose.deny.role = {me} takes no proposals. {proposer} is a proposer.
rule.propose.deny.nil = {me} refuses {client}: nil is no value that one could choose.
rule.propose.join = {client} asks too. {me} is at work already; it will tell {client} what is chosen.
rule.propose.known = {me} knows what is chosen and tells {client} at once.
rule.prepare = {me} takes number {number} and asks all {of} acceptors for a promise. It needs {needed}.
rule.prepare.with-value = Mistake at work: the Prepare of {me} with number {number} carries its value.
rule.prepare.deny.rounds = {me} may use {rounds} numbers, and has used them. It gives up; nobody can say what becomes of its value.
rule.promise = {me} promises {proposer} to accept nothing below {number}. It has accepted nothing so far.
rule.promise.report = {me} promises {proposer} to accept nothing below {number}, and reports what it has accepted: number {accepted}.
rule.promise.overwrite = Mistake at work: {me} promises {number}, and takes the value that {proposer} only prepared for its latest proposal. What it had before goes into the answer and is gone here.
rule.promise.silent = Mistake at work: {me} promises {number} to {proposer}, and does not say what it has accepted.
rule.promise.lie = {me} lies: it tells {proposer} that it promises {number} and has accepted nothing.
rule.promise.deny = {me} refuses number {number} of {proposer}: it has promised {promised}.
rule.promise.count = {acceptor} has promised. {me} has {promises} of the {needed} promises that it needs.
rule.propose.own = No promise reports a proposal: {me} may propose its own value under {number}.
rule.propose.adopt = The highest proposal that was reported to {me} has number {highest}. {me} proposes its value under {number}, and gives up its own.
rule.propose.own-always = Mistake at work: {me} proposes its own value under {number}, whatever was accepted before.
rule.accept = {me} accepts number {number} of {proposer}, and tells the learners.
rule.accept.again = {me} accepts number {number} of {proposer}. It had accepted {earlier} before; that is allowed.
rule.accept.lie = {me} accepts number {number} of {proposer} without a look at what it promised ({promised}).
rule.accept.deny = {me} does not accept number {number} of {proposer}: it has promised {promised}.
rule.accept.count = {acceptor} has accepted. {me} has {acceptances} of the {needed} acceptances that it needs.
rule.chosen = {acceptances} acceptors have accepted number {number}: a majority. The value of {me} is chosen, for ever.
rule.learn.count = {me} hears from {acceptor} that it accepted number {number}. That makes {reports} of {needed}.
rule.learn = {me} has heard a majority for number {number}. It knows what is chosen.
rule.learn.known = {acceptor} reports too, and {me} knows already.
rule.nack.count = {acceptor} refused: it has promised {promised}. {me} counts on.
rule.outbid = {me} gives number {number} up: no majority can say yes any more. Somebody has been promised {promised}.
rule.outbid.back-off = {me} waits a random while, so that whoever has {number} can finish.
rule.timeout = {me} has {heard} of the {needed} answers that it needs for number {number}, and stops waiting.
rule.answer.stale = {acceptor} answers about number {number}; {me} no longer needs that.

kind.Prepare = asks for a promise
kind.Promise = a promise, and what was accepted before
kind.Accept = asks to accept a proposal
kind.Accepted = a proposal is accepted
kind.Nack = refused: a higher number was promised

field.number = number of the proposal
field.value = the value it proposes
field.own = the value that it would like
field.highest = the highest proposal that promises reported
field.promised = accepts nothing below
field.accepted = the latest proposal that it accepted
field.chosen = what is chosen
field.reports = what acceptors reported

log.accepted = accepted
log.chosen = chosen

role.idle = idle
role.preparing = asking for promises
role.accepting = asking to accept
role.waiting = letting others go first
role.leader = its proposal is chosen
role.acceptor = acceptor
role.learner = learner
role.down = down

dots.promises = promises
dots.acceptances = acceptances
dots.reports = reports

part.peer = proposer
part.service = acceptor
part.resource = learner

timer.phase = until it stops waiting for a majority
timer.retry = until it tries again
timer.think = until it sends its Accept

prop.agreement = Agreement
prop.agreement.says = Only a single value is chosen, and nobody learns another.
prop.validity = Validity
prop.validity.says = Only a value that was proposed is chosen.
prop.promises = Promises hold
prop.promises.says = No acceptor ever accepts or promises less than it has promised.
prop.progress = Progress
prop.progress.says = In the end something that was proposed is chosen.

knob.proposers = proposers
knob.proposers.says = How many proposers there are.
knob.acceptors = acceptors
knob.acceptors.says = How many acceptors there are. A majority of them chooses.
knob.learners = learners
knob.learners.says = How many learners there are. They only listen.
knob.rules = rules
knob.rules.says = Whose rules are followed: Lamport's, or those of notes that get them wrong.
choice.rules.lamport = Lamport's
choice.rules.doc001 = Prepare carries the value
choice.rules.doc000 = promises report nothing
knob.backoff = back-off
knob.backoff.says = How long a proposer that was outbid waits before it tries again; 0 means not at all.
knob.timeout = patience
knob.timeout.says = How long a proposer waits for a majority before it tries again; 0 means for ever.
knob.think = thinking
knob.think.says = How long a proposer takes between the promises and its Accept.
knob.rounds = numbers per proposer
knob.rounds.says = How many numbers a proposer may use before it gives up; 0 means as many as it takes.
knob.nack = says no
knob.nack.says = Whether an acceptor that refuses says so, or stays silent.
knob.durable = promises on disk
knob.durable.says = Whether acceptors write promises and acceptances to their disks before they answer.
knob.lie = lies
knob.lie.says = Whether an acceptor reports that it accepted nothing, and accepts everything.

op.propose = propose
arg.value = value

fail.nil = nil is no value.
