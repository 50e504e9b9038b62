//! What has to be said before an intervention: a few fields, and the action they make.

use netsplit_core::base::{Id, Span, Str, Value};
use netsplit_core::kernel::World;
use netsplit_core::kernel::action::{
    Action as Intervention, Ask, DiskMode, Handling, Patience, Selector, Target,
};
use netsplit_core::knob::{Key, Kind, Knob, Setting};
use netsplit_core::op::{ArgKind, ArgSpec, Op, OpSpec};
use netsplit_core::protocol::Part;

use super::items::link;
use crate::text::number;
use crate::words::Words;

/// A question with one or a few fields.
#[derive(Clone, PartialEq, Debug)]
pub enum Form {
    /// How long a node freezes.
    PauseFor(Id),
    /// How far a wall clock jumps.
    Jump(Id),
    /// How fast a node's clocks run.
    Drift(Id),
    /// How long a node handles a message.
    Service(Id),
    /// How a disk writes.
    Disk(Id),
    /// A setting of this node alone.
    Knob(Id),
    /// The latency of a link, both ways.
    Latency(Id, Id),
    /// The loss of a link, both ways.
    Loss(Id, Id),
    /// How often a link doubles messages, both ways.
    Duplication(Id, Id),
    /// How much later a message arrives.
    Delay(Selector),
    /// An operation of a client.
    Operation {
        /// Who asks.
        client: Id,
        /// Which operation, by its place in the system's list.
        spec: usize,
    },
}

/// One field.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// What it is called.
    pub label: String,
    /// What it takes.
    pub kind: InputKind,
    /// What stands there at first.
    pub value: String,
}

/// What a field takes.
#[derive(Clone, PartialEq, Debug)]
pub enum InputKind {
    /// A number with its unit.
    Number(String),
    /// A word or a number.
    Text,
    /// One of these: value, and what is shown.
    Choice(Vec<(String, String)>),
}

impl Form {
    /// Its heading.
    pub fn title(&self, words: Words, world: &World) -> String {
        words.say(match self {
            Form::PauseFor(_) => "menu.pause-for",
            Form::Jump(_) => "menu.jump",
            Form::Drift(_) => "menu.drift",
            Form::Service(_) => "menu.service",
            Form::Disk(_) => "menu.disk",
            Form::Knob(_) => "menu.set",
            Form::Latency(..) => "menu.latency",
            Form::Loss(..) => "menu.loss",
            Form::Duplication(..) => "menu.duplication",
            Form::Delay(_) => "menu.delay",
            Form::Operation { spec, .. } => match world.cast().entry.ops.get(*spec) {
                Some(spec) => return operation_title(words, world, spec),
                None => "menu.ask",
            },
        })
    }

    /// Its fields.
    pub fn inputs(&self, words: Words, world: &World) -> Vec<Input> {
        let number = |key: &str, unit: &str, value: &str| Input {
            label: words.say(&format!("form.{key}")),
            kind: InputKind::Number(unit.into()),
            value: value.into(),
        };
        match self {
            Form::PauseFor(_) => vec![number("for", "ms", "500")],
            Form::Jump(_) => vec![number("jump", "ms", "5000")],
            Form::Drift(_) => vec![number("rate", "×", "1.1")],
            Form::Service(_) => vec![number("service", "ms", "5")],
            Form::Delay(_) => vec![number("later", "ms", "100")],
            Form::Disk(_) => vec![disk_choice(words), number("every", "ms", "10")],
            Form::Knob(id) => vec![knob_choice(words, world, *id), text(words, "value", "")],
            Form::Latency(a, b) => {
                let (low, high) = world.net().latency((*a, *b));
                vec![number("from", "ms", &low.to_string()), number("to", "ms", &high.to_string())]
            }
            Form::Loss(..) | Form::Duplication(..) => vec![number("share", "%", "30")],
            Form::Operation { client, spec } => match world.cast().entry.ops.get(*spec) {
                Some(spec) => operation_inputs(words, world, *client, spec),
                None => Vec::new(),
            },
        }
    }

    /// The action that the fields make; the key of a sentence when a field does not fit.
    pub fn build(&self, world: &World, values: &[String]) -> Result<Intervention, &'static str> {
        let at = |place: usize| values.get(place).map_or("", String::as_str);
        let span = |place: usize| number::span(at(place)).ok_or("form.bad-number");
        let share = |place: usize| number::percent(at(place)).ok_or("form.bad-share");
        let who = |id: Id| vec![Target::Node(id)];
        Ok(match self {
            Form::PauseFor(id) => Intervention::Pause(who(*id), Some(span(0)?)),
            Form::Jump(id) => {
                let text = at(0).trim().replace('−', "-");
                let back = text.starts_with('-');
                let by = number::span(text.trim_start_matches(['-', '+']));
                Intervention::Jump(Target::Node(*id), !back, by.ok_or("form.bad-number")?)
            }
            Form::Drift(id) => {
                let rate = number::ratio(at(0)).filter(|rate| rate.0 <= 10_000_000);
                Intervention::Drift(Target::Node(*id), rate.ok_or("form.bad-number")?)
            }
            Form::Service(id) => Intervention::Service(who(*id), span(0)?),
            Form::Disk(id) => Intervention::Disk(
                who(*id),
                match at(0) {
                    "every" => DiskMode::Every(span(1)?),
                    "none" => DiskMode::None,
                    "sync" => DiskMode::Sync(span(1)?),
                    _ => DiskMode::Sync(Span::ZERO),
                },
            ),
            Form::Knob(id) => {
                let (key, knob) = find_knob(world, at(0)).ok_or("form.bad-value")?;
                let setting = knob_value(knob, at(1)).ok_or("form.bad-value")?;
                Intervention::Set(Some(Target::Node(*id)), key, setting)
            }
            Form::Latency(a, b) => {
                let (low, high) = (span(0)?, span(1)?);
                if high < low {
                    return Err("form.bad-range");
                }
                Intervention::Latency(link(*a, *b, true), low, high)
            }
            Form::Loss(a, b) => Intervention::Loss(link(*a, *b, true), share(0)?),
            Form::Duplication(a, b) => Intervention::Duplication(link(*a, *b, true), share(0)?),
            Form::Delay(selector) => {
                Intervention::Handle(Handling::Delay(span(0)?), selector.clone())
            }
            Form::Operation { client, spec } => {
                let spec = world.cast().entry.ops.get(*spec).ok_or("form.bad-value")?;
                Intervention::Ask(operation(world, *client, spec, values)?)
            }
        })
    }
}

/// A knob's value as one writes it, if it is one.
pub fn knob_value(knob: &Knob, text: &str) -> Option<Setting> {
    let text = text.trim();
    let ms = |text: &str, low: u64, high: u64| {
        let us = number::span(text)?.0;
        (low * 1000..=high * 1000).contains(&us).then_some(us)
    };
    match knob.kind {
        Kind::Count(low, high) => {
            let n = text.parse::<u64>().ok().filter(|n| (low..=high).contains(n))?;
            Some(Setting(n, n))
        }
        Kind::Ms(low, high) => ms(text, low, high).map(|us| Setting(us, us)),
        Kind::MsRange(low, high) => {
            let (from, to) = text.split_once("..").unwrap_or((text, text));
            let (from, to) = (ms(from, low, high)?, ms(to, low, high)?);
            (from <= to).then_some(Setting(from, to))
        }
        Kind::Switch => match text {
            "on" | "1" => Some(Setting(1, 1)),
            "off" | "0" => Some(Setting(0, 0)),
            _ => None,
        },
        Kind::Choice(words) => {
            let place = words.iter().position(|word| *word == text)? as u64;
            Some(Setting(place, place))
        }
    }
}

fn find_knob(world: &World, name: &str) -> Option<(Key, &'static Knob)> {
    let knobs = world.cast().entry.knobs;
    let place = knobs.iter().position(|knob| knob.name == name)?;
    Some((Key(place), &knobs[place]))
}

fn text(words: Words, key: &str, value: &str) -> Input {
    let label = words.say(&format!("form.{key}"));
    Input { label, kind: InputKind::Text, value: value.into() }
}

fn disk_choice(words: Words) -> Input {
    let modes = ["instant", "sync", "every", "none"];
    let choices = modes.map(|mode| (mode.into(), words.say(&format!("form.disk.{mode}"))));
    Input {
        label: words.say("form.disk"),
        kind: InputKind::Choice(choices.to_vec()),
        value: "instant".into(),
    }
}

fn knob_choice(words: Words, world: &World, id: Id) -> Input {
    let knobs = world.cast().entry.knobs.iter().enumerate();
    let settable = knobs.filter(|(_, knob)| knob.per_node && knob.live);
    let shown = |(place, knob): (usize, &Knob)| {
        let now = world.knobs(id).get(Key(place));
        let now = crate::panel::acts::setting(knob.kind, now);
        (knob.name.to_string(), format!("{} = {now}", knob.name))
    };
    let choices: Vec<_> = settable.map(shown).collect();
    let value = choices.first().map_or_else(String::new, |choice| choice.0.clone());
    Input { label: words.say("form.knob"), kind: InputKind::Choice(choices), value }
}

fn operation_inputs(words: Words, world: &World, client: Id, spec: &OpSpec) -> Vec<Input> {
    let field = |arg: &ArgSpec| match arg.kind {
        ArgKind::Key => (InputKind::Text, "x".to_string()),
        ArgKind::Value => (InputKind::Text, format!("v{}", world.n_ops() + 1)),
        ArgKind::Node => (nodes(words, world), world.cast().name(Id(0)).into()),
        ArgKind::Nodes | ArgKind::Values => (InputKind::Text, String::new()),
    };
    let mut inputs: Vec<Input> = Vec::new();
    for arg in spec.args {
        let (kind, value) = field(arg);
        let label = words.word(world.cast().entry.id, "arg", arg.name);
        inputs.push(Input { label, kind, value });
    }
    let cast = world.cast();
    if cast.is_directed(client) {
        let is_server = |id: &Id| cast.setup.roles[id.index()].part != Part::Client;
        let servers = cast.ids().take(cast.n_roles()).filter(is_server);
        let named = servers.map(|id| (cast.name(id).to_string(), words.who(cast, id)));
        let any = (String::new(), words.say("form.any-node"));
        let choices = core::iter::once(any).chain(named).collect();
        let label = words.say("form.node");
        inputs.push(Input { label, kind: InputKind::Choice(choices), value: String::new() });
    }
    inputs
}

/// An operation's verb, with what it does in the system's words.
pub fn operation_title(words: Words, world: &World, spec: &OpSpec) -> String {
    let said = words.system(world.cast().entry.id, &format!("op.{}", spec.verb), &[]);
    said.map_or(spec.verb.into(), |said| format!("{}: {said}", spec.verb))
}

fn nodes(words: Words, world: &World) -> InputKind {
    let cast = world.cast();
    let roles = cast.ids().filter(|id| cast.is_role(*id));
    InputKind::Choice(roles.map(|id| (cast.name(id).into(), words.who(cast, id))).collect())
}

fn operation(
    world: &World,
    client: Id,
    spec: &'static OpSpec,
    values: &[String],
) -> Result<Ask, &'static str> {
    let cast = world.cast();
    let mut key = Str::from("");
    let mut args = Vec::new();
    for (arg, value) in spec.args.iter().zip(values) {
        let value = value.trim();
        match arg.kind {
            ArgKind::Key => key = word(value)?.into(),
            ArgKind::Value => args.push(datum(word(value)?)),
            ArgKind::Node => {
                let id = cast.find(value).ok_or("form.bad-node")?;
                args.push(Value::Int(id.0.into()));
            }
            ArgKind::Nodes => {
                let names = value.split([' ', ',']).filter(|name| !name.is_empty());
                let ids = names.map(|name| cast.find(name).map(|id| Value::Int(id.0.into())));
                let ids: Option<Vec<Value>> = ids.collect();
                args.push(Value::List(ids.ok_or("form.bad-node")?.into()));
            }
            ArgKind::Values => {
                for part in value.split([' ', ',']).filter(|part| !part.is_empty()) {
                    args.push(datum(word(part)?));
                }
            }
        }
    }
    let via = values.get(spec.args.len()).and_then(|name| cast.find(name));
    Ok(Ask {
        client: Target::Node(client),
        via: via.into_iter().map(Target::Node).collect(),
        op: Op { verb: spec.verb, key, args },
        label: None,
        patience: Patience::default(),
    })
}

/// A key or a value that the language can write down: short, without spaces and brackets.
fn word(text: &str) -> Result<&str, &'static str> {
    let plain = |c: char| !c.is_whitespace() && !"()[]{},\"=#".contains(c);
    let fits = !text.is_empty() && text.len() <= 64 && text.chars().all(plain);
    if fits { Ok(text) } else { Err("form.bad-word") }
}

fn datum(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(number) => Value::Int(number),
        Err(_) if text == "nil" => Value::Nil,
        Err(_) => Value::text(text),
    }
}
