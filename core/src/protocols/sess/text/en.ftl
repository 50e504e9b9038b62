# Sessions on replicas. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Sessions on replicas that lag
says = Every replica answers, and they lag. Each client decides what it must be able to rely on.

rule.read = {me} asks {replica} for a value.
rule.write = {me} asks {replica} to take a write.
rule.ryw = Read your writes: the replica that answers {me} must have its own writes, {writes} so far.
rule.mr = Monotonic reads: the replica that answers {me} must have what its reads have shown, {writes} writes.
rule.wfr = Writes follow reads: no replica may store this write of {me} before what it has read, {writes} writes.
rule.mw = Monotonic writes: no replica may store this write of {me} before its earlier ones, {writes} so far.
rule.session = Session: the replica that answers {me} must have what this session wrote and read, {writes} writes.
rule.causal = Causal: this operation of {me} comes after all that it did, saw and was told of, {writes} writes.
rule.causal.told = {me} hears from {teller}, and takes over what {teller} had seen: {writes} writes.
rule.causal.deny.told = {me} hears from {teller}. Its library does not note what {teller} had seen.
rule.session.new = {me} begins session {session}. What it noted in the last one is gone.
rule.done = {me} has the answer of {replica}. It has now seen {writes} writes.
rule.behind.redirect = {lacking} lacks what {me} must see. {me} asks {replica}.
rule.behind.fail = {lacking} lacks what {me} must see. {me} gives up.
rule.no-answer = {me} has waited long enough for {replica}. It has read nothing.
rule.no-answer.unknown = {me} has waited long enough for {replica}. Its write may have been taken, now or later.
rule.answer.late = {replica} answers, and {me} no longer waits.
rule.read.answer = {me} answers {client} from its own copy, and says which writes it has.
rule.write.take = {me} takes the write of {client}: its own number {number}. The others do not know yet.
rule.wait = {me} lacks {lacks} writes that {client} must see. {client} waits.
rule.lack = {me} lacks {lacks} writes that {client} must see, and says so.
rule.repl = {me} tells {replicas} replicas of its writes up to number {number}.
rule.repl.again = {me} tells {replicas} replicas again: they have not acknowledged.
rule.repl.apply = {me} stores write {number} of {origin}.
rule.repl.apply.older = {me} takes note of write {number} of {origin}, and keeps its own value, which is newer.
rule.repl.hold = {me} sets write {number} of {origin} aside: something comes before it that is not here yet.
rule.repl.deny.known = {me} has write {number} of {origin}.
rule.repl.ack = {me} hears that {replica} has its writes up to number {number}.

kind.Get = asks for a value
kind.Put = asks to write
kind.Reply = the answer
kind.Behind = this replica lacks something
kind.Repl = writes of one replica, in order
kind.ReplAck = how many of them are stored

field.key = key
field.value = value
field.write = write
field.writes = writes (number; what comes before)
field.needs = what the replica must have
field.seen = which writes of whom
field.number = number
field.copy = the copy with the highest timestamp
field.copies = all copies
field.held = writes set aside
field.waiting = clients that wait
field.doing = what it reads or writes
field.reads = seen in reads
field.session-reads = of them in this session
field.session-writes = own writes in this session
card.copy = copy
card.seen = seen
card.doing = doing
card.copies = copies
card.held = held
card.waiting = waiting
card.reads = reads

role.replica = replica
role.idle = idle
role.reading = reading
role.writing = writing
role.down = down

part.peer = replica
part.client = client

timer.ship = until the others are told
timer.resend = until they are told again
timer.timeout = until the client gives up

knob.nodes = replicas
knob.nodes.says = How many replicas there are.
knob.clients = clients
knob.clients.says = How many clients there are.
knob.lag = delay
knob.lag.says = How long after a write a replica tells the others.
knob.resend = tell again after
knob.resend.says = How often a replica tells again what was not acknowledged.
knob.order = which value stays
knob.order.says = Which of two values of a key a replica keeps.
choice.order.arrival = the last to arrive
choice.order.lamport = the one with the higher Lamport timestamp
knob.causal = causal consistency
knob.causal.says = What a client does comes after all that it did, saw and was told of.
knob.ryw = read your writes
knob.ryw.says = Reads show what the client has written.
knob.session = session consistency
knob.session.says = Reads show what the session has written and read, until the session ends.
knob.mr = monotonic reads
knob.mr.says = Reads never show less than earlier ones did.
knob.mw = monotonic writes
knob.mw.says = A client's writes are stored everywhere in the order in which it wrote.
knob.wfr = writes follow reads
knob.wfr.says = A client's write is stored nowhere before what it had read.
knob.miss = if the replica lacks something
knob.miss.says = What a client does when the replica lacks what it must see.
choice.miss.wait = wait
choice.miss.redirect = ask another replica
choice.miss.fail = give up
knob.timeout = patience
knob.timeout.says = How long a client waits for an answer.

op.put = write
op.get = read
arg.key = key
arg.value = value

fail.behind = The replica lacks what this client must see.
fail.no-answer = No answer in time.
