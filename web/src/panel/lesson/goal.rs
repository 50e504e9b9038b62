//! Whether a goal is reached at the cursor.

use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::tokens;
use netsplit_core::run::Run;
use netsplit_core::scenario::Token;
use netsplit_core::scenario::ast::Moment;

/// Whether every token holds at the cursor.
pub fn reached(run: &Run, goal: &[Token]) -> bool {
    let evidence = Evidence::of(run);
    let moment = Moment::At(run.at());
    !goal.is_empty()
        && goal.iter().all(|token| {
            matches!(tokens::evaluate(&evidence, token, moment), tokens::Verdict::Holds { .. })
        })
}
