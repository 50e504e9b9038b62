//! Whether a goal is reached at the cursor.

use netsplit_core::run::Run;
use netsplit_core::scenario::Token;

/// Whether every token holds at the cursor.
pub fn reached(run: &Run, tokens: &[Token]) -> bool {
    let _ = (run, tokens);
    false
}
