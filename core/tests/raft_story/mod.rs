//! A story of Raft that runs in the world, and questions to it.
#![allow(dead_code, reason = "every test file asks its own questions")]

use netsplit_core::base::{Id, Time, Value, mix};
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::op::Outcome;
use netsplit_core::protocol::Protocol;
use netsplit_core::protocols;
use netsplit_core::protocols::raft::Raft;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::ast::Scenario;

pub struct Story {
    pub run: Run,
}

impl Story {
    /// Plays `script` on `system` to its end, in the weather of seed 1.
    pub fn new(system: &str, script: &str) -> Story {
        Story::with_seed(system, script, 1)
    }

    pub fn with_seed(system: &str, script: &str, seed: u64) -> Story {
        let lines: Vec<&str> = script.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let text =
            format!("scenario raft/test\nsystem {system}\nseed {seed}\n{}\n", lines.join("\n"));
        let scenario = Scenario::parse(&text, protocols::ALL);
        Story { run: play(scenario.unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))) }
    }

    pub fn seek(&mut self, ms: u64) {
        self.run.seek(Time::ms(ms));
    }

    fn nodes(&self) -> Vec<Id> {
        let cast = self.run.world().cast();
        cast.ids().filter(|&id| cast.is_role(id)).collect()
    }

    fn facts(&self, id: Id) -> Facts {
        let mut facts = Facts::default();
        self.run.world().machine().facts(id, &mut facts);
        facts
    }

    fn role(&self, id: Id) -> Option<(&'static str, u64)> {
        self.facts(id).facts().iter().find_map(|fact| match fact {
            Fact::Role { name, epoch } => Some((*name, *epoch)),
            _ => None,
        })
    }

    pub fn roles_at(&mut self, ms: u64) -> Vec<String> {
        self.seek(ms);
        let role =
            |id| self.role(id).map_or("down".into(), |(name, term)| format!("{name} {term}"));
        self.nodes().into_iter().map(role).collect()
    }

    /// Who leads then: server and term.
    pub fn leaders_at(&mut self, ms: u64) -> Vec<(u16, u64)> {
        self.seek(ms);
        let leads = |id: Id| match self.role(id) {
            Some(("leader", term)) => Some((id.0 + 1, term)),
            _ => None,
        };
        self.nodes().into_iter().filter_map(leads).collect()
    }

    /// Every election that was won: when (ms), by whom, for which term.
    pub fn elections(&self) -> Vec<(u64, u16, u64)> {
        let trace = self.run.trace();
        let events = 0..trace.events.len() as u32;
        let won = |event: u32| {
            let fired = trace.fired_in(event).find(|fired| fired.rule.id == "leader.elected")?;
            let record = &trace.events[event as usize];
            Some((record.at.0 / 1000, record.node.0 + 1, fired.args[0]))
        };
        events.filter_map(won).collect()
    }

    /// How often a rule fired.
    pub fn count(&self, rule: &str) -> usize {
        let fired = &self.run.trace().fired;
        fired.iter().filter(|fired| fired.rule.id == rule).count()
    }

    /// Who holds an entry of this value then, and who knows it committed.
    pub fn holders(&mut self, value: &str, ms: u64) -> (Vec<u16>, Vec<u16>) {
        self.seek(ms);
        let (mut held, mut known) = (vec![], vec![]);
        for id in self.nodes() {
            let Some(extent) = self.facts(id).logs().first().copied() else {
                continue;
            };
            for index in extent.first..=extent.last {
                match self.run.world().machine().entry(id, "log", index) {
                    Some(Fact::Entry { value: v, committed, .. }) if v.to_string() == value => {
                        held.push(id.0 + 1);
                        known.extend(committed.then_some(id.0 + 1));
                    }
                    _ => {}
                }
            }
        }
        (held, known)
    }

    /// What the servers that are up hold for their first key.
    pub fn copies(&mut self, ms: u64) -> Vec<String> {
        self.seek(ms);
        let copy = |id| {
            self.facts(id).facts().iter().find_map(|fact| match fact {
                Fact::Copy { value, .. } => Some(value.to_string()),
                _ => None,
            })
        };
        self.nodes().into_iter().filter_map(copy).collect()
    }

    /// When (ms) the operation of this label was answered with success.
    pub fn answered(&self, label: &str) -> Option<u64> {
        let (_, op) = self.run.trace().history.labelled(label).expect("a label of the script");
        let end = op.end.as_ref()?;
        matches!(end.outcome, Outcome::Ok(_)).then_some(end.at.0 / 1000)
    }

    pub fn answer(&self, label: &str) -> Option<Value> {
        let (_, op) = self.run.trace().history.labelled(label)?;
        match &op.end.as_ref()?.outcome {
            Outcome::Ok(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// How many of the operations that were called in an interval were answered, of how many.
    pub fn acknowledged(&self, from: u64, to: u64) -> (usize, usize) {
        let history = &self.run.trace().history;
        let inside = |at: Time| (Time::ms(from)..Time::ms(to)).contains(&at);
        let called: Vec<_> = history.iter().filter(|(_, op)| inside(op.called)).collect();
        let ok = |op: &&(_, &netsplit_core::history::OpRecord)| {
            op.1.end.as_ref().is_some_and(|end| matches!(end.outcome, Outcome::Ok(_)))
        };
        (called.iter().filter(ok).count(), called.len())
    }

    /// The promises that broke, each once, in the order of breaking.
    pub fn broken(&self) -> Vec<&'static str> {
        let mut broken = vec![];
        for &(_, at) in &self.run.trace().broken {
            let id = Raft::properties()[at].id;
            if !broken.contains(&id) {
                broken.push(id);
            }
        }
        broken
    }
}

/// A script of random faults up to 15 s, after which everybody is up and connected and a last
/// write is asked for; and how many servers there are.
pub fn faults(settings: &str, seed: u64) -> (String, usize) {
    let nodes: u64 = settings[6..7].parse().unwrap();
    let mut state = mix(seed + 1);
    let mut draw = |n: u64| {
        state = mix(state.wrapping_add(1));
        state % n
    };
    let mut lines = vec![
        "every 450 300..15000 c1 put(x, a#) via {n1, n2, n3} retry=2 timeout=300".to_string(),
        "every 550 300..15000 c2 put(x, b#) via {n3, n2, n1} retry=2 timeout=300".to_string(),
        "every 650 300..15000 c2 get(x) via {n2, n3, n1} retry=2 timeout=300".to_string(),
    ];
    let mut at = 400;
    while at < 14_000 {
        let (a, b) = (draw(nodes) + 1, draw(nodes) + 1);
        lines.push(match draw(8) {
            0 => format!("at {at} crash n{a} maybe"),
            1 | 2 => format!("at {at} restart n{a} maybe"),
            3 => format!("at {at} crash leader maybe"),
            4 if a != b => format!("at {at} cut n{a}->n{b} maybe"),
            5 => format!("at {at} partition {{n{a}}} | {{rest}} maybe"),
            6 => format!("at {at} pause n{a} {} maybe", 50 + draw(500)),
            _ => format!("at {at} heal maybe"),
        });
        at += 20 + draw(300);
    }
    lines.push("at 15000 heal maybe".into());
    for node in 1..=nodes {
        lines.push(format!("at 15600 restart n{node} maybe"));
    }
    lines.push("at 18000 last: c1 put(x, last) via {n1, n2, n3} retry=5 timeout=500".into());
    (lines.join("\n"), nodes as usize)
}
