//! The header's `system` and `given` lines, and values of settings.

use alloc::vec::Vec;

use super::ast::System;
use super::cursor::{Cursor, Parse, plain_value};
use super::error::Kind;
use super::names::{Names, find_knob};
use crate::base::{Id, Span, Str, Time, Value};
use crate::kernel::action::DiskMode;
use crate::kernel::limits;
use crate::knob::{self, Knob, Setting};
use crate::machine::Entry;
use crate::protocol::{Given, Setup};

/// `raft nodes=5 clients=2 end=6000`. What is not said is taken from `base`, which a variant has.
pub(super) fn system(
    cursor: &mut Cursor,
    systems: &[&'static Entry],
    base: Option<&System>,
) -> Parse<System> {
    cursor.space();
    let start = *cursor;
    let id = cursor.name("system")?;
    let Some(entry) = systems.iter().copied().find(|entry| entry.id == id) else {
        return Err(start.unknown(Kind::System, systems.iter().map(|entry| entry.id)));
    };
    let mut system = base.cloned().unwrap_or_else(|| empty(entry));
    system.entry = entry;
    system.settings.clear();
    if entry.knobs.iter().any(|knob| knob.name == "clients") {
        system.clients = 0;
    }
    if base.is_none() {
        system.end = Time::NEVER;
    }
    let of_nodes = cluster_settings(cursor, &mut system)?;
    if system.end == Time::NEVER {
        return Err(cursor.error(Kind::Missing, alloc::vec!["end=".into()]));
    }
    let names = Names::of(&system);
    if names.count() > limits::PARTICIPANTS {
        return Err(start.too_long(limits::PARTICIPANTS));
    }
    for mut cursor in of_nodes {
        let begin = cursor;
        let (node, key, setting) = names.setting(&mut cursor)?;
        if system.settings.iter().any(|(n, k, _)| (*n, *k) == (node, key)) {
            return Err(begin.error(Kind::Twice, Vec::new()));
        }
        system.settings.push((node, key, setting));
    }
    Ok(system)
}

fn empty(entry: &'static Entry) -> System {
    System {
        entry,
        settings: Vec::new(),
        clients: 0,
        end: Time::NEVER,
        latency: (Span::ms(10), Span::ms(10)),
        disk: DiskMode::Sync(Span::ZERO),
        names: Vec::new(),
    }
}

/// Reads all settings of the cluster; answers where those of single nodes stand, because nobody
/// has a name before the cluster is known.
fn cluster_settings<'a>(cursor: &mut Cursor<'a>, system: &mut System) -> Parse<Vec<Cursor<'a>>> {
    let mut of_nodes = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    while !cursor.is_end() {
        cursor.space();
        let start = *cursor;
        let name = cursor.name("setting")?;
        if cursor.touches(".") {
            of_nodes.push(start);
            cursor.take_while(|c| !c.is_whitespace());
            continue;
        }
        if said.contains(&name) {
            return Err(start.error(Kind::Twice, Vec::new()));
        }
        said.push(name);
        cluster_setting(cursor, system, &start, name)?;
    }
    Ok(of_nodes)
}

fn cluster_setting(
    cursor: &mut Cursor,
    system: &mut System,
    start: &Cursor,
    name: &str,
) -> Parse<()> {
    if let Ok((key, knob)) = find_knob(system.entry, start, name) {
        cursor.expect("=")?;
        let setting = setting(cursor, knob)?;
        system.settings.push((None, key, setting));
        return Ok(());
    }
    match name {
        "clients" => {
            cursor.expect("=")?;
            system.clients = cursor.number(0, limits::PARTICIPANTS as u64)? as u16;
        }
        "end" => {
            cursor.expect("=")?;
            system.end = cursor.time()?;
        }
        "latency" => {
            cursor.expect("=")?;
            system.latency = cursor.span_range()?;
        }
        "disk" => {
            cursor.expect("=")?;
            system.disk = disk(cursor)?;
        }
        _ => {
            let own = ["clients", "end", "latency", "disk"];
            let known = system.entry.knobs.iter().map(|knob| knob.name).chain(own);
            return Err(start.unknown(Kind::Knob, known));
        }
    }
    Ok(())
}

/// `sync:2`, `every:1000` or `none`.
#[inline(never)]
pub(super) fn disk(cursor: &mut Cursor) -> Parse<DiskMode> {
    let start = *cursor;
    let mode = cursor.name("disk mode")?;
    match mode {
        "none" => Ok(DiskMode::None),
        "sync" | "every" if cursor.touches(":") => {
            let at = *cursor;
            let span = cursor.span()?;
            match mode {
                "sync" => Ok(DiskMode::Sync(span)),
                _ if span == Span::ZERO => Err(at.range(1, limits::SPAN.0 / 1000)),
                _ => Ok(DiskMode::Every(span)),
            }
        }
        _ => Err(start.expected(&["sync:MS", "every:MS", "none"])),
    }
}

/// The value of a setting, within its range.
pub(super) fn setting(cursor: &mut Cursor, knob: &Knob) -> Parse<Setting> {
    cursor.space();
    let start = *cursor;
    match knob.kind {
        knob::Kind::Count(low, high) => {
            let count = cursor.number(low, high)?;
            Ok(Setting(count, count))
        }
        knob::Kind::Ms(low, high) => {
            let span = cursor.span()?;
            within(&start, (span, span), low, high)
        }
        knob::Kind::MsRange(low, high) => within(&start, cursor.span_range()?, low, high),
        knob::Kind::Switch => match cursor.name("on or off")? {
            "on" => Ok(Setting(1, 1)),
            "off" => Ok(Setting(0, 0)),
            _ => Err(start.expected(&["on", "off"])),
        },
        knob::Kind::Choice(words) => {
            let word = cursor.take_while(|c| !c.is_whitespace());
            let place = words.iter().position(|known| *known == word);
            let place =
                place.ok_or_else(|| start.unknown(Kind::Expected, words.iter().copied()))?;
            Ok(Setting(place as u64, place as u64))
        }
    }
}

#[inline(never)]
fn within(start: &Cursor, (from, to): (Span, Span), low: u64, high: u64) -> Parse<Setting> {
    if from < Span::ms(low) || to > Span::ms(high) {
        return Err(start.range(low, high));
    }
    Ok(Setting(from.0, to.0))
}

/// `n1 term=2 log=[1:x=0]`: reads what is on a disk, and asks the system whether it can be.
#[inline(never)]
pub(super) fn given(cursor: &mut Cursor, names: &Names) -> Parse<Vec<(Id, Str, Given)>> {
    let node_at = *cursor;
    let node = names.id(cursor)?;
    if node.index() >= names.roles.len() {
        return Err(node_at.unknown(Kind::Participant, names.roles.iter().map(|r| &*r.name)));
    }
    let setup = Setup { roles: names.roles.clone(), knobs: names.knobs.clone() };
    let mut machine = (names.entry.build)(setup);
    let mut fields = Vec::new();
    while fields.is_empty() || !cursor.is_end() {
        cursor.space();
        let start = *cursor;
        let field = cursor.name("field")?;
        cursor.expect("=")?;
        let value = given_value(cursor, names)?;
        let refused = |reason: &str| start.error(Kind::Given, alloc::vec![reason.into()]);
        machine.given(node, field, &value).map_err(refused)?;
        fields.push((node, field.into(), value));
    }
    Ok(fields)
}

fn given_value(cursor: &mut Cursor, names: &Names) -> Parse<Given> {
    let mut ahead = *cursor;
    if ahead.eat("{") {
        return names.ids(cursor).map(Given::Nodes);
    }
    if cursor.eat("[") {
        return entries(cursor).map(Given::Entries);
    }
    let start = *cursor;
    let (word, quoted) = cursor.word("value")?;
    match names.find(&word) {
        Some(id) if !quoted => Ok(Given::Node(id)),
        _ if !quoted && word.bytes().all(|b| b.is_ascii_digit()) => {
            word.parse().map(Given::Int).map_err(|_| start.range(0, u64::MAX))
        }
        _ => Ok(Given::Word(word)),
    }
}

/// `1:x=0 2:x=1]`, after the bracket.
fn entries(cursor: &mut Cursor) -> Parse<Vec<(u64, Str, Value)>> {
    let mut entries = Vec::new();
    while !cursor.eat("]") {
        let epoch = cursor.number(0, u64::MAX)?;
        let (mut key, mut value) = ("".into(), Value::Nil);
        if cursor.touches(":") {
            let keyed = *cursor;
            let (word, quoted) = cursor.word("key or value")?;
            if cursor.touches("=") {
                (key, value) = (word, cursor.value()?);
            } else if quoted {
                value = Value::Text(word);
            } else {
                value = plain_value(word);
            }
            if key.is_empty() && value == Value::Nil {
                return Err(keyed.expected(&["key or value"]));
            }
        }
        cursor.eat(",");
        entries.push((epoch, key, value));
    }
    Ok(entries)
}
