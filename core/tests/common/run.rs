//! Scenarios built by hand.

use netsplit_core::base::{Id, Span, Time, Value};
use netsplit_core::kernel::action::{Action, Ask, DiskMode, Group, Patience, Target, Trigger};
use netsplit_core::machine::Entry;
use netsplit_core::op::Op;
use netsplit_core::protocols;
use netsplit_core::scenario::ast::{Line, Scenario, System, Texts};

pub fn raft() -> &'static Entry {
    protocols::find("raft").expect("Raft is a system")
}

/// An empty story of the system's defaults.
pub fn scenario(entry: &'static Entry, clients: u16, end_ms: u64) -> Scenario {
    Scenario {
        name: "".into(),
        language: "en".into(),
        title: Texts::default(),
        about: Texts::default(),
        claims: vec![],
        system: System {
            entry,
            settings: vec![],
            clients,
            end: Time::ms(end_ms),
            latency: (Span::ms(10), Span::ms(15)),
            disk: DiskMode::Sync(Span::ZERO),
            names: vec![],
        },
        seed: 7,
        seeds: None,
        given: vec![],
        lines: vec![],
        steps: vec![],
        variants: vec![],
        compare: vec![],
        expects: vec![],
    }
}

pub fn at(ms: u64, action: Action) -> Line {
    let trigger = Trigger::At(Time::ms(ms));
    Line { label: None, trigger, action, maybe: false, own: false, only: None }
}

pub fn node(id: u16) -> Target {
    Target::Node(Id(id))
}

pub fn nodes(ids: &[u16]) -> Vec<Target> {
    ids.iter().map(|&id| node(id)).collect()
}

pub fn partition(groups: &[&[u16]]) -> Action {
    Action::Partition(groups.iter().map(|group| Group::Targets(nodes(group))).collect())
}

pub fn heal() -> Action {
    Action::Heal(None)
}

pub fn ask(client: u16, via: &[u16], op: Op) -> Action {
    Action::Ask(Ask {
        client: node(client),
        via: nodes(via),
        op,
        label: None,
        patience: Patience { timeout: Span::ms(1500), ..Patience::default() },
    })
}

pub fn put(client: u16, via: &[u16], key: &str, value: &str) -> Action {
    let args = vec![Value::text(value)];
    ask(client, via, Op { verb: "put", key: key.into(), args })
}

pub fn get(client: u16, via: &[u16], key: &str) -> Action {
    ask(client, via, Op { verb: "get", key: key.into(), args: vec![] })
}
