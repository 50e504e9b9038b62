//! What a node would answer, as its ports show it and in words.

use netsplit_core::base::{Id, Value};
use netsplit_core::check::linearizable::System;
use netsplit_core::op::Access;
use netsplit_core::probe::{Fate, Overwrite, Ports, Reading, Writing};

use super::super::model::Loaded;
use crate::scene::view::Port;
use crate::text::{self, units};

/// What the ports R and W show.
pub fn shown(ports: &Ports) -> (Port, Port) {
    let read = match ports.read {
        Some(Reading::Fresh { .. } | Reading::NeverWritten { .. }) => Port::Good,
        Some(Reading::Stale { .. }) => Port::Doubtful,
        Some(Reading::NotDecided { .. }) => Port::Open,
        Some(Reading::Refused(_) | Reading::Unanswered | Reading::Down) | None => Port::Silent,
    };
    let write = match ports.write {
        Some(Writing::Acknowledged { fate: Fate::Kept, .. }) => Port::Good,
        Some(Writing::Acknowledged { fate: Fate::Lost(_), .. }) => Port::Doubtful,
        Some(Writing::Acknowledged { fate: Fate::Unknown, .. }) => Port::Open,
        Some(Writing::Refused(_) | Writing::Unanswered | Writing::Down) | None => Port::Silent,
    };
    (read, write)
}

impl Loaded {
    /// What a node would answer to a read and to a write, in a sentence each.
    pub fn answers(&self, locale: &'static str, node: Id) -> Option<[String; 2]> {
        let (ports, _) = self.ports(node)?;
        let teller = Teller { loaded: self, locale, node };
        Some([teller.read(ports.read.as_ref()?), teller.write(ports.write.as_ref()?)])
    }
}

struct Teller<'a> {
    loaded: &'a Loaded,
    locale: &'static str,
    node: Id,
}

impl Teller<'_> {
    fn read(&self, reading: &Reading) -> String {
        match reading {
            Reading::Fresh { value, by } => self.answered("port.read.fresh", value, *by),
            Reading::NeverWritten { value, by } => self.answered("port.read.unwritten", value, *by),
            Reading::NotDecided { value, by } => self.answered("port.read.open", value, *by),
            Reading::Stale { value, by, against: None } => {
                self.answered("port.read.stale", value, *by)
            }
            Reading::Stale { value, by, against: Some(against) } => {
                let key = match self.writes(against) {
                    true => "port.read.overwritten",
                    false => "port.read.seen",
                };
                let (value, ago) = (value.to_string(), units::span(against.ago));
                self.say(key, *by, &[("value", &value), ("ago", &ago)])
            }
            Reading::Refused(reason) => self.refused("port.read.refused", reason),
            Reading::Unanswered | Reading::Down => self.say("port.read.silent", self.node, &[]),
        }
    }

    fn write(&self, writing: &Writing) -> String {
        match writing {
            Writing::Acknowledged { by, fate } => {
                let key = match fate {
                    Fate::Kept => "port.write.kept",
                    Fate::Lost(_) => "port.write.lost",
                    Fate::Unknown => "port.write.open",
                };
                self.say(key, *by, &[])
            }
            Writing::Refused(reason) => self.refused("port.write.refused", reason),
            Writing::Unanswered | Writing::Down => self.say("port.write.silent", self.node, &[]),
        }
    }

    fn answered(&self, key: &str, value: &Value, by: Id) -> String {
        self.say(key, by, &[("value", &value.to_string())])
    }

    fn refused(&self, key: &str, reason: &str) -> String {
        let id = self.loaded.run.world().cast().entry.id;
        let told = text::system(self.locale, id, &format!("fail.{reason}"), &[]);
        self.say(key, self.node, &[("reason", told.as_deref().unwrap_or(reason))])
    }

    /// A sentence about the node; where it sends whoever asks to another one, that too.
    fn say(&self, key: &str, by: Id, values: &[(&str, &str)]) -> String {
        let node = self.loaded.name(self.locale, self.node);
        let mut all = vec![("node", node.as_str())];
        all.extend(values);
        let told = text::page(self.locale, key, &all);
        if by == self.node {
            return told;
        }
        let by = self.loaded.name(self.locale, by);
        let sent = text::page(self.locale, "port.sent-on", &[("node", &node), ("by", &by)]);
        text::page(self.locale, "port.both", &[("told", &told), ("sent", &sent)])
    }

    /// Whether what contradicts an answer is a write, and not a read that has seen a later one.
    fn writes(&self, against: &Overwrite) -> bool {
        let run = &self.loaded.run;
        let system = System::of(run.world().cast());
        let verb = run.trace().history.get(against.op).map(|record| record.op.verb);
        let spec = system.ops.iter().find(|spec| Some(spec.verb) == verb);
        spec.is_some_and(|spec| spec.access != Access::Read)
    }
}
