# Majority reads and writes. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Majority reads and writes
says = N replicas. A write waits for W of them, a read for R. With R + W > N they always meet; what the read makes of that is another matter.

rule.write.query = {me} is about to write. First it asks all replicas for the highest timestamp, and waits for {needed} answers.
rule.write = {me} gives its write the timestamp {ts} and sends it to all replicas. {needed} must acknowledge.
rule.write.unordered = {me} sends its write to all replicas. {needed} must acknowledge. Nothing in it says when it was made.
rule.write.done = {acks} replicas have acknowledged the write of {me}: it is done.
rule.store = {me} stores the value of {client}: timestamp {ts}, written by {writer}.
rule.store.deny.older = {me} keeps what it has: timestamp {held}. The value from {client} has {ts}. It acknowledges all the same.
rule.store.last = {me} stores what {client} sends, over whatever was there: the last to arrive stays.
rule.read = {me} asks all replicas for their copies, and waits for {needed} answers.
rule.read.no-overlap = R = {r} and W = {w} are together not more than N = {n}: the read of {me} may miss every replica that has the last write.
rule.read.answer = {me} answers {client} with its copy, timestamp {ts} (0: none).
rule.read.newest = Of the answers, {me} takes the one with the highest timestamp: {ts}, written by {writer}.
rule.read.unordered = The answers differ, and nothing says which is newer. {me} takes the first, from {replica}.
rule.read.write-back = {me} has found the value with timestamp {ts}. Before it answers, it writes this back to all replicas and waits for {needed} acknowledgements.
rule.read.repair = {me} has answered. Now it tells the {behind} replicas that were behind of timestamp {ts}, and waits for nobody.
rule.read.done = {answers} replicas have answered. The read of {me} is done.
rule.resend = {me} asks the {missing} replicas again that have not answered.
rule.answer.extra = {replica} answers too, and {me} no longer needs it.
rule.no-quorum = {me} has {answers} of the {needed} answers that it needs, and stops waiting. Nothing was written.
rule.no-quorum.partial = {me} has {acks} of the {needed} acknowledgements that it needs, and stops waiting. Some replicas may hold its write: nobody knows whether it counts.

kind.Read = asks for a copy
kind.RResp = a copy
kind.Write = stores a new value
kind.WriteBack = stores a value that a read has found
kind.WAck = it is stored, or something newer is

field.key = key
field.value = value
field.version = timestamp and writer
field.copy = the copy with the highest timestamp
field.copies = all copies
field.clock = the highest timestamp that the client has used or heard of
field.doing = what it reads or stores
field.tasks = operations in progress
card.copy = copy
card.version = version
card.doing = doing
card.copies = copies
card.clock = clock
card.tasks = tasks

role.replica = replica
role.idle = idle
role.reading = reading
role.querying = asking for a timestamp
role.writing = writing
role.writing-back = writing back
role.down = down

dots.answers = answers
dots.acks = acknowledgements

part.peer = replica
part.client = client

timer.timeout = until the client gives up
timer.resend = until it asks again

prop.one-value = One value per timestamp
prop.one-value.says = No two values of a key ever have the same timestamp and writer.

knob.nodes = N, replicas
knob.nodes.says = How many replicas there are.
knob.clients = clients
knob.clients.says = How many clients there are. Each coordinates its own reads and writes.
knob.r = R, read quorum
knob.r.says = How many answers a read waits for; 0 means a majority.
knob.w = W, write quorum
knob.w.says = How many acknowledgements a write waits for; 0 means a majority.
knob.order = what orders writes
knob.order.says = Which of two values a replica keeps, and a read returns.
choice.order.arrival = the last to arrive
choice.order.wall = the writer's wall clock
choice.order.lamport = the writer's Lamport clock
choice.order.query = a timestamp asked for first
knob.repair = after a read
knob.repair.says = What a read does about replicas that are behind.
choice.repair.off = nothing
choice.repair.async = tell them afterwards
choice.repair.write-back = write back before answering
knob.timeout = patience
knob.timeout.says = How long a client tries before it gives up.
knob.resend = ask again after
knob.resend.says = How often a client asks replicas again that have not answered; 0 means never.

op.put = write
op.get = read
arg.key = key
arg.value = value

fail.noquorum = Too few replicas answered in time.
