# The lock by SET NX PX. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock
# include lock/redis

name = SET NX PX lock
says = A lock is a key in Redis, set together with its expiry, and deleted only by whoever set it.

knob.release = release
knob.release.says = By a script that deletes the key only if it holds the client's own value, or by plain DEL.
choice.release.script = compare, then delete
choice.release.del = plain DEL
knob.tokens.says = Where the client gets a fencing token: nowhere, by INCR after the lock, or in one script with the lock.
choice.tokens.script = in one script
