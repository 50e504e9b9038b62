//! The script's lines, and the learner's hand, change the world.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::action::{Action, Ask, Group, LinkSet, Target, Trigger};
use super::flight::{Class, Item, Packet};
use super::person::Phase;
use super::recorder::Recorder;
use super::world::World;
use crate::base::{Id, Span, Str, Value};
use crate::knob::{Key, Setting};
use crate::protocol::{Effect, Part};
use crate::run::trace::{CutRecord, Idle, What};

impl World {
    /// Runs a line; `round` is the running number of an `every` line.
    pub(super) fn act(&mut self, line: u32, round: u32, cause: u32, rec: &mut Recorder) {
        let script = self.script.clone();
        let Some(action) = script.lines.get(line as usize).map(|line| &line.action) else {
            return;
        };
        let event = self.begin(Id(0), What::Act { line, idle: None }, cause, rec);
        if let Err(idle) = self.perform(action, round, event, rec) {
            rec.idle(event, idle);
        }
    }

    /// Does it; says why when it had no effect.
    fn perform(
        &mut self,
        action: &Action,
        round: u32,
        event: u32,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        match action {
            Action::Ask(ask) => self.ask(ask, round, event, rec),
            Action::Partition(groups) => {
                let groups = self.groups(groups)?;
                let changed = Rc::make_mut(&mut self.net).part(&groups);
                self.cut_changed(changed, event, Idle::AlreadySo, rec)
            }
            Action::Heal(None) => {
                let changed = Rc::make_mut(&mut self.net).heal();
                self.cut_changed(changed, event, Idle::NotCut, rec)
            }
            Action::Heal(Some(links)) => {
                let links = self.links(links)?;
                let changed = Rc::make_mut(&mut self.net).heal_links(&links);
                self.cut_changed(changed, event, Idle::NotCut, rec)
            }
            Action::Cut(links) => {
                let links = self.links(links)?;
                let net = Rc::make_mut(&mut self.net);
                let mut changed = false;
                for link in links {
                    changed |= net.cut(link);
                }
                self.cut_changed(changed, event, Idle::AlreadySo, rec)
            }
            Action::Latency(links, min, max) => {
                self.each_link(links, |net, link| net.set_latency(link, (*min, *max)))
            }
            Action::Loss(links, loss) => {
                self.each_link(links, |net, link| net.set_loss(link, *loss))
            }
            Action::Duplication(links, twice) => {
                self.each_link(links, |net, link| net.set_duplication(link, *twice))
            }
            Action::Reorder(links, free) => {
                self.each_link(links, |net, link| net.set_fifo(link, !*free))
            }
            Action::Handle(handling, selector) => self.handle(*handling, selector, rec),
            Action::Release(which) => self.release(which.as_ref(), rec),
            Action::Crash(targets) => self.each(targets, |world, id| world.crash(id, event, rec)),
            Action::Kill(targets) => self.each(targets, |world, id| world.kill(id, event, rec)),
            Action::Restart(targets) => {
                self.each(targets, |world, id| world.restart(id, event, rec))
            }
            Action::Wipe(targets) => self.each(targets, |world, id| world.wipe(id, event, rec)),
            Action::Pause(targets, span) => {
                self.each(targets, |world, id| world.pause(id, *span, event, rec))
            }
            Action::Resume(targets) => self.each(targets, |world, id| world.resume(id, event, rec)),
            Action::Jump(target, forward, span) => {
                let (id, now) = (self.target(target)?, self.now);
                self.people[id.index()].clock.jump(now, *forward, *span);
                Ok(())
            }
            Action::Drift(target, rate) => {
                let id = self.target(target)?;
                self.drift(id, *rate);
                Ok(())
            }
            Action::Service(targets, span) => self.each(targets, |world, id| {
                world.people[id.index()].service = *span;
                Ok(())
            }),
            Action::Disk(targets, mode) => self.each(targets, |world, id| {
                world.set_disk(id, *mode);
                Ok(())
            }),
            Action::Pin(target, timer, armings, span) => {
                let id = self.target(target)?;
                self.pin(id, *timer, *armings, *span);
                Ok(())
            }
            Action::Force(target, timer) => {
                let id = self.target(target)?;
                self.force(id, *timer)
            }
            Action::Set(target, key, setting) => self.set(target.as_ref(), *key, *setting, event),
            Action::Tell { from, to, text } => {
                let (from, to) = (self.target(from)?, self.target(to)?);
                self.tell(from, to, text.clone(), event);
                Ok(())
            }
            Action::EndSession(target) => {
                let id = self.target(target)?;
                self.clients[id.index()].session += 1;
                Ok(())
            }
        }
    }

    fn ask(&mut self, ask: &Ask, round: u32, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        let client = self.target(&ask.client)?;
        match self.people[client.index()].phase {
            Phase::Up => {}
            Phase::Paused => return Err(Idle::IsPaused),
            Phase::Down | Phase::New => return Err(Idle::IsDown),
        }
        let is_role = self.cast.is_role(client);
        if is_role && self.cast.setup.roles[client.index()].part != Part::Client {
            return Err(Idle::NoClient);
        }
        let via = ask.via.iter().map(|target| self.target(target)).collect::<Result<_, _>>()?;
        let mut op = ask.op.clone();
        op.args.iter_mut().for_each(|arg| number(arg, round));
        self.call(client, via, (op, ask.label.clone(), ask.patience), event, rec);
        Ok(())
    }

    /// The participant that is meant, now.
    pub(super) fn target(&self, target: &Target) -> Result<Id, Idle> {
        match target {
            Target::Node(id) => Ok(*id),
            Target::Role(role) => self.player(role).ok_or(Idle::NobodyPlays),
        }
    }

    fn targets(&self, targets: &[Target]) -> Result<Vec<Id>, Idle> {
        targets.iter().map(|target| self.target(target)).collect()
    }

    /// The links that are meant, now, one direction each.
    pub(super) fn links(&self, links: &LinkSet) -> Result<Vec<(Id, Id)>, Idle> {
        let (from, to) = (self.targets(&links.from)?, self.targets(&links.to)?);
        let mut all = Vec::new();
        for &a in &from {
            for &b in to.iter().filter(|&&b| b != a) {
                all.push((a, b));
                if links.both_ways {
                    all.push((b, a));
                }
            }
        }
        Ok(all)
    }

    fn groups(&self, groups: &[Group]) -> Result<Vec<Vec<Id>>, Idle> {
        let mut named = Vec::new();
        for group in groups {
            let (Group::Targets(targets) | Group::Rest(targets)) = group;
            named.extend(self.targets(targets)?);
        }
        let roles = self.cast.setup.roles.iter().enumerate();
        let nodes = roles.filter(|(_, role)| role.part != Part::Client);
        let rest: Vec<Id> =
            nodes.map(|(index, _)| Id::at(index)).filter(|id| !named.contains(id)).collect();
        let members = |group: &Group| match group {
            Group::Targets(targets) => self.targets(targets),
            Group::Rest(targets) => Ok([rest.clone(), self.targets(targets)?].concat()),
        };
        groups.iter().map(members).collect()
    }

    fn each_link(
        &mut self,
        links: &LinkSet,
        mut change: impl FnMut(&mut super::net::Net, (Id, Id)),
    ) -> Result<(), Idle> {
        let links = self.links(links)?;
        let net = Rc::make_mut(&mut self.net);
        links.into_iter().for_each(|link| change(net, link));
        Ok(())
    }

    /// Does something to each target; idle when it had no effect on any, for the first reason.
    fn each(
        &mut self,
        targets: &[Target],
        mut act: impl FnMut(&mut World, Id) -> Result<(), Idle>,
    ) -> Result<(), Idle> {
        let mut first = Err(Idle::NobodyPlays);
        let mut any = false;
        for (place, id) in self.targets(targets)?.into_iter().enumerate() {
            let result = act(self, id);
            any |= result.is_ok();
            if place == 0 {
                first = result;
            }
        }
        if any { Ok(()) } else { first }
    }

    fn cut_changed(
        &mut self,
        changed: bool,
        event: u32,
        otherwise: Idle,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        if !changed {
            return Err(otherwise);
        }
        self.lose_cut(rec);
        let (net, at) = (&self.net, self.now);
        rec.cuts(|| CutRecord { event, at, links: net.cuts(), islands: net.islands() });
        Ok(())
    }

    #[inline(never)]
    fn crash(&mut self, id: Id, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        let now = self.now;
        let person = &mut self.people[id.index()];
        if !person.phase.is_alive() {
            return Err(Idle::IsDown);
        }
        person.phase = Phase::Down;
        rec.phase(event, now, id, Phase::Down);
        person.timers.clear();
        for item in core::mem::take(&mut person.inbox) {
            if let Item::Deliver(flight) = item {
                rec.lost(flight.id, now, crate::run::trace::Loss::Down);
            }
        }
        self.abandon(id, event, rec);
        if self.cast.is_role(id) {
            self.machine.crash(id);
            self.lose_undurable(id);
            rec.facts(event, now, id, &*self.machine, &mut Vec::new());
        }
        Ok(())
    }

    #[inline(never)]
    fn kill(&mut self, id: Id, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        self.crash(id, event, rec)?;
        for peer in self.cast.ids().filter(|&peer| peer != id) {
            self.send(id, peer, Packet::Reset, event, rec);
        }
        Ok(())
    }

    #[inline(never)]
    fn restart(&mut self, id: Id, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        if self.people[id.index()].phase.is_alive() {
            return Err(Idle::IsUp);
        }
        self.boot(id, event, rec);
        Ok(())
    }

    #[inline(never)]
    fn wipe(&mut self, id: Id, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        // A node that is down already loses its disk all the same.
        let _ = self.crash(id, event, rec);
        if self.cast.is_role(id) {
            self.machine.wipe(id);
        }
        self.restart(id, event, rec)
    }

    #[inline(never)]
    fn pause(
        &mut self,
        id: Id,
        span: Option<Span>,
        event: u32,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        let now = self.now;
        let person = &mut self.people[id.index()];
        match person.phase {
            Phase::Up => {}
            Phase::Paused => return Err(Idle::IsPaused),
            Phase::Down | Phase::New => return Err(Idle::IsDown),
        }
        person.phase = Phase::Paused;
        rec.phase(event, now, id, Phase::Paused);
        person.pauses += 1;
        let pause = person.pauses;
        if let Some(span) = span {
            self.push(now + span, Class::Loopback, Item::Resume { node: id, pause });
        }
        Ok(())
    }

    #[inline(never)]
    fn resume(&mut self, id: Id, event: u32, rec: &mut Recorder) -> Result<(), Idle> {
        if self.people[id.index()].phase != Phase::Paused {
            return Err(Idle::NotPaused);
        }
        self.thaw(id, event, rec);
        Ok(())
    }

    /// A frozen process goes on: what fell due meanwhile is handled now, in due order.
    pub(super) fn thaw(&mut self, id: Id, event: u32, rec: &mut Recorder) {
        let person = &mut self.people[id.index()];
        person.phase = Phase::Up;
        rec.phase(event, self.now, id, Phase::Up);
        for item in core::mem::take(&mut person.inbox) {
            self.push(self.now, Class::Loopback, item);
        }
    }

    #[inline(never)]
    fn set(
        &mut self,
        target: Option<&Target>,
        key: Key,
        setting: Setting,
        event: u32,
    ) -> Result<(), Idle> {
        let nodes: Vec<Id> = match target {
            Some(target) => alloc::vec![self.target(target)?],
            None => (0..self.cast.n_roles()).map(Id::at).collect(),
        };
        let changed = nodes.into_iter().filter(|id| {
            let knobs = &mut self.people[id.index()].knobs;
            let changes = knobs.get(key) != setting;
            knobs.set(key, setting);
            changes
        });
        let changed: Vec<Id> = changed.collect();
        if changed.is_empty() {
            return Err(Idle::AlreadySo);
        }
        for id in changed {
            if self.people[id.index()].phase.is_alive() {
                self.configure(id, key, event);
            }
        }
        Ok(())
    }

    /// The lines that the rules of a step trigger, and whether each discards its messages.
    pub(super) fn triggered(&mut self, me: Id, effects: &[Effect]) -> Vec<(u32, bool)> {
        let mut lines = Vec::new();
        if self.script.whens.is_empty() {
            return lines;
        }
        let script = self.script.clone();
        for effect in effects {
            let Effect::Rule(fired) = effect else { continue };
            for (place, &line) in script.whens.iter().enumerate() {
                let Trigger::When { rule, node, nth, before_send } =
                    &script.lines[line as usize].trigger
                else {
                    continue;
                };
                let here = || node.as_ref().is_none_or(|node| self.target(node) == Ok(me));
                if *rule == fired.rule.id && here() {
                    self.when_counts[place] += 1;
                    if self.when_counts[place] == *nth {
                        lines.push((line, *before_send));
                    }
                }
            }
        }
        lines
    }

    /// The lines that waited for the operation of this label are due.
    pub(super) fn run_afters(&mut self, label: &Str) {
        let script = self.script.clone();
        for &line in &script.afters {
            if let Trigger::After(wanted, span) = &script.lines[line as usize].trigger
                && wanted == label
            {
                self.push(self.now + *span, Class::Loopback, Item::Line(line));
            }
        }
    }
}

/// Puts the running number in place of `#`.
fn number(value: &mut Value, round: u32) {
    if let Value::Text(text) = value
        && text.contains('#')
    {
        *value = Value::text(&text.replace('#', &alloc::format!("{round}")));
    }
}
