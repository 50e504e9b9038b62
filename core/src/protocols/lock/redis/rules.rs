//! Why the server did something, or did not.

crate::rules! {
    /// The key was absent and is set.
    SET_DONE "set.done" "Redis commands: SETNX; SET, option NX" Milestone
        (client: Node);
    /// The key exists.
    SET_DENY_EXISTS "set.deny.exists" "Redis commands: SETNX; SET, option NX" Refusal
        (client: Node, holder: Node);
    /// `SETNX` takes a key and a value, and nothing else.
    SETNX_DENY_ARGUMENTS "setnx.deny.arguments" "Redis commands: SETNX key value" Refusal
        (surplus: Int);
    /// The key will expire.
    EXPIRE_SET "expire.set" "Redis commands: EXPIRE; SET, option PX" Step
        (px: Time);
    /// There is no such key.
    EXPIRE_DENY_ABSENT "expire.deny.absent" "Redis commands: EXPIRE" Refusal
        (client: Node);
    /// The key is removed, because its time is over by the server's wall clock.
    KEY_EXPIRED "key.expired" "Redis commands: EXPIRE, How Redis expires keys" Milestone
        (holder: Node);
    /// The key was deleted.
    DEL_DONE "del.done" "Redis commands: DEL" Milestone
        (client: Node);
    /// The key was deleted, and it was another's lock.
    DEL_FOREIGN "del.foreign"
        "Redis, Distributed Locks: Correct Implementation with a Single Instance" Milestone
        (client: Node, holder: Node);
    /// There is no such key.
    DEL_DENY_ABSENT "del.deny.absent" "Redis commands: DEL" Refusal
        (client: Node);
    /// The script compared, and the value is another's.
    COMPARE_DENY "compare.deny"
        "Redis, Distributed Locks: Correct Implementation with a Single Instance" Refusal
        (client: Node, holder: Node);
    /// The script compared, and there is no such key.
    COMPARE_DENY_ABSENT "compare.deny.absent"
        "Redis, Distributed Locks: Correct Implementation with a Single Instance" Refusal
        (client: Node);
    /// A counter gave out the next number.
    TOKEN_NEXT "token.next" "Kleppmann 2016: Making the lock safe with fencing" Step
        (client: Node, token: Int);
    /// The value is no number.
    INCR_DENY_TYPE "incr.deny.type" "Redis commands: INCR" Refusal
        (client: Node);
    /// The server starts with an empty memory.
    BOOT_EMPTY "boot.empty" "Redis persistence: No persistence" Step
        ();
    /// The server starts from its append-only file.
    BOOT_AOF "boot.aof" "Redis persistence: AOF" Step
        (keys: Int);
}
