//! Gossip: nodes that tell each other, each round a peer chosen at random, until all have the same.
//!
//! Paper: Demers et al., *Epidemic Algorithms for Replicated Database Maintenance* (PODC 1987).
//!
//! Terms: *anti-entropy* compares everything with a peer, by *push*, *pull* or both; *rumour
//! mongering* tells only what is news. A node is *susceptible* while it has not heard, *infective*
//! while it spreads, *removed* when it knows and no longer tells. A deletion is a *death
//! certificate*, which spreads like a value and is discarded some time later.
//!
//! Deviations, and why:
//! - Values are ordered by a Lamport clock and the node's number where the paper takes timestamps
//!   of clocks that agree; only the age of a death certificate is read from the wall clock.
//! - Pull begins with a digest of versions instead of whole databases, and so does push-pull.
//! - Feedback travels in a message, `Known`; the paper's conversations are connections.
//! - A node keeps a book of the death certificates that it has discarded, and acts on nothing in
//!   it: so that a run can say that something came back.

pub mod knobs;
pub mod message;
pub mod rules;
pub mod rumours;
pub mod store;

mod clients;
mod merge;
mod rounds;

use alloc::format;
use alloc::vec::Vec;

use crate::base::{Id, Span};
use crate::check::model;
use crate::describe::{Pen, Tone};
use crate::facts::{Fact, Facts};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{Access, OpSpec};
use crate::protocol::{self, Event, Links, Part, Probe, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::kv;
use message::Msg;
use rumours::Hot;
use store::Store;

/// Gossip.
pub struct Gossip;

type Cx<'a> = protocol::Cx<'a, Gossip>;
type Node = protocol::Node<Gossip>;

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// The rumours that this node spreads; `None` where nodes compare everything.
    pub rumours: Option<Hot>,
}

/// What a node waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The next round.
    Round,
    /// The next comparison of everything, where nodes spread rumours.
    Backup,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["round", "backup"];

    fn key(self) -> TimerKey {
        TimerKey { name: self as u8, number: 0 }
    }

    fn of(key: TimerKey) -> Timer {
        if key.name == 0 { Timer::Round } else { Timer::Backup }
    }
}

/// Deletes a datum.
const DEL: OpSpec =
    OpSpec { verb: "del", args: &[kv::KEY], access: Access::Write, model: Some(model::del) };

impl Protocol for Gossip {
    const ID: &'static str = "gossip";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET, DEL];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Free;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const ROLES: &'static [&'static str] = &["susceptible", "infective", "removed"];

    type Disk = Store;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    /// A death certificate says when it was written, and is forgotten when its time is over.
    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.span(knobs::GC) > Span::ZERO
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let peer = |n| Role { name: format!("n{n}").into(), part: Part::Peer, spare: false };
        (1..=knobs.count(knobs::NODES)).map(peer).collect()
    }

    fn boot(cx: &mut Cx, _: &Store) -> Memory {
        // Rounds are not in step: the first comes at some time within one.
        cx.arm(Timer::Round, (Span(0), cx.knobs.span(knobs::ROUND)));
        rounds::arm_backup(cx);
        Memory { rumours: rumours_of(cx) }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Gossip>) {
        match event {
            Event::Timeout(Timer::Round) => rounds::round(cx, node),
            Event::Timeout(Timer::Backup) => rounds::backup(cx, &node.disk),
            Event::Deliver { from, msg } => match &*msg {
                Msg::Push { updates, rumour } => {
                    let known = merge::merge(cx, node, from, updates);
                    if *rumour {
                        rumours::feedback(cx, from, known);
                    }
                }
                Msg::Digest { versions, gives } => {
                    rounds::on_digest(cx, &node.disk, from, (versions, *gives));
                }
                Msg::Pull { wanted } => rounds::on_pull(cx, &node.disk, from, wanted),
                Msg::Delta { updates } => {
                    merge::merge(cx, node, from, updates);
                }
                Msg::Known { keys } => {
                    rumours::on_known(cx, &mut node.memory.rumours, from, keys);
                }
            },
            Event::Request(request) => clients::on_request(cx, node, &request),
            Event::Configured(key) => configured(cx, node, key),
            // Gossip needs neither: a peer that is gone is one of many.
            Event::Reset(_) | Event::Told(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        out.role(role(node), 0);
        for (key, entry) in node.disk.entries.iter() {
            let (key, value, version) = (key.clone(), entry.value.clone(), entry.version.packed());
            out.push(Fact::Copy { key, value, version });
        }
        if node.disk.resurrected > 0 {
            out.mark("resurrected-key", node.disk.resurrected);
        }
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        Self::describe_disk(setup, &node.disk, me, pen);
        let tone = match role(node) {
            "susceptible" => Tone::Plain,
            "infective" => Tone::Accept,
            _ => Tone::Follow,
        };
        pen.role(role(node), tone, None);
        if let Some(hot) = &node.memory.rumours {
            pen.memory("rumours", hot.len() as u64);
        }
    }

    fn describe_disk(_: &Setup, store: &Store, _: Id, pen: &mut Pen) {
        pen.role("down", Tone::Plain, None);
        let newest = store.entries.iter().max_by_key(|(_, entry)| entry.version);
        let told = newest.map(|(key, entry)| message::told(key, entry, pen));
        pen.disk_on_card("newest", told);
        pen.disk("clock", store.clock);
        for (key, entry) in store.entries.iter().filter(|_| store.entries.len() > 1) {
            let told = message::told(key, entry, pen);
            pen.disk("entry", told);
        }
        if store.resurrected > 0 {
            pen.flag("resurrected");
        }
    }
}

/// What a node is to an epidemic.
fn role(node: &Node) -> &'static str {
    match &node.memory.rumours {
        _ if node.disk.entries.is_empty() => "susceptible",
        Some(hot) if hot.is_empty() => "removed",
        _ => "infective",
    }
}

/// Nothing to tell yet, where nodes spread rumours.
fn rumours_of(cx: &Cx) -> Option<Hot> {
    (cx.knobs.count(knobs::MODE) == knobs::mode::RUMOUR).then(Hot::default)
}

/// A setting has changed.
fn configured(cx: &mut Cx, node: &mut Node, key: Key) {
    match key {
        knobs::ROUND => cx.arm(Timer::Round, exactly(cx.knobs.span(knobs::ROUND))),
        knobs::MODE => {
            node.memory.rumours = rumours_of(cx);
            rounds::arm_backup(cx);
        }
        knobs::BACKUP => rounds::arm_backup(cx),
        _ => {}
    }
}

/// The same length of time, at the least and at the most.
fn exactly(span: Span) -> (Span, Span) {
    (span, span)
}
