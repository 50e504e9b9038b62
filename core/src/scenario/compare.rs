//! What stands side by side: the line `compare`, and lines that belong to one run `only`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ast::{Line, Pane, Scenario, Variant};
use super::cursor::{Cursor, Parse};
use super::error::{Error, Kind};
use super::names::Names;
use super::variants::Moved;
use super::{print, print_action, script, variants};
use crate::base::{Id, Str};
use crate::kernel::action::Action;
use crate::kernel::{Cast, limits};
use crate::machine::Entry;
use crate::op;

impl Scenario {
    /// What a pane runs: the story as it is, or the variant with nothing told about it. `None` when
    /// there is no such variant.
    pub fn pane(&self, pane: &Pane) -> Option<Scenario> {
        match pane {
            Pane::Told => Some(self.clone()),
            Pane::Variant(name) => self.variant(name),
        }
    }

    /// Every run that the scenario tells of, the story as told first.
    pub fn panes(&self) -> impl Iterator<Item = Pane> + '_ {
        let variants = self.variants.iter().map(|variant| Pane::Variant(variant.name.clone()));
        core::iter::once(Pane::Told).chain(variants)
    }

    /// The system of a pane; that of the story when there is no such variant.
    pub fn entry_of(&self, pane: &Pane) -> &'static Entry {
        variant_of(self, pane).map_or(self.system.entry, |v| variants::system(self, v).entry)
    }

    /// The same scenario with these runs side by side.
    ///
    /// # Errors
    ///
    /// Why they cannot stand side by side, and what can.
    pub fn compared(&self, panes: &[Pane]) -> Result<Scenario, Error> {
        let text = names_of(panes);
        let compare = self::panes(&mut Cursor::new(1, &text), self)?;
        Ok(Scenario { compare, ..self.clone() })
    }

    /// A line of one pane as it reads in another.
    ///
    /// # Errors
    ///
    /// When it makes no sense there.
    pub fn moved_line(&self, line: &Line, from: &Pane, to: &Pane) -> Result<Line, Error> {
        let names = [from, to].map(|pane| names_in(self, pane));
        let moved = Moved::new(&names[0], &names[1]).line(line)?;
        moved.into_iter().next().ok_or_else(|| Cursor::new(0, "").expected(&["at"]))
    }

    /// What lines of the learner's are in a pane: those that belong to another are not there.
    ///
    /// # Errors
    ///
    /// When one makes no sense there.
    pub fn own_lines_in(&self, own: &[Line], pane: &Pane) -> Result<Vec<Line>, Error> {
        let mut lines = Vec::new();
        for line in own {
            match &line.only {
                None => lines.push(self.moved_line(line, &Pane::Told, pane)?),
                Some(only) if only == pane => lines.push(Line { only: None, ..line.clone() }),
                Some(_) => {}
            }
        }
        Ok(lines)
    }

    /// The same scenario with what `lines` say further, as links carry it: lines of the script,
    /// which become the learner's own, variants, and what stands side by side (instead of what
    /// stood so before).
    ///
    /// # Errors
    ///
    /// What is wrong with the lines, which count from 1.
    pub fn with_lines(
        &self,
        lines: &[String],
        systems: &[&'static Entry],
    ) -> Result<Scenario, Vec<Error>> {
        let mut base = self.clone();
        let keyword = |line: &str| line.split(' ').next().unwrap_or("").to_string();
        if lines.iter().any(|line| keyword(line) == "compare") {
            base.compare.clear();
        }
        let mut text = base.to_string();
        let before = text.lines().count() as u32;
        for line in lines {
            let line = line.trim().trim_start_matches('+').trim_start().replace(['\n', '\r'], " ");
            let own = if ["compare", "variant"].contains(&&*keyword(&line)) { "" } else { "+ " };
            text.push_str(&format!("{own}{line}\n"));
        }
        Scenario::parse(&text, systems).map_err(|mut errors| {
            errors.iter_mut().for_each(|error| error.line = error.line.saturating_sub(before));
            errors
        })
    }

    /// What this scenario says further than `told`, as [`Scenario::with_lines`] reads it.
    pub fn further_lines(&self, told: &Scenario) -> Vec<String> {
        let known = |variant: &Variant| told.variants.iter().any(|v| v.name == variant.name);
        let further = self.variants.iter().filter(|variant| !known(variant));
        let mut lines: Vec<String> =
            further.flat_map(|variant| print::variant_lines(self, variant)).collect();
        if self.compare != told.compare && !self.compare.is_empty() {
            lines.push(line_of(&self.compare));
        }
        lines.extend(self.lines.iter().filter(|line| line.own).map(|line| self.print_line(line)));
        lines
    }
}

/// Two to four runs, each once. What the system with the fewest operations offers all must offer.
pub(super) fn panes(cursor: &mut Cursor, scenario: &Scenario) -> Parse<Vec<Pane>> {
    let start = *cursor;
    let mut panes: Vec<Pane> = Vec::new();
    while !cursor.is_end() {
        cursor.space();
        let at = *cursor;
        let pane = pane(cursor, scenario)?;
        if panes.contains(&pane) {
            return Err(at.error(Kind::Twice, Vec::new()));
        }
        if panes.len() == limits::PANES {
            return Err(at.error(Kind::Panes, Vec::new()));
        }
        panes.push(pane);
    }
    if panes.len() < 2 {
        return Err(start.error(Kind::Panes, Vec::new()));
    }
    let n_ops = |pane: &&Pane| scenario.entry_of(pane).ops.len();
    let least = panes.iter().min_by_key(n_ops).unwrap_or(&panes[0]);
    match panes.iter().find(|pane| !covers(scenario, pane, least)) {
        Some(pane) if panes[0] == *least => Err(apart(&start, scenario, [least, pane])),
        Some(pane) => Err(apart(&start, scenario, [pane, least])),
        None => Ok(panes),
    }
}

fn pane(cursor: &mut Cursor, scenario: &Scenario) -> Parse<Pane> {
    let start = *cursor;
    let pane = Pane::named(cursor.name("told or a variant")?);
    let is_known = pane == Pane::Told || variant_of(scenario, &pane).is_some();
    let known: Vec<Pane> = scenario.panes().collect();
    is_known
        .then_some(pane)
        .ok_or_else(|| start.unknown(Kind::Variant, known.iter().map(Pane::name)))
}

fn covers(scenario: &Scenario, more: &Pane, fewer: &Pane) -> bool {
    op::covers(scenario.entry_of(more).ops, scenario.entry_of(fewer).ops)
}

/// Names two runs that cannot stand side by side, and what can stand beside one of them; else what
/// else can.
fn apart(start: &Cursor, scenario: &Scenario, two: [&Pane; 2]) -> Error {
    let all: Vec<Pane> = scenario.panes().collect();
    let fits = |a: &Pane, b: &Pane| covers(scenario, a, b) || covers(scenario, b, a);
    let beside = |one: &Pane| {
        let others = all.iter().filter(|other| *other == one || fits(one, other));
        others.map(|pane| Str::from(pane.name())).collect::<Vec<_>>()
    };
    let mut groups = two.into_iter().chain(&all).map(beside);
    let can = groups.find(|group| group.len() > 1).unwrap_or_default();
    let kind = if can.is_empty() { Kind::Alone } else { Kind::Apart };
    let told = two.map(|pane| format!("{} ({})", pane.name(), scenario.entry_of(pane).id));
    Error { found: told.join(", ").as_str().into(), ..start.error(kind, can) }
}

fn variant_of<'a>(scenario: &'a Scenario, pane: &Pane) -> Option<&'a Variant> {
    scenario.variants.iter().find(|variant| *pane == Pane::Variant(variant.name.clone()))
}

/// `compare told prevote`.
pub(super) fn line_of(panes: &[Pane]) -> String {
    format!("compare {}", names_of(panes))
}

fn names_of(panes: &[Pane]) -> String {
    panes.iter().map(Pane::name).collect::<Vec<_>>().join(" ")
}

/// A line of the script. One that belongs to one run only names the participants of that run;
/// `names` are those of the story.
pub(super) fn line(cursor: &mut Cursor, scenario: &Scenario, names: &Names) -> Parse<Vec<Line>> {
    let Some((_, mut at)) = script::only(*cursor) else { return script::line(cursor, names) };
    let own = pane(&mut at, scenario)?;
    if own == Pane::Told {
        return script::line(cursor, names);
    }
    script::line(cursor, &names_in(scenario, &own))
}

/// Whom a line names.
pub(super) fn names(scenario: &Scenario, line: &Line) -> Names {
    names_in(scenario, line.only.as_ref().unwrap_or(&Pane::Told))
}

fn names_in(scenario: &Scenario, pane: &Pane) -> Names {
    match variant_of(scenario, pane) {
        None => Names::of(&scenario.system),
        Some(variant) => Names::of(&variants::system(scenario, variant)),
    }
}

/// An action as a script writes it, with participants called by `name`, as their system calls them
/// where that has none.
pub fn told_action<'a>(
    cast: &Cast,
    action: &Action,
    name: &dyn Fn(Id) -> Option<&'a str>,
) -> String {
    print_action::action(action, &Names::in_cast(cast).called(name))
}
