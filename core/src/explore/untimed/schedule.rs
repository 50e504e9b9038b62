//! A schedule as an ordinary scenario: every message is held where it sets out and delivered when
//! the schedule says so, every timer is pinned beyond the end and forced.

use alloc::vec::Vec;

use super::exhaustive::Way;
use super::scope::{Choice, Scope};
use super::state::{Flying, State};
use super::step;
use crate::base::{Id, Span, Time};
use crate::kernel::action::{
    Action, Armings, Ask, Handling, LinkSet, Patience, Selector, Target, Trigger, Which,
};
use crate::protocol::TimerKey;
use crate::scenario::Scenario;
use crate::scenario::ast::Line;

/// How far apart the steps of a schedule are: a message that is not held arrives between two.
const STEP: Span = Span::ms(20);
/// Beyond every end.
const NEVER: Span = Span::ms(1_000_000);

/// The scenario that choices stand for, and the rules that fire on the way, step by step. `None`
/// when they are none of this scope.
pub fn schedule(scope: &Scope, path: &[Way]) -> Option<(Scenario, Vec<Vec<&'static str>>)> {
    let mut next = step::root(scope);
    let mut rules = Vec::new();
    let mut timers = Vec::new();
    let mut lines = first_lines(scope, &next.state);
    note(&mut timers, &next.state);
    let mut choices = Vec::new();
    for (nth, &(place, chance)) in path.iter().enumerate() {
        next.state.choices(scope, &mut choices);
        let choice = *choices.get(usize::from(place))?;
        let at = Time(STEP.0 * (nth as u64 + 1));
        lines.extend(told(scope, &next.state, choice).into_iter().map(|action| line(at, action)));
        next = step::apply(scope, &next.state, choice, chance.into())?;
        note(&mut timers, &next.state);
        rules.push(next.rules.clone());
    }
    let pinned = timers.into_iter().map(|(id, key)| {
        line(Time::ZERO, Action::Pin(Target::Node(id), key, Armings::Every, NEVER))
    });
    let mut all: Vec<Line> = pinned.collect();
    all.extend(lines);
    let mut scenario = scope.base.clone();
    // Spares that the scenario starts are started at once; its operations are in the schedule.
    scenario.lines.clear();
    let spares = scope.cast.setup.roles.iter().enumerate().filter(|(_, role)| role.spare);
    let spares = spares.map(|(place, _)| Target::Node(Id::at(place)));
    scenario
        .lines
        .extend(spares.map(|spare| line(Time::ZERO, Action::Restart(Vec::from([spare])))));
    scenario.lines.extend(all);
    scenario.system.end = Time(STEP.0 * (path.len() as u64 + 2));
    scenario.seed = 0;
    Some((scenario, rules))
}

/// Every link is held, one line each, so that each can be let go.
fn first_lines(scope: &Scope, root: &State) -> Vec<Line> {
    let ids = || scope.cast.ids();
    let mut lines = Vec::new();
    for from in ids() {
        for to in ids().filter(|to| *to != from) {
            let both_clients = !scope.cast.is_role(from) && !scope.cast.is_role(to);
            if !both_clients {
                lines.push(line(Time::ZERO, hand(Handling::Hold, (from, to), None, Which::All)));
            }
        }
    }
    // What was sent while everybody booted is in flight before the first line.
    for flying in &root.flights {
        let kind = Some(flying.packet.kind());
        let link = (flying.from, flying.to);
        lines.push(line(Time::ZERO, hand(Handling::Hold, link, kind, Which::Flying(1))));
    }
    lines
}

/// What a script does to make a choice come true.
fn told(scope: &Scope, state: &State, choice: Choice) -> Vec<Action> {
    let single = |id: Id| Vec::from([Target::Node(id)]);
    let action = match choice {
        Choice::Ask(op) => {
            let asked = &scope.asks[usize::from(op)];
            let op = (*asked.op).clone();
            let via = asked.via.map(Target::Node).into_iter().collect();
            let patience = Patience { timeout: NEVER, ..Patience::default() };
            let is_role = scope.cast.is_role(asked.client);
            let patience = if is_role { Patience::default() } else { patience };
            Action::Ask(Ask { client: Target::Node(asked.client), via, op, label: None, patience })
        }
        Choice::Deliver(place) => by_hand(state, place, Handling::Deliver),
        Choice::Lose(place) => by_hand(state, place, Handling::Drop),
        Choice::Duplicate(place) => {
            let twice = by_hand(state, place, Handling::Duplicate);
            return Vec::from([twice, by_hand(state, place, Handling::Deliver)]);
        }
        Choice::Timeout(id, key) => Action::Force(Target::Node(id), key),
        Choice::Crash(id) => Action::Crash(single(id)),
        Choice::Restart(id) => Action::Restart(single(id)),
    };
    Vec::from([action])
}

/// Something is done to the message at `place`, told by its link, its kind and its place among
/// those.
fn by_hand(state: &State, place: u16, handling: Handling) -> Action {
    let flying = &state.flights[usize::from(place)];
    let alike =
        |other: &&Flying| other.is_beside(flying) && other.packet.kind() == flying.packet.kind();
    let before = state.flights[..usize::from(place)].iter().filter(alike).count();
    let which = Which::Flying(before as u32 + 1);
    hand(handling, (flying.from, flying.to), Some(flying.packet.kind()), which)
}

fn hand(what: Handling, (from, to): (Id, Id), kind: Option<&'static str>, which: Which) -> Action {
    let (from, to) = (Vec::from([Target::Node(from)]), Vec::from([Target::Node(to)]));
    let links = LinkSet { from, to, both_ways: false };
    Action::Handle(what, Selector { links, kind, which })
}

/// Takes note of the timers that were ever armed.
fn note(timers: &mut Vec<(Id, TimerKey)>, state: &State) {
    for armed in &state.timers {
        if !timers.contains(armed) {
            timers.push(*armed);
        }
    }
}

fn line(at: Time, action: Action) -> Line {
    Line { label: None, trigger: Trigger::At(at), action, own: false, maybe: true, only: None }
}
