# Three-phase commit. A rule's sentence may use its fields and {me}, the node where it fired.
# include commit

name = Three-phase commit
says = Vote, prepare, decide. The round in the middle lets survivors decide without the coordinator; a partition makes them decide differently, unless they need a quorum.

rule.begin = {client} asks for transaction {tx}. {me} asks {rms} participants whether they can: CanCommit.
rule.vote.count = {rm} says Yes. {me} has {votes} of {needed} votes.
rule.vote.timeout = {me} waits no longer: {votes} of {needed} votes have come. It aborts, as nobody can have been prepared.
rule.precommit.send = All have voted yes. {me} does not commit yet: by PreCommit it first lets everybody know that nobody is against transaction {tx}.
rule.ack.count = {rm} is prepared. {me} has {acks} of {needed} acknowledgements.
rule.ack.timeout.abort = {me} has {acks} of {needed} acknowledgements and waits no longer. By the notes' rule it aborts.
rule.ack.timeout.commit = {me} has {acks} of {needed} acknowledgements. It takes the silent ones for dead, and commits without them.
rule.ack.no-quorum = {me} has {acks} acknowledgements and needs {needed}. It decides nothing, and says PreCommit again.
rule.decide.commit = {acks} participants are prepared. {me} commits transaction {tx}: DoCommit.
rule.decide.no = {rm} says No. {me} aborts.
rule.decide.broken-yes = {rm} said Yes and now says No. {me} aborts, though all had voted yes.
rule.done.count = {rm} has done as was decided. {acks} of {needed} have.
rule.decision.again = {missing} participants have not acknowledged the decision. {me} tells them again.
rule.done = Everybody has acknowledged transaction {tx} (committed: {commit}). {me} is done with it.
rule.recover.abort = {me} was down. It had prepared nobody for transaction {tx}, so nobody can have committed: it aborts.
rule.request.redirect = {me} coordinates nothing. It sends {client} to {tm}.
rule.request.refuse = {me} has no rows. {client} has to ask a participant.
rule.vote.yes = {me} has locked the row and votes Yes on transaction {tx}. This yes binds: the lock stays until the decision.
rule.vote.yes.unlocked = {me} says Yes to transaction {tx}, and locks nothing. Until PreCommit this is an opinion.
rule.vote.no = {me} votes No on transaction {tx}, and aborts it here at once.
rule.vote.no.locked = The row did not become free in time. {me} votes No on transaction {tx}.
rule.precommit = {me} is told by {from} that all have voted yes. It is precommitted: it can no longer be that somebody said no.
rule.precommit.refuse = {me} said Yes to transaction {tx}, but the row is taken by now. It cannot keep its yes.
rule.decision = {from} tells the decision (commit: {commit}). {me} does so.
rule.decision.known = {me} has done already what {from} tells it.
rule.already = {me} answers for transaction {tx} as it did before.
rule.contrary = {me} has decided long ago, and hears the contrary from {from} (commit: {commit}). A decision is final: nothing can mend this.
rule.timeout.abort = {me} has waited {waited} for PreCommit. It is not precommitted, so nobody has committed, says the notes' rule: it aborts alone.
rule.timeout.commit = {me} has waited {waited} for the decision. It is precommitted, so nobody has aborted, says the notes' rule: it commits alone.
rule.elect = {me} hears nothing of transaction {tx}, elects itself (number {elected}) and asks everybody for their states.
rule.state.tell = {me} follows {from} in election {elected}, and tells its state.
rule.state.count = {from} has told its state. {me} knows {states} of {all}.
rule.state.deny.elected = {me} does not follow {from} in election {elected}: it is in election {current} already.
rule.state.deny.recovering = {me} was down and gives {from} no state: what it remembers may be out of date.
rule.terminate.abort = Of the {states} that answer, {me} included, none is precommitted. So nobody has committed, if the silent ones are dead: {me} aborts for all.
rule.terminate.commit = Of the {states} that answer, {me} included, somebody is precommitted. So nobody has aborted, if the silent ones are dead: {me} brings all of them to precommit.
rule.prepared.count = {from} is prepared. {me} has {acks} of {needed}.
rule.conclude = All that must be prepared for transaction {tx} are. {me} decides for all (commit: {commit}).
rule.choose.commit = {me} has a quorum of {states}. The latest attempt that any of them saw, number {attempt}, was to commit: {me} prepares them to commit.
rule.choose.abort = {me} has a quorum of {states}. The latest attempt that any of them saw, number {attempt} (0: none), was not to commit, so no quorum can have: {me} prepares them to abort.
rule.preabort = {me} is prepared by {from} to abort.
rule.prepare.deny.number = {me} does not obey {from}: its number is {elected}, and {me} has followed number {current} since.
rule.outbid = {from} has seen election {elected}. {me} gives up its own, and will try with a higher number.
rule.block = {me} has {states} of the {needed} that make a quorum. It decides nothing and waits: others may be deciding.
rule.ask = {me} was down. It does not know what became of transaction {tx}, decides nothing, and asks everybody.
rule.state.known = {me} has decided, and tells {from} (commit: {commit}).
rule.state.deny.undecided = {from} asks, and {me} has not decided either.
rule.adopt = {me} hears from {from} what was decided (commit: {commit}), and does so.
rule.abort.unvoted = {me} never voted on transaction {tx}, so nobody can have committed it. It aborts, and will vote for it no more.
rule.late = {me} has no use any more for what {from} says.

kind.CanCommit = phase 1: can you do this?
kind.Yes = the vote for it
kind.No = the vote against it
kind.PreCommit = phase 2: all have voted yes
kind.PreAbort = prepares a quorum to abort
kind.AckPre = is prepared
kind.DoCommit = phase 3: commit
kind.Abort = abort
kind.HaveCommitted = has committed
kind.HaveAborted = has aborted
kind.StateReq = what is your state? Above 0, the number of an election
kind.StateResp = the state of the one who was asked

field.transactions = how far each transaction has come here
field.elected = the highest election it took part in
field.attempt = the election in which it was last prepared; 0 for never
field.tx = which transaction
field.row = the row
field.value = what the row is to hold
field.state = how far it has come
card.transactions = transactions
card.elected = elected

role.idle = has nothing to do
role.preabort = prepared to abort

dots.votes = said Yes
dots.prepared = are prepared
dots.done = have acknowledged
dots.states = told their state

mark.contrary = heard the contrary of its decision
mark.broken-yes = could not keep its yes
flag.elected = elected itself
flag.contrary = heard the contrary

timer.phase = how long it waits for answers
timer.gap = when the next one is told
timer.wait = how long it waits for PreCommit
timer.precommit = how long it waits for the decision
timer.collect = how long it waits for states
timer.ask = when it asks again
brief.phase = for answers
brief.gap = tells the next
brief.wait = for PreCommit
brief.precommit = for the decision
brief.collect = for states

knob.rules = rules
knob.rules.says = Which rules count: those of most notes, Skeen's termination protocol, or E3PC with a quorum.
knob.wait_timeout = waits for PreCommit
knob.wait_timeout.says = How long a participant that has voted yes waits for what comes next.
knob.precommit_timeout = waits in precommit
knob.precommit_timeout.says = How long a participant in precommit waits for the decision.
knob.collect = waits for states
knob.collect.says = How long an elected participant waits for the states of the others, and again for their acknowledgements.
knob.resend = says again after
knob.resend.says = After how long what was not answered is said, or asked, again.

choice.rules.popular = as most notes have it
choice.rules.skeen = Skeen
choice.rules.e3pc = E3PC

fail.not-here = The coordinator has no rows.
