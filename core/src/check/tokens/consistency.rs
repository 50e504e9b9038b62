//! Consistency of the clients' history.

use alloc::format;
use alloc::string::String;

use super::clients::lost_nodes;
use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Str};
use crate::check::levels::{self, Guarantee};
use crate::check::linearizable::{self, System};
use crate::scenario::ast::Arg;

fn key(args: &[Arg]) -> Option<&Str> {
    args.iter().find_map(|arg| match arg {
        Arg::Value(key) => Some(key),
        _ => None,
    })
}

pub fn lin(scene: &Scene, args: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    if let Some(contradiction) = levels::contradiction(&system, history, scene.events, false) {
        return of(scene, &levels::Finding::Invalid(contradiction));
    }
    let key = key(args).map(|key| &**key);
    match linearizable::check(&system, history, scene.events, key) {
        linearizable::Finding::Linearizable => Measured::Word("ok", String::new()),
        linearizable::Finding::NotDecided { key } => {
            Measured::Undecided(format!("the operations on {key} are too entangled to search"))
        }
        linearizable::Finding::Broken(fault) => {
            let op = evidence.name_op(fault.op);
            let why = match fault.against {
                Some(against) => format!("{op} contradicts {}", evidence.name_op(against)),
                None => format!("{op} got an answer that nothing explains"),
            };
            Measured::Word("violated", why)
        }
    }
}

/// What a checker of a level found.
fn of(scene: &Scene, finding: &levels::Finding) -> Measured {
    let why = levels::explain(scene.evidence, finding);
    match finding {
        levels::Finding::Holds => Measured::Word("ok", why),
        levels::Finding::Broken(_) => Measured::Word("violated", why),
        levels::Finding::NotDecided(_) | levels::Finding::Invalid(_) => Measured::Undecided(why),
    }
}

pub fn seqc(scene: &Scene, args: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    let key = key(args).map(|key| &**key);
    of(scene, &levels::sequential(&system, history, scene.events, key))
}

pub fn regular(scene: &Scene, args: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    let key = key(args).map(|key| &**key);
    of(scene, &levels::regular(&system, history, scene.events, key))
}

pub fn causal(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    of(scene, &levels::causal(&system, history, scene.events))
}

fn session(scene: &Scene, args: &[Arg], guarantee: Guarantee) -> Measured {
    let client: Option<Id> = args.iter().find_map(|arg| match arg {
        Arg::Node(client) => Some(*client),
        _ => None,
    });
    let evidence = scene.evidence;
    let (system, history) = (System::of(&evidence.cast), &evidence.trace.history);
    of(scene, &levels::session(&system, history, scene.events, guarantee, client))
}

pub fn ryw(scene: &Scene, args: &[Arg]) -> Measured {
    session(scene, args, Guarantee::ReadYourWrites)
}

pub fn mr(scene: &Scene, args: &[Arg]) -> Measured {
    session(scene, args, Guarantee::MonotonicReads)
}

pub fn mw(scene: &Scene, args: &[Arg]) -> Measured {
    session(scene, args, Guarantee::MonotonicWrites)
}

pub fn wfr(scene: &Scene, args: &[Arg]) -> Measured {
    session(scene, args, Guarantee::WritesFollowReads)
}

/// Not both: linearizable, and every live node that was asked answers.
pub fn cap(scene: &Scene, _: &[Arg]) -> Measured {
    let lost = lost_nodes(scene);
    let lost: alloc::vec::Vec<&str> = lost.iter().map(|&id| scene.evidence.cast.name(id)).collect();
    match lin(scene, &[]) {
        _ if !lost.is_empty() => {
            Measured::Truth(true, format!("{} did not answer", lost.join(", ")))
        }
        Measured::Word("violated", why) => Measured::Truth(true, why),
        Measured::Word(..) => Measured::Truth(
            false,
            "linearizable, and every live node that was asked answered".into(),
        ),
        undecided => undecided,
    }
}
