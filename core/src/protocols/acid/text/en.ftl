# ACID and BASE. A rule's sentence may use its fields and {me}, the participant where it fired.

name = ACID and BASE
says = An order moves pieces from the stock to the orders; together they are 100. One database, two with two-phase commit, or two with an outbox.

rule.lock.wait = Transaction {tx} waits at {me}: transaction {holder} holds the lock.
rule.order.read = Transaction {tx} reads the stock at {me}: {stock}. It wants {amount}.
rule.order.commit = Transaction {tx} commits at {me}: {amount} more ordered, {stock} left in stock, both in one step.
rule.order.deny.stock = Transaction {tx} saw {stock} in stock and wants {amount}. The stock would fall below zero, so {me} undoes it.
rule.order.lost-update = The stock at {me} is {now}, and transaction {tx} computes with the {seen} that it saw. What was written in between is lost.
rule.read = Transaction {tx} reads the accounts at {me}.
rule.read.done = Transaction {tx} has read everywhere. {me} releases its lock.
rule.read.copy = {me} answers from its own copy, version {version}. It asks nobody.
rule.ask.deny = {me} does not take this. It sends the client to {node}.
rule.ship = {replica} asks what is new. {me} sends it version {version}.
rule.ship.apply = {me} takes over version {version}, both accounts at once.
rule.tx.begin = {me} begins transaction {tx} over both databases: {amount} pieces. It asks both to work and to vote.
rule.tx.read = {me} begins transaction {tx}, which reads both databases.
rule.prepare = {me} has done its part of transaction {tx}, has logged it, and votes yes. From now on it may not decide alone; the lock stays.
rule.prepare.deny = {me} has {stock} in stock, and transaction {tx} wants {amount}. It votes no.
rule.prepare.known = {me} has heard of transaction {tx} or of a later one, and does not do its work a second time.
rule.vote = {from} votes yes on transaction {tx}. {me} has {votes} of the {needed} votes that it needs.
rule.vote.late = The vote of {from} on transaction {tx} reaches {me} when it is decided. A yes is answered with the decision.
rule.decide.commit = All have voted yes. {me} logs the commit of transaction {tx}: now it is decided.
rule.decide.abort.no = {from} has voted no: {me} aborts transaction {tx}.
rule.decide.abort.silent = {me} has {votes} of the {needed} votes that it needs for transaction {tx}, and has waited long enough. It aborts.
rule.carry-out.commit = {me} carries out transaction {tx} and releases its lock.
rule.carry-out.abort = {me} drops transaction {tx} and releases its lock.
rule.carry-out.known = {me} is told of transaction {tx}, which is over here, or never came.
rule.ack = Transaction {tx} is acknowledged to {me}; {left} databases have not yet.
rule.decide.again = {left} commits are not acknowledged by all. {me} repeats them.
rule.inquire = {me} is in doubt about transaction {tx} and asks. Whatever it decided alone could be wrong.
rule.inquiry.commit = {me} tells {from} that transaction {tx} is committed.
rule.inquiry.abort = {me} has no record of a commit of transaction {tx}, and tells {from} that it is aborted.
rule.inquiry.wait = {me} has {votes} of {needed} votes on transaction {tx}, and cannot answer yet.
rule.recover = {me} finds on its disk that it has voted yes on transaction {tx}. It takes the lock again and will ask.
rule.recover.presume = {me} finds on its disk that transaction {tx} began, and no commit of it. So it is aborted, and whoever asks will be told.
rule.outbox.write = {me} takes the order for {amount} pieces and writes row {row} of the outbox, in one local transaction. It asks nobody.
rule.outbox.rows = {me} finds {rows} rows in the outbox and hands them over.
rule.outbox.apply = {me} deducts row {row}, {amount} pieces, and notes its number, in one local transaction. {stock} are left.
rule.outbox.known = {me} has deducted row {row} before, and does not do it twice.
rule.outbox.deny = Row {row} wants {amount} pieces, and {me} has {stock}. The order was answered already; it must be cancelled.
rule.outbox.settle = The stock has followed: {me} takes row {row} out of the outbox. {left} are left in it.
rule.outbox.gone = {me} took row {row} out of the outbox before.
rule.outbox.cancel = {me} cancels the order of row {row}, {amount} pieces, which its client takes for done.
rule.read.apart = {me} has {ordered} ordered, and asks the other database for the rest of the answer. No transaction spans the two.
rule.audit = {me} has read both accounts: together they are {sum}.
rule.audit.off = {me} has read both accounts: together they are {sum}, and should be {total}.
rule.audit.none = {me} gets no answer: the accounts cannot be read now.
rule.audit.again = {me} has waited {waited} for an answer, and asks anew.

kind.Prepare = please do this and vote
kind.Vote = my vote
kind.Decision = the decision
kind.Ack = it is carried out
kind.Inquiry = what was decided?
kind.Fetch = which rows are there?
kind.Rows = rows of the outbox
kind.Deliver = a row, to be deducted
kind.Done = what came of the row
kind.Settle = the row is done with
kind.Ask = what do the accounts hold?
kind.Books = what they hold
kind.Pull = what is new?
kind.Ship = a newer version

field.tx = transaction
field.amount = pieces
field.vote = vote
field.decision = decision
field.row = row of the outbox
field.books = accounts
field.version = version
field.last = last transaction
field.commits = commits not acknowledged
field.prepared = prepared
field.applied = rows deducted
field.lock = lock held by
field.waiting = waits for the lock
field.open = transactions not decided
field.sum = sum
field.seen = seen last
card.last = last
card.books = books
card.prepared = prepared
card.lock = lock
card.tx = tx
card.sum = sum
card.seen = seen

log.outbox = outbox
log.sums = sums over time

role.idle = idle
role.working = at work
role.ready = in doubt
role.replica = replica
role.wait = waits for votes
role.relay = relay
role.auditor = auditor
role.down = down

dots.votes = have voted yes

flag.locked-out = somebody waits for the lock
flag.off = the sum is wrong

mark.total = what all accounts make up
mark.outbox-new = rows in the outbox

part.peer = order service
part.service = stock service
part.resource = auditor

prop.no-negative = Nothing below zero
prop.no-negative.says = No account ever falls below zero.
prop.sum = The sum within one database
prop.sum.says = In a database that keeps both accounts, they always make up 100.
prop.nothing-lost = Nothing lost, nothing twice
prop.nothing-lost.says = With an outbox, both accounts make up 100 but for the rows that are still under way.

timer.work = until the transaction writes
timer.votes = until it stops waiting for votes
timer.inquire = until it asks for the decision
timer.again = until decisions are repeated
timer.poll = until the outbox is looked at
timer.audit = until the next audit
timer.pull = until it asks for what is new
brief.work = writes
brief.votes = waits for votes
brief.inquire = asks
brief.again = tells again
brief.poll = looks at outbox
brief.audit = next audit
brief.pull = asks for news

knob.mode = kept together by
knob.mode.says = One database, two with two-phase commit, or two with an outbox between them.
choice.mode.single = one database
choice.mode.shards = two-phase commit
choice.mode.outbox = outbox
knob.replicas = replicas
knob.replicas.says = How many copies of the single database there are that follow later and answer reads.
knob.lag = replicas ask every
knob.lag.says = How often a replica asks for what is new.
knob.isolation = isolation
knob.isolation.says = Whether the transactions of one database lock what they read.
choice.isolation.serializable = serializable
choice.isolation.none = none
knob.work = work takes
knob.work.says = How long a transaction of one database takes between reading and writing.
knob.vote_timeout = waits for votes
knob.vote_timeout.says = How long the transaction manager waits for votes before it aborts.
knob.inquire = asks again after
knob.inquire.says = How often a database in doubt asks, and how often the transaction manager repeats a commit that was not acknowledged.
knob.poll = relay looks every
knob.poll.says = How often the relay looks into the outbox.
knob.audit = audit every
knob.audit.says = How often the auditor reads both accounts.

op.order = order
op.read = read both accounts
arg.amount = pieces

fail.refused = There is not enough in stock: the transaction was undone.
fail.aborted = The transaction was aborted, because not everybody answered in time.
