//! The settings: the shared ones of atomic commitment, then the acceptors' and the leaders'.

use alloc::vec::Vec;

use super::Cx;
use crate::base::Id;

crate::commit_knobs! {
    rms = 3, vote_timeout = 300;
    /// F: how many acceptors may fail; there are 2F + 1.
    FAULTS "faults" Count(0, 3) = 1, fixed;
    /// Which acceptors a resource manager proposes to in ballot 0.
    PROPOSE "propose" Choice(&["all", "enough"]) = 0, live;
    /// Whom acceptors tell what they have accepted.
    LEARN "learn" Choice(&["leader", "direct"]) = 0, live;
    /// How long a resource manager is in doubt before it asks a leader.
    ASK "ask" Ms(1, 600_000) = 500, live per_node;
    /// How long a leader waits before it begins a higher ballot.
    BALLOT "ballot" MsRange(1, 600_000) = (150, 300), live per_node;
}

/// The acceptors that ballot 0 begins with: all, or F + 1 of them (§4.3).
pub(super) fn proposed_to(cx: &Cx) -> Vec<Id> {
    let mut acceptors = super::acceptors(cx.setup);
    if cx.knobs.count(PROPOSE) == 1 {
        acceptors.truncate(super::majority(cx.setup));
    }
    acceptors
}

/// Whether acceptors tell the resource managers what they have accepted (§4.3).
pub(super) fn is_direct(cx: &Cx) -> bool {
    cx.knobs.count(LEARN) == 1
}
