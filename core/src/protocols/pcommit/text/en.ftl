# Paxos Commit. A rule's sentence may use its fields and {me}, the participant where it fired.
# include commit

name = Paxos Commit
says = Every vote is a value that Paxos chooses. 2F + 1 acceptors keep the votes, and any leader can find the outcome there: nobody waits for one process.

rule.begin = {me} leads transaction {tx}: it asks every resource manager to prepare.
rule.begin-commit = {me} hears that {rm} is prepared for transaction {tx}, and asks the others to prepare.
rule.leader.restart = {me} finds on its disk that it led transaction {tx}, and not how that ended. It will ask the acceptors.
rule.request.redirect = This is nothing that {me} does: {client} is sent to {to}.
rule.prepare.first = {me} is the first to prepare in transaction {tx}. It tells the leader: BeginCommit.
rule.prepare = {me} is prepared, on disk. It proposes "prepared" in ballot 0 of its own instance, to {acceptors} acceptors (transaction {tx}).
rule.prepare.deny = {me} will not commit transaction {tx}. It aborts at once: without it nobody can commit.
rule.prepare.deny.decided = {me} is asked to prepare transaction {tx}, and has its outcome already. Nothing happens.
rule.restart = {me} finds transaction {tx} prepared on its disk. It locks the row again, and will ask.
rule.restart.unvoted = {me} finds transaction {tx} on its disk, and that it had not voted. It may still abort it alone.
rule.ask = {me} is in doubt about transaction {tx} for too long, and asks {leader} to lead.
rule.commit = {me} commits transaction {tx}: the row has its new value, the lock is free.
rule.abort = {me} aborts transaction {tx}.
rule.known = {me} knows the outcome of transaction {tx} already.
rule.learn.direct = {me} has heard from enough acceptors itself: the outcome of transaction {tx} is known, without the leader.
rule.accept = {me} accepts "prepared" for {rm}, in ballot {ballot}.
rule.accept.aborted = {me} accepts "aborted" for {rm}, in ballot {ballot}.
rule.accept.deny.promised = {me} refuses what is proposed for {rm} in ballot {ballot}: it has promised ballot {promised}.
rule.bundle.wait = {me} has heard from {heard} of {needed} resource managers. It will tell of all in one message.
rule.bundle = {me} tells what it has accepted for transaction {tx}: {instances} instances in one message.
rule.promise = {me} promises {leader} to accept nothing below ballot {ballot}, and says what it accepted so far: something in {accepted} instances.
rule.promise.deny.promised = {me} does not promise ballot {ballot} to {leader}: it has promised {promised}.
rule.learn = {me} hears from {acceptor}. {chosen} of {of} instances have chosen now.
rule.late = {me} hears from {from}, and no longer needs it.
rule.decide.commit = Every instance of transaction {tx} has chosen "prepared": the outcome is commit. {me} tells the resource managers.
rule.decide.abort = The instance of {rm} has chosen "aborted": the outcome of transaction {tx} is abort. {me} tells the resource managers.
rule.votes.over = The time is over, and {me} knows what {chosen} of {of} instances have chosen.
rule.ballot = {me} begins ballot {ballot} in every instance of transaction {tx}. It asks the acceptors what they have accepted.
rule.ballot.over = Ballot {ballot} of {me} has come to nothing. It tries a higher one.
rule.ballot.adopt = For {rm} something was accepted in ballot {accepted}. It may have been chosen, so {me} must propose the same in ballot {ballot}.
rule.ballot.free = For {rm} no acceptor of a majority has accepted anything: nothing was chosen. {me} proposes "aborted" in ballot {ballot}.
rule.ask.known = {me} knows the outcome of transaction {tx} and tells {rm}.
rule.ask.deny.under-way = {rm} asks {me}, which is at work on it: ballot {ballot}.

kind.BeginCommit = BeginCommit: the first is prepared
kind.Prepare = Prepare
kind.Phase1a = phase 1a: a ballot begins
kind.Phase1b = phase 1b: a promise
kind.Phase2a = phase 2a: a proposal
kind.Phase2b = phase 2b: what was accepted
kind.Commit = Commit
kind.Abort = Abort
kind.Inquire = asks for the outcome

field.tx = transaction
field.row = row
field.value = new value
field.ballot = ballot
field.accepted = accepted, by instance, and in which ballot
field.proposes = proposes, by instance
field.promised = the highest ballot that it has promised
field.record = what it voted or learned
field.outcome = what it has learned
field.asked = how often it has asked for the outcome
card.tx = tx
card.proposes = proposes
card.record = record
card.outcome = outcome
card.asked = asked

role.working = working
role.leader = leads
role.standby = stands by
role.asking = asks for promises
role.acceptor = acceptor

dots.promises = promises
dots.reports = reports of acceptors
dots.instances = votes of resource managers

part.resource = acceptor

timer.votes = until the leader stops waiting for votes
timer.ballot = until the leader tries a higher ballot
timer.tell = until the next resource manager is told
timer.ask = until a resource manager in doubt asks
brief.votes = waits for votes
brief.ballot = a higher ballot
brief.tell = tells the next
brief.ask = asks

prop.one-value = One value per ballot
prop.one-value.says = In one ballot of one instance, acceptors never accept two different values.

knob.faults = F, faults tolerated
knob.faults.says = How many acceptors may fail. There are 2F + 1; with 0, the leader is the only one.
knob.propose = propose to
knob.propose.says = Which acceptors a resource manager proposes to: all of them, or the first F + 1.
choice.propose.all = all acceptors
choice.propose.enough = F + 1 acceptors
knob.learn = acceptors tell
knob.learn.says = Whom acceptors tell what they have accepted: the leader, or the resource managers too.
choice.learn.leader = the leader
choice.learn.direct = the resource managers too
knob.ask = in doubt, asks after
knob.ask.says = How long a resource manager is in doubt before it asks a leader.
knob.ballot = higher ballot after
knob.ballot.says = How long a leader waits before it begins a higher ballot.
