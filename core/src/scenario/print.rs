//! The canonical text of a scenario. Reading it gives the same scenario again.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Write};

use super::ast::{Edit, Expect, Line, Predict, Scenario, Step, System, Texts, Variant};
use super::names::Names;
use super::print_parts::{Listed, disk, given, moment, range, setting, setting_name, token};
use super::{compare, variants};
use crate::base::{Span, Time};
use crate::kernel::action::{DiskMode, Trigger};

impl Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let names = Names::of(&self.system);
        let mut page = Page { text: String::new(), language: &self.language };
        page.header(self, &names);
        for line in &self.lines {
            let own = line.only.as_ref().map(|_| compare::names(self, line));
            page.put(&script_line(line, own.as_ref().unwrap_or(&names)));
        }
        for (place, step) in self.steps.iter().enumerate() {
            page.step(step, &names, place == 0);
        }
        for variant in &self.variants {
            page.variant(self, variant);
        }
        for expect in &self.expects {
            page.expect(self, expect, &names);
        }
        f.write_str(&page.text)
    }
}

/// The text so far, and the language of the untagged lines.
struct Page<'a> {
    text: String,
    language: &'a str,
}

impl Page<'_> {
    fn put(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `KEYWORD BEFORE TEXT`, once per language. Only the untagged line has what stands before.
    fn texts(&mut self, keyword: &str, before: &str, texts: &Texts) {
        self.texts_with(keyword, texts, |tagged, text| {
            if tagged || before.is_empty() { text.into() } else { format!("{before} {text}") }
        });
    }

    fn texts_with(&mut self, keyword: &str, texts: &Texts, say: impl Fn(bool, &str) -> String) {
        for (tag, text) in &texts.0 {
            let tagged = &**tag != self.language;
            let dot = if tagged { format!(".{tag}") } else { String::new() };
            let line = format!("{keyword}{dot} {}", say(tagged, text));
            self.put(line.trim_end());
        }
    }

    fn header(&mut self, scenario: &Scenario, names: &Names) {
        if !scenario.name.is_empty() {
            self.put(&format!("scenario {}", scenario.name));
        }
        if &*scenario.language != "en" {
            self.put(&format!("language {}", scenario.language));
        }
        self.texts("title", "", &scenario.title);
        self.texts("about", "", &scenario.about);
        if !scenario.claims.is_empty() {
            self.put(&format!("claims {}", scenario.claims.join(" ")));
        }
        self.put(&format!("system {}", system(&scenario.system, names, None)));
        if scenario.seed != 0 {
            self.put(&format!("seed {}", scenario.seed));
        }
        if let Some((first, last)) = scenario.seeds {
            self.put(&format!("seeds {first}..{last}"));
        }
        if !scenario.compare.is_empty() {
            self.put(&compare::line_of(&scenario.compare));
        }
        for (id, texts) in &scenario.system.names {
            self.texts_with("name", texts, |_, text| format!("{} {text}", names.name(*id)));
        }
        for (id, field, value) in &scenario.given {
            self.put(&format!("given {} {field}={}", names.name(*id), given(value, names)));
        }
    }

    fn step(&mut self, step: &Step, names: &Names, first: bool) {
        let told = *step != Step { at: step.at, ..Step::default() };
        let begins = first && told && step.at == Time::ZERO;
        if step.title.0.is_empty() && !begins {
            self.put(&format!("step {}", step.at));
        }
        self.texts("step", &format!("{}", step.at), &step.title);
        for say in &step.say {
            self.texts("say", "", say);
        }
        self.texts("look", "", &step.look);
        if let Some(predict) = &step.predict {
            self.predict(predict);
        }
        self.texts("explain", "", &step.explain);
        for (variant, texts) in &step.offer {
            self.texts_with("try", texts, |_, text| format!("{variant} {text}"));
        }
        if let Some((goal, tokens)) = &step.goal {
            self.texts("goal", "", goal);
            if !tokens.is_empty() {
                let tokens: Vec<_> = tokens.iter().map(|one| token(one, names)).collect();
                self.put(&format!("reach {}", tokens.join(" ")));
            }
        }
    }

    fn predict(&mut self, predict: &Predict) {
        for (place, (tag, question)) in predict.question.0.iter().enumerate() {
            let dot = if &**tag == self.language { String::new() } else { format!(".{tag}") };
            let mut line = format!("predict{dot} {}", escaped(question));
            for (texts, right) in &predict.options {
                let text = texts.0.get(place).map_or("", |(_, text)| text);
                let star = if *right { "*" } else { "" };
                let _ = write!(line, " [{}{star}]", escaped(text));
            }
            self.put(&line);
        }
    }

    fn variant(&mut self, scenario: &Scenario, variant: &Variant) {
        self.texts_with("variant", &variant.title, |_, text| format!("{} {text}", variant.name));
        let titled = !variant.title.0.is_empty();
        let lines = variant_lines(scenario, variant);
        lines
            .iter()
            .skip(usize::from(titled && variant.edits.is_empty()))
            .for_each(|l| self.put(l));
    }

    fn expect(&mut self, scenario: &Scenario, expect: &Expect, names: &Names) {
        let variant = expect.variant.as_ref();
        let of = variant.map_or(String::new(), |name| format!("{name}, "));
        let own = variant.and_then(|name| scenario.variants.iter().find(|v| v.name == *name));
        let own = own.map(|variant| Names::of(&variants::system(scenario, variant)));
        let names = own.as_ref().unwrap_or(names);
        let tokens: Vec<_> = expect.tokens.iter().map(|one| token(one, names)).collect();
        self.put(&format!("expect {of}{}: {}", moment(expect.moment), tokens.join(" ")));
    }
}

/// What stands after `system`. Beside `base`, only what differs from it is said of the kernel's
/// own settings.
fn system(system: &System, names: &Names, base: Option<&System>) -> String {
    let mut text = String::from(system.entry.id);
    let mut add = |differs: bool, what: fmt::Arguments| {
        if differs {
            let _ = write!(text, " {what}");
        }
    };
    let counts_clients = system.entry.knobs.iter().any(|knob| knob.name == "clients");
    let clients = if counts_clients { 0 } else { base.map_or(0, |base| base.clients) };
    add(system.clients != clients, format_args!("clients={}", system.clients));
    add(base.is_none_or(|base| base.end != system.end), format_args!("end={}", system.end));
    let ten = Span::ms(10);
    let latency = base.map_or((ten, ten), |base| base.latency);
    add(system.latency != latency, format_args!("latency={}", range(system.latency)));
    let still = base.map_or(DiskMode::Sync(Span::ZERO), |base| base.disk);
    add(system.disk != still, format_args!("disk={}", disk(system.disk)));
    for (node, key, value) in &system.settings {
        let knob = &system.entry.knobs[key.0];
        let name = setting_name(node.map(|id| names.name(id)), knob);
        add(true, format_args!("{name}={}", setting(*value, knob)));
    }
    text
}

/// `h: at 3000 heal`.
pub(super) fn script_line(line: &Line, names: &Names) -> String {
    let mut text = String::new();
    if line.own {
        text.push_str("+ ");
    }
    if let Some(label) = &line.label {
        let _ = write!(text, "{label}: ");
    }
    let _ = match &line.trigger {
        Trigger::At(time) => write!(text, "at {time}"),
        Trigger::Every { period, from, to } => write!(text, "every {period} {from}..{to}"),
        Trigger::After(label, span) if span.0 == 0 => write!(text, "after {label}"),
        Trigger::After(label, span) => write!(text, "after {label} +{span}"),
        Trigger::When { rule, node, nth, before_send } => {
            let at =
                node.as_ref().map_or(String::new(), |node| format!("@{}", Listed(names, node)));
            let nth = if *nth == 1 { String::new() } else { format!(" nth {nth}") };
            let before = if *before_send { " before-send" } else { "" };
            write!(text, "when {rule}{at}{nth}{before}")
        }
    };
    let _ = write!(text, " {}", super::print_action::action(&line.action, names));
    if line.maybe {
        text.push_str(" maybe");
    }
    if let Some(only) = &line.only {
        let _ = write!(text, " only {}", only.name());
    }
    text
}

/// A variant without its title: a line an edit, or its name alone.
pub(super) fn variant_lines(scenario: &Scenario, variant: &Variant) -> Vec<String> {
    if variant.edits.is_empty() {
        return Vec::from([format!("variant {}", variant.name)]);
    }
    let names = Names::of(&variants::system(scenario, variant));
    let edits = edits(variant, &scenario.system, &names).into_iter();
    edits.map(|edit| format!("variant {}: {edit}", variant.name)).collect()
}

fn edits(variant: &Variant, base: &System, names: &Names) -> Vec<String> {
    let mut lines = Vec::new();
    for edit in &variant.edits {
        match edit {
            Edit::Set(node, key, value) => {
                let knob = &names.entry.knobs[key.0];
                let name = setting_name(node.map(|id| names.name(id)), knob);
                lines.push(format!("set {name}={}", setting(*value, knob)));
            }
            Edit::Seed(seed) => lines.push(format!("seed {seed}")),
            Edit::End(end) => lines.push(format!("end {end}")),
            Edit::Remove(label) => lines.push(format!("remove {label}")),
            Edit::Replace(label, by) => lines.extend(
                by.iter().map(|line| format!("replace {label} with {}", script_line(line, names))),
            ),
            Edit::Add(line) => lines.push(format!("add {}", script_line(line, names))),
            Edit::Latency(from, to) => lines.push(format!("latency {}", range((*from, *to)))),
            Edit::Disk(mode) => lines.push(format!("disk {}", disk(*mode))),
            Edit::System(other) => {
                let names = Names::of(other);
                lines.push(format!("system {}", system(other, &names, Some(base))));
            }
        }
    }
    lines
}

/// Text that does not read as an answer of `predict`.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "[]\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    if out.ends_with('*') {
        out.pop();
        out.push_str("\\*");
    }
    out
}
