//! Faults as lines of a script. A swarm (Groce, Zhang, Eide, Chen and Regehr, *Swarm Testing*,
//! ISSTA 2012): each run draws which kinds of faults it has at all, so that some have many of one
//! kind.

use alloc::vec::Vec;

use super::bounds::Bound;
use super::dice::Dice;
use super::plan::Plan;
use crate::base::{Id, Span, Str, Time};
use crate::kernel::action::{Action, Group, Handling, LinkSet, Selector, Target, Trigger, Which};
use crate::protocol::TimerKey;
use crate::rule::Weight;
use crate::scenario::ast::Line;

/// Draws the faults of one run, within the budget of `plan`. Many come when something is asked, as
/// `asked` says: then most is under way.
pub fn draw(plan: &Plan, dice: &mut Dice, asked: &[Time]) -> Vec<Line> {
    let mut lines = Vec::new();
    let kinds = plan.bounds.faults().filter(|(_, most)| *most > 0).count();
    for (bound, most) in plan.bounds.faults() {
        // One kind alone is always there; of several, each is left out of every third run.
        if most > 0 && (kinds == 1 || dice.below(3) > 0) {
            for _ in 0..dice.between(1, most.into()) {
                let at = Trigger::At(instant(plan, dice, asked));
                fault(plan, dice, (bound, at), &mut lines);
            }
        }
    }
    lines
}

/// One fault of a kind, and what ends it.
fn fault(plan: &Plan, dice: &mut Dice, (bound, at): (Bound, Trigger), lines: &mut Vec<Line>) {
    let mut trigger = at;
    let after = |span: Span| match trigger {
        Trigger::At(at) if at + span < plan.calm => Some(Trigger::At(at + span)),
        _ => None,
    };
    let while_it_lasts = Span::ms(dice.between(20, plan.calm.0 / 3000));
    let end = after(while_it_lasts);
    let ends = dice.of_ten(7);
    match bound {
        Bound::Crashes | Bound::Wipes => {
            let target = anybody(plan, dice);
            let who = || Vec::from([target.clone()]);
            if bound == Bound::Wipes {
                return lines.push(line(trigger, Action::Wipe(who())));
            }
            if plan.surprises && dice.of_ten(4) {
                trigger = at_a_rule(plan, dice).unwrap_or(trigger);
            }
            lines.push(line(trigger.clone(), Action::Crash(who())));
            // Nobody who is down plays a role: all that are down come back.
            if let Some(end) = end.filter(|_| ends || matches!(trigger, Trigger::When { .. })) {
                lines.push(line(end, Action::Restart(targets(&plan.mortal))));
            }
        }
        Bound::Partitions => {
            lines.push(line(trigger, Action::Partition(sides(plan, dice))));
            if let Some(end) = end.filter(|_| ends) {
                lines.push(line(end, Action::Heal(None)));
            }
        }
        Bound::Cuts => {
            if let Some(link) = link(plan, dice) {
                lines.push(line(trigger, Action::Cut(link)));
                if let Some(end) = end.filter(|_| ends) {
                    lines.push(line(end, Action::Heal(None)));
                }
            }
        }
        Bound::Losses => by_hand(plan, dice, Handling::Drop, trigger, lines),
        Bound::Duplicates => by_hand(plan, dice, Handling::Duplicate, trigger, lines),
        Bound::Delays => by_hand(plan, dice, Handling::Delay(while_it_lasts), trigger, lines),
        Bound::Pauses => {
            let who = Vec::from([anybody(plan, dice)]);
            lines.push(line(trigger, Action::Pause(who, Some(while_it_lasts))));
        }
        Bound::Jumps => {
            let far = Span::ms(dice.between(100, plan.base.system.end.0 / 1000));
            lines.push(line(trigger, Action::Jump(anybody(plan, dice), dice.of_ten(5), far)));
        }
        _ => {}
    }
}

/// The faults end at `plan.calm`: everybody runs, and everybody is connected. Where failures may
/// last, every second time a majority is and the rest stays as it is, or, where no majority is
/// enough, who crashed stays down.
pub fn calm(plan: &Plan, dice: &mut Dice) -> Vec<Line> {
    let at = Trigger::At(plan.calm);
    let mut all = plan.everybody();
    let lasts = plan.failures_last && dice.of_ten(5);
    if lasts && plan.has_majorities() {
        let mut rest: Vec<Id> = plan.servers.clone();
        for _ in 0..plan.servers.len() / 2 + 1 {
            rest.remove(dice.below(rest.len() as u64) as usize);
        }
        all.retain(|id| !rest.contains(id));
    }
    let both_ways = false;
    let links = LinkSet { from: targets(&all), to: targets(&all), both_ways };
    let (min, max) = plan.base.system.latency;
    let mortal: Vec<Id> = all.iter().copied().filter(|id| plan.mortal.contains(id)).collect();
    let whole = all.len() == plan.everybody().len();
    let mut lines = Vec::from([
        line(at.clone(), Action::Heal((!whole).then(|| links.clone()))),
        line(at.clone(), Action::Resume(targets(&mortal))),
        line(at.clone(), Action::Release(None)),
    ]);
    if !lasts || !whole {
        lines.push(line(at.clone(), Action::Restart(targets(&mortal))));
    }
    lines.push(line(at, Action::Latency(links, min, max)));
    lines
}

/// Priorities of participants, as latencies of what they are sent: who has a low one is heard
/// and hears late. They change at a few instants (Burckhardt, Kothari, Musuvathi and Nagarakatte,
/// *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs*, ASPLOS 2010).
pub fn priorities(plan: &Plan, dice: &mut Dice) -> Vec<Line> {
    let mut lines = Vec::new();
    if plan.servers.len() < 2 {
        return lines;
    }
    for change in 0..dice.below(4) {
        let at = if change == 0 { Time::ZERO } else { Time(dice.below(plan.calm.0) / 1000 * 1000) };
        let slow = *dice.one(&plan.servers);
        let others: Vec<Id> = plan.servers.iter().copied().filter(|id| *id != slow).collect();
        let (others, slow) = (targets(&others), targets(&[slow]));
        let (from, to) = if dice.of_ten(5) { (others, slow) } else { (slow, others) };
        let low = Span::ms(*dice.one(&[1, 5, 20, 50, 100, 200]));
        let high = Span(low.0 * *dice.one(&[1, 1, 2, 4]));
        let links = LinkSet { from, to, both_ways: false };
        lines.push(line(Trigger::At(at), Action::Latency(links, low, high)));
    }
    lines
}

/// Single messages of one kind on one link.
fn by_hand(plan: &Plan, dice: &mut Dice, what: Handling, when: Trigger, lines: &mut Vec<Line>) {
    let Some(links) = link(plan, dice) else { return };
    let kinds = plan.entry.kinds;
    let kind = (!kinds.is_empty() && dice.of_ten(7)).then(|| *dice.one(kinds));
    let selector = Selector { links, kind, which: Which::Next(1) };
    lines.push(line(when, Action::Handle(what, selector)));
}

/// From one server to another; a client stands on the one side now and then.
fn link(plan: &Plan, dice: &mut Dice) -> Option<LinkSet> {
    let all = if dice.of_ten(8) { plan.servers.clone() } else { plan.everybody() };
    let all = if all.len() < 2 { plan.everybody() } else { all };
    let from = *dice.one(&all);
    let others: Vec<Id> = all.iter().copied().filter(|id| *id != from).collect();
    if others.is_empty() {
        return None;
    }
    let to = targets(&[*dice.one(&others)]);
    Some(LinkSet { from: targets(&[from]), to, both_ways: false })
}

/// Servers on two sides, often one of them alone; clients keep all their links, or stand on one
/// side.
fn sides(plan: &Plan, dice: &mut Dice) -> Vec<Group> {
    let single = Target::Node(*dice.one(&plan.servers));
    let mut one = Vec::from([role(plan, dice).unwrap_or(single)]);
    let alone = plan.servers.len() < 3 || dice.of_ten(4);
    for id in plan.servers.iter().filter(|_| !alone) {
        if dice.of_ten(3) && !one.contains(&Target::Node(*id)) {
            one.push(Target::Node(*id));
        }
    }
    let mut other = Vec::new();
    for client in plan.clients() {
        match dice.below(8) {
            0 => one.push(Target::Node(client)),
            1 => other.push(Target::Node(client)),
            _ => {}
        }
    }
    Vec::from([Group::Targets(one), Group::Rest(other)])
}

/// Timers that run out at some moment. Where no clock is read, any moment may be theirs.
pub fn timeouts(plan: &Plan, dice: &mut Dice, asked: &[Time]) -> Vec<Line> {
    let mut lines = Vec::new();
    let names = plan.entry.timers.len() as u64;
    if names == 0 || plan.reads_clocks || dice.of_ten(5) {
        return lines;
    }
    for _ in 0..dice.below(u64::from(plan.bounds.get(Bound::Timeouts)) + 1) {
        let key = TimerKey { name: dice.below(names) as u8, number: 0 };
        let target = Target::Node(*dice.one(&plan.servers));
        let at = Trigger::At(instant(plan, dice, asked));
        lines.push(line(at, Action::Force(target, key)));
    }
    lines
}

/// Somebody who may fail: who plays a role then, or a participant.
fn anybody(plan: &Plan, dice: &mut Dice) -> Target {
    role(plan, dice).unwrap_or_else(|| Target::Node(*dice.one(&plan.mortal)))
}

fn role(plan: &Plan, dice: &mut Dice) -> Option<Target> {
    let roles = plan.entry.roles;
    (!roles.is_empty() && dice.of_ten(4)).then(|| Target::Role(Str::from(*dice.one(roles))))
}

/// Any moment before the calm; half of them shortly before or after something is asked.
fn instant(plan: &Plan, dice: &mut Dice, asked: &[Time]) -> Time {
    let any = Time(dice.below(plan.calm.0) / 1000 * 1000);
    if asked.is_empty() || dice.of_ten(5) {
        return any;
    }
    let near = dice.one(asked).0 / 1000 + dice.between(0, 160);
    Time::ms(near.saturating_sub(60)).min(plan.calm)
}

/// When a rule fires for the first, second or third time: crashes hurt most between two steps.
fn at_a_rule(plan: &Plan, dice: &mut Dice) -> Option<Trigger> {
    let rules: Vec<&'static str> = plan
        .entry
        .rules
        .iter()
        .filter(|rule| matches!(rule.weight, Weight::Step | Weight::Milestone))
        .map(|rule| rule.id)
        .collect();
    if rules.is_empty() {
        return None;
    }
    let (nth, before_send) = (dice.between(1, 3) as u32, dice.of_ten(5));
    let rule = rules[dice.below(rules.len() as u64) as usize];
    Some(Trigger::When { rule, node: None, nth, before_send })
}

fn targets(ids: &[Id]) -> Vec<Target> {
    ids.iter().copied().map(Target::Node).collect()
}

/// A line that may have no effect: whom it means may be down already.
fn line(trigger: Trigger, action: Action) -> Line {
    Line { label: None, trigger, action, own: false, maybe: true, only: None }
}
