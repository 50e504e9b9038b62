//! Consistency of the clients' history.

use alloc::format;
use alloc::string::String;

use super::measure::Measured;
use super::scene::Scene;
use crate::check::linearizable::{self, Finding, System};
use crate::scenario::ast::Arg;

pub fn lin(scene: &Scene, args: &[Arg]) -> Measured {
    let key = args.iter().find_map(|arg| match arg {
        Arg::Value(key) => Some(&**key),
        _ => None,
    });
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    match linearizable::check(&system, history, scene.events, key) {
        Finding::Linearizable => Measured::Word("ok", String::new()),
        Finding::NotDecided { key } => {
            Measured::Undecided(format!("the operations on {key} are too entangled to search"))
        }
        Finding::Broken(fault) => {
            let op = evidence.name_op(fault.op);
            let why = match fault.against {
                Some(against) => format!("{op} contradicts {}", evidence.name_op(against)),
                None => format!("{op} got an answer that nothing explains"),
            };
            Measured::Word("violated", why)
        }
    }
}
