//! Where control may come to something new in a function, by keys that stay the same from build to
//! build as long as the function does.

use super::flow::Flow;
use super::names::hash;
use wasmparser::Operator;

/// Fewer bytes than this are never worth a function of their own.
const LEAST: u64 = 8;

/// One place at which control may come to something new: the arm of an `if`, what follows a
/// construct, what follows a branch that was not taken. Nothing else can begin to be unused.
pub struct Point {
    pub place: usize,
    pub key: u32,
    /// The point without which this one is not reached, by its number; none: the function's
    /// beginning.
    pub behind: Option<usize>,
}

/// The points of a function that are not its beginning and have enough behind them.
pub fn points(name: &str, flow: &Flow) -> Vec<Point> {
    let function = format!("{name}#{:x}", flow.fingerprint());
    let mut points: Vec<Point> = Vec::new();
    // The newest point of each construct that is open, and of those around it.
    let mut newest: Vec<Option<usize>> = vec![None; flow.constructs.len()];
    for place in 1..flow.operators.len() {
        let around = flow.around(place);
        match &flow.operators[place - 1] {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                newest[around] = flow.constructs[around].parent.and_then(|outer| newest[outer]);
            }
            Operator::Else => {
                newest[around] = flow.constructs[around].parent.and_then(|outer| newest[outer]);
            }
            _ => {}
        }
        let begins = matches!(
            flow.operators[place - 1],
            Operator::If { .. } | Operator::Else | Operator::End | Operator::BrIf { .. }
        );
        let end = flow.end_of_sequence(place);
        if begins && flow.offsets[end] - flow.offsets[place] >= LEAST {
            let key = hash(format!("{function}#{place}").as_bytes());
            points.push(Point { place, key, behind: newest[around] });
            newest[around] = Some(points.len() - 1);
        }
    }
    points
}
