//! Every name that a scenario may use, as its system's tables give them.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::ast::System;
use super::cursor::{Cursor, Parse};
use super::error::Kind;
use crate::base::{Id, Str};
use crate::kernel::action::{LinkSet, Target};
use crate::kernel::{Cast, limits};
use crate::knob::{Key, Knob, Knobs, Setting};
use crate::machine::Entry;
use crate::op::OpSpec;
use crate::protocol::{Part, Role, TimerKey};

/// Who takes part, and what the system calls things.
pub(super) struct Names {
    pub entry: &'static Entry,
    pub roles: Rc<Vec<Role>>,
    pub knobs: Knobs,
    participants: Vec<Str>,
}

impl Names {
    /// The names under these settings. A system that counts its own clients has none of the
    /// kernel's unless it is told so.
    pub fn of(system: &System) -> Names {
        let mut knobs = Knobs::defaults(system.entry.knobs);
        for (node, key, setting) in &system.settings {
            if node.is_none() {
                knobs.set(*key, *setting);
            }
        }
        let roles = (system.entry.topology)(&knobs);
        let clients = (1..=system.clients).map(|n| alloc::format!("c{n}").as_str().into());
        let participants = roles.iter().map(|role| role.name.clone()).chain(clients).collect();
        Names { entry: system.entry, roles: Rc::new(roles), knobs, participants }
    }

    /// The names of those who take part in a run.
    pub fn in_cast(cast: &Cast) -> Names {
        let (roles, knobs) = (cast.setup.roles.clone(), cast.setup.knobs.clone());
        Names { entry: cast.entry, roles, knobs, participants: cast.names.clone() }
    }

    /// Whether what is resolved against one can be read against the other as it is.
    pub fn agrees_with(&self, other: &Names) -> bool {
        self.entry.id == other.entry.id && self.participants == other.participants
    }

    /// Who takes part, with their parts; the kernel's clients are clients.
    pub fn people(&self) -> Vec<(Str, Part)> {
        let parts = self.roles.iter().map(|role| role.part).chain(core::iter::repeat(Part::Client));
        self.participants.iter().cloned().zip(parts).collect()
    }

    /// The same with other names for participants, where there are any.
    pub fn called<'a>(&self, name: impl Fn(Id) -> Option<&'a str>) -> Names {
        let (roles, knobs) = (self.roles.clone(), self.knobs.clone());
        let ids = (0..self.participants.len()).map(Id::at);
        let participants = ids.map(|id| name(id).unwrap_or(self.name(id)).into()).collect();
        Names { entry: self.entry, roles, knobs, participants }
    }

    pub fn participants(&self) -> impl Iterator<Item = &str> {
        self.participants.iter().map(|name| &**name)
    }

    pub fn count(&self) -> usize {
        self.participants.len()
    }

    pub fn name(&self, id: Id) -> &str {
        self.participants.get(id.index()).map_or("", |name| name)
    }

    pub fn find(&self, name: &str) -> Option<Id> {
        self.participants().position(|known| known == name).map(Id::at)
    }

    /// The roles that scripts may name.
    fn role_names(&self) -> impl Iterator<Item = &str> {
        let roles = self.entry.roles.iter().copied();
        core::iter::once("leader").chain(roles.filter(|role| *role != "leader"))
    }

    pub fn is_client(&self, id: Id) -> bool {
        self.roles.get(id.index()).is_none_or(|role| role.part == Part::Client)
    }

    pub fn id(&self, cursor: &mut Cursor) -> Parse<Id> {
        cursor.space();
        let start = *cursor;
        let name = cursor.name("participant")?;
        self.find(name).ok_or_else(|| start.unknown(Kind::Participant, self.participants()))
    }

    pub fn target(&self, cursor: &mut Cursor) -> Parse<Target> {
        cursor.space();
        let start = *cursor;
        let name = cursor.name("participant or role")?;
        if let Some(id) = self.find(name) {
            return Ok(Target::Node(id));
        }
        if self.role_names().any(|role| role == name) {
            return Ok(Target::Role(name.into()));
        }
        let known: Vec<&str> = self.participants().chain(self.role_names()).collect();
        Err(start.unknown(Kind::Participant, known))
    }

    /// One target, or several in braces.
    pub fn targets(&self, cursor: &mut Cursor) -> Parse<Vec<Target>> {
        let mut targets = Vec::new();
        self.braced(cursor, &mut |names, cursor| names.push_target(cursor, &mut targets))?;
        Ok(targets)
    }

    /// Reads what stands between braces, or one thing where there are none.
    pub fn braced(
        &self,
        cursor: &mut Cursor,
        one: &mut dyn FnMut(&Names, &mut Cursor) -> Parse<()>,
    ) -> Parse<()> {
        if !cursor.eat("{") {
            return one(self, cursor);
        }
        loop {
            one(self, cursor)?;
            cursor.eat(",");
            if cursor.eat("}") {
                return Ok(());
            }
        }
    }

    /// Reads a target or a range of participants into `targets`, each once.
    pub fn push_target(&self, cursor: &mut Cursor, targets: &mut Vec<Target>) -> Parse<()> {
        let first = self.target(cursor)?;
        let start = *cursor;
        let mut push = |target: Target| {
            if !targets.contains(&target) {
                targets.push(target);
            }
        };
        match first {
            Target::Node(from) if cursor.eat("..") => {
                let to = self.id(cursor)?;
                let Some(range) = self.range(from, to) else {
                    return Err(start.expected(&[","]));
                };
                range.into_iter().for_each(|id| push(Target::Node(id)));
            }
            target => push(target),
        }
        Ok(())
    }

    /// `n2..n5`: the participants of one name whose numbers lie between.
    fn range(&self, from: Id, to: Id) -> Option<Vec<Id>> {
        let (stem, low) = numbered(self.name(from))?;
        let (other, high) = numbered(self.name(to))?;
        if stem != other || low > high || high - low >= limits::PARTICIPANTS as u32 {
            return None;
        }
        (low..=high).map(|n| self.find(&alloc::format!("{stem}{n}"))).collect()
    }

    /// Participants only, `{}` included.
    pub fn ids(&self, cursor: &mut Cursor) -> Parse<Vec<Id>> {
        let mut ahead = *cursor;
        if ahead.eat("{") && ahead.eat("}") {
            *cursor = ahead;
            return Ok(Vec::new());
        }
        let start = *cursor;
        let targets = self.targets(cursor)?;
        let id = |target| match target {
            Target::Node(id) => Ok(id),
            Target::Role(_) => Err(start.unknown(Kind::Participant, self.participants())),
        };
        targets.into_iter().map(id).collect()
    }

    pub fn links(&self, cursor: &mut Cursor) -> Parse<LinkSet> {
        let from = self.targets(cursor)?;
        let both_ways = cursor.eat("--");
        if !both_ways && !cursor.eat("->") {
            return Err(cursor.expected(&["->", "--"]));
        }
        Ok(LinkSet { from, to: self.targets(cursor)?, both_ways })
    }

    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.entry.kinds.iter().copied().chain(["request", "reply", "reset"])
    }

    pub fn kind(&self, cursor: &mut Cursor) -> Parse<&'static str> {
        cursor.space();
        let start = *cursor;
        let name = cursor.name("message kind")?;
        let known = self.kinds().find(|kind| *kind == name);
        known.ok_or_else(|| start.unknown(Kind::Message, self.kinds()))
    }

    /// `election` or `vote#2`.
    pub fn timer(&self, cursor: &mut Cursor) -> Parse<TimerKey> {
        let start = *cursor;
        let name = cursor.name("timer")?;
        let timers = self.entry.timers;
        let Some(place) = timers.iter().position(|timer| *timer == name) else {
            return Err(start.unknown(Kind::Timer, timers.iter().copied()));
        };
        let number = if cursor.touches("#") { cursor.number(0, u32::MAX.into())? } else { 0 };
        Ok(TimerKey { name: place as u8, number: number as u32 })
    }

    pub fn rule(&self, cursor: &mut Cursor) -> Parse<&'static str> {
        cursor.space();
        let start = *cursor;
        let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
        let mut rules = self.entry.rules.iter().map(|rule| rule.id);
        let known = rules.find(|rule| *rule == name);
        known.ok_or_else(|| start.unknown(Kind::Rule, self.entry.rules.iter().map(|r| r.id)))
    }

    pub fn op(&self, cursor: &mut Cursor) -> Parse<&'static OpSpec> {
        cursor.space();
        let start = *cursor;
        let verb = cursor.name("operation")?;
        let ops = self.entry.ops;
        let known = ops.iter().find(|op| op.verb == verb);
        known.ok_or_else(|| start.unknown(Kind::Operation, ops.iter().map(|op| op.verb)))
    }

    /// The setting called `name`, which stood at `start`.
    pub fn knob(&self, start: &Cursor, name: &str) -> Parse<(Key, &'static Knob)> {
        find_knob(self.entry, start, name)
    }

    /// `[NODE.]knob=value`.
    pub fn setting(&self, cursor: &mut Cursor) -> Parse<(Option<Id>, Key, Setting)> {
        let (target, key, setting, start) = self.targeted_setting(cursor)?;
        match target {
            None => Ok((None, key, setting)),
            Some(Target::Node(id)) => Ok((Some(id), key, setting)),
            Some(_) => Err(start.unknown(Kind::Participant, self.participants())),
        }
    }

    /// `[TARGET.]knob=value`, and where it began.
    pub fn targeted_setting<'a>(
        &self,
        cursor: &mut Cursor<'a>,
    ) -> Parse<(Option<Target>, Key, Setting, Cursor<'a>)> {
        cursor.space();
        let start = *cursor;
        let mut name_at = *cursor;
        let mut name = cursor.name("setting")?;
        let mut target = None;
        if cursor.touches(".") {
            target = Some(self.target(&mut start.clone())?);
            name_at = *cursor;
            name = cursor.name("setting")?;
        }
        let (key, knob) = self.knob(&name_at, name)?;
        if target.is_some() && !knob.per_node {
            return Err(name_at.error(Kind::NotPerNode, Vec::new()));
        }
        cursor.expect("=")?;
        Ok((target, key, super::settings::setting(cursor, knob)?, start))
    }
}

pub(super) fn find_knob(
    entry: &'static Entry,
    start: &Cursor,
    name: &str,
) -> Parse<(Key, &'static Knob)> {
    let place = entry.knobs.iter().position(|knob| knob.name == name);
    let unknown = || start.unknown(Kind::Knob, entry.knobs.iter().map(|knob| knob.name));
    place.map(|place| (Key(place), &entry.knobs[place])).ok_or_else(unknown)
}

/// `n12` is `n` and 12.
fn numbered(name: &str) -> Option<(&str, u32)> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((stem, name[stem.len()..].parse().ok()?))
}
