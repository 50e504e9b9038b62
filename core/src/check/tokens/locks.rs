//! Locks: who holds, who believes, and what the resource saw.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Set, Str, Time};
use crate::check::view::View;
use crate::facts::Fact;
use crate::protocol::Part;
use crate::scenario::ast::Arg;

/// The resource that is meant: the key, or the one that was ever granted.
fn resource_of(scene: &Scene, args: &[Arg]) -> Result<Str, String> {
    let key = args.iter().skip(1).find_map(|arg| match arg {
        Arg::Value(key) => Some(key.clone()),
        _ => None,
    });
    if let Some(key) = key {
        return Ok(key);
    }
    let changes = scene.evidence.trace.facts.iter();
    let granted: Set<Str> = changes
        .take_while(|change| change.event < scene.events)
        .filter_map(|change| match &change.fact {
            Fact::Holds { resource, .. } => Some(resource.clone()),
            _ => None,
        })
        .collect();
    let mut granted = granted.into_iter();
    match (granted.next(), granted.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Ok("".into()),
        _ => Err("several resources were granted: name one".into()),
    }
}

pub fn lock(scene: &Scene, args: &[Arg]) -> Measured {
    let wanted = match resource_of(scene, args) {
        Ok(wanted) => wanted,
        Err(why) => return Measured::Undecided(why),
    };
    let holders = holders(scene, &wanted);
    let cast = &scene.evidence.cast;
    let stuck = |(holder, until): &(Id, Option<Time>)| {
        until.is_none() && !believes(&scene.view, *holder, &wanted)
    };
    let text = match holders.first() {
        None => String::from("free"),
        Some(held @ (holder, _)) => {
            let stuck = if stuck(held) { ", stuck" } else { "" };
            format!("{}{stuck}", cast.name(*holder))
        }
    };
    let truth = match args.first() {
        Some(Arg::Node(node)) => holders.iter().any(|(holder, _)| holder == node),
        Some(Arg::Word(word)) if **word == *"free" => holders.is_empty(),
        _ => holders.iter().any(stuck),
    };
    Measured::Truth(truth, text)
}

/// To whom live services have granted a resource, and until when, by their own clocks. A grant has
/// ended when its service says so no more: only the service knows what its clock shows.
fn holders(scene: &Scene, wanted: &str) -> Vec<(Id, Option<Time>)> {
    let facts = scene.view.alive().flat_map(|(_, node)| &node.facts);
    let grants = facts.filter_map(|fact| match fact {
        Fact::Holds { resource, holder, until, .. } if **resource == *wanted => {
            Some((*holder, *until))
        }
        _ => None,
    });
    grants.collect()
}

fn believes(view: &View, id: Id, wanted: &str) -> bool {
    let mut facts = view.node(id).facts.iter();
    facts.any(|fact| matches!(fact, Fact::Believes { resource, .. } if **resource == *wanted))
}

pub fn mutex(scene: &Scene, args: &[Arg]) -> Measured {
    let among = args.iter().find_map(|arg| match arg {
        Arg::Nodes(nodes) => Some(nodes),
        _ => None,
    });
    let key = args.iter().find_map(|arg| match arg {
        Arg::Value(key) => Some(key),
        _ => None,
    });
    let evidence = scene.evidence;
    let mut view = View::after(evidence, scene.from);
    let mut at = scene.start;
    let facts = &evidence.trace.facts;
    let mut place = facts.partition_point(|change| change.event < scene.from);
    loop {
        if let Some((a, b, resource)) = two(&view, among, key) {
            let (a, b) = (evidence.cast.name(a), evidence.cast.name(b));
            let why = format!("{a} and {b} both believe to hold {resource} at {at}");
            return Measured::Word("violated", why);
        }
        let later = facts.iter_from(place).take_while(|change| change.event < scene.events);
        let next = later.enumerate().find(|(_, c)| matches!(c.fact, Fact::Believes { .. }));
        let Some((ahead, change)) = next else { break };
        (place, at) = (place + ahead + 1, change.at);
        view.advance(evidence, change.event + 1);
    }
    Measured::Word("ok", String::new())
}

/// Two participants that believe to hold one resource.
fn two(view: &View, among: Option<&Vec<Id>>, key: Option<&Str>) -> Option<(Id, Id, Str)> {
    let mut held: Vec<(&Str, Id)> = Vec::new();
    let counted = view.alive().filter(|(id, _)| among.is_none_or(|nodes| nodes.contains(id)));
    for (id, node) in counted {
        for fact in &node.facts {
            let Fact::Believes { resource, .. } = fact else { continue };
            if key.is_some_and(|key| key != resource) {
                continue;
            }
            let other = held.iter().find(|(known, by)| *known == resource && *by != id);
            if let Some((_, other)) = other {
                return Some((*other, id, resource.clone()));
            }
            held.push((resource, id));
        }
    }
    None
}

/// A resource counts in marks what went wrong: `interleaved`, writes founded on another version
/// than the one they replaced, and `backward`, writes whose number was lower than an earlier one.
pub fn resource(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let roles = evidence.cast.ids().filter(|&id| evidence.part(id) == Part::Resource);
    let resources: Vec<Id> = roles.collect();
    if resources.is_empty() {
        return Measured::Undecided("the system has no resource".into());
    }
    let changes = evidence.trace.facts.iter().take_while(|change| change.event < scene.events);
    for change in changes.filter(|change| change.holds && resources.contains(&change.node)) {
        if let Fact::Mark { name: name @ ("interleaved" | "backward"), count: 1.. } = change.fact {
            let why = format!("a write was {name} at {}", change.at);
            return Measured::Word("corrupted", why);
        }
    }
    Measured::Word("ok", String::new())
}

pub fn fence(scene: &Scene, _: &[Arg]) -> Measured {
    let nodes = scene.view.alive().filter(|(id, _)| scene.evidence.part(*id) == Part::Resource);
    let refused = nodes.map(|(_, node)| node.mark("rejected")).sum();
    Measured::count(refused)
}
