//! The states of a transaction at one process, in the words that tokens read.

/// What a process knows of a transaction (Bernstein et al. 1987 §7.3 and §7.5; Skeen 1981).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// A resource manager has heard of it and has not voted.
    Init,
    /// A resource manager has voted yes: it is uncertain, and may decide nothing alone.
    Ready,
    /// A resource manager knows that all have voted yes, and that nobody has decided.
    Precommit,
    /// A transaction manager has asked, and has not decided.
    Wait,
    /// Decided: it takes effect.
    Commit,
    /// Decided: it takes no effect.
    Abort,
}

impl State {
    /// The word that facts and lessons use; the key of its text as a `role` is the same.
    pub const fn word(self) -> &'static str {
        match self {
            State::Init => "init",
            State::Ready => "ready",
            State::Precommit => "precommit",
            State::Wait => "wait",
            State::Commit => "commit",
            State::Abort => "abort",
        }
    }

    /// Whether this is a decision.
    pub const fn is_decided(self) -> bool {
        matches!(self, State::Commit | State::Abort)
    }
}
