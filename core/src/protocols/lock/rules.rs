//! Why something happened at a client or at the resource, or did not.

use crate::rule::Rule;

crate::rules! {
    /// A client asks for the lock.
    ACQUIRE_TRY "acquire.try"
        "Redis, Distributed Locks: Correct Implementation with a Single Instance" Step
        ();
    /// It was granted: from here on the client believes that it holds the lock.
    ACQUIRE_GRANTED "acquire.granted"
        "Redis, Distributed Locks: Safety and Liveness Guarantees" Milestone
        (token: Int);
    /// It was refused, and the client will ask again.
    ACQUIRE_RETRY "acquire.retry" "Redis, Distributed Locks: Retry on Failure" Refusal
        ();
    /// It was refused, and the client gives up.
    ACQUIRE_GIVE_UP "acquire.give-up" "Redis, Distributed Locks: Retry on Failure" Refusal
        ();
    /// The lock of this process is free.
    LOCAL_GRANTED "local.granted" "Kleppmann 2016: Protecting a resource with a lock" Milestone
        ();
    /// Somebody else in this process holds it.
    LOCAL_REFUSED "local.refused" "Kleppmann 2016: Protecting a resource with a lock" Refusal
        ();
    /// The client asks to make its lease longer.
    LEASE_EXTEND "lease.extend" "Redis, Distributed Locks: Extending the lock" Step
        ();
    /// The lease is longer now.
    LEASE_EXTENDED "lease.extended" "Redis, Distributed Locks: Extending the lock" Step
        ();
    /// The service answered that there is nothing to extend.
    LEASE_LOST "lease.lost" "Redis, Distributed Locks: Extending the lock" Refusal
        ();
    /// By the client's own clock the lease is over, and the client looked.
    LEASE_OVER "lease.over" "Kleppmann 2016: Protecting a resource with a lock" Refusal
        (late: Time);
    /// The client begins to work: it reads the resource first.
    WORK_BEGIN "work.begin" "Kleppmann 2016: Protecting a resource with a lock" Step
        (token: Int);
    /// The work is done: the client writes the resource.
    WORK_WRITE "work.write" "Kleppmann 2016: Protecting a resource with a lock" Step
        (token: Int);
    /// The client does not write, because its lease is over.
    WORK_STOP "work.stop" "Kleppmann 2016: Protecting a resource with a lock" Refusal
        ();
    /// The client gives the lock back, and believes no more that it holds it.
    RELEASE_ASK "release.ask" "Redis, Distributed Locks: Releasing the Lock" Step
        ();
    /// The client holds no such lock.
    RELEASE_DENY_NOT_HELD "release.deny.not-held"
        "Redis, Distributed Locks: Releasing the Lock" Refusal
        ();
    /// No answer came in time: the client cannot know whether its command was executed.
    ANSWER_TIMEOUT "answer.timeout"
        "Redis, Distributed Locks: The Redlock Algorithm, step 2" Refusal
        ();
    /// An answer came for which nobody waits any more.
    ANSWER_LATE "answer.late" "Redis, Distributed Locks: The Redlock Algorithm, step 2" Routine
        ();
    /// The resource was read.
    RESOURCE_READ "resource.read" "Kleppmann 2016: Protecting a resource with a lock" Routine
        (version: Int);
    /// The resource took a write.
    WRITE_ACCEPT "write.accept" "Kleppmann 2016: Making the lock safe with fencing" Step
        (client: Node, token: Int, version: Int);
    /// The resource took a write that overwrites what its writer never saw.
    WRITE_INTERLEAVED "write.interleaved"
        "Kleppmann 2016: Protecting a resource with a lock" Milestone
        (client: Node, basis: Int, version: Int);
    /// The resource took a write under a lock that is older than another writer's.
    WRITE_BACKWARD "write.backward" "Kleppmann 2016: Making the lock safe with fencing" Milestone
        (client: Node, token: Int, highest: Int);
    /// The resource has seen a higher token.
    WRITE_DENY_STALE_TOKEN "write.deny.stale-token"
        "Kleppmann 2016: Making the lock safe with fencing" Refusal
        (client: Node, token: Int, highest: Int);
    /// The write brings no token, so the resource cannot tell how old its lock is.
    WRITE_DENY_NO_TOKEN "write.deny.no-token"
        "Kleppmann 2016: Making the lock safe with fencing" Refusal
        (client: Node, highest: Int);
}

/// The shared rules, then `own`. `N` must be the number of all.
pub const fn with<const N: usize>(own: &[&'static Rule]) -> [&'static Rule; N] {
    assert!(N == RULES.len() + own.len());
    let mut all = [RULES[0]; N];
    let mut place = 0;
    while place < N {
        all[place] = if place < RULES.len() { RULES[place] } else { own[place - RULES.len()] };
        place += 1;
    }
    all
}
