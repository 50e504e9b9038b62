# The words of the page. One `key = text {placeholder}` a line.

# page: shell, timeline, keyboard, palette, help

play = Play
pause = Pause
step.back = One event back
step.forward = One event forward
next = Next event
next.about = Run to the next event that says something: a leader, a commit, a refusal, an action
speed = Speed
speed.one = Play at {n} of real time
speed.all = All speeds
undo = Undo
undo.about = Take back your last action
branches = {n} branches
branches.about = What you did before, on other branches
branches.one = {n} actions, seen at {time} s
time = Time
track = Instant
track.value = {time} s. {step}
lessons = All lessons
lessons.back = Back to the stage
place = Where you are
untitled = A scenario without a name
share = Share
embed = Embed
help = Help
language = Language
theme.auto = Theme: as your system
theme.light = Theme: light
theme.dark = Theme: dark
tools = What a click on the stage does
tool.select = Select
tool.select.about = Select a node, a link or a message; a second click opens its menu
tool.cut = Cut
tool.cut.about = Draw a line across the stage: it cuts the links that it crosses
tool.crash = Crash
tool.crash.about = Crash a node; click it again to restart it
tool.pause = Pause
tool.pause.about = Freeze a node; click it again to let it go on
tool.clock = Clock
tool.clock.about = Move a node's wall clock forward by 100 ms
tool.drop = Drop
tool.drop.about = Drop a message on its way
legend = What the shapes mean
shape.request = request
shape.answer = answer
shape.refusal = refusal
shape.beat = heartbeat
shape.client = client
stage = The cluster
stage.nodes = Nodes and clients
stage.links = Links
stage.messages = Messages under way
stage.epoch = epoch {n}
stage.log = {n} entries, {committed} committed
stage.skew = clock {by}
stage.link = link between {a} and {b}
stage.link.cut = link between {a} and {b}, cut
stage.message = {kind} from {from} to {to}, arrives in {time}
stage.message.held = {kind} from {from} to {to}, held
island.count = {n} of {all}
island.majority = a majority
island.minority = no majority on this side
island.minority.brief = no majority
phase.down = crashed
phase.paused = paused
phase.new = not started
port.fresh = fresh
port.stale = stale
port.kept = kept
port.may-be-lost = may be lost
port.silent = no answer
op.waiting = waiting
op.answered = answered in {time}
op.answered.value = {value}, in {time}
op.refused = refused: {reason}
op.unknown = gave up after {time}
loss.lost = {from} → {to} lost
loss.down = {to} is down

# -- end of page

# panel: lamps, lesson, inspector, events, menus, share, gallery, embed

# -- end of panel
