# Two-phase commit. A rule's sentence may use its fields and {me}, the process where it fired.
# include commit

name = Two-phase commit (2PC)
says = A coordinator asks everybody whether they can commit. If all say yes, it writes that down, and tells them.

rule.begin = {me} begins transaction {tx} for {client} and asks {members} resource managers to prepare (xa_start, the work, xa_end, xa_prepare).
rule.vote.no = {me} votes no on transaction {tx}, and aborts it. Who votes no needs not wait for anybody.
rule.vote.no.work = {me} cannot do the work of transaction {tx} without breaking a rule of its own. It aborts, and votes no.
rule.vote.no.lock = {me} did not get the lock for transaction {tx}. It has not voted, so it may abort alone: it does, and votes no.
rule.vote.no.aborted = {me} has aborted transaction {tx}, and votes no.
rule.vote.yes = {me} has done the work of transaction {tx}, forces PREPARED to its disk and votes yes (xa_prepare: XA_OK). From here on it is in doubt, and may decide nothing alone.
rule.vote.again = {me} has voted yes on transaction {tx} before, and says so again.
rule.vote.count = {me} has the yes of {rm} on transaction {tx}. {missing} votes are missing.
rule.vote.veto = {rm} votes no on transaction {tx}. One no is enough.
rule.vote.late = A vote of {rm} on transaction {tx} reaches {me} when nothing waits for it any more.
rule.vote.timeout = {me} has waited {waited}, and {missing} votes on transaction {tx} are missing. No vote counts as no.
rule.decide.commit = All have voted yes. {me} forces COMMIT of transaction {tx} to its log: this write is the commit point, whatever happens to the messages.
rule.decide.abort = {me} aborts transaction {tx}. It logs nothing: what has no record is aborted (presumed abort).
rule.log.copy = {me} sends the decision on transaction {tx} to its backup, before anybody else hears of it.
rule.log.copied = The backup has the decision on transaction {tx}. Now {me} may tell it.
rule.log.store = {me} stores a copy of the decision on transaction {tx} (commit: {commit}).
rule.decision.send = {me} tells {rm} the decision on transaction {tx} (commit: {commit}; xa_commit or xa_rollback).
rule.decision.resend = {missing} have not acknowledged transaction {tx}. {me} tells them again.
rule.ack = {rm} has acknowledged transaction {tx}.
rule.end = All have acknowledged transaction {tx}. Nobody can ask for it any more, and {me} answers its client.
rule.commit = {me} commits transaction {tx} (xa_commit): the row is written, its lock is free.
rule.abort = {me} aborts transaction {tx} (xa_rollback): the row stays as it was, its lock is free.
rule.decision.again = {me} hears the decision on transaction {tx} from {from}, and knows it already.
rule.decision.lost = {me} is told to commit transaction {tx} and has no record of having voted for it. It promised, and its disk forgot: the others have committed.
rule.inquire = {me} does not know what became of transaction {tx}, and asks its coordinator.
rule.termination.ask = {me} asks {others} others what became of transaction {tx}.
rule.outcome.tell = {asker} asks for transaction {tx}, and {me} knows the outcome (commit: {commit}).
rule.outcome.init = {asker} asks for transaction {tx}, on which {me} has not voted. {me} aborts it now, so that nobody can commit.
rule.outcome.uncertain = {asker} asks for transaction {tx}, and {me} is in doubt itself.
rule.outcome.presumed = {asker} has transaction {tx} in doubt, and {me} has no commit record of it: it is aborted (presumed abort).
rule.outcome.open = {asker} asks for transaction {tx}, and {me} cannot say yet.
rule.blocked = {from} does not know either what became of transaction {tx}. {me} stays in doubt, and keeps what it has locked.
rule.outcome.known = {from} answers about transaction {tx}, which {me} has decided already.
rule.restart.ready = {me} finds PREPARED of transaction {tx} on its disk, and no decision. It locks the row again: it is still in doubt.
rule.restart.abort = {me} had not voted on transaction {tx} when it crashed, so it has aborted it.
rule.restart.decided = {me} finds COMMIT of transaction {tx} in its log, not acknowledged by all. It tells them again.
rule.recover.ask = {me} asks {asked} resource managers what they have in doubt (xa_recover).
rule.recover.list = {me} lists {branches} branches in doubt for {asker} (xa_recover).
rule.recover.clean = {rm} has nothing in doubt.
rule.backup.told = {me} notes who takes part in transaction {tx}, should it have to take over.
rule.takeover = {me} takes over. It knows the outcome of {decided} transactions, and must ask about {open}.
rule.takeover.learn = {me} learns from {rm} what became of transaction {tx} (commit: {commit}), and tells the others.
rule.heuristic = {me} has been in doubt about transaction {tx} for {waited}, and decides alone (commit: {commit}). This is a guess.
rule.heuristic.late = The decision on transaction {tx} reaches {me} (commit: {decided}), which has decided otherwise alone (commit: {alone}).
rule.heuristic.mixed = {me} hears that {rm} decided transaction {tx} alone, and otherwise: XA_HEURMIX. No protocol can mend this.
rule.request.redirect = Transactions begin at {tm}: {me} points {client} there.
rule.request.refuse = {me} has nothing to do with what {client} asks.

kind.Prepare = the work, and: can you commit? (xa_prepare)
kind.Vote = yes or no
kind.Decision = commit or abort (xa_commit, xa_rollback)
kind.Ack = done
kind.Inquiry = what became of it?
kind.Outcome = commit, abort, or: I do not know
kind.Begin = tells the backup who takes part
kind.Log = a copy of the decision, for the backup
kind.LogAck = the backup has the copy
kind.Recover = what have you in doubt? (xa_recover)
kind.Branches = what is in doubt

field.tx = transaction
field.work = what to do
field.members = who takes part
field.vote = vote
field.outcome = outcome
field.alone = what was decided alone
field.in-doubt = in doubt
field.begun = transactions begun
field.decisions = the decision log
card.decisions = log
field.branches = prepared and decided transactions
card.begun = begun
card.branches = branches

role.idle = idle
role.standby = standby

dots.votes = yes votes
dots.acknowledgements = acknowledgements

flag.in-doubt = ? in doubt
flag.alone = decided alone
flag.asks = waits for votes
flag.tells = waits for acknowledgements
flag.copies = waits for the backup
flag.took-over = took over

mark.heuristic = decisions made alone
mark.lost-record = prepared records lost
mark.indoubt = branches in doubt
mark.total = what all make up together

timer.vote = how long it waits for votes
timer.tell = when the next one is told
timer.resend = when it tells again
timer.inquiry = when it asks
timer.heuristic = when it decides alone
timer.recover = when it asks again
brief.vote = waits for votes
brief.tell = tells the next
brief.heuristic = decides alone

knob.order = order of phase 2
knob.order.says = Who is told the decision first: rm1, or the last one.
knob.resend = tells again after
knob.resend.says = How often a decision is told again to those that have not acknowledged it.
knob.inquiry = asks every
knob.inquiry.says = How often a resource manager in doubt asks what became of its transaction.
knob.termination = cooperative termination
knob.termination.says = A resource manager in doubt asks the others too, not the coordinator alone.
knob.backup = backup coordinator
knob.backup.says = None; one that knows who takes part; or one with a copy of the decision log.
knob.heuristic = decides alone
knob.heuristic.says = What a resource manager decides alone when it has been in doubt for long.
knob.heuristic_after = decides alone after
knob.heuristic_after.says = How long a resource manager is in doubt before it decides alone.
knob.xa = recovery by xa_recover
knob.xa.says = Resource managers are passive: nobody inquires, and a restarted transaction manager asks for what is in doubt.
knob.total = total
knob.total.says = What the numbers of all rows make up together; 0 when nobody watches that.

choice.order.up = rm1 first
choice.order.down = the last one first
choice.backup.none = none
choice.backup.blank = without the log
choice.backup.log = with the log
choice.heuristic.never = never
choice.heuristic.commit = commits
choice.heuristic.abort = aborts

op.move = move an amount from one to another
op.takeover = take over as coordinator
op.recover = list what is in doubt

arg.from = from
arg.to = to

fail.not-here = This process does not do that.
