//! Variants: other runs of the same story.

use alloc::vec;
use alloc::vec::Vec;

use super::ast::{Edit, Expect, Line, Pane, Scenario, System, Variant};
use super::cursor::{Cursor, Parse};
use super::error::Kind;
use super::items::Item;
use super::names::Names;
use super::{print, print_parts, script, settings, story};
use crate::base::{Id, Str, sort_by_key};
use crate::compare::{Counterparts, counterparts};
use crate::kernel::limits;
use crate::machine::Entry;
use crate::protocol::Given;

impl Scenario {
    /// The run that the variant `name` describes, with its expectations as its own; `None` when
    /// there is no such variant.
    pub fn variant(&self, name: &str) -> Option<Scenario> {
        let variant = self.variants.iter().find(|variant| &*variant.name == name)?;
        apply(self, variant).ok()
    }
}

/// What runs in a variant, before its lines are looked at.
pub(super) fn system(scenario: &Scenario, variant: &Variant) -> System {
    let mut system = scenario.system.clone();
    for edit in &variant.edits {
        match edit {
            Edit::System(other) => system = other.clone(),
            Edit::End(end) => system.end = *end,
            Edit::Latency(from, to) => system.latency = (*from, *to),
            Edit::Disk(mode) => system.disk = *mode,
            Edit::Set(node, key, setting) => {
                let same = system.settings.iter_mut().find(|(n, k, _)| (n, k) == (node, key));
                match same {
                    Some((_, _, value)) => *value = *setting,
                    None => system.settings.push((*node, *key, *setting)),
                }
            }
            _ => {}
        }
    }
    // The settings of single nodes are read after those of the cluster.
    sort_by_key(&mut system.settings, |(node, _, _)| node.is_some());
    system
}

/// The lines that variants bring along.
pub(super) fn own_lines(scenario: &Scenario) -> impl Iterator<Item = &Line> {
    let edits = scenario.variants.iter().flat_map(|variant| &variant.edits);
    edits.flat_map(|edit| match edit {
        Edit::Add(line) => core::slice::from_ref(line),
        Edit::Replace(_, lines) => lines,
        _ => &[],
    })
}

/// The variant as a scenario. Where participants differ, every line is read anew.
pub(super) fn apply(scenario: &Scenario, variant: &Variant) -> Parse<Scenario> {
    let mut run = scenario.clone();
    run.system = system(scenario, variant);
    run.variants.clear();
    run.compare.clear();
    run.steps.clear();
    run.expects.clear();
    let (from, to) = (Names::of(&scenario.system), Names::of(&run.system));
    if to.count() > limits::PARTICIPANTS {
        return Err(Cursor::new(0, "").too_long(limits::PARTICIPANTS));
    }
    let moved = Moved::new(&from, &to);
    run.given = moved.given(&scenario.given)?;
    run.system.names = scenario
        .system
        .names
        .iter()
        .filter_map(|(id, texts)| Some((moved.id(*id)?, texts.clone())))
        .collect();
    run.lines.clear();
    let mut replaced: Vec<&Str> = Vec::new();
    for line in &scenario.lines {
        match line.label.as_ref().and_then(|label| edit_of(variant, label)) {
            Some(Edit::Replace(label, by)) if !replaced.contains(&label) => {
                replaced.push(label);
                run.lines.extend(by.iter().cloned());
            }
            Some(_) => {}
            None => run.lines.extend(of_pane(line, &variant.name, &moved)?),
        }
    }
    for edit in &variant.edits {
        match edit {
            Edit::Seed(seed) => run.seed = *seed,
            Edit::Add(line) => run.lines.push(line.clone()),
            _ => {}
        }
    }
    let own = |expect: &&Expect| expect.variant.as_ref() == Some(&variant.name);
    run.expects = scenario.expects.iter().filter(own).cloned().collect();
    run.expects.iter_mut().for_each(|expect| expect.variant = None);
    Ok(run)
}

/// The edit that takes the lines of this label away.
fn edit_of<'a>(variant: &'a Variant, label: &Str) -> Option<&'a Edit> {
    variant.edits.iter().find(|edit| match edit {
        Edit::Remove(gone) | Edit::Replace(gone, _) => gone == label,
        _ => false,
    })
}

/// What the variant `name` makes of a line of the story.
fn of_pane(line: &Line, name: &Str, moved: &Moved) -> Parse<Vec<Line>> {
    match &line.only {
        None => moved.line(line),
        Some(Pane::Variant(only)) if only == name => Ok(vec![Line { only: None, ..line.clone() }]),
        Some(_) => Ok(Vec::new()),
    }
}

/// From the participants of one run to those of another: by their names and, where the systems are
/// two, by their places.
pub(super) struct Moved<'a> {
    to: &'a Names,
    /// The names of the first run as the other calls them.
    called: Names,
    pairs: Counterparts,
    same: bool,
}

impl<'a> Moved<'a> {
    pub fn new(from: &Names, to: &'a Names) -> Moved<'a> {
        match from.agrees_with(to) {
            true => {
                let pairs = (0..to.count()).map(|place| Some(Id::at(place))).collect();
                Moved { to, called: from.called(|id| Some(to.name(id))), pairs, same: true }
            }
            false => Moved::between_others(from, to),
        }
    }

    #[inline(never)]
    fn between_others(from: &Names, to: &'a Names) -> Moved<'a> {
        let strangers = from.entry.id != to.entry.id;
        let pairs = counterparts(&from.people(), &to.people(), strangers);
        let called = from.called(|id| pairs[id.index()].map(|other| to.name(other)));
        Moved { to, called, pairs, same: false }
    }

    fn id(&self, id: Id) -> Option<Id> {
        self.pairs.get(id.index()).copied().flatten()
    }

    pub fn line(&self, line: &Line) -> Parse<Vec<Line>> {
        if self.same {
            return Ok(vec![line.clone()]);
        }
        let text = print::script_line(line, &self.called);
        script::line(&mut Cursor::new(0, &text), self.to)
    }

    fn given(&self, given: &[(Id, Str, Given)]) -> Parse<Vec<(Id, Str, Given)>> {
        let mut moved = Vec::new();
        for (id, field, value) in given {
            let value = print_parts::given(value, &self.called);
            let text = alloc::format!("{} {field}={value}", self.called.name(*id));
            moved.extend(settings::given(&mut Cursor::new(0, &text), self.to)?);
        }
        Ok(moved)
    }
}

/// Whether a line of the file is of this variant.
pub(super) fn is_of(item: &Item, name: &str) -> bool {
    item.keyword == "variant" && item.rest.peek() == name
}

/// Refuses more variants, or more edits, than a scenario may have.
#[inline(never)]
pub(super) fn few(scenario: &Scenario, item: &Item) -> Parse<()> {
    let edits = |variant: &Variant| {
        let lines = |edit: &Edit| if let Edit::Replace(_, by) = edit { by.len() } else { 1 };
        variant.edits.iter().map(lines).sum::<usize>()
    };
    if scenario.variants.len() > limits::VARIANTS {
        return Err(item.start.too_long(limits::VARIANTS));
    }
    if scenario.variants.iter().map(edits).sum::<usize>() > limits::EDITS {
        return Err(item.start.too_long(limits::EDITS));
    }
    Ok(())
}

/// Reads a `variant` line but for the lines that it adds.
#[inline(never)]
pub(super) fn declare(
    scenario: &mut Scenario,
    item: &Item,
    systems: &[&'static Entry],
) -> Parse<()> {
    let mut rest = item.rest;
    let name: Str = rest.name("variant")?.into();
    let place = scenario.variants.iter().position(|variant| variant.name == name);
    let place = place.unwrap_or_else(|| {
        let variant = Variant { name, title: Default::default(), edits: Vec::new() };
        scenario.variants.push(variant);
        scenario.variants.len() - 1
    });
    if !rest.touches(":") {
        let language = scenario.language.clone();
        let text = rest.text();
        if text.is_empty() && item.tag.is_none() {
            return Ok(());
        }
        return story::add_text(&mut scenario.variants[place].title, item, &language, text);
    }
    let edits = early_edits(&mut rest, scenario, place, systems)?;
    if let [Edit::System(_), ..] = &edits[..] {
        let settings = |edit: &Edit| matches!(edit, Edit::Set(..) | Edit::System(_));
        if scenario.variants[place].edits.iter().any(settings) {
            return Err(item.start.error(Kind::Misplaced, vec!["system".into()]));
        }
    }
    scenario.variants[place].edits.extend(edits);
    Ok(())
}

/// The edits of a line that change what runs; none for an edit of lines.
#[inline(never)]
fn early_edits(
    cursor: &mut Cursor,
    scenario: &Scenario,
    place: usize,
    systems: &[&'static Entry],
) -> Parse<Vec<Edit>> {
    cursor.space();
    let start = *cursor;
    let edit = match cursor.name("edit")? {
        "set" => return set(cursor, scenario, place),
        "seed" => Edit::Seed(cursor.number(0, u64::MAX)?),
        "end" => Edit::End(cursor.time()?),
        "latency" => {
            let (from, to) = cursor.span_range()?;
            Edit::Latency(from, to)
        }
        "disk" => {
            cursor.space();
            Edit::Disk(settings::disk(cursor)?)
        }
        "system" => {
            let base = Some(&scenario.system);
            Edit::System(settings::system(cursor, systems, base)?)
        }
        "remove" | "replace" | "add" => return Ok(Vec::new()),
        _ => {
            let known =
                ["set", "seed", "end", "latency", "disk", "system", "remove", "replace", "add"];
            return Err(start.unknown(Kind::Expected, known));
        }
    };
    cursor.end()?;
    Ok(vec![edit])
}

/// `set k=v n1.k=v`.
fn set(cursor: &mut Cursor, scenario: &Scenario, place: usize) -> Parse<Vec<Edit>> {
    let mut variant = scenario.variants[place].clone();
    let mut edits = Vec::new();
    while edits.is_empty() || !cursor.is_end() {
        let names = Names::of(&system(scenario, &variant));
        let (node, key, setting) = names.setting(cursor)?;
        edits.push(Edit::Set(node, key, setting));
        variant.edits.push(Edit::Set(node, key, setting));
    }
    Ok(edits)
}

/// Reads `remove`, `replace` and `add`, when it is known what runs in the variant.
#[inline(never)]
pub(super) fn edit_lines(scenario: &mut Scenario, item: &Item) -> Parse<()> {
    let mut cursor = item.rest;
    let name = cursor.name("variant")?;
    if !cursor.touches(":") {
        return Ok(());
    }
    let Some(place) = scenario.variants.iter().position(|variant| &*variant.name == name) else {
        return Ok(());
    };
    let names = Names::of(&system(scenario, &scenario.variants[place]));
    match cursor.name("edit")? {
        "remove" => {
            let label = line_label(&mut cursor, scenario)?;
            cursor.end()?;
            scenario.variants[place].edits.push(Edit::Remove(label));
        }
        "replace" => {
            let label = line_label(&mut cursor, scenario)?;
            cursor.expect("with")?;
            let lines = lines_of(&mut cursor, &names)?;
            replace(&mut scenario.variants[place], label, lines);
        }
        "add" => {
            let lines = lines_of(&mut cursor, &names)?;
            scenario.variants[place].edits.extend(lines.into_iter().map(Edit::Add));
        }
        _ => {}
    }
    Ok(())
}

/// A line of a variant, which need not say that it is the variant's only.
fn lines_of(cursor: &mut Cursor, names: &Names) -> Parse<Vec<Line>> {
    if let Some((_, at)) = script::only(*cursor) {
        return Err(at.error(Kind::Misplaced, Vec::new()));
    }
    script::line(cursor, names)
}

fn replace(variant: &mut Variant, label: Str, lines: Vec<Line>) {
    let known = variant.edits.iter_mut().find_map(|edit| match edit {
        Edit::Replace(of, by) if *of == label => Some(by),
        _ => None,
    });
    match known {
        Some(by) => by.extend(lines),
        None => variant.edits.push(Edit::Replace(label, lines)),
    }
}

/// The label of a line of the story.
fn line_label(cursor: &mut Cursor, scenario: &Scenario) -> Parse<Str> {
    cursor.space();
    let start = *cursor;
    let name = cursor.name("label")?;
    let labels = || scenario.lines.iter().filter_map(|line| line.label.as_ref());
    let known = labels().find(|label| &***label == name);
    known.cloned().ok_or_else(|| start.unknown(Kind::Label, labels().map(|label| &**label)))
}
