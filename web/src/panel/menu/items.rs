//! What a hand can do to one thing at this moment. What cannot be done now stays in the menu, with
//! the reason in words.

use netsplit_core::base::Id;
use netsplit_core::kernel::action::{
    Action as Intervention, Handling, LinkSet, Selector, Target, Which,
};
use netsplit_core::kernel::{Flight, Phase, World};
use netsplit_core::protocol::Part;

use super::form::{Form, operation_title};
use crate::panel::acts;
use crate::session::Thing;
use crate::words::Words;

/// Items that belong together.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// In the order of the menu.
    pub items: Vec<Item>,
}

/// One line of the menu.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What it does.
    pub text: String,
    /// What choosing it leads to.
    pub choice: Choice,
}

/// What choosing an item leads to.
#[derive(Clone, PartialEq, Debug)]
pub enum Choice {
    /// It is done.
    Do(Intervention),
    /// Something has to be said first.
    Ask(Form),
    /// It cannot be done now, for this reason.
    Off(String),
}

/// The menu of a thing; its title, then what can be done.
pub fn of(words: Words, world: &World, thing: &Thing) -> (String, Vec<Section>) {
    let menu = Menu { words, world };
    let cast = world.cast();
    let known = |id: &Id| id.index() < cast.names.len();
    match thing {
        Thing::Node(id) if known(id) => (
            words.who(cast, *id),
            if menu.is_client(*id) { menu.client(*id) } else { menu.node(*id) },
        ),
        Thing::Link(a, b) if known(a) && known(b) => {
            (format!("{} — {}", words.who(cast, *a), words.who(cast, *b)), menu.link(*a, *b))
        }
        Thing::Message(number) => menu.message(*number),
        _ => (String::new(), Vec::new()),
    }
}

/// A link in one direction, or in both.
pub fn link(from: Id, to: Id, both_ways: bool) -> LinkSet {
    LinkSet { from: vec![Target::Node(from)], to: vec![Target::Node(to)], both_ways }
}

struct Menu<'a> {
    words: Words,
    world: &'a World,
}

impl Menu<'_> {
    fn is_client(&self, id: Id) -> bool {
        let roles = &self.world.cast().setup.roles;
        roles.get(id.index()).is_none_or(|role| role.part == Part::Client)
    }

    fn item(&self, key: &str, choice: Choice) -> Item {
        Item { text: self.words.say(&format!("menu.{key}")), choice }
    }

    /// An item that can be chosen only when `off` names no reason.
    fn item_if(&self, key: &str, off: Option<&str>, choice: Choice) -> Item {
        let reason = off.map(|reason| Choice::Off(self.words.say(reason)));
        self.item(key, reason.unwrap_or(choice))
    }

    fn section(&self, key: &str, items: Vec<Item>) -> Section {
        Section { title: self.words.say(&format!("menu.{key}")), items }
    }

    fn node(&self, id: Id) -> Vec<Section> {
        let mut sections = vec![
            self.section("process", self.process(id, true)),
            self.section("links", self.links_of(id)),
            self.section("time", self.time(id)),
            self.section("timers", self.timers(id)),
            self.section("machine", self.machine(id)),
        ];
        sections.retain(|section| !section.items.is_empty());
        sections
    }

    fn client(&self, id: Id) -> Vec<Section> {
        let cast = self.world.cast();
        let off = match self.world.person(id).phase {
            Phase::Up => None,
            Phase::Paused => Some("idle.is-paused"),
            Phase::Down | Phase::New => Some("idle.is-down"),
        };
        let ask = |(place, spec): (usize, &netsplit_core::op::OpSpec)| {
            let form = Choice::Ask(Form::Operation { client: id, spec: place });
            let reason = off.map(|reason| Choice::Off(self.words.say(reason)));
            let text = operation_title(self.words, self.world, spec);
            Item { text, choice: reason.unwrap_or(form) }
        };
        let mut sections = vec![
            self.section("ask", cast.entry.ops.iter().enumerate().map(ask).collect()),
            self.section("links", self.links_of(id)),
            self.section("process", self.process(id, cast.is_role(id))),
        ];
        if cast.is_role(id) {
            sections.push(self.section("time", self.time(id)));
            sections.push(self.section("timers", self.timers(id)));
            sections.push(self.section("machine", self.machine(id)));
        }
        if cast.is_directed(id) {
            let end = Choice::Do(Intervention::EndSession(Target::Node(id)));
            sections.push(self.section("session", vec![self.item("end-session", end)]));
        }
        sections.retain(|section| !section.items.is_empty());
        sections
    }

    fn process(&self, id: Id, has_disk: bool) -> Vec<Item> {
        let who = || vec![Target::Node(id)];
        let phase = self.world.person(id).phase;
        let dead = (!phase.is_alive()).then_some("idle.is-down");
        let alive = phase.is_alive().then_some("idle.is-up");
        let paused = (phase == Phase::Paused).then_some("idle.is-paused");
        let running = (phase != Phase::Paused).then_some("idle.not-paused");
        let mut items = vec![
            self.item_if("crash", dead, Choice::Do(Intervention::Crash(who()))),
            self.item_if("kill", dead, Choice::Do(Intervention::Kill(who()))),
            self.item_if("restart", alive, Choice::Do(Intervention::Restart(who()))),
            self.item_if("pause", dead.or(paused), Choice::Do(Intervention::Pause(who(), None))),
            self.item_if("pause-for", dead.or(paused), Choice::Ask(Form::PauseFor(id))),
            self.item_if("resume", running, Choice::Do(Intervention::Resume(who()))),
        ];
        if has_disk {
            items.insert(3, self.item("wipe", Choice::Do(Intervention::Wipe(who()))));
        }
        items
    }

    fn links_of(&self, id: Id) -> Vec<Item> {
        let others: Vec<Id> = self.world.cast().ids().filter(|other| *other != id).collect();
        let all = || LinkSet {
            from: vec![Target::Node(id)],
            to: others.iter().map(|id| Target::Node(*id)).collect(),
            both_ways: true,
        };
        let net = self.world.net();
        let cut = |other: &Id| net.is_cut((id, *other)) && net.is_cut((*other, id));
        let any_cut = |other: &Id| net.is_cut((id, *other)) || net.is_cut((*other, id));
        let off = others.iter().all(cut).then_some("idle.already-so");
        let whole = (!others.iter().any(any_cut)).then_some("idle.not-cut");
        vec![
            self.item_if("cut-off", off, Choice::Do(Intervention::Cut(all()))),
            self.item_if("reconnect", whole, Choice::Do(Intervention::Heal(Some(all())))),
            self.heal_all(),
        ]
    }

    /// The one thing that concerns all links; no finger and no mouse finds it elsewhere.
    fn heal_all(&self) -> Item {
        let whole = self.world.net().cuts().is_empty().then_some("idle.not-cut");
        self.item_if("heal-all", whole, Choice::Do(Intervention::Heal(None)))
    }

    fn time(&self, id: Id) -> Vec<Item> {
        vec![
            self.item("jump", Choice::Ask(Form::Jump(id))),
            self.item("drift", Choice::Ask(Form::Drift(id))),
        ]
    }

    fn timers(&self, id: Id) -> Vec<Item> {
        let person = self.world.person(id);
        let cast = self.world.cast();
        let off = match person.phase {
            Phase::Paused => Some("idle.is-paused"),
            _ => None,
        };
        let force = |key| {
            let timer = acts::timer_word(self.words, cast, key);
            let choice = Choice::Do(Intervention::Force(Target::Node(id), key));
            let reason = off.map(|reason| Choice::Off(self.words.say(reason)));
            Item {
                text: self.words.fill("menu.force", &[("timer", &timer)]),
                choice: reason.unwrap_or(choice),
            }
        };
        let mut items: Vec<Item> = person.timers.iter().map(|armed| force(armed.key)).collect();
        if items.is_empty() {
            items.push(self.item_if(
                "force-any",
                Some("idle.not-armed"),
                Choice::Off(String::new()),
            ));
        }
        items
    }

    fn machine(&self, id: Id) -> Vec<Item> {
        let knobs = self.world.cast().entry.knobs;
        let settable = knobs.iter().any(|knob| knob.per_node && knob.live);
        let mut items = vec![
            self.item("disk", Choice::Ask(Form::Disk(id))),
            self.item("service", Choice::Ask(Form::Service(id))),
        ];
        if settable {
            items.push(self.item("set", Choice::Ask(Form::Knob(id))));
        }
        items
    }

    fn link(&self, a: Id, b: Id) -> Vec<Section> {
        let net = self.world.net();
        let (there, back) = (net.is_cut((a, b)), net.is_cut((b, a)));
        let cut = |off: bool, links| {
            let choice = Choice::Do(Intervention::Cut(links));
            (off.then_some("idle.already-so"), choice)
        };
        let one_way = |from, to, off| {
            let (off, choice) = cut(off, link(from, to, false));
            let cast = self.world.cast();
            let (from, to) = (self.words.who(cast, from), self.words.who(cast, to));
            let values = [("from", &*from), ("to", &*to)];
            let text = self.words.fill("menu.cut-one-way", &values);
            let choice = off.map_or(choice, |reason| Choice::Off(self.words.say(reason)));
            Item { text, choice }
        };
        let (off, both) = cut(there && back, link(a, b, true));
        let whole = (!there && !back).then_some("idle.not-cut");
        let free = net.is_fifo((a, b));
        let heal = Choice::Do(Intervention::Heal(Some(link(a, b, true))));
        let reorder = Choice::Do(Intervention::Reorder(link(a, b, true), free));
        let next = |handling| {
            let which = Which::Next(1);
            let selector = Selector { links: link(a, b, false), kind: None, which };
            Choice::Do(Intervention::Handle(handling, selector))
        };
        vec![
            self.section(
                "links",
                vec![
                    self.item_if("cut", off, both),
                    one_way(a, b, there),
                    one_way(b, a, back),
                    self.item_if("heal", whole, heal),
                    self.heal_all(),
                ],
            ),
            self.section(
                "weather",
                vec![
                    self.item("latency", Choice::Ask(Form::Latency(a, b))),
                    self.item("loss", Choice::Ask(Form::Loss(a, b))),
                    self.item("duplication", Choice::Ask(Form::Duplication(a, b))),
                    self.item(if free { "reorder" } else { "in-order" }, reorder),
                ],
            ),
            self.section(
                "next-message",
                vec![
                    self.item("drop-next", next(Handling::Drop)),
                    self.item("hold-next", next(Handling::Hold)),
                    self.item("duplicate-next", next(Handling::Duplicate)),
                ],
            ),
        ]
    }

    fn message(&self, number: u32) -> (String, Vec<Section>) {
        let held = self.world.held().iter().find(|flight| flight.id == number);
        let flying = self.world.flights().find(|flight| flight.id == number);
        let Some(flight) = held.or(flying) else {
            let gone = Choice::Off(self.words.say("menu.gone"));
            let items = ["drop", "hold", "delay", "duplicate", "deliver"];
            let items = items.map(|key| self.item(key, gone.clone())).to_vec();
            return (self.words.say("menu.message"), vec![self.section("message", items)]);
        };
        let cast = self.world.cast();
        let (from, to) = (self.words.who(cast, flight.from), self.words.who(cast, flight.to));
        let title = format!("{}  {from} → {to}", flight.packet.kind());
        (title, vec![self.section("message", self.hands(flight, held.is_some()))])
    }

    fn hands(&self, flight: &Flight, held: bool) -> Vec<Item> {
        let selector = selector(self.world, flight);
        let by = |handling| Choice::Do(Intervention::Handle(handling, selector.clone()));
        let hold = held.then_some("menu.is-held");
        let free = (!held).then_some("menu.not-held");
        let links = link(flight.from, flight.to, false);
        let release = Choice::Do(Intervention::Release(Some((links, selector.kind))));
        vec![
            self.item("drop", by(Handling::Drop)),
            self.item_if("hold", hold, by(Handling::Hold)),
            self.item_if("release", free, release),
            self.item_if("delay", hold, Choice::Ask(Form::Delay(selector.clone()))),
            self.item("duplicate", by(Handling::Duplicate)),
            self.item("deliver", by(Handling::Deliver)),
        ]
    }
}

/// The words that mean this message: the nth of its kind in flight on its link.
fn selector(world: &World, flight: &Flight) -> Selector {
    let kind = flight.packet.kind();
    let same = |other: &&Flight| {
        (other.from, other.to) == (flight.from, flight.to) && other.packet.kind() == kind
    };
    let all = world.flights().chain(world.held()).filter(same);
    let before = all.filter(|other| other.id < flight.id).count();
    Selector {
        links: link(flight.from, flight.to, false),
        kind: Some(kind),
        which: Which::Flying(before as u32 + 1),
    }
}
