//! What orders the values of a key where the last writer wins: a count, then who wrote.

use alloc::string::String;
use core::hash::{Hash, Hasher};

use crate::base::Id;
use crate::describe::Pen;

/// What orders writes: first the timestamp, then the writer.
///
/// Invariant: `ts` is 0 only for what was never written, or written without order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version {
    /// The timestamp: a count, or milliseconds of a wall clock. Below 2^48.
    pub ts: u64,
    /// Who wrote.
    pub writer: Id,
}

/// What nobody wrote has no writer: under whatever names, it is the same.
impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ts.hash(state);
        if self.ts > 0 {
            self.writer.hash(state);
        }
    }
}

impl Default for Version {
    fn default() -> Version {
        Version { ts: 0, writer: Id(0) }
    }
}

impl Version {
    /// As one number, in the same order.
    pub fn packed(self) -> u64 {
        self.ts << 16 | u64::from(self.writer.0)
    }

    /// As the page prints it: `2.c1`, a dash for none.
    pub fn told(self, pen: &Pen) -> String {
        match self.ts {
            0 => "–".into(),
            ts => alloc::format!("{ts}.{}", pen.name(self.writer)),
        }
    }
}
