//! The settings.

use crate::base::Span;
use crate::knob::Knobs;

crate::commit_knobs! {
    rms = 2, vote_timeout = 3000;
    /// Whom the transaction manager tells first: `rm1`, or the last one.
    ORDER "order" Choice(&["up", "down"]) = 0, live;
    /// How often a decision is sent again to those that have not acknowledged it.
    RESEND "resend" Ms(1, 600_000) = 1000, live;
    /// How often a resource manager in doubt asks.
    INQUIRY "inquiry" Ms(1, 600_000) = 1000, live per_node;
    /// Whether it asks the other resource managers too.
    TERMINATION "termination" Switch = 0, live per_node;
    /// Whether there is a backup coordinator, and whether it has a copy of the decision log.
    BACKUP "backup" Choice(&["none", "blank", "log"]) = 0, fixed;
    /// What a resource manager in doubt decides alone, if it does.
    HEURISTIC "heuristic" Choice(&["never", "commit", "abort"]) = 0, live per_node;
    /// After how long in doubt it does so.
    HEURISTIC_AFTER "heuristic_after" Ms(1, 600_000) = 2000, live per_node;
    /// Whether resource managers are passive, as XA has them: a restarted transaction manager asks
    /// each what it has in doubt, and nobody inquires.
    XA "xa" Switch = 0, fixed;
    /// What the numbers of all rows make up together; 0 when nobody watches that.
    TOTAL "total" Count(0, 1_000_000) = 0, fixed;
}

/// Whether there is a backup coordinator.
pub fn has_backup(knobs: &Knobs) -> bool {
    knobs.count(BACKUP) > 0
}

/// Whether the backup has a copy of the decision log.
pub fn copies_log(knobs: &Knobs) -> bool {
    knobs.count(BACKUP) == 2
}

/// What a resource manager decides alone, and after how long in doubt.
pub fn heuristic(knobs: &Knobs) -> Option<(bool, Span)> {
    let commits = match knobs.count(HEURISTIC) {
        0 => return None,
        word => word == 1,
    };
    Some((commits, knobs.span(HEURISTIC_AFTER)))
}
