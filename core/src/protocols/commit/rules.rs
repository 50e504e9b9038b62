//! Why a row was locked, read or written, or was not.

use crate::rule::Rule;

crate::rules! {
    /// The lock of a row is granted: to a transaction (the coordinator is named) or to a client.
    LOCK_GRANT "lock.grant" "Bernstein et al. 1987 §3.2, rule 1" Step
        (owner: Node, tx: Int);
    /// Somebody else holds the lock.
    LOCK_WAIT "lock.wait" "Bernstein et al. 1987 §3.2, rule 1" Refusal
        (owner: Node, holder: Node, tx: Int);
    /// The lock did not become free in time: for all that is known, this is a deadlock.
    LOCK_TIMEOUT "lock.timeout" "Bernstein et al. 1987 §3.4, Timeout" Refusal
        (owner: Node, waited: Time);
    /// The locks of a transaction are released, all at once, after its decision.
    LOCK_RELEASE "lock.release" "Bernstein et al. 1987 §3.5, Strict 2PL" Step
        (owner: Node, tx: Int);
    /// A read takes the last committed value, and waits for nobody.
    ROW_READ "row.read" "Berenson et al. 1995, READ COMMITTED" Routine
        (client: Node);
    /// A local transaction commits.
    ROW_COMMIT "row.commit" "Bernstein et al. 1987 §6.4" Step
        (client: Node);
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
