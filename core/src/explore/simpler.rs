//! Lines that say less: fewer participants, a plain instant in place of a rule, no leniency, no
//! choice of whom to ask.

use alloc::vec::Vec;

use crate::kernel::action::{
    Action, Ask, Group, Handling, LinkSet, Patience, Selector, Target, Which,
};
use crate::scenario::Scenario;
use crate::scenario::ast::Line;

/// `scenario` with the `nth` simplification of one of its lines, or with the weather of seed 0 when
/// `nth` is 0; `None` when there are no more.
pub fn nth(scenario: &Scenario, mut nth: usize) -> Option<Scenario> {
    if scenario.seed != 0 {
        if nth == 0 {
            return Some(Scenario { seed: 0, ..scenario.clone() });
        }
        nth -= 1;
    }
    for (place, line) in scenario.lines.iter().enumerate() {
        let mut ways = ways(line);
        if nth < ways.len() {
            let mut simpler = scenario.clone();
            simpler.lines[place].action = ways.swap_remove(nth);
            return Some(simpler);
        }
        nth -= ways.len();
    }
    None
}

/// Every simpler thing that a line could do.
fn ways(line: &Line) -> Vec<Action> {
    match &line.action {
        Action::Crash(all) => fewer(all).map(Action::Crash).collect(),
        Action::Kill(all) => fewer(all).map(Action::Kill).collect(),
        Action::Restart(all) => fewer(all).map(Action::Restart).collect(),
        Action::Resume(all) => fewer(all).map(Action::Resume).collect(),
        Action::Pause(all, span) => fewer(all).map(|some| Action::Pause(some, *span)).collect(),
        Action::Partition(groups) => smaller_groups(groups).map(Action::Partition).collect(),
        Action::Latency(links, min, max) => {
            let fewer = fewer_links(links).map(|links| Action::Latency(links, *min, *max));
            let plain = (min != max).then(|| Action::Latency(links.clone(), *max, *max));
            fewer.chain(plain).collect()
        }
        Action::Cut(links) => fewer_links(links).map(Action::Cut).collect(),
        Action::Handle(handling, selector) => simpler_handling(*handling, selector),
        Action::Release(Some(_)) => Vec::from([Action::Release(None)]),
        Action::Heal(Some(_)) => Vec::from([Action::Heal(None)]),
        Action::Ask(ask) => simpler_asks(ask).into_iter().map(Action::Ask).collect(),
        _ => Vec::new(),
    }
}

/// All but one of several, each in turn.
fn fewer<T: Clone>(all: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    let places = if all.len() > 1 { 0..all.len() } else { 0..0 };
    places.map(|place| {
        let mut some = all.to_vec();
        some.remove(place);
        some
    })
}

/// The smaller set first: a link that is removed from a large set tells nothing.
fn fewer_links(links: &LinkSet) -> impl Iterator<Item = LinkSet> + '_ {
    let from = fewer(&links.from).map(|from| LinkSet { from, ..links.clone() });
    let to = fewer(&links.to).map(|to| LinkSet { to, ..links.clone() });
    from.chain(to)
}

fn smaller_groups(groups: &[Group]) -> impl Iterator<Item = Vec<Group>> + '_ {
    let members = |group: &Group| match group {
        Group::Targets(all) => fewer(all).map(Group::Targets).collect::<Vec<_>>(),
        Group::Rest(all) => {
            let mut ways: Vec<Group> = fewer(all).map(Group::Rest).collect();
            if all.len() == 1 {
                ways.push(Group::Rest(Vec::new()));
            }
            ways
        }
    };
    groups.iter().enumerate().flat_map(move |(place, group)| {
        members(group).into_iter().map(move |smaller| {
            let mut all = groups.to_vec();
            all[place] = smaller;
            all
        })
    })
}

/// A message that is lost is simpler than one that comes late, and that simpler than one of many.
fn simpler_handling(handling: Handling, selector: &Selector) -> Vec<Action> {
    let mut ways = Vec::new();
    if matches!(handling, Handling::Delay(_) | Handling::Hold) {
        ways.push(Action::Handle(Handling::Drop, selector.clone()));
    }
    if let Which::Next(n) = selector.which
        && n > 1
    {
        let which = Which::Next(n / 2);
        ways.push(Action::Handle(handling, Selector { which, ..selector.clone() }));
    }
    ways.extend(
        fewer_links(&selector.links)
            .map(|links| Action::Handle(handling, Selector { links, ..selector.clone() })),
    );
    ways
}

fn simpler_asks(ask: &Ask) -> Vec<Ask> {
    let mut ways = Vec::new();
    if ask.patience != Patience::default() {
        ways.push(Ask { patience: Patience::default(), ..ask.clone() });
    }
    if !ask.via.is_empty() {
        ways.push(Ask { via: Vec::new(), ..ask.clone() });
    }
    ways.extend(fewer(&ask.via).map(|via: Vec<Target>| Ask { via, ..ask.clone() }));
    ways
}
