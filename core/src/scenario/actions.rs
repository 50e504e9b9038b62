//! What a line of the script does.

use alloc::vec;
use alloc::vec::Vec;

use super::cursor::{Cursor, Parse};
use super::error::Kind;
use super::names::Names;
use super::{script, settings};
use crate::base::{Ppm, Span, Value};
use crate::kernel::action::{
    Action, Armings, Ask, Group, Handling, Patience, Selector, Target, Which,
};
use crate::kernel::limits;
use crate::op::{ArgKind, Op, OpSpec};

/// The first word of every action but asking for an operation.
const VERBS: [&str; 27] = [
    "partition",
    "heal",
    "cut",
    "latency",
    "loss",
    "duplication",
    "reorder",
    "drop",
    "hold",
    "duplicate",
    "delay",
    "deliver",
    "release",
    "crash",
    "kill",
    "restart",
    "wipe",
    "pause",
    "resume",
    "jump",
    "drift",
    "service",
    "disk",
    "pin",
    "force",
    "set",
    "tell",
];

/// The fastest clock: a hundred times too fast.
const RATE: u32 = 100_000_000;

/// One action; several when a group of clients asks.
pub(super) fn action(cursor: &mut Cursor, names: &Names) -> Parse<Vec<Action>> {
    let mut ahead = *cursor;
    ahead.space();
    let word = ahead.take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let labelled = ahead.touches(":");
    if !labelled && names.find(word).is_none() {
        if let Some(action) = plain(word, &mut ahead, names) {
            *cursor = ahead;
            return action.map(|action| vec![action]);
        }
        if !word.is_empty() && names.target(&mut cursor.clone()).is_err() {
            let verbs = VERBS.iter().copied().chain(["end-session"]);
            return Err(cursor.unknown(Kind::Verb, verbs.chain(names.participants())));
        }
    }
    if labelled && names.find(ahead.peek()).is_none() && is_verb(ahead.peek()) {
        let before = alloc::format!("{word}: at");
        return Err(cursor.error(Kind::Misplaced, vec![before.as_str().into()]));
    }
    ask(cursor, names)
}

fn is_verb(word: &str) -> bool {
    VERBS.contains(&word) || word == "end-session"
}

/// The action that `word` begins; `None` when it begins none.
fn plain(word: &str, cursor: &mut Cursor, names: &Names) -> Option<Parse<Action>> {
    let targets = |cursor: &mut Cursor| names.targets(cursor);
    Some(match word {
        "drop" => handle(cursor, names, Handling::Drop),
        "hold" => handle(cursor, names, Handling::Hold),
        "duplicate" => handle(cursor, names, Handling::Duplicate),
        "delay" => handle(cursor, names, Handling::Delay(Span::ZERO)),
        "deliver" => handle(cursor, names, Handling::Deliver),
        "partition" => partition(cursor, names),
        "heal" if script::is_over(cursor) => Ok(Action::Heal(None)),
        "heal" => names.links(cursor).map(|links| Action::Heal(Some(links))),
        "cut" => names.links(cursor).map(Action::Cut),
        "latency" | "loss" | "duplication" | "reorder" => weather(word, cursor, names),
        "release" => release(cursor, names),
        "crash" => targets(cursor).map(Action::Crash),
        "kill" => targets(cursor).map(Action::Kill),
        "restart" => targets(cursor).map(Action::Restart),
        "wipe" => targets(cursor).map(Action::Wipe),
        "resume" => targets(cursor).map(Action::Resume),
        "pause" | "service" | "disk" => of_nodes(word, cursor, names),
        "jump" => jump(cursor, names),
        "drift" => drift(cursor, names),
        "pin" | "force" => timer(word, cursor, names),
        "set" => names.targeted_setting(cursor).and_then(|(target, key, setting, start)| {
            if !names.entry.knobs[key.0].live {
                return Err(start.error(Kind::NotLive, Vec::new()));
            }
            Ok(Action::Set(target, key, setting))
        }),
        "tell" => tell(cursor, names),
        "end-session" => names.target(cursor).map(Action::EndSession),
        _ => return None,
    })
}

fn partition(cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let mut groups = vec![group(cursor, names)?];
    while cursor.eat("|") {
        groups.push(group(cursor, names)?);
    }
    if groups.len() < 2 {
        return Err(cursor.expected(&["|"]));
    }
    Ok(Action::Partition(groups))
}

fn group(cursor: &mut Cursor, names: &Names) -> Parse<Group> {
    let (mut targets, mut rest) = (Vec::new(), false);
    names.braced(cursor, &mut |names, cursor| {
        if cursor.eat_word("rest") {
            rest = true;
            return Ok(());
        }
        names.push_target(cursor, &mut targets)
    })?;
    Ok(if rest { Group::Rest(targets) } else { Group::Targets(targets) })
}

#[inline(never)]
fn weather(word: &str, cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let links = names.links(cursor)?;
    match word {
        "latency" => cursor.span_range().map(|(from, to)| Action::Latency(links, from, to)),
        "loss" => cursor.ratio(Ppm::ONE.0).map(|ratio| Action::Loss(links, ratio)),
        "duplication" => cursor.ratio(Ppm::ONE.0).map(|ratio| Action::Duplication(links, ratio)),
        _ => match cursor.name("on or off")? {
            "on" => Ok(Action::Reorder(links, true)),
            "off" => Ok(Action::Reorder(links, false)),
            _ => Err(cursor.expected(&["on", "off"])),
        },
    }
}

#[inline(never)]
fn handle(cursor: &mut Cursor, names: &Names, mut handling: Handling) -> Parse<Action> {
    let links = names.links(cursor)?;
    let is_which = |word: &str| ["next", "all", "flying", "by", ""].contains(&word);
    let ends = is_which(cursor.peek()) || script::is_over(cursor);
    let kind = if ends { None } else { Some(names.kind(cursor)?) };
    let which = which(cursor, handling)?;
    if let Handling::Delay(span) = &mut handling {
        cursor.expect("by")?;
        *span = cursor.span()?;
    }
    Ok(Action::Handle(handling, Selector { links, kind, which }))
}

#[inline(never)]
fn which(cursor: &mut Cursor, handling: Handling) -> Parse<Which> {
    let start = *cursor;
    let delivers = handling == Handling::Deliver;
    match start.peek() {
        "flying" => nth(cursor, "flying").map(Which::Flying),
        "next" | "all" if delivers => Err(start.expected(&["flying"])),
        "next" => nth(cursor, "next").map(Which::Next),
        "all" => {
            cursor.eat("all");
            Ok(Which::All)
        }
        _ if delivers => Ok(Which::Flying(1)),
        _ => Ok(Which::Next(1)),
    }
}

/// `next 3`, or `next` for 1.
#[inline(never)]
fn nth(cursor: &mut Cursor, word: &str) -> Parse<u32> {
    cursor.eat(word);
    let said = cursor.rest().trim_start().starts_with(|c: char| c.is_ascii_digit());
    if said { cursor.number(1, limits::IN_FLIGHT as u64).map(|n| n as u32) } else { Ok(1) }
}

#[inline(never)]
fn release(cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    if script::is_over(cursor) {
        return Ok(Action::Release(None));
    }
    let links = names.links(cursor)?;
    let kind = if script::is_over(cursor) { None } else { Some(names.kind(cursor)?) };
    Ok(Action::Release(Some((links, kind))))
}

fn of_nodes(word: &str, cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let targets = names.targets(cursor)?;
    match word {
        "service" => cursor.span().map(|span| Action::Service(targets, span)),
        "disk" => settings::disk(cursor).map(|mode| Action::Disk(targets, mode)),
        _ if script::is_over(cursor) => Ok(Action::Pause(targets, None)),
        _ => cursor.span().map(|span| Action::Pause(targets, Some(span))),
    }
}

#[inline(never)]
fn jump(cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let target = names.target(cursor)?;
    let forward = cursor.eat("+");
    if !forward && !cursor.eat("-") {
        return Err(cursor.expected(&["+", "-"]));
    }
    Ok(Action::Jump(target, forward, cursor.span()?))
}

#[inline(never)]
fn drift(cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let target = names.target(cursor)?;
    Ok(Action::Drift(target, cursor.ratio(RATE)?))
}

#[inline(never)]
fn timer(word: &str, cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let target = names.target(cursor)?;
    cursor.expect(".")?;
    let key = names.timer(cursor)?;
    if word == "force" {
        return Ok(Action::Force(target, key));
    }
    let armings = if cursor.eat_word("every") { Armings::Every } else { Armings::Next };
    Ok(Action::Pin(target, key, armings, cursor.span()?))
}

#[inline(never)]
fn tell(cursor: &mut Cursor, names: &Names) -> Parse<Action> {
    let from = names.target(cursor)?;
    let to = names.target(cursor)?;
    let (text, _) = cursor.word("text")?;
    Ok(Action::Tell { from, to, text })
}

/// `[w1:] c1@n1 put(x, 1) timeout=60`.
fn ask(cursor: &mut Cursor, names: &Names) -> Parse<Vec<Action>> {
    let label = script::label(cursor);
    let start = *cursor;
    let clients = names.targets(cursor)?;
    for client in &clients {
        if matches!(client, Target::Node(id) if !names.is_client(*id)) {
            return Err(start.error(Kind::NotClient, Vec::new()));
        }
    }
    let mut via = Vec::new();
    if cursor.touches("@") {
        via.push(names.target(cursor)?);
    }
    let spec = names.op(cursor)?;
    let op = op(cursor, names, spec)?;
    let patience = options(cursor, names, &mut via)?;
    let ask = |client| {
        let (via, op, label) = (via.clone(), op.clone(), label.clone());
        Action::Ask(Ask { client, via, op, label, patience })
    };
    Ok(clients.into_iter().map(ask).collect())
}

fn op(cursor: &mut Cursor, names: &Names, spec: &'static OpSpec) -> Parse<Op> {
    let mut op = Op { verb: spec.verb, key: "".into(), args: Vec::new() };
    if spec.args.is_empty() && !cursor.touches("(") {
        return Ok(op);
    }
    if !spec.args.is_empty() {
        cursor.expect("(")?;
    }
    for (place, arg) in spec.args.iter().enumerate() {
        if arg.kind == ArgKind::Values {
            while cursor.eat(",") {
                op.args.push(cursor.value()?);
            }
            continue;
        }
        if place > 0 {
            cursor.expect(",")?;
        }
        let number = |id: crate::base::Id| Value::Int(id.0.into());
        match arg.kind {
            ArgKind::Key => op.key = cursor.word(arg.name)?.0,
            ArgKind::Value => op.args.push(cursor.value()?),
            ArgKind::Node => op.args.push(number(names.id(cursor)?)),
            ArgKind::Nodes => {
                let ids = names.ids(cursor)?;
                op.args.push(Value::List(ids.into_iter().map(number).collect()));
            }
            ArgKind::Values => {}
        }
    }
    cursor.expect(")")?;
    Ok(op)
}

/// What follows an operation: whom to ask, and how patiently.
fn options(cursor: &mut Cursor, names: &Names, via: &mut Vec<Target>) -> Parse<Patience> {
    let mut patience = Patience::default();
    let mut said: Vec<&str> = Vec::new();
    loop {
        let start = *cursor;
        let word = cursor.peek();
        if !["via", "timeout", "retry", "redirect", "serial"].contains(&word) {
            return Ok(patience);
        }
        if said.contains(&word) || (word == "via" && !via.is_empty()) {
            return Err(start.error(Kind::Twice, Vec::new()));
        }
        said.push(word);
        cursor.eat(word);
        if word == "via" {
            *via = names.targets(cursor)?;
            continue;
        }
        cursor.expect("=")?;
        match word {
            "timeout" => patience.timeout = cursor.span()?,
            "retry" => patience.retries = cursor.number(0, 10_000)? as u32,
            "redirect" => patience.redirect = either(cursor, "yes", "no")?,
            _ => patience.same_serial = either(cursor, "same", "new")?,
        }
    }
}

#[inline(never)]
fn either(cursor: &mut Cursor, yes: &str, no: &str) -> Parse<bool> {
    if cursor.eat_word(yes) {
        return Ok(true);
    }
    if cursor.eat_word(no) { Ok(false) } else { Err(cursor.expected(&[yes, no])) }
}
