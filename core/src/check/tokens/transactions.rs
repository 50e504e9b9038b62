//! Atomic commitment (Bernstein, Hadzilacos and Goodman 1987, §7.3), read from the states that
//! nodes report of a transaction. `commit` and `abort` are decisions, every other state is none.
//! Who was ever in the state `wait` coordinates; everybody else who reports the transaction votes,
//! and has voted yes from when it was `ready` (or `precommit`).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Map, Set, Span, Time};
use crate::check::stretches::Stretches;
use crate::facts::Fact;
use crate::kernel::Phase;
use crate::run::trace::Fate;
use crate::scenario::ast::Arg;

const COMMIT: &str = "commit";
const ABORT: &str = "abort";
/// The states of who has voted yes and does not know the decision.
pub const YES: [&str; 2] = ["ready", "precommit"];
const COORDINATES: &str = "wait";

/// A node comes into a state of a transaction.
struct Step {
    event: u32,
    at: Time,
    node: Id,
    tx: u64,
    state: &'static str,
}

impl Step {
    fn is_decision(&self) -> bool {
        self.state == COMMIT || self.state == ABORT
    }

    fn told(&self, scene: &Scene) -> String {
        format!("{} is {} at {}", scene.evidence.cast.name(self.node), self.state, self.at)
    }
}

/// The states that nodes came into up to the reference instant.
fn steps(scene: &Scene) -> Vec<Step> {
    let changes =
        scene.evidence.trace.facts.iter().take_while(|change| change.event < scene.events);
    let steps = changes.filter(|change| change.holds).filter_map(|change| match change.fact {
        Fact::Decision { tx, state } => {
            Some(Step { event: change.event, at: change.at, node: change.node, tx, state })
        }
        _ => None,
    });
    steps.collect()
}

fn none() -> Measured {
    Measured::Undecided("nobody reports a transaction".into())
}

fn ok() -> Measured {
    Measured::Word("ok", String::new())
}

/// Two nodes that decided one transaction differently, in words.
pub fn apart(scene: &Scene) -> Option<String> {
    let steps = steps(scene);
    let mut decisions = steps.iter().filter(|step| step.is_decision());
    decisions.find_map(|one| {
        let differs = |other: &&Step| {
            other.is_decision()
                && other.tx == one.tx
                && other.state != one.state
                && other.node != one.node
                && other.event < one.event
        };
        let other = steps.iter().find(differs)?;
        Some(format!("{}, {}", other.told(scene), one.told(scene)))
    })
}

pub fn ac1(scene: &Scene, _: &[Arg]) -> Measured {
    if steps(scene).is_empty() {
        return none();
    }
    apart(scene).map_or_else(ok, |why| Measured::Word("violated", why))
}

pub fn ac2(scene: &Scene, _: &[Arg]) -> Measured {
    let steps = steps(scene);
    if steps.is_empty() {
        return none();
    }
    let mut decided: Map<(Id, u64), &Step> = Map::default();
    for step in steps.iter().filter(|step| step.is_decision()) {
        let first = *decided.get_or_insert_with((step.node, step.tx), || step);
        if first.state != step.state {
            let why = format!("{}, {}", first.told(scene), step.told(scene));
            return Measured::Word("violated", why);
        }
    }
    ok()
}

/// Who votes on a transaction.
fn voters(steps: &[Step], tx: u64) -> Set<Id> {
    let of_tx = || steps.iter().filter(|step| step.tx == tx);
    let coordinates = |node: Id| of_tx().any(|s| s.node == node && s.state == COORDINATES);
    of_tx().map(|step| step.node).filter(|node| !coordinates(*node)).collect()
}

/// Whether a node had voted yes after event `event`.
fn voted_yes(steps: &[Step], tx: u64, node: Id, event: u32) -> bool {
    let mut of = steps.iter().filter(|s| s.tx == tx && s.node == node && s.event <= event);
    of.any(|step| YES.contains(&step.state))
}

fn transactions(steps: &[Step]) -> Set<u64> {
    steps.iter().map(|step| step.tx).collect()
}

pub fn ac3(scene: &Scene, _: &[Arg]) -> Measured {
    let steps = steps(scene);
    for &tx in transactions(&steps).iter() {
        let commit = steps.iter().find(|step| step.tx == tx && step.state == COMMIT);
        let Some(commit) = commit else { continue };
        let voters = voters(&steps, tx);
        if let Some(no) = voters.iter().find(|node| !voted_yes(&steps, tx, **node, commit.event)) {
            let name = scene.evidence.cast.name(*no);
            let why = format!("{}, and {name} had not voted yes", commit.told(scene));
            return Measured::Word("violated", why);
        }
    }
    if steps.is_empty() { none() } else { ok() }
}

pub fn ac4(scene: &Scene, _: &[Arg]) -> Measured {
    let steps = steps(scene);
    if steps.is_empty() {
        return none();
    }
    if let Some(failure) = failure(scene) {
        return Measured::Word("ok", format!("it says nothing: {failure}"));
    }
    for &tx in transactions(&steps).iter() {
        let all = voters(&steps, tx);
        if !all.iter().all(|node| voted_yes(&steps, tx, *node, scene.events)) {
            continue;
        }
        if let Some(abort) = steps.iter().find(|step| step.tx == tx && step.state == ABORT) {
            let why = format!("{}, though all voted yes and nothing failed", abort.told(scene));
            return Measured::Word("violated", why);
        }
        if !steps.iter().any(|step| step.tx == tx && step.state == COMMIT) {
            return Measured::Undecided("all voted yes, and nobody has decided yet".into());
        }
    }
    ok()
}

/// What has failed up to the reference instant.
fn failure(scene: &Scene) -> Option<String> {
    let (trace, cast) = (scene.evidence.trace, &scene.evidence.cast);
    let mut phases = trace.phases.iter().take_while(|phase| phase.event < scene.events);
    let fails = |phase| matches!(phase, Phase::Down | Phase::Paused);
    if let Some(phase) = phases.find(|record| fails(record.phase)) {
        return Some(format!("{} failed at {}", cast.name(phase.node), phase.at));
    }
    let sent = trace.messages.iter().take_while(|message| message.at <= scene.at);
    let mut lost = sent.filter_map(|message| match message.fate {
        Fate::Lost(at, _) if at <= scene.at => Some((message, at)),
        _ => None,
    });
    let (message, at) = lost.next()?;
    Some(format!("{} to {} was lost at {at}", message.kind, cast.name(message.to)))
}

pub fn ac5(scene: &Scene, _: &[Arg]) -> Measured {
    let steps = steps(scene);
    if steps.is_empty() {
        return none();
    }
    if let Some(failure) = lasting(scene) {
        return Measured::Word("ok", format!("it says nothing yet: {failure}"));
    }
    for &tx in transactions(&steps).iter() {
        let all: Set<Id> = steps.iter().filter(|s| s.tx == tx).map(|step| step.node).collect();
        for &node in all.iter() {
            let last = steps.iter().rev().find(|step| step.tx == tx && step.node == node);
            if let Some(last) = last.filter(|last| !last.is_decision()) {
                return Measured::Word("violated", last.told(scene));
            }
        }
    }
    ok()
}

/// A failure that lasts at the reference instant.
fn lasting(scene: &Scene) -> Option<String> {
    let cast = &scene.evidence.cast;
    let fails = |id: &Id| matches!(scene.view.phase(*id), Phase::Down | Phase::Paused);
    if let Some(id) = cast.ids().find(fails) {
        return Some(format!("{} is not up", cast.name(id)));
    }
    let cuts = scene.events.checked_sub(1).and_then(|last| scene.evidence.trace.cuts_after(last));
    let (from, to) = *cuts?.links.first()?;
    Some(format!("{} to {} is cut", cast.name(from), cast.name(to)))
}

/// The transaction that is meant: the number, or the one that there is.
fn transaction(scene: &Scene, args: &[Arg]) -> Result<u64, String> {
    if let Some(Arg::Number(_, tx)) = args.get(2) {
        return Ok(*tx);
    }
    match *transactions(&steps(scene)) {
        [tx] => Ok(tx),
        [] => Err("nobody reports a transaction".into()),
        _ => Err("there are several transactions: name one".into()),
    }
}

pub fn outcome(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Nodes(nodes), Arg::Word(wanted), ..] = args else {
        return Measured::Undecided("no node and outcome are named".into());
    };
    let tx = match transaction(scene, args) {
        Ok(tx) => tx,
        Err(why) => return Measured::Undecided(why),
    };
    let steps = steps(scene);
    let mut others = Vec::new();
    for &id in nodes {
        // What a node decided stays decided while it is down.
        let last = steps.iter().rev().find(|step| step.tx == tx && step.node == id);
        let state = last.filter(|last| last.is_decision()).map_or("undecided", |last| last.state);
        if *state != **wanted {
            others.push(format!("{} is {state}", scene.evidence.cast.name(id)));
        }
    }
    Measured::none_of(&others, wanted)
}

pub fn blocked(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Nodes(nodes), Arg::Word(word), ..] = args else {
        return Measured::Undecided("no node and state are named".into());
    };
    let mut least: Option<(Span, Id)> = None;
    for &id in nodes {
        let Some(since) = in_state_since(scene, id, word) else {
            let name = scene.evidence.cast.name(id);
            return Measured::Truth(false, format!("{name} is not {word}"));
        };
        let one = (scene.at.since(since), id);
        least = least.into_iter().chain([one]).min();
    }
    least.map_or_else(none, |(span, id)| {
        Measured::Span(span, scene.evidence.cast.name(id).to_string())
    })
}

/// Since when a node has been in a state of some transaction.
fn in_state_since(scene: &Scene, id: Id, word: &str) -> Option<Time> {
    let changes =
        scene.evidence.trace.facts.iter().take_while(|change| change.event < scene.events);
    let mut since: Map<u64, Time> = Map::default();
    for change in changes.filter(|change| change.node == id) {
        match change.fact {
            Fact::Decision { tx, state } if state == word && change.holds => {
                since.insert(tx, change.at);
            }
            Fact::Decision { tx, state } if state == word => {
                since.remove(&tx);
            }
            _ => {}
        }
    }
    since.values().copied().min()
}

pub fn locked(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Value(key)) = args.first() else {
        return Measured::Undecided("no resource is named".into());
    };
    let mut stretches = Stretches::default();
    let facts = scene.evidence.trace.facts.iter().take_while(|change| change.event < scene.events);
    for change in facts {
        if matches!(&change.fact, Fact::Holds { resource, .. } if **resource == **key) {
            stretches.take(change.node, change);
        }
    }
    let clipped = stretches.iter().map(|one| {
        let to = one.end.map_or(scene.at, |(_, at)| at);
        stretch(scene, one.since, to)
    });
    let longest = clipped.max().unwrap_or_default();
    Measured::Span(longest.0, format!("from {}", longest.1))
}

/// How much of a stretch lies in the interval, and from when on.
fn stretch(scene: &Scene, from: Time, to: Time) -> (Span, Time) {
    let from = from.max(scene.start);
    (to.since(from), from)
}
