//! Reading a scenario: lines are sorted by what must be known first (the system, its variants, the
//! script and its labels, the rest), and each is then read on its own, so that one mistake hides
//! no other.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::ast::{Expect, Line, Scenario, Step, System, Texts};
use super::cursor::{Cursor, Parse};
use super::error::{Error, Kind};
use super::expect::{self, Known};
use super::items::{Item, claims, item, scenario_name, seeds, tag};
use super::names::Names;
use super::{compare, print, script, settings, story, variants};
use crate::base::{Set, Str, sort_by_key};
use crate::kernel::action::Trigger;
use crate::kernel::limits;
use crate::machine::Entry;

/// So many mistakes are told at once.
const ERRORS: usize = 20;

impl Scenario {
    /// Reads a scenario that runs on one of `systems`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, at most twenty mistakes, in the order of lines.
    pub fn parse(text: &str, systems: &[&'static Entry]) -> Result<Scenario, Vec<Error>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > limits::TEXT {
            return Err(vec![Cursor::new(0, "").too_long(limits::TEXT)]);
        }
        let mut reader = Reader { errors: Vec::new() };
        let scenario = reader.read(text, systems);
        match scenario {
            Some(scenario) if reader.errors.is_empty() => Ok(scenario),
            _ => {
                sort_by_key(&mut reader.errors, |error| (error.line, error.column));
                reader.errors.truncate(ERRORS);
                Err(reader.errors)
            }
        }
    }

    /// Reads one line of the script as a learner's own: the lines that it means.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse_line(&self, text: &str) -> Result<Vec<Line>, Error> {
        let mut cursor = Cursor::new(1, text.trim());
        let mut lines = compare::line(&mut cursor, self, &Names::of(&self.system))?;
        let labels = labels(self);
        for line in &mut lines {
            line.own = true;
            if let Trigger::After(label, _) = &line.trigger
                && !labels.contains(label)
            {
                let known = labels.iter().map(|label| &**label);
                return Err(Cursor::new(1, text.trim()).unknown(Kind::Label, known));
            }
        }
        Ok(lines)
    }

    /// Reads expectations as they stand after `expect`, several apart by ` ; `.
    ///
    /// # Errors
    ///
    /// What is wrong with the first that is wrong.
    pub fn parse_expects(&self, text: &str) -> Result<Vec<Expect>, Error> {
        let names = Names::of(&self.system);
        let labels = labels(self);
        let known = Known { names: &names, labels: &labels, seeds: self.seeds.is_some() };
        let one = |part: &str| expectation(self, Cursor::new(1, part.trim()), &known);
        text.split(" ; ").map(one).collect()
    }

    /// A line as a learner would write it, without the mark that it is theirs.
    pub fn print_line(&self, line: &Line) -> String {
        let line = Line { own: false, ..line.clone() };
        print::script_line(&line, &compare::names(self, &line))
    }

    /// The same run with nothing told about it: what a link carries.
    pub fn without_narration(&self) -> Scenario {
        let mut bare = self.clone();
        (bare.title, bare.about, bare.steps) = Default::default();
        bare.claims.clear();
        bare.variants.iter_mut().for_each(|variant| variant.title = Texts::default());
        bare
    }
}

/// Collects mistakes.
struct Reader {
    errors: Vec<Error>,
}

impl Reader {
    fn take<T>(&mut self, parsed: Parse<T>) -> Option<T> {
        parsed.map_err(|error| self.errors.push(error)).ok()
    }

    /// Whether enough mistakes are known: a hostile text shall not keep anybody busy.
    fn is_full(&self) -> bool {
        self.errors.len() >= ERRORS
    }

    fn read(&mut self, text: &str, systems: &[&'static Entry]) -> Option<Scenario> {
        let mut items = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') && !self.is_full() {
                items.extend(self.take(item(Cursor::new(number as u32 + 1, line))));
            }
        }
        let mut scenario = self.header(&items, systems)?;
        let names = Names::of(&scenario.system);
        self.variants(&mut scenario, &items, systems);
        self.compare(&mut scenario, &items);
        self.script(&mut scenario, &items, &names);
        self.variant_lines(&mut scenario, &items);
        self.check_script(&scenario, &items);
        let labels = labels(&scenario);
        let known = Known { names: &names, labels: &labels, seeds: scenario.seeds.is_some() };
        self.told(&mut scenario, &items, &known);
        self.variants_make_sense(&scenario, &items);
        Some(scenario)
    }

    /// Reads what other lines depend on.
    fn header(&mut self, items: &[Item], systems: &[&'static Entry]) -> Option<Scenario> {
        for (place, item) in items.iter().enumerate() {
            let once = ["scenario", "language", "claims", "system", "seed", "seeds", "compare"];
            let earlier = || items[..place].iter().any(|other| other.keyword == item.keyword);
            if once.contains(&item.keyword) && earlier() {
                self.errors.push(item.start.error(Kind::Twice, Vec::new()));
            }
        }
        let first = |keyword| items.iter().find(|item: &&Item| item.keyword == keyword);
        let Some(item) = first("system") else {
            self.errors.push(Cursor::new(0, "").error(Kind::Missing, vec!["system".into()]));
            return None;
        };
        let system = self.take(settings::system(&mut item.rest.clone(), systems, None))?;
        let mut scenario = empty(system);
        for item in items {
            let mut rest = item.rest;
            let parsed = match item.keyword {
                "scenario" => scenario_name(&mut rest).map(|name| scenario.name = name),
                "language" => tag(&mut rest).map(|tag| scenario.language = tag),
                "claims" => claims(&mut rest).map(|claims| scenario.claims = claims),
                "seed" => rest.number(0, u64::MAX).map(|seed| scenario.seed = seed),
                "seeds" => seeds(&mut rest).map(|seeds| scenario.seeds = Some(seeds)),
                _ => continue,
            };
            self.take(parsed.and_then(|()| rest.end()));
        }
        let names = Names::of(&scenario.system);
        for item in items.iter().filter(|item| item.keyword == "given") {
            if self.is_full() {
                break;
            }
            let given = self.take(settings::given(&mut item.rest.clone(), &names));
            for (id, field, value) in given.unwrap_or_default() {
                if !self.is_full() && scenario.given.iter().any(|g| (g.0, &g.1) == (id, &field)) {
                    self.errors.push(item.start.error(Kind::Twice, Vec::new()));
                }
                scenario.given.push((id, field, value));
            }
        }
        Some(scenario)
    }

    /// Reads which runs stand side by side, when it is known what runs in them.
    fn compare(&mut self, scenario: &mut Scenario, items: &[Item]) {
        let Some(item) = items.iter().find(|item| item.keyword == "compare") else { return };
        let panes = self.take(compare::panes(&mut item.rest.clone(), scenario));
        scenario.compare = panes.unwrap_or_default();
    }

    /// Reads the lines of the script.
    fn script(&mut self, scenario: &mut Scenario, items: &[Item], names: &Names) {
        for item in items.iter().filter(|item| item.keyword.is_empty()) {
            let lines = self.take(compare::line(&mut item.start.clone(), scenario, names));
            scenario.lines.extend(lines.unwrap_or_default());
            if scenario.lines.len() > limits::SCRIPT {
                self.errors.push(item.start.too_long(limits::SCRIPT));
            }
            if self.is_full() || scenario.lines.len() > limits::SCRIPT {
                return;
            }
        }
    }

    /// Reads the variants' edits of seed, settings and system, on which their lines depend.
    fn variants(&mut self, scenario: &mut Scenario, items: &[Item], systems: &[&'static Entry]) {
        for item in items.iter().filter(|item| item.keyword == "variant") {
            if self.is_full() {
                break;
            }
            let parsed = variants::declare(scenario, item, systems);
            self.take(parsed.and_then(|()| variants::few(scenario, item)));
        }
    }

    /// Reads the variants' lines.
    fn variant_lines(&mut self, scenario: &mut Scenario, items: &[Item]) {
        for item in items.iter().filter(|item| item.keyword == "variant") {
            if self.is_full() {
                break;
            }
            let parsed = variants::edit_lines(scenario, item);
            self.take(parsed.and_then(|()| variants::few(scenario, item)));
        }
    }

    /// Checks what only the whole script shows: its length, and the labels that it refers to.
    fn check_script(&mut self, scenario: &Scenario, items: &[Item]) {
        let lines = || scenario.lines.iter().chain(variants::own_lines(scenario));
        if script::unrolled(lines()) > limits::LINES as u64 {
            self.errors.push(Cursor::new(0, "").too_long(limits::LINES));
        }
        let labels = labels(scenario);
        for line in lines() {
            let Trigger::After(label, _) = &line.trigger else { continue };
            if !labels.contains(label) {
                let at = items.iter().find_map(|item| after_at(item, label));
                let at = at.unwrap_or(Cursor::new(0, ""));
                self.errors.push(at.unknown(Kind::Label, labels.iter().map(|label| &**label)));
            }
        }
    }

    /// Reads narration and expectations.
    fn told(&mut self, scenario: &mut Scenario, items: &[Item], known: &Known) {
        for item in items {
            if self.is_full() {
                break;
            }
            let parsed = match item.keyword {
                "expect" => expectation(scenario, item.rest, known)
                    .map(|expect| scenario.expects.push(expect)),
                "title" | "about" | "name" | "step" | "say" | "look" | "predict" | "explain"
                | "try" | "goal" | "reach" => story::line(scenario, item, known),
                _ => Ok(()),
            };
            self.take(parsed);
        }
    }

    /// Tries every variant: all lines must make sense there too.
    fn variants_make_sense(&mut self, scenario: &Scenario, items: &[Item]) {
        if !self.errors.is_empty() {
            return;
        }
        for variant in &scenario.variants {
            let Err(mut error) = variants::apply(scenario, variant) else { continue };
            let place = items.iter().find(|item| variants::is_of(item, &variant.name));
            error.line = place.map_or(0, |item| item.start.line());
            error.column = 1;
            self.errors.push(error);
        }
    }
}

fn empty(system: System) -> Scenario {
    Scenario {
        name: "".into(),
        language: "en".into(),
        title: Texts::default(),
        about: Texts::default(),
        claims: Vec::new(),
        system,
        seed: 0,
        seeds: None,
        given: Vec::new(),
        lines: Vec::new(),
        steps: Vec::new(),
        variants: Vec::new(),
        compare: Vec::new(),
        expects: Vec::new(),
    }
}

/// `[VARIANT,] MOMENT: tokens`.
fn expectation(scenario: &Scenario, mut cursor: Cursor, known: &Known) -> Parse<Expect> {
    let mut ahead = cursor;
    let mut variant = None;
    if let Ok(name) = ahead.name("")
        && ahead.eat(",")
    {
        let found = scenario.variants.iter().find(|variant| &*variant.name == name);
        let known = scenario.variants.iter().map(|variant| &*variant.name);
        variant = Some(found.ok_or_else(|| cursor.unknown(Kind::Variant, known))?);
        cursor = ahead;
    }
    let moment = expect::moment(&mut cursor)?;
    cursor.expect(":")?;
    let names = variant.map(|variant| Names::of(&variants::system(scenario, variant)));
    let known = Known { names: names.as_ref().unwrap_or(known.names), ..*known };
    let tokens = expect::tokens(&mut cursor, &known, Some(moment))?;
    let variant = variant.map(|variant| variant.name.clone());
    Ok(Expect { variant, moment, tokens })
}

/// The labels of all operations.
fn labels(scenario: &Scenario) -> Set<Str> {
    let mut labels = Set::default();
    for line in scenario.lines.iter().chain(variants::own_lines(scenario)) {
        if let Some(label) = script::op_label(line) {
            labels.insert(label.clone());
        }
    }
    labels
}

/// Where a line says `after LABEL`.
fn after_at<'a>(item: &Item<'a>, label: &str) -> Option<Cursor<'a>> {
    let text = item.start.rest();
    let wanted: String = ["after ".to_string(), label.to_string()].concat();
    let place = text.find(&wanted)? + "after ".len();
    let mut at = item.start;
    at.skip(place);
    Some(at)
}

/// The step that narration belongs to; before the first one, a step at the beginning.
pub(super) fn current_step(scenario: &mut Scenario) -> &mut Step {
    if scenario.steps.is_empty() {
        scenario.steps.push(Step::default());
    }
    let last = scenario.steps.len() - 1;
    &mut scenario.steps[last]
}
