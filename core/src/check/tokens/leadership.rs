//! Who leads, and in which epoch. `leader` is the one role name that is known here.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Map, Set, Span, Time};
use crate::check::view::View;
use crate::facts::{Fact, FactChange};
use crate::kernel::Phase;
use crate::scenario::ast::Arg;

const LEADER: &str = "leader";

pub fn leader(scene: &Scene, args: &[Arg]) -> Measured {
    let leader = scene.view.leader();
    let text = leader.map_or("none".into(), |id| scene.evidence.cast.name(id).to_string());
    match args.first() {
        Some(Arg::Nodes(nodes)) => {
            Measured::Truth(leader.is_some_and(|id| nodes.contains(&id)), text)
        }
        _ => Measured::Truth(leader.is_none(), text),
    }
}

pub fn term(scene: &Scene, _: &[Arg]) -> Measured {
    let epochs = scene.view.alive().flat_map(|(_, node)| node.roles().map(|(_, epoch)| epoch));
    Measured::count(epochs.max().unwrap_or(0))
}

/// The roles that were taken up from event `from` to the reference instant.
fn taken_up<'a>(
    scene: &'a Scene,
    from: u32,
) -> impl Iterator<Item = (&'a FactChange, &'static str, u64)> + 'a {
    let facts = &scene.evidence.trace.facts;
    let first = facts.partition_point(|change| change.event < from);
    let until = facts.iter_from(first).take_while(|change| change.event < scene.events);
    until.filter(|change| change.holds).filter_map(|change| match change.fact {
        Fact::Role { name, epoch } => Some((change, name, epoch)),
        _ => None,
    })
}

fn wins(scene: &Scene, from: u32) -> Set<(u64, Id)> {
    let leads = taken_up(scene, from).filter(|(_, name, _)| *name == LEADER);
    leads.map(|(change, _, epoch)| (epoch, change.node)).collect()
}

pub fn elections(scene: &Scene, _: &[Arg]) -> Measured {
    let wins = wins(scene, scene.from);
    Measured::Count(wins.len() as u64, spell(scene, &wins))
}

fn spell(scene: &Scene, wins: &Set<(u64, Id)>) -> String {
    let one = |(epoch, id): &(u64, Id)| format!("{} in {epoch}", scene.evidence.cast.name(*id));
    let all: Vec<String> = wins.iter().map(one).collect();
    all.join(", ")
}

pub fn leaders_per_term(scene: &Scene, _: &[Arg]) -> Measured {
    let wins = wins(scene, 0);
    let mut per_epoch: Map<u64, u64> = Map::default();
    for (epoch, _) in wins.iter() {
        *per_epoch.get_or_insert_with(*epoch, || 0) += 1;
    }
    Measured::Count(per_epoch.values().copied().max().unwrap_or(0), spell(scene, &wins))
}

pub fn noleader(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let mut view = View::after(evidence, scene.from);
    let (mut longest, mut longest_from) = (Span::ZERO, scene.start);
    let mut since = view.leader().is_none().then_some(scene.start);
    let facts = &evidence.trace.facts;
    let first = facts.partition_point(|change| change.event < scene.from);
    for change in facts.iter_from(first).take_while(|change| change.event < scene.events) {
        if !matches!(change.fact, Fact::Role { .. }) {
            continue;
        }
        view.advance(evidence, change.event + 1);
        match (view.leader(), since) {
            (Some(_), Some(from)) => {
                since = None;
                let span = change.at.since(from);
                if span > longest {
                    (longest, longest_from) = (span, from);
                }
            }
            (None, None) => since = Some(change.at),
            _ => {}
        }
    }
    let last = since.map_or((Span::ZERO, Time::ZERO), |from| (scene.at.since(from), from));
    let (longest, from) = last.max((longest, longest_from));
    Measured::Span(longest, format!("from {from}"))
}

pub fn livelock(scene: &Scene, _: &[Arg]) -> Measured {
    let seen = taken_up(scene, scene.from).map(|(_, _, epoch)| epoch).filter(|epoch| *epoch > 0);
    let epochs: Set<u64> = seen.collect();
    let won: Set<u64> = wins(scene, scene.from).into_iter().map(|(epoch, _)| epoch).collect();
    let (mut row, mut longest) = (0, 0);
    for epoch in epochs {
        row = if won.contains(&epoch) { 0 } else { row + 1 };
        longest = row.max(longest);
    }
    Measured::count(longest)
}

pub fn state(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Nodes(nodes), Arg::Word(wanted), ..] = args else {
        return Measured::Undecided("no node and state are named".into());
    };
    let mut others = Vec::new();
    for &id in nodes {
        let states = states(scene, id);
        if !states.iter().any(|state| *state == &**wanted) {
            others.push(format!("{} is {}", scene.evidence.cast.name(id), states.join(" and ")));
        }
    }
    Measured::none_of(&others, wanted)
}

fn states(scene: &Scene, id: Id) -> Vec<&'static str> {
    let mut states = Vec::new();
    match scene.view.phase(id) {
        Phase::Down | Phase::New => states.push("down"),
        Phase::Paused => states.push("paused"),
        Phase::Up => {}
    }
    states.extend(scene.view.node(id).facts.iter().filter_map(|fact| match fact {
        Fact::Role { name, .. } => Some(*name),
        Fact::Decision { state, .. } => Some(*state),
        _ => None,
    }));
    if states.is_empty() {
        states.push("up");
    }
    states
}

pub fn seen(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Word(wanted)) = args.first() else {
        return Measured::Undecided("no role is named".into());
    };
    let before = View::after(scene.evidence, scene.from);
    let plays =
        |node: &crate::check::view::NodeView| node.roles().any(|(name, _)| *name == **wanted);
    let mut nodes: Set<Id> =
        before.alive().filter(|(_, node)| plays(node)).map(|(id, _)| id).collect();
    let later = taken_up(scene, scene.from).filter(|(_, name, _)| **name == **wanted);
    nodes.extend(later.map(|(change, ..)| change.node));
    let names: Vec<&str> = nodes.iter().map(|&id| scene.evidence.cast.name(id)).collect();
    Measured::Count(nodes.len() as u64, names.join(", "))
}
