//! Marks that systems make under names that every system shares, and what registries list.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Map, Value};
use crate::check::view::{NodeView, View};
use crate::facts::Fact;
use crate::scenario::ast::Arg;

/// The counts of a mark as they stand, summed over live nodes.
fn sum(scene: &Scene, mark: &str) -> Measured {
    let counts = scene.view.alive().map(|(id, node)| (id, node.mark(mark)));
    let made: Vec<(Id, u64)> = counts.filter(|(_, count)| *count > 0).collect();
    let name = |(id, count): &(Id, u64)| format!("{count} at {}", scene.evidence.cast.name(*id));
    let names: Vec<String> = made.iter().map(name).collect();
    Measured::Count(made.iter().map(|(_, count)| count).sum(), names.join(", "))
}

pub fn dup(scene: &Scene, _: &[Arg]) -> Measured {
    sum(scene, "dup")
}

pub fn lost(scene: &Scene, _: &[Arg]) -> Measured {
    sum(scene, "lost")
}

pub fn oversold(scene: &Scene, _: &[Arg]) -> Measured {
    sum(scene, "oversold")
}

/// By how much the counts of a mark grew in the interval. A count that starts again goes on from
/// the highest that it had.
fn made(scene: &Scene, mark: &str) -> Measured {
    let mut counts: Map<Id, u64> = Map::default();
    for (id, node) in View::after(scene.evidence, scene.from).alive() {
        counts.insert(id, node.mark(mark));
    }
    let facts = &scene.evidence.trace.facts;
    let first = facts.partition_point(|change| change.event < scene.from);
    let mut n_made = 0;
    for change in facts.iter_from(first).take_while(|change| change.event < scene.events) {
        if let Fact::Mark { name, count } = change.fact
            && change.holds
            && name == mark
        {
            let known = counts.get_or_insert_with(change.node, || 0);
            n_made += count.saturating_sub(*known);
            *known = count.max(*known);
        }
    }
    Measured::count(n_made)
}

pub fn degraded(scene: &Scene, _: &[Arg]) -> Measured {
    made(scene, "degraded")
}

pub fn heuristic(scene: &Scene, _: &[Arg]) -> Measured {
    made(scene, "heuristic")
}

pub fn selfpres(scene: &Scene, args: &[Arg]) -> Measured {
    let on = scene.view.alive().find(|(_, node)| node.mark("selfpres") > 0);
    let text = on.map_or("off".into(), |(id, _)| format!("on at {}", scene.evidence.cast.name(id)));
    let wanted = !matches!(args.first(), Some(Arg::Word(word)) if **word == *"off");
    Measured::Truth(on.is_some() == wanted, text)
}

pub fn conserve(scene: &Scene, _: &[Arg]) -> Measured {
    let facts = scene.evidence.trace.facts.iter();
    let mut nodes: Vec<Id> = Vec::new();
    for change in facts.take_while(|change| change.event < scene.events) {
        let is_total = matches!(change.fact, Fact::Mark { name: "total", .. });
        if is_total && !nodes.contains(&change.node) {
            nodes.push(change.node);
        }
    }
    if nodes.is_empty() {
        return Measured::Undecided("nobody has a mark total".into());
    }
    let name = |id: Id| scene.evidence.cast.name(id);
    if let Some(&down) = nodes.iter().find(|id| !scene.view.phase(**id).is_alive()) {
        return Measured::Undecided(format!(
            "{} is down, and with it a part of the sum",
            name(down)
        ));
    }
    let total = nodes.iter().map(|&id| scene.view.node(id).mark("total")).max().unwrap_or(0);
    let numbers = |node: &NodeView| {
        let copies = node.copies().map(|(_, value, _)| match value {
            Value::Int(n) => *n,
            _ => 0,
        });
        copies.fold(0_i64, i64::saturating_add)
    };
    let parts: Vec<(Id, i64)> =
        nodes.iter().map(|&id| (id, numbers(scene.view.node(id)))).collect();
    let sum = parts.iter().fold(0_i64, |sum, (_, part)| sum.saturating_add(*part));
    let told: Vec<String> =
        parts.iter().map(|(id, part)| format!("{part} at {}", name(*id))).collect();
    let text = format!("{} make {sum} of {total}", told.join(", "));
    Measured::Word(if i64::try_from(total) == Ok(sum) { "ok" } else { "violated" }, text)
}

fn presence(present: bool, args: &[Arg]) -> Measured {
    let wanted = !args.iter().any(|arg| matches!(arg, Arg::Word(word) if **word == *"absent"));
    let text = if present { "present" } else { "absent" };
    Measured::Truth(present == wanted, text.into())
}

pub fn registry(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Node(node), Arg::Value(key), ..] = args else {
        return Measured::Undecided("no node and key are named".into());
    };
    let node = scene.view.node(*node);
    let member = scene.evidence.cast.find(key);
    let listed = node.facts.iter().any(|fact| match fact {
        Fact::Member { ids, .. } => member.is_some_and(|member| ids.contains(member)),
        _ => false,
    });
    let copied = node.copy(key).is_some_and(|(value, _)| *value != Value::Nil);
    presence(listed || copied, args)
}

pub fn znode(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Value(key)) = args.first() else {
        return Measured::Undecided("no key is named".into());
    };
    let newest = scene.view.newest_copy(key);
    presence(newest.is_some_and(|(value, _)| *value != Value::Nil), args)
}
