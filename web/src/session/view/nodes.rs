//! Nodes: what they are, hold and believe.

use netsplit_core::base::{Id, Ppm, Span, sort_by_key};
use netsplit_core::describe::{Cell, Pen};
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::kernel::{Person, Phase as Kernel};

use super::Eye;
use super::ports::shown;
use crate::scene::view::{NodeView, Phase, TimerView};
use crate::text::units;

/// As many entries of a log as any card has room for.
const CELLS: usize = 12;

impl Eye<'_> {
    pub(super) fn nodes(&self) -> Vec<NodeView> {
        let newest = self.roles().filter_map(|id| self.leads(id)).max();
        self.roles().map(|id| self.node(id, newest)).collect()
    }

    fn node(&self, id: Id, newest: Option<u64>) -> NodeView {
        let world = self.run.world();
        let person = world.person(id);
        let names = |id: Id| self.name(id);
        let mut pen = Pen::new(CELLS, &names);
        world.machine().describe(id, &mut pen);
        let portrait = pen.finish();
        // Beside a log there is no room for more than belongs on the card.
        let all = portrait.strips.is_empty();
        let rows = portrait.disk.iter().chain(&portrait.memory).filter(|row| all || row.on_card);
        let fields = rows.map(|row| (row.name, self.word("card", row.name))).collect();
        let phase = phase(person.phase);
        let doubtful =
            self.leads(id).is_some_and(|epoch| newest.is_some_and(|newest| epoch < newest));
        let old = doubtful.then(|| self.old_epoch());
        NodeView {
            id,
            name: self.name(id),
            part: self.part(id),
            role: match phase {
                Phase::Up => self.word("role", portrait.role),
                Phase::Down => self.say("stage.phase.down", &[]),
                Phase::Paused => self.say("stage.phase.paused", &[]),
                Phase::NotStarted => self.say("stage.phase.new", &[]),
            },
            flags: old
                .into_iter()
                .chain(portrait.flags.iter().map(|flag| self.flag(flag)))
                .collect(),
            timers: self.timers(person),
            ports: self.loaded.ports(id).map(|(ports, _)| shown(ports)),
            answers: self.loaded.answers(self.locale, id).unwrap_or_default(),
            skew: self.skew(person),
            doubtful,
            overwritten: self.overwritten(id),
            phase,
            portrait,
            fields,
        }
    }

    /// The epoch in which a live node leads, if it does.
    fn leads(&self, id: Id) -> Option<u64> {
        let world = self.run.world();
        let mut facts = Facts::default();
        if world.person(id).phase.is_alive() {
            world.machine().facts(id, &mut facts);
        }
        facts.facts().iter().find_map(|fact| match fact {
            Fact::Role { name: "leader", epoch } => Some(*epoch),
            _ => None,
        })
    }

    fn timers(&self, person: &Person) -> Vec<TimerView> {
        let names = self.run.world().cast().entry.timers;
        let mut timers: Vec<_> = person.timers.iter().collect();
        sort_by_key(&mut timers, |armed| armed.due);
        let view = |armed: &&netsplit_core::kernel::Armed| TimerView {
            name: self.timer(names.get(usize::from(armed.key.name)).copied().unwrap_or("?")),
            armed_at: armed.at,
            due: armed.due,
        };
        timers.iter().map(view).collect()
    }

    /// What a card calls a timer: in a word or two, where the system says more elsewhere.
    fn timer(&self, name: &str) -> String {
        let brief = self.word("brief", name);
        if brief == name { self.word("timer", name) } else { brief }
    }

    fn skew(&self, person: &Person) -> Option<String> {
        let now = self.run.at();
        let (wall, rate) = (person.clock.wall(now), person.clock.rate());
        let off = |sign: char, span: Span| Some(format!("{sign}{}", units::span(span)));
        if rate != Ppm::ONE {
            return Some(format!("×{rate}"));
        }
        match wall.cmp(&now) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => off('+', wall.since(now)),
            std::cmp::Ordering::Less => off('−', now.since(wall)),
        }
    }

    /// Entries that the last event took from the node's log, where it did not put them back.
    fn overwritten(&self, id: Id) -> Vec<Cell> {
        let Some(last) = self.run.cursor().checked_sub(1) else { return Vec::new() };
        let facts = &self.run.trace().facts;
        let from = facts.partition_point(|change| change.event < last);
        let changes: Vec<_> = facts
            .iter_from(from)
            .take_while(|change| change.event == last)
            .filter(|change| change.node == id)
            .collect();
        let same = |a: &Fact, b: &Fact| match (a, b) {
            (
                Fact::Entry { index: a, epoch: e, value: v, .. },
                Fact::Entry { index: b, epoch: f, value: w, .. },
            ) => (a, e, v) == (b, f, w),
            _ => false,
        };
        let gone = changes.iter().filter(|change| {
            !change.holds && !changes.iter().any(|put| put.holds && same(&put.fact, &change.fact))
        });
        gone.filter_map(|change| match &change.fact {
            Fact::Entry { index, epoch, value, committed, .. } => Some(Cell {
                index: *index,
                epoch: *epoch,
                text: value.to_string(),
                committed: *committed,
            }),
            _ => None,
        })
        .collect()
    }
}

pub(super) fn phase(phase: Kernel) -> Phase {
    match phase {
        Kernel::New => Phase::NotStarted,
        Kernel::Up => Phase::Up,
        Kernel::Paused => Phase::Paused,
        Kernel::Down => Phase::Down,
    }
}
