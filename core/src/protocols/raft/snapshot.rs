//! Log compaction (§7).

use alloc::rc::Rc;

use super::entry::Config;
use super::store::Store;

/// A snapshot: everything that the entries up to `last_included_index` did.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    /// It replaces all entries up to and including this one.
    pub last_included_index: u64,
    /// The term of that entry.
    pub last_included_term: u64,
    /// The hash of the log up to there, by which logs are compared.
    pub prefix_hash: u64,
    /// The latest configuration as of that entry.
    pub config: Rc<Config>,
    /// The state machine.
    pub store: Rc<Store>,
}
