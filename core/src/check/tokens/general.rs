//! Tokens about any system: its properties, rules, marks, members, and the script's own lines.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Set};
use crate::facts::Fact;
use crate::protocol::When;
use crate::run::trace::What;
use crate::scenario::ast::Arg;

pub fn property(scene: &Scene, args: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let properties = (evidence.cast.entry.properties)();
    let named = |id: &str| properties.iter().position(|property| property.id == id);
    let Some(place) = args.iter().find_map(|arg| match arg {
        Arg::Word(id) => named(id),
        _ => None,
    }) else {
        return Measured::Undecided("no such property".into());
    };
    if properties[place].when == When::Eventually {
        if (scene.events as usize) < evidence.trace.events.len() {
            return Measured::Undecided("an eventual property is looked at at the end".into());
        }
        let broken = evidence.broken_at_end.contains(&place);
        let word = if broken { "violated" } else { "ok" };
        return Measured::Word(word, String::new());
    }
    let broken = evidence.trace.broken.iter().find(|(_, known)| *known == place);
    match broken.filter(|(event, _)| *event < scene.events) {
        None => Measured::Word("ok", String::new()),
        Some((event, _)) => {
            let at = evidence.trace.events[*event as usize].at;
            Measured::Word("violated", format!("first at {at}"))
        }
    }
}

pub fn fired(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Word(rule)) = args.first() else {
        return Measured::Undecided("no rule is named".into());
    };
    let node = args.iter().find_map(|arg| match arg {
        Arg::Node(node) => Some(*node),
        _ => None,
    });
    let trace = scene.evidence.trace;
    let mut times = 0;
    for event in scene.from..scene.events {
        if node.is_none_or(|node| trace.events[event as usize].node == node) {
            times += trace.fired_in(event).filter(|fired| *fired.rule.id == **rule).count();
        }
    }
    Measured::count(times as u64)
}

pub fn detected(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Word(mark)) = args.first() else {
        return Measured::Undecided("no mark is named".into());
    };
    let node = args.iter().find_map(|arg| match arg {
        Arg::Node(node) => Some(*node),
        _ => None,
    });
    let facts = &scene.evidence.trace.facts;
    let first = facts.partition_point(|change| change.event < scene.from);
    let changes = facts.iter_from(first).take_while(|change| change.event < scene.events);
    let made = changes.filter(|c| c.holds && node.is_none_or(|node| node == c.node));
    let counts = made.filter_map(|change| match change.fact {
        Fact::Mark { name, count } if *name == **mark => Some((count, change)),
        _ => None,
    });
    let highest = counts.map(|(count, change)| (count, change.node, change.at)).max();
    let counted = args.iter().any(|arg| matches!(arg, Arg::Number(..) | Arg::Aggregate(..)));
    match highest {
        Some((count, ..)) if counted => Measured::count(count),
        None if counted => Measured::count(0),
        Some((count, node, at)) => {
            let name = scene.evidence.cast.name(node);
            Measured::Truth(count > 0, format!("{mark} {count} at {name}, {at}"))
        }
        None => Measured::Truth(false, format!("no mark {mark}")),
    }
}

pub fn mark(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Node(node), Arg::Word(mark), ..] = args else {
        return Measured::Undecided("no node and mark are named".into());
    };
    Measured::count(scene.view.node(*node).mark(mark))
}

pub fn members(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Node(node), Arg::Nodes(expected), rest @ ..] = args else {
        return Measured::Undecided("no node and members are named".into());
    };
    let set = match rest.first() {
        Some(Arg::Word(set)) => Some(&**set),
        _ => None,
    };
    let taken = scene.view.node(*node).facts.iter().find_map(|fact| match fact {
        Fact::Member { set: name, ids } if set.is_none_or(|set| set == *name) => Some(ids),
        _ => None,
    });
    let taken: Set<Id> = taken.map(|ids| ids.iter().collect()).unwrap_or_default();
    let names: Vec<&str> = taken.iter().map(|&id| scene.evidence.cast.name(id)).collect();
    let expected: Set<Id> = expected.iter().copied().collect();
    Measured::Truth(taken == expected, format!("{{{}}}", names.join(", ")))
}

pub fn idle(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let mut idle: Vec<String> = Vec::new();
    for event in scene.from..scene.events {
        let record = &evidence.trace.events[event as usize];
        if let What::Act { line, idle: Some(why) } = record.what
            && !evidence.lines.get(line as usize).is_some_and(|line| line.maybe)
        {
            idle.push(format!("line {} of the script at {}: {why:?}", line + 1, record.at));
        }
    }
    Measured::Count(idle.len() as u64, idle.join("; "))
}

pub fn card(_: &Scene, _: &[Arg]) -> Measured {
    Measured::Truth(true, "told on a card".into())
}
