# Gossip. A rule's sentence may use its fields and {me}, the participant where it fired.

name = Gossip
says = Every node answers from what it has. Each round it picks a peer by chance, and they compare.

rule.write = {me} takes the write, timestamp {ts}, and answers at once. Nobody else knows yet.
rule.delete = {me} replaces the value by a death certificate, timestamp {ts}. It will spread like a value.
rule.delete.no-certificate = {me} deletes the value and keeps nothing in its place. It cannot tell anybody.
rule.read = {me} answers from what it has, timestamp {ts} (0: nothing). It asks nobody.
rule.push = {me} picks {peer} and tells it everything: {updates} entries.
rule.digest = {me} picks {peer} and tells it at which versions it has what.
rule.digest.behind = {me} sends {peer} the {updates} entries that it lacks.
rule.digest.ahead = {me} lacks {updates} entries that {peer} has, and asks for them.
rule.digest.same = {me} has the same as {peer}. Nothing to say.
rule.rumour.tell = {me} picks {peer} and tells it what is news: {rumours} entries.
rule.rumour.known = {peer} knew already. {me} goes on telling.
rule.rumour.lose = {peer} knew already. {me} loses interest and tells this no more.
rule.rumour.backup = {me} compares everything with {peer}, in case a rumour missed one of them.
rule.merge.newer = {me} takes from {from} what is newer: timestamp {ts}, written at {writer}.
rule.merge.certificate = {me} hears from {from} that the value is deleted, timestamp {ts}. It keeps the death certificate.
rule.merge.known = {me} has what {from} tells it, timestamp {ts}.
rule.merge.deny.older = {me} keeps what it has, timestamp {held}. {from} tells it something older, {ts}.
rule.merge.deny.expired = {me} does not take the death certificate from {from}: it is old enough to be discarded.
rule.certificate.expire = {me} discards a death certificate, timestamp {ts}. From here on it does not know that the value was deleted.
rule.resurrect = {me} takes from {from} a value with timestamp {ts}. It was deleted, and {me} has discarded the proof.

kind.Push = tells what it has
kind.Digest = which versions it has
kind.Pull = asks for entries
kind.Delta = entries that the other lacks
kind.Known = knew that already

field.newest = the newest entry; † is a death certificate
field.entry = all entries
field.clock = the highest timestamp heard of
field.rumours = rumours that it still tells
field.update = entry
field.has = version
field.wanted = wanted
field.known = knew already
card.newest = newest
card.clock = clock
card.rumours = rumours

role.susceptible = has not heard
role.infective = spreads
role.removed = knows, and tells no more
role.down = down

flag.resurrected = came back
mark.resurrected-key = deleted values that came back

part.peer = node

timer.round = until the next round
timer.backup = until it compares everything

knob.nodes = nodes
knob.nodes.says = How many nodes there are.
knob.mode = mode
knob.mode.says = What a node does in a round: tell what it has, ask for what it lacks, both, or tell only what is news.
choice.mode.push = push
choice.mode.pull = pull
choice.mode.push-pull = push and pull
choice.mode.rumour = rumours
knob.fanout = fan-out
knob.fanout.says = How many peers a node contacts in a round.
knob.round = round
knob.round.says = How often a node gossips.
knob.k = k
knob.k.says = How soon a node tires of a rumour that others know already.
knob.stop = how it tires
knob.stop.says = With probability 1/k each time a peer knew already, or at the kth time.
choice.stop.coin = with probability 1/k
choice.stop.counter = at the kth time
knob.backup = compare everything every
knob.backup.says = How often a node that spreads rumours also compares everything with a peer; 0 means never.
knob.gc = death certificates live for
knob.gc.says = How long a death certificate is kept; 0 means that a deletion leaves none.

op.put = write
op.get = read
op.del = delete
arg.key = key
arg.value = value
