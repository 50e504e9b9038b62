//! What a run can be compared with.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Str;
use crate::kernel::Cast;
use crate::knob::{Key, Kind, Setting};
use crate::machine::Entry;
use crate::op;
use crate::scenario::ast::{Edit, Pane, Scenario, Variant};

/// The most values of a setting that are offered one by one.
const VALUES: u64 = 4;

/// Something to put beside a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What it differs in.
    pub differs: Differs,
    /// The pane to put there.
    pub pane: Pane,
    /// The variant that the scenario needs for it and does not have yet.
    pub variant: Option<Variant>,
}

/// What the run that is offered differs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Differs {
    /// In what the scenario says: one of its own variants, or the story as told.
    Told,
    /// In one setting of the cluster.
    Setting(Key, Setting),
    /// In the system.
    System(&'static str),
}

impl Offer {
    /// `scenario` with `beside` and what is offered side by side.
    ///
    /// # Errors
    ///
    /// Why they cannot stand so.
    pub fn put(
        &self,
        scenario: &Scenario,
        beside: &[Pane],
    ) -> Result<Scenario, crate::scenario::Error> {
        let mut scenario = scenario.clone();
        scenario.variants.extend(self.variant.clone());
        let panes: Vec<Pane> = beside.iter().chain([&self.pane]).cloned().collect();
        scenario.compared(&panes)
    }
}

/// What the run `beside` of `scenario` can be compared with: the other runs of the scenario, the
/// settings of its system that have two to four values, and the `systems` that offer the same, or
/// more, or less, and in which the script makes sense. Nothing is offered twice.
pub fn offers(scenario: &Scenario, beside: &Pane, systems: &[&'static Entry]) -> Vec<Offer> {
    let entry = scenario.entry_of(beside);
    let others = scenario.panes().filter(|pane| pane != beside);
    let told = |pane| Offer { differs: Differs::Told, pane, variant: None };
    let mut offers: Vec<Offer> = others.map(told).collect();
    offers.extend(settings(scenario, beside));
    offers.extend(
        systems
            .iter()
            .filter(|other| other.id != entry.id && is_like(entry, other))
            .filter_map(|other| system(scenario, beside, other, systems)),
    );
    let mut known: Vec<Scenario> = scenario.pane(beside).map(bare).into_iter().collect();
    offers.retain(|offer| {
        let Ok(with) = offer.put(scenario, core::slice::from_ref(beside)) else { return false };
        let Some(run) = with.pane(&offer.pane).map(bare) else { return false };
        let is_new = !known.contains(&run);
        known.push(run);
        is_new
    });
    offers
}

/// Whether one of two systems offers all that the other does.
fn is_like(one: &Entry, other: &Entry) -> bool {
    op::covers(one.ops, other.ops) || op::covers(other.ops, one.ops)
}

/// The run without what is told about it.
fn bare(scenario: Scenario) -> Scenario {
    let mut bare = scenario.without_narration();
    bare.variants.clear();
    bare.compare.clear();
    bare.expects.clear();
    bare
}

/// The edits that make a pane of the story.
fn edits(scenario: &Scenario, pane: &Pane) -> Vec<Edit> {
    let variant = scenario.variants.iter().find(|variant| &*variant.name == pane.name());
    variant.filter(|_| *pane != Pane::Told).map_or(Vec::new(), |variant| variant.edits.clone())
}

fn settings(scenario: &Scenario, beside: &Pane) -> Vec<Offer> {
    let Some(run) = scenario.pane(beside) else { return Vec::new() };
    let knobs = Cast::of(&run).setup.knobs;
    let mut offers = Vec::new();
    for (place, knob) in run.system.entry.knobs.iter().enumerate() {
        let key = Key(place);
        for (setting, word) in values(knob.kind) {
            if setting == knobs.get(key) {
                continue;
            }
            let name = unused(scenario, &format!("{}-{word}", knob.name));
            let mut edits = edits(scenario, beside);
            edits.push(Edit::Set(None, key, setting));
            let variant = Variant { name: name.clone(), title: Default::default(), edits };
            offers.push(Offer {
                differs: Differs::Setting(key, setting),
                pane: Pane::Variant(name),
                variant: Some(variant),
            });
        }
    }
    offers
}

/// The values of a setting, with their words, if they are few.
fn values(kind: Kind) -> Vec<(Setting, String)> {
    match kind {
        Kind::Switch => Vec::from([(Setting(0, 0), "off".into()), (Setting(1, 1), "on".into())]),
        Kind::Choice(words) if words.len() as u64 <= VALUES => {
            let one = |(place, word): (usize, &&str)| {
                (Setting(place as u64, place as u64), String::from(*word))
            };
            words.iter().enumerate().map(one).collect()
        }
        Kind::Count(low, high) if high - low < VALUES => {
            (low..=high).map(|n| (Setting(n, n), format!("{n}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// The story on another system, with the settings that both have.
fn system(
    scenario: &Scenario,
    beside: &Pane,
    other: &'static Entry,
    systems: &[&'static Entry],
) -> Option<Offer> {
    let name = unused(scenario, other.id);
    let run = scenario.pane(beside)?;
    let mut line = format!("variant {name}: system {}", other.id);
    let plain = line.clone();
    let text = format!("{run}");
    let said = text.lines().find(|line| line.starts_with("system ")).unwrap_or("");
    for word in said.split_whitespace().skip(2) {
        let knob = word.split('=').next().unwrap_or("");
        if other.knobs.iter().any(|known| known.name == knob) {
            line = format!("{line} {word}");
        }
    }
    let with =
        [line, plain].into_iter().find_map(|line| scenario.with_lines(&[line], systems).ok())?;
    let variant = with.variants.into_iter().find(|variant| variant.name == name)?;
    let (differs, pane) = (Differs::System(other.id), Pane::Variant(name));
    Some(Offer { differs, pane, variant: Some(variant) })
}

/// A name like `wanted` that no variant has.
fn unused(scenario: &Scenario, wanted: &str) -> Str {
    let taken = |name: &str| {
        name == Pane::TOLD || scenario.variants.iter().any(|variant| &*variant.name == name)
    };
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let mut names = core::iter::once(String::from(wanted)).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default().as_str().into()
}
