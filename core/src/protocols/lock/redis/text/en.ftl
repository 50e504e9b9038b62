# What every lock on a Redis server says, beside what every lock says.

rule.set.done = The key was absent. {me} sets it for {client}: the lock is granted.
rule.set.deny.exists = {me} refuses {client}: the key exists, set by {holder}.
rule.setnx.deny.arguments = {me} refuses: SETNX takes a key and a value, and here are {surplus} more arguments. Nothing was set.
rule.expire.set = The key will expire in {px}, by the clock of {me}.
rule.expire.deny.absent = {me} finds no key that could expire for {client}.
rule.key.expired = The time of the key is over. {me} removes it, whatever {holder} is doing at the moment.
rule.del.done = {client} deletes its key, and {me} has a free lock again.
rule.del.foreign = {client} deletes the key that {holder} set. DEL does not look at the value: {me} now grants the lock to the next who asks.
rule.del.deny.absent = {client} deletes a key that is gone already.
rule.compare.deny = The script compares: the key holds the value of {holder}, not that of {client}. {me} leaves it alone.
rule.compare.deny.absent = The script of {client} finds no key. Its lock has expired or was deleted.
rule.token.next = {me} counts one up: {client} gets number {token}.
rule.incr.deny.type = {me} refuses {client}: the value is no number.
rule.boot.empty = {me} starts with an empty memory. It knows of no lock.
rule.boot.aof = {me} starts from its append-only file, with {keys} keys.

kind.SETNX = sets a key if it is absent
kind.SET = sets a key if it is absent, with an expiry
kind.EXPIRE = gives a key an expiry
kind.DEL = deletes a key
kind.GET = reads a key
kind.INCR = counts one up
kind.EVAL = runs a script as one command

field.key = key
field.holder = who set the key; no command can see that
field.expires = when the key expires, by the server's clock
field.surplus = arguments too many
field.px = how long the key lives
field.script = what the script does
card.holder = holder
card.expires = expires

role.server = server

knob.ttl = expiry
knob.ttl.says = How long a lock lives at the server.
knob.aof = append-only file
knob.aof.says = The server logs its commands to disk and has its keys again after a restart.

op.setnx = set a key if it is absent
op.set = set a key if it is absent, with the expiry
op.expire = give a key an expiry
op.del = delete a key
op.get = read a key
op.incr = count one up

arg.more = further arguments

fail.zero = The answer is 0: nothing was done.
fail.nil = The answer is nil: the key exists.
fail.wrong-number-of-arguments = ERR wrong number of arguments.
fail.not-an-integer = ERR value is not an integer.

knob.tokens = fencing tokens
choice.tokens.none = none
choice.tokens.incr = by INCR
