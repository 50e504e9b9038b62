//! The canonical text of an action.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

use super::names::Names;
use super::print_parts::{Listed, disk, links, range, setting, setting_name, targets, value, word};
use crate::base::{Id, Value};
use crate::kernel::action::{
    Action, Armings, Ask, Group, Handling, Patience, Selector, Target, Which,
};
use crate::op::{ArgKind, Op};
use crate::protocol::TimerKey;

pub(super) fn action(action: &Action, names: &Names) -> String {
    let one = |target: &Target| Listed(names, target).to_string();
    let all = |verb: &str, group: &[Target]| format!("{verb} {}", targets(group, names));
    let on = |verb: &str, set, how: String| format!("{verb} {} {how}", links(set, names));
    match action {
        Action::Ask(ask) => asked(ask, names),
        Action::Partition(groups) => {
            let groups: Vec<_> = groups.iter().map(|one| group(one, names)).collect();
            format!("partition {}", groups.join(" | "))
        }
        Action::Heal(None) => "heal".to_string(),
        Action::Heal(Some(set)) => format!("heal {}", links(set, names)),
        Action::Cut(set) => format!("cut {}", links(set, names)),
        Action::Latency(set, from, to) => on("latency", set, range((*from, *to))),
        Action::Loss(set, ratio) => on("loss", set, ratio.to_string()),
        Action::Duplication(set, ratio) => on("duplication", set, ratio.to_string()),
        Action::Reorder(set, is_on) => {
            on("reorder", set, (if *is_on { "on" } else { "off" }).into())
        }
        Action::Handle(handling, selector) => handled(*handling, selector, names),
        Action::Release(None) => "release".to_string(),
        Action::Release(Some((set, kind))) => {
            let kind = kind.map_or(String::new(), |kind| format!(" {kind}"));
            format!("release {}{kind}", links(set, names))
        }
        Action::Crash(group) => all("crash", group),
        Action::Kill(group) => all("kill", group),
        Action::Restart(group) => all("restart", group),
        Action::Wipe(group) => all("wipe", group),
        Action::Resume(group) => all("resume", group),
        Action::Pause(group, None) => all("pause", group),
        Action::Pause(group, Some(span)) => format!("{} {span}", all("pause", group)),
        Action::Jump(target, forward, span) => {
            format!("jump {} {}{span}", one(target), if *forward { "+" } else { "-" })
        }
        Action::Drift(target, rate) => format!("drift {} {rate}", one(target)),
        Action::Service(group, span) => format!("{} {span}", all("service", group)),
        Action::Disk(group, mode) => format!("{} {}", all("disk", group), disk(*mode)),
        Action::Pin(target, key, armings, span) => {
            let every = if *armings == Armings::Every { "every " } else { "" };
            format!("pin {}.{} {every}{span}", one(target), timer(*key, names))
        }
        Action::Force(target, key) => format!("force {}.{}", one(target), timer(*key, names)),
        Action::Set(target, key, to) => {
            let knob = &names.entry.knobs[key.0];
            let name = setting_name(target.as_ref().map(one).as_deref(), knob);
            format!("set {name}={}", setting(*to, knob))
        }
        Action::Tell { from, to, text } => {
            format!("tell {} {} {}", one(from), one(to), word(text))
        }
        Action::EndSession(client) => format!("end-session {}", one(client)),
    }
}

fn group(group: &Group, names: &Names) -> String {
    let (members, rest) = match group {
        Group::Targets(members) => (members, false),
        Group::Rest(members) => (members, true),
    };
    let rest = rest.then(|| "rest".to_string());
    let members = members.iter().map(|target| Listed(names, target).to_string());
    let members: Vec<_> = rest.into_iter().chain(members).collect();
    format!("{{{}}}", members.join(", "))
}

fn handled(handling: Handling, selector: &Selector, names: &Names) -> String {
    let verb = match handling {
        Handling::Drop => "drop",
        Handling::Hold => "hold",
        Handling::Duplicate => "duplicate",
        Handling::Delay(_) => "delay",
        Handling::Deliver => "deliver",
    };
    let mut text = format!("{verb} {}", links(&selector.links, names));
    if let Some(kind) = selector.kind {
        let _ = write!(text, " {kind}");
    }
    let _ = match selector.which {
        Which::Next(1) => Ok(()),
        Which::Next(count) => write!(text, " next {count}"),
        Which::All => write!(text, " all"),
        Which::Flying(1) if handling == Handling::Deliver => Ok(()),
        Which::Flying(nth) => write!(text, " flying {nth}"),
    };
    if let Handling::Delay(span) = handling {
        let _ = write!(text, " by {span}");
    }
    text
}

fn timer(key: TimerKey, names: &Names) -> String {
    let name = names.entry.timers.get(usize::from(key.name)).copied().unwrap_or("");
    if key.number == 0 { name.to_string() } else { format!("{name}#{}", key.number) }
}

fn asked(ask: &Ask, names: &Names) -> String {
    let mut text = String::new();
    if let Some(label) = &ask.label {
        let _ = write!(text, "{label}: ");
    }
    let _ = write!(text, "{}", Listed(names, &ask.client));
    if let [node] = &ask.via[..] {
        let _ = write!(text, "@{}", Listed(names, node));
    }
    let _ = write!(text, " {}", operation(&ask.op, names));
    if ask.via.len() > 1 {
        let _ = write!(text, " via {}", targets(&ask.via, names));
    }
    let usual = Patience::default();
    if ask.patience.timeout != usual.timeout {
        let _ = write!(text, " timeout={}", ask.patience.timeout);
    }
    if ask.patience.retries != usual.retries {
        let _ = write!(text, " retry={}", ask.patience.retries);
    }
    if !ask.patience.redirect {
        text.push_str(" redirect=no");
    }
    if !ask.patience.same_serial {
        text.push_str(" serial=new");
    }
    text
}

fn operation(op: &Op, names: &Names) -> String {
    let specs = names.entry.ops.iter().find(|spec| spec.verb == op.verb);
    let specs = specs.map_or(&[][..], |spec| spec.args);
    let mut args = op.args.iter();
    let mut written = Vec::new();
    for spec in specs {
        if spec.kind == ArgKind::Values {
            written.extend(args.by_ref().map(value));
            continue;
        }
        written.push(match spec.kind {
            ArgKind::Key => word(&op.key),
            ArgKind::Value => args.next().map_or(String::new(), value),
            ArgKind::Node => args.next().map_or(String::new(), |arg| node(arg, names)),
            ArgKind::Nodes => match args.next() {
                Some(Value::List(list)) => {
                    let all: Vec<_> = list.iter().map(|arg| node(arg, names)).collect();
                    format!("{{{}}}", all.join(", "))
                }
                _ => String::new(),
            },
            ArgKind::Values => String::new(),
        });
    }
    format!("{}({})", op.verb, written.join(", "))
}

/// A participant that an operation carries as its number.
fn node(value: &Value, names: &Names) -> String {
    match value {
        Value::Int(number) => {
            let id = u16::try_from(*number).unwrap_or(u16::MAX);
            names.name(Id(id)).to_string()
        }
        _ => String::new(),
    }
}
