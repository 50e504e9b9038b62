//! Small deterministic pieces that everything else stands on: virtual time, identities, values,
//! hashing, and sequences that are cheap to copy.

mod chunked;
mod hash;
mod id;
mod log;
mod sort;
mod sorted;
mod time;
mod value;

pub use chunked::Chunked;
pub use hash::{Hasher64, Renamer, hash_of, mix};
pub use id::{Id, IdSet};
pub use log::Log;
pub use sort::{sort, sort_by_key};
pub use sorted::{Map, Set};
pub use time::{Ppm, Span, Time};
pub use value::{Str, Value};
