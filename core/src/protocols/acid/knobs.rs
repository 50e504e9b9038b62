//! The settings: how the two accounts are kept together, and how long things take.

use crate::knob::Knobs;

crate::knobs! {
    /// What keeps the accounts together.
    MODE "mode" Choice(&["single", "shards", "outbox"]) = 1, fixed;
    /// How many copies of the single database there are that only answer reads.
    REPLICAS "replicas" Count(0, 3) = 0, fixed;
    /// How often a replica asks for what is new.
    LAG "lag" Ms(1, 600_000) = 500, live per_node;
    /// Whether local transactions lock what they read.
    ISOLATION "isolation" Choice(&["serializable", "none"]) = 0, live;
    /// How long a local transaction takes between reading and writing.
    WORK "work" Ms(0, 600_000) = 0, live per_node;
    /// How long the transaction manager waits for votes.
    VOTE_TIMEOUT "vote_timeout" Ms(0, 600_000) = 500, live;
    /// How often a database in doubt asks for the decision, and how often the transaction manager
    /// repeats one that was not acknowledged.
    INQUIRE "inquire" Ms(1, 600_000) = 300, live;
    /// How often the relay looks into the outbox.
    POLL "poll" Ms(1, 600_000) = 500, live;
    /// How often the auditor reads both accounts.
    AUDIT "audit" Ms(1, 600_000) = 200, live;
}

/// What keeps the accounts together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// They are in one database.
    Single,
    /// They are in two databases, and two-phase commit spans them.
    Shards,
    /// They are in two databases, and messages follow the first one's transactions.
    Outbox,
}

impl Mode {
    /// What the settings say.
    pub fn of(knobs: &Knobs) -> Mode {
        match knobs.count(MODE) {
            0 => Mode::Single,
            1 => Mode::Shards,
            _ => Mode::Outbox,
        }
    }
}

/// Whether local transactions run one after another.
pub fn is_serializable(knobs: &Knobs) -> bool {
    knobs.count(ISOLATION) == 0
}
