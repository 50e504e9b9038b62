//! From the run to what the scene draws: one instant, in the reader's language.

mod clients;
mod flights;
mod nodes;
mod ports;

use std::rc::Rc;

use netsplit_core::base::Id;
use netsplit_core::protocol::Part;
use netsplit_core::run::Run;

pub use self::ports::shown;
use super::model::{Loaded, Model};
use crate::scene::View;
use crate::scene::view::{FlagView, IslandView, NodeView, Words};
use crate::text;

impl Loaded {
    /// What the story calls a participant.
    pub fn name(&self, locale: &str, id: Id) -> String {
        text::called(locale, self.run.world().cast().name(id))
    }
}

impl Loaded {
    /// What the stage shows, in the reader's language.
    pub fn view(&self, locale: &'static str) -> View {
        let eye = Eye { loaded: self, run: &self.run, locale };
        View {
            at: eye.run.at(),
            nodes: eye.nodes(),
            clients: eye.clients(),
            links: eye.links(),
            cuts: eye.run.world().net().cuts(),
            islands: eye.islands(),
            flights: eye.flights(),
            losses: eye.losses(),
            words: Rc::new(eye.words()),
        }
    }
}

impl Model {
    /// The nodes as the stage shows them; none while nothing is loaded.
    pub fn nodes(&self) -> Vec<NodeView> {
        let eye = |loaded| Eye { loaded, run: &loaded.run, locale: self.locale };
        self.loaded.as_ref().map(|loaded| eye(loaded).nodes()).unwrap_or_default()
    }
}

/// Who looks, and at what.
struct Eye<'a> {
    loaded: &'a Loaded,
    run: &'a Run,
    locale: &'static str,
}

impl Eye<'_> {
    fn name(&self, id: Id) -> String {
        self.loaded.name(self.locale, id)
    }

    /// A sentence of the page's.
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        text::page(self.locale, key, values)
    }

    /// A word of the system's (a role, a flag, a reason), or the word itself.
    fn word(&self, kind: &str, word: &str) -> String {
        let id = self.run.world().cast().entry.id;
        text::system(self.locale, id, &format!("{kind}.{word}"), &[]).unwrap_or_else(|| word.into())
    }

    /// A warning on a card, in the system's words.
    fn flag(&self, flag: &str) -> FlagView {
        let text = self.word("flag", flag);
        FlagView { brief: text.clone(), text }
    }

    /// What a node cannot know of itself: that somebody leads in a newer epoch.
    fn old_epoch(&self) -> FlagView {
        FlagView { text: self.say("stage.old", &[]), brief: self.say("stage.old.brief", &[]) }
    }

    fn part(&self, id: Id) -> Part {
        let roles = &self.run.world().cast().setup.roles;
        roles.get(id.index()).map_or(Part::Client, |role| role.part)
    }

    fn roles(&self) -> impl DoubleEndedIterator<Item = Id> + use<> {
        (0..self.run.world().cast().n_roles()).map(Id::at)
    }

    /// Servers and resources are asked by everybody else.
    fn links(&self) -> Vec<(Id, Id)> {
        let asked = |id: Id| matches!(self.part(id), Part::Service | Part::Resource);
        let pairs =
            self.roles().flat_map(|a| self.roles().filter(move |b| a < *b).map(move |b| (a, b)));
        pairs.filter(|&(a, b)| asked(a) != asked(b)).collect()
    }

    fn islands(&self) -> Vec<IslandView> {
        let cut =
            self.run.cursor().checked_sub(1).and_then(|last| self.run.trace().cuts_after(last));
        let islands = cut.map_or(&[][..], |cut| &cut.islands);
        if islands.len() < 2 {
            return Vec::new();
        }
        islands.iter().map(|members| self.island(members)).collect()
    }

    /// Where all nodes are equals, their number tells whether an island can decide anything.
    fn island(&self, members: &[Id]) -> IslandView {
        let equals = self.roles().all(|id| self.part(id) == Part::Peer);
        let all = self.roles().filter(|&id| self.part(id) == Part::Peer).count();
        let here = members.iter().filter(|&&id| self.part(id) == Part::Peer).count();
        let values = [("n", here.to_string()), ("all", all.to_string())];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        let (note, brief) = match (equals, here * 2 > all) {
            (false, _) => (String::new(), String::new()),
            (true, true) => {
                (self.say("island.majority", &values), self.say("island.majority", &values))
            }
            (true, false) => {
                (self.say("island.minority", &values), self.say("island.minority.brief", &values))
            }
        };
        let title = if here > 0 { self.say("island.count", &values) } else { String::new() };
        IslandView { members: members.to_vec(), title, note, brief }
    }

    fn words(&self) -> Words {
        let all = |keys: [&str; 4]| keys.map(|key| self.say(key, &[]));
        Words {
            read: all(["port.fresh", "port.stale", "port.silent", "port.open"]),
            write: all(["port.kept", "port.may-be-lost", "port.silent", "port.open"]),
            waiting: self.say("stage.op.waiting", &[]) + "\u{a0}",
            waiting_unit: "\u{202f}s".into(),
        }
    }
}
