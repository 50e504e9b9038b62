# The lock by SETNX. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock
# include lock/redis

name = SETNX lock
says = A lock is a key in Redis: set if absent, given an expiry by a second command, deleted to release.

knob.expire = EXPIRE after SETNX
knob.expire.says = The client sends EXPIRE as a second command after SETNX.
knob.tokens.says = Where the client gets a fencing token: nowhere, or by INCR after the lock.
