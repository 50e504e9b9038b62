//! Rules: why something happened, or did not, with the place in the paper that says so.

use crate::base::Id;

/// One transition or refusal of a protocol, under the name that its paper gives it.
///
/// Invariant: `id` is unique within a protocol, dotted, lower case (`vote.deny.log-behind`), and
/// is the key of the rule's sentence in every locale.
#[derive(Debug)]
pub struct Rule {
    /// The name that code, lessons, trace and texts share.
    pub id: &'static str,
    /// Paper and section: `Raft §5.4.1`.
    pub cite: &'static str,
    /// How much it says to a learner.
    pub weight: Weight,
    /// The names and types of what a firing reports; at most four.
    pub fields: &'static [(&'static str, Field)],
}

/// How much a rule's firing says to a learner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Weight {
    /// Bookkeeping: shown when one looks for it.
    Routine,
    /// A step of the story.
    Step,
    /// A request that was not granted, or a message that was not acted upon: the answer to "why
    /// did nothing happen".
    Refusal,
    /// What "run to the next interesting event" stops at: a leader, a commit, a lock that changes
    /// hands.
    Milestone,
}

/// What a reported number is, so that it can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// A term, an index, a count.
    Int,
    /// A participant.
    Node,
    /// A length of time or an instant, in microseconds.
    Time,
    /// Zero or one.
    Flag,
}

/// One firing of a rule. Rules are statics, so a firing is small and needs no allocation.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    /// The rule.
    pub rule: &'static Rule,
    /// As many numbers as `rule.fields` names.
    pub args: [u64; 4],
}

impl Fired {
    /// The reported fields in order.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Field, u64)> + '_ {
        self.rule.fields.iter().zip(self.args).map(|(&(name, field), arg)| (name, field, arg))
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

/// What may stand as a field of a firing.
pub trait Arg {
    /// The number that is recorded.
    fn arg(self) -> u64;
}

impl Arg for u64 {
    fn arg(self) -> u64 {
        self
    }
}

impl Arg for usize {
    fn arg(self) -> u64 {
        self as u64
    }
}

impl Arg for Id {
    fn arg(self) -> u64 {
        self.0.into()
    }
}

impl Arg for bool {
    fn arg(self) -> u64 {
        self.into()
    }
}

impl Arg for crate::base::Span {
    fn arg(self) -> u64 {
        self.0
    }
}

impl Arg for crate::base::Time {
    fn arg(self) -> u64 {
        self.0
    }
}

/// Declares the rules of a protocol: one static each, and `RULES`, the list of all.
///
/// ```ignore
/// rules! {
///     ELECTION_TIMEOUT "election.timeout" "Raft §5.2" Step (term: Int);
/// }
/// ```
#[macro_export]
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident $id:literal $cite:literal $weight:ident
        ($($field:ident : $kind:ident),* $(,)?);)*) => {
        $($(#[$doc])* pub static $name: $crate::rule::Rule = $crate::rule::Rule {
            id: $id,
            cite: $cite,
            weight: $crate::rule::Weight::$weight,
            fields: &[$((stringify!($field), $crate::rule::Field::$kind)),*],
        };)*
        /// Every rule that this protocol can fire.
        pub static RULES: &[&$crate::rule::Rule] = &[$(&$name),*];
    };
}
