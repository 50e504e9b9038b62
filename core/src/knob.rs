//! Knobs: the settings of a protocol, one table for editor, parser, variants and the protocol.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::base::Span;

/// One setting.
#[derive(Debug)]
pub struct Knob {
    /// The word that scripts use (`election`).
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// The value when a script says nothing.
    pub default: Setting,
    /// Whether a single node may have a value of its own.
    pub per_node: bool,
    /// Whether it may change while the system runs.
    pub live: bool,
}

/// What values a knob takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A whole number, both ends included.
    Count(u64, u64),
    /// A length of time in milliseconds, both ends included.
    Ms(u64, u64),
    /// A range of lengths of time in milliseconds (`150..300`); one number means both ends.
    MsRange(u64, u64),
    /// `on` or `off`.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// A knob's value: one or two numbers, whose meaning its kind gives. Times are in microseconds; a
/// switch is 0 or 1; a choice is the position of its word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Setting(pub u64, pub u64);

/// The place of a knob in its protocol's table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key(pub usize);

/// The values of all knobs, as one node has them. Cheap to copy.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Knobs(Rc<Vec<Setting>>);

impl Knobs {
    /// The defaults of `table`.
    pub fn defaults(table: &[Knob]) -> Knobs {
        Knobs(Rc::new(table.iter().map(|knob| knob.default).collect()))
    }

    /// The value of `key`.
    pub fn get(&self, key: Key) -> Setting {
        self.0.get(key.0).copied().unwrap_or(Setting(0, 0))
    }

    /// Changes one value.
    pub fn set(&mut self, key: Key, setting: Setting) {
        if let Some(place) = Rc::make_mut(&mut self.0).get_mut(key.0) {
            *place = setting;
        }
    }

    /// Whether a switch is on.
    pub fn on(&self, key: Key) -> bool {
        self.get(key).0 != 0
    }

    /// A whole number, or the position of a chosen word.
    pub fn count(&self, key: Key) -> u64 {
        self.get(key).0
    }

    /// A length of time.
    pub fn span(&self, key: Key) -> Span {
        Span(self.get(key).0)
    }

    /// A range of lengths of time.
    pub fn range(&self, key: Key) -> (Span, Span) {
        let Setting(low, high) = self.get(key);
        (Span(low), Span(high))
    }
}

/// Declares a protocol's knobs: a [`Key`] each, and `KNOBS`, the table.
///
/// ```ignore
/// knobs! {
///     NODES "nodes" Count(1, 9) = 5, fixed;
///     ELECTION "election" MsRange(10, 60_000) = (150, 300), live per_node;
///     PRE_VOTE "prevote" Switch = 0, live;
/// }
/// ```
#[macro_export]
macro_rules! knobs {
    ($($(#[$doc:meta])* $name:ident $word:literal $kind:ident $(($($arg:expr),*))? = $default:tt,
        $($mode:ident)*;)*) => {
        $crate::knobs!(@keys 0; $($(#[$doc])* $name)*);
        /// The table of this protocol's settings.
        pub static KNOBS: &[$crate::knob::Knob] = &[$(
            $crate::knob::Knob {
                name: $word,
                kind: $crate::knob::Kind::$kind $(($($arg),*))?,
                default: $crate::knobs!(@default $kind $default),
                per_node: $crate::knobs!(@has per_node $($mode)*),
                live: $crate::knobs!(@has live $($mode)*),
            }
        ),*];
    };
    (@keys $n:expr; $(#[$doc:meta])* $name:ident $($rest:tt)*) => {
        $(#[$doc])*
        pub const $name: $crate::knob::Key = $crate::knob::Key($n);
        $crate::knobs!(@keys $n + 1; $($rest)*);
    };
    (@keys $n:expr;) => {};
    (@default Ms $v:literal) => { $crate::knob::Setting($v * 1000, $v * 1000) };
    (@default MsRange ($a:literal, $b:literal)) => { $crate::knob::Setting($a * 1000, $b * 1000) };
    (@default $kind:ident $v:literal) => { $crate::knob::Setting($v, $v) };
    (@has per_node per_node $($rest:ident)*) => { true };
    (@has live live $($rest:ident)*) => { true };
    (@has $what:ident $other:ident $($rest:ident)*) => { $crate::knobs!(@has $what $($rest)*) };
    (@has $what:ident) => { false };
}
