//! What clients ask, drawn from a system's table of operations.

use alloc::format;
use alloc::vec::Vec;

use super::bounds::Bound;
use super::calm::CALM;
use super::dice::Dice;
use super::plan::Plan;
use super::property::PATIENCE;
use crate::base::{Id, Span, Str, Time, Value};
use crate::kernel::action::{Action, Ask, Patience, Target, Trigger};
use crate::op::{Access, ArgKind, Op, OpSpec, Outcome};
use crate::run::play;
use crate::scenario::ast::Line;

/// How long a client waits for one attempt.
const TIMEOUT: Span = Span::ms(200);
/// The same once the faults have ended; five attempts are as long as that may take.
const STUBBORN: Span = Span(PATIENCE.0 / 5);
/// The keys that are asked for: one much more often.
const KEYS: [&str; 4] = ["x", "x", "x", "y"];

/// Draws `n` operations of data and `admin` of the system, asked before `until`.
pub fn draw(plan: &Plan, dice: &mut Dice, n: u32, admin: u32, until: Time) -> Vec<Line> {
    let mut lines = Vec::new();
    let clients = plan.clients();
    let (data, managing): (Vec<_>, Vec<_>) =
        plan.operations().partition(|spec| spec.access != Access::Admin);
    let mut values = 0;
    for (specs, n) in [(data, n), (managing, admin)] {
        if specs.is_empty() || clients.is_empty() {
            continue;
        }
        for _ in 0..n {
            let at = Time(dice.between(until.0 / 20, until.0) / 1000 * 1000);
            let client = *dice.one(&clients);
            if !plan.is_role(client) && too_close(&lines, client, at) {
                continue;
            }
            let spec = draw_spec(dice, &specs);
            let op = draw_op(plan, dice, spec, &mut values);
            lines.push(ask(plan, dice, client, op, at, None));
        }
    }
    lines
}

/// Where several servers take an operation themselves, the operations go to these in turn: of few,
/// none should meet only the first. Nobody is asked by a role, which time decides.
pub fn in_turn(plan: &Plan, lines: &mut [Line]) {
    let mut nth = 0;
    for line in lines {
        let takers: Vec<Id> =
            plan.servers.iter().copied().filter(|server| takes(plan, *server, line)).collect();
        let Action::Ask(ask) = &mut line.action else { continue };
        if takers.len() > 1 {
            ask.via = Vec::from([Target::Node(takers[nth % takers.len()])]);
            nth += 1;
        }
        ask.via.retain(|target| matches!(target, Target::Node(_)));
    }
}

/// Whether a server that is asked by its name does what a line asks, without faults and without
/// sending the client on.
fn takes(plan: &Plan, server: Id, line: &Line) -> bool {
    let mut line = line.clone();
    let Action::Ask(ask) = &mut line.action else { return false };
    let Target::Node(client) = ask.client else { return false };
    if !plan.is_directed(client) {
        return false;
    }
    ask.via = Vec::from([Target::Node(server)]);
    ask.patience = Patience { redirect: false, ..Patience::default() };
    line.trigger = Trigger::At(plan.calm);
    let mut scenario = plan.base.clone();
    scenario.lines.push(line);
    let run = play(scenario);
    let mut records = run.trace().history.iter();
    records.any(|(_, record)| {
        record.end.as_ref().is_some_and(|end| matches!(end.outcome, Outcome::Ok(_)))
    })
}

/// Whether a client may still wait for what it asked, or would for this when it asks again: one
/// that keeps nothing does one thing at a time.
fn too_close(lines: &[Line], client: Id, at: Time) -> bool {
    lines.iter().any(|line| {
        let (Action::Ask(ask), Trigger::At(other)) = (&line.action, &line.trigger) else {
            return false;
        };
        let apart = at.since(*other).0.max(other.since(at).0);
        ask.client == Target::Node(client) && apart < 2 * TIMEOUT.0
    })
}

/// Once the faults have ended, every client asks for one thing more, one after another from `from`
/// on, and is stubborn about it.
pub fn calm(plan: &Plan, dice: &mut Dice, from: Time) -> Vec<Line> {
    let data: Vec<&OpSpec> = plan.operations().filter(|s| s.access != Access::Admin).collect();
    if data.is_empty() {
        return Vec::new();
    }
    let mut values = 1000;
    let reads: Vec<&OpSpec> = data.iter().copied().filter(|s| s.access == Access::Read).collect();
    let line = |(place, client): (usize, &Id)| {
        let specs = if place % 2 == 0 || reads.is_empty() { &data } else { &reads };
        let spec = draw_spec(dice, specs);
        let op = draw_op(plan, dice, spec, &mut values);
        let at = from + Span::ms(50 * place as u64);
        let label = Str::from(format!("{CALM}{}", place + 1));
        let mut line = ask(plan, dice, *client, op, at, Some(label));
        if let Action::Ask(ask) = &mut line.action {
            ask.patience = Patience { timeout: STUBBORN, retries: 4, ..Patience::default() };
        }
        line
    };
    plan.clients().iter().enumerate().map(line).collect()
}

/// Writes and what both reads and writes come up more often than reads.
fn draw_spec<'a>(dice: &mut Dice, specs: &[&'a OpSpec]) -> &'a OpSpec {
    for _ in 0..2 {
        let spec = *dice.one(specs);
        if spec.access != Access::Read || dice.of_ten(6) {
            return spec;
        }
    }
    specs[dice.below(specs.len() as u64) as usize]
}

/// An operation of this kind. Every written value is written once.
fn draw_op(plan: &Plan, dice: &mut Dice, spec: &OpSpec, values: &mut i64) -> Op {
    let (mut key, mut args) = (Str::from(""), Vec::new());
    for arg in spec.args {
        match arg.kind {
            ArgKind::Key => key = (*dice.one(&KEYS)).into(),
            ArgKind::Value => {
                *values += 1;
                args.push(Value::Int(*values));
            }
            ArgKind::Values => {}
            ArgKind::Node if !plan.spares.is_empty() && dice.of_ten(4) => {
                args.push(number(*dice.one(&plan.spares)));
            }
            ArgKind::Node => args.push(number(*dice.one(&plan.servers))),
            ArgKind::Nodes => {
                let mut some: Vec<Value> = plan.servers.iter().copied().map(number).collect();
                some.retain(|_| dice.of_ten(6));
                if some.is_empty() {
                    some.push(number(plan.servers[0]));
                }
                args.push(Value::List(some.into()));
            }
        }
    }
    Op { verb: spec.verb, key, args }
}

/// Spares start when operations that concern the system are drawn, unless the scenario does it.
pub fn spares(plan: &Plan) -> Vec<Line> {
    let starts = plan.base.lines.iter().any(|line| matches!(line.action, Action::Restart(_)));
    if plan.spares.is_empty() || starts || plan.bounds.get(Bound::Admin) == 0 {
        return Vec::new();
    }
    let action = Action::Restart(plan.spares.iter().copied().map(Target::Node).collect());
    let trigger = Trigger::At(Time::ZERO);
    Vec::from([Line { label: None, trigger, action, own: false, maybe: true, only: None }])
}

fn number(id: Id) -> Value {
    Value::Int(id.0.into())
}

fn ask(plan: &Plan, dice: &mut Dice, client: Id, op: Op, at: Time, label: Option<Str>) -> Line {
    let directed = plan.is_directed(client) && !plan.servers.is_empty();
    let via = match dice.below(10) {
        _ if !directed => Vec::new(),
        0..=3 => Vec::from([Target::Node(*dice.one(&plan.servers))]),
        4..=5 if !plan.entry.roles.is_empty() => {
            Vec::from([Target::Role(Str::from(*dice.one(plan.entry.roles)))])
        }
        _ => Vec::new(),
    };
    let patience = if plan.is_role(client) {
        Patience::default()
    } else {
        Patience { timeout: TIMEOUT, retries: dice.below(2) as u32, ..Patience::default() }
    };
    let action = Action::Ask(Ask { client: Target::Node(client), via, op, label, patience });
    // A client that is down, or paused, asks nothing.
    Line { label: None, trigger: Trigger::At(at), action, own: false, maybe: true, only: None }
}
