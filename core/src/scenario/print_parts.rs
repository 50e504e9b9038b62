//! The small parts of the canonical text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::ast::{Aggregate, Arg, Compare, Moment, Token};
use super::cursor::{in_word, plain_value};
use super::names::Names;
use crate::base::{Id, Ppm, Span, Str, Value};
use crate::kernel::action::{DiskMode, LinkSet, Target};
use crate::knob::{Kind, Knob, Setting};
use crate::protocol::Given;

/// A target by its name.
pub(super) struct Listed<'a>(pub &'a Names, pub &'a Target);

impl Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.1 {
            Target::Node(id) => f.write_str(self.0.name(*id)),
            Target::Role(role) => f.write_str(role),
        }
    }
}

/// One name, or several in braces.
fn braced(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        _ => format!("{{{}}}", names.join(", ")),
    }
}

pub(super) fn targets(targets: &[Target], names: &Names) -> String {
    let all: Vec<_> = targets.iter().map(|target| Listed(names, target).to_string()).collect();
    braced(&all)
}

pub(super) fn nodes(ids: &[Id], names: &Names) -> String {
    let all: Vec<_> = ids.iter().map(|id| names.name(*id).to_string()).collect();
    braced(&all)
}

pub(super) fn links(links: &LinkSet, names: &Names) -> String {
    let arrow = if links.both_ways { "--" } else { "->" };
    format!("{}{arrow}{}", targets(&links.from, names), targets(&links.to, names))
}

/// `10`, or `10..15`.
pub(super) fn range((from, to): (Span, Span)) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

pub(super) fn disk(mode: DiskMode) -> String {
    match mode {
        DiskMode::Sync(span) => format!("sync:{span}"),
        DiskMode::Every(span) => format!("every:{span}"),
        DiskMode::None => "none".to_string(),
    }
}

pub(super) fn setting_name(node: Option<&str>, knob: &Knob) -> String {
    node.map_or_else(|| knob.name.to_string(), |node| format!("{node}.{}", knob.name))
}

pub(super) fn setting(value: Setting, knob: &Knob) -> String {
    match knob.kind {
        Kind::Count(..) => value.0.to_string(),
        Kind::Ms(..) => Span(value.0).to_string(),
        Kind::MsRange(..) => range((Span(value.0), Span(value.1))),
        Kind::Switch => (if value.0 == 0 { "off" } else { "on" }).to_string(),
        Kind::Choice(words) => words.get(value.0 as usize).unwrap_or(&"").to_string(),
    }
}

/// A key or a text, quoted where it must be.
pub(super) fn word(text: &str) -> String {
    if !text.is_empty() && text.chars().all(in_word) { text.to_string() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Nil => "nil".to_string(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => {
            let plain = plain_value(text.clone()) == *value;
            if plain { word(text) } else { quoted(text) }
        }
        Value::List(values) => {
            let values: Vec<_> = values.iter().map(self::value).collect();
            format!("[{}]", values.join(" "))
        }
    }
}

pub(super) fn given(given: &Given, names: &Names) -> String {
    match given {
        Given::Int(number) => number.to_string(),
        Given::Node(id) => names.name(*id).to_string(),
        Given::Word(text) => {
            let plain = names.find(text).is_none() && !text.bytes().all(|b| b.is_ascii_digit());
            if plain { word(text) } else { quoted(text) }
        }
        Given::Nodes(ids) => {
            let all: Vec<_> = ids.iter().map(|id| names.name(*id)).collect();
            format!("{{{}}}", all.join(", "))
        }
        Given::Entries(entries) => {
            let entry = |(epoch, key, said): &(u64, Str, Value)| match (&**key, said) {
                ("", Value::Nil) => epoch.to_string(),
                ("", said) => format!("{epoch}:{}", value(said)),
                (key, said) => format!("{epoch}:{}={}", word(key), value(said)),
            };
            let all: Vec<_> = entries.iter().map(entry).collect();
            format!("[{}]", all.join(" "))
        }
    }
}

pub(super) fn moment(moment: Moment) -> String {
    match moment {
        Moment::End => "end".to_string(),
        Moment::At(time) => format!("at {time}"),
        Moment::Before(time) => format!("before {time}"),
        Moment::By(time) => format!("by {time}"),
        Moment::Within(from, to) => format!("{from}..{to}"),
    }
}

pub(super) fn token(token: &Token, names: &Names) -> String {
    let mut args = Vec::new();
    for arg in &token.args {
        match (token.name, arg) {
            ("fired", Arg::Node(id)) => {
                args = alloc::vec![format!("{}@{}", args[0], names.name(*id))]
            }
            _ => args.push(argument(arg, names)),
        }
    }
    if args.is_empty() {
        token.name.to_string()
    } else {
        format!("{}({})", token.name, args.join(", "))
    }
}

fn argument(arg: &Arg, names: &Names) -> String {
    let side = |ids: &[Id]| if ids.is_empty() { "*".to_string() } else { nodes(ids, names) };
    match arg {
        Arg::Word(text) | Arg::Value(text) => word(text),
        Arg::Node(id) => names.name(*id).to_string(),
        Arg::Nodes(ids) => nodes(ids, names),
        Arg::Links(from, to) if from.is_empty() && to.is_empty() => "*".to_string(),
        Arg::Links(from, to) => format!("{}->{}", side(from), side(to)),
        Arg::Op(label) => label.to_string(),
        Arg::Number(compare, number) => format!("{}{number}", mark(*compare)),
        Arg::Span(compare, span) => format!("{}{span}", mark(*compare)),
        Arg::Ratio(compare, ppm) => format!("{}{}", mark(*compare), Ppm(*ppm)),
        Arg::Aggregate(statistic, compare, number) => {
            let statistic = match statistic {
                Aggregate::Median => "median",
                Aggregate::Min => "min",
                Aggregate::Max => "max",
                Aggregate::Percent => "percent",
            };
            let equal = if *compare == Compare::Equal { "=" } else { "" };
            format!("{statistic}{}{equal}{number}", mark(*compare))
        }
    }
}

fn mark(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "",
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::More => ">",
        Compare::AtLeast => ">=",
    }
}
