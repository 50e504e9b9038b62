//! Everything that a system shows has a text in every language, and no text speaks of what is not
//! there.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::lessons::{self, Lesson};
use netsplit_core::base::Id;
use netsplit_core::describe::Pen;
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::knob::{Kind, Knobs};
use netsplit_core::machine::Entry;
use netsplit_core::op::Outcome;
use netsplit_core::protocol::Part;
use netsplit_core::protocols::ALL;
use netsplit_core::run::Run;

const LOCALES: [&str; 2] = ["en", "zh-CN"];

/// Folders beside a system's own whose names it shows.
fn shared(system: &str) -> &'static [&'static str] {
    match system {
        "dblock" => &["lock", "lock/client"],
        "setnx" | "setnxpx" => &["lock", "lock/client", "lock/redis"],
        _ => &[],
    }
}

/// What precedes a name in the sources, and which text the name then has. Where a name is chosen
/// by a condition this does not find it; the lessons do.
const SHOWN: [(&str, &str); 12] = [
    ("role", "pen.role(\""),
    ("dots", "dots(\""),
    ("set", "set: \""),
    ("mark", "mark(\""),
    ("flag", "pen.flag(\""),
    ("fail", "Reply::Fail(\""),
    ("fail", "Err(\""),
    ("fail", "ok_or(\""),
    ("field", "pen.disk(\""),
    ("field", "pen.disk_on_card(\""),
    ("field", "pen.memory(\""),
    ("field", "pen.memory_on_card(\""),
];

fn protocols() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/protocols")
}

/// The sources of a system, but for what reads `given` disks, whose mistakes have other texts.
fn sources(system: &str) -> String {
    let folders = [system].into_iter().chain(shared(system).iter().copied());
    let files = folders.flat_map(|folder| fs::read_dir(protocols().join(folder)).unwrap());
    let paths = files.map(|file| file.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|ext| ext == "rs"));
    let paths = paths.filter(|path| !path.ends_with("given.rs"));
    paths.map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn texts(system: &str, locale: &str) -> BTreeMap<String, String> {
    let path = protocols().join(system).join(format!("text/{locale}.ftl"));
    let file = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {}", path.display()));
    let mut texts = BTreeMap::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (key, text) = line.split_once(" = ").unwrap_or_else(|| panic!("no text: {line}"));
        assert!(texts.insert(key.into(), text.into()).is_none(), "{system} {locale}: {key} twice");
    }
    texts
}

/// The names that stand in the sources.
fn written(sources: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (prefix, before) in SHOWN {
        let names = sources.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        keys.extend(names.map(|name| format!("{prefix}.{name}")));
    }
    keys
}

/// The names that the lessons show, each with its system.
fn seen(lesson: &Lesson) -> BTreeSet<(&'static str, String)> {
    let Ok(scenario) = lesson.parse() else { return BTreeSet::new() };
    let variants = scenario.variants.iter().filter_map(|v| scenario.variant(&v.name));
    let runs: Vec<_> = variants.chain([scenario.clone()]).collect();
    let mut seen = BTreeSet::new();
    for story in runs {
        let system = story.system.entry.id;
        let mut run = Run::new(story);
        while run.record(1) {
            let roles = run.head().cast().n_roles();
            (0..roles).for_each(|id| look(&run, Id::at(id), system, &mut seen));
        }
        let ends = run.trace().history.iter().filter_map(|(_, op)| op.end.as_ref());
        for end in ends {
            if let Outcome::Fail(reason) = &end.outcome {
                seen.insert((system, format!("fail.{reason}")));
            }
        }
    }
    seen
}

/// The names that one node shows now.
fn look(run: &Run, id: Id, system: &'static str, seen: &mut BTreeSet<(&'static str, String)>) {
    let mut show = |prefix: &str, name: &str| {
        if !name.is_empty() {
            seen.insert((system, format!("{prefix}.{name}")));
        }
    };
    let names = |_: Id| String::new();
    let mut pen = Pen::new(0, &names);
    run.head().machine().describe(id, &mut pen);
    let portrait = pen.finish();
    show("role", portrait.role);
    portrait.disk.iter().chain(&portrait.memory).for_each(|row| show("field", row.name));
    portrait.strips.iter().for_each(|strip| show("log", strip.name));
    portrait.dots.iter().for_each(|dots| show("dots", dots.name));
    portrait.flags.iter().for_each(|flag| show("flag", flag));
    let mut facts = Facts::default();
    run.head().machine().facts(id, &mut facts);
    for fact in facts.facts() {
        match fact {
            Fact::Role { name, .. } => show("role", name),
            Fact::Mark { name, .. } => show("mark", name),
            _ => {}
        }
    }
}

/// Every key that the tables of a system ask for, with the placeholders that it may use.
fn listed(entry: &Entry) -> BTreeMap<String, Vec<&'static str>> {
    let mut keys = BTreeMap::new();
    let mut key = |key: String| keys.insert(key, vec![]);
    key("name".into());
    key("says".into());
    for role in (entry.topology)(&Knobs::defaults(entry.knobs)) {
        key(format!("part.{}", part(role.part)));
    }
    for kind in entry.kinds {
        key(format!("kind.{kind}"));
    }
    for timer in entry.timers {
        key(format!("timer.{timer}"));
    }
    for op in entry.ops {
        key(format!("op.{}", op.verb));
        for arg in op.args {
            key(format!("arg.{}", arg.name));
        }
    }
    for knob in entry.knobs {
        key(format!("knob.{}", knob.name));
        key(format!("knob.{}.says", knob.name));
        if let Kind::Choice(words) = knob.kind {
            for word in words {
                key(format!("choice.{}.{word}", knob.name));
            }
        }
    }
    for property in (entry.properties)() {
        key(format!("prop.{}", property.id));
        key(format!("prop.{}.says", property.id));
    }
    for rule in entry.rules {
        let fields = rule.fields.iter().map(|field| field.0).chain(["me"]).collect();
        keys.insert(format!("rule.{}", rule.id), fields);
    }
    keys
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Peer => "peer",
        Part::Service => "service",
        Part::Resource => "resource",
        Part::Client => "client",
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_name_has_a_text_and_every_text_a_name() {
    let seen: BTreeSet<_> = lessons::each(seen).into_iter().flatten().collect();
    let mut wrong = BTreeSet::new();
    for entry in ALL {
        let sources = sources(entry.id);
        let mut wanted = listed(entry);
        let shown =
            seen.iter().filter(|(system, _)| *system == entry.id).map(|(_, key)| key.clone());
        wanted.extend(shown.chain(written(&sources)).map(|key| (key, vec![])));
        for locale in LOCALES {
            let texts = texts(entry.id, locale);
            for (key, fields) in &wanted {
                let Some(text) = texts.get(key) else {
                    wrong.insert(format!("{} {locale}: no {key}", entry.id));
                    continue;
                };
                for place in placeholders(text).into_iter().filter(|place| !fields.contains(place))
                {
                    wrong.insert(format!("{} {locale}: {key} has no field {place}", entry.id));
                }
            }
            for key in texts.keys().filter(|key| !wanted.contains_key(*key)) {
                // What no lesson shows and a condition chooses: at least the name is there.
                let name = key.split_once('.').map_or("", |(_, name)| name);
                if name.is_empty() || !sources.contains(&format!("\"{name}\"")) {
                    wrong.insert(format!("{} {locale}: nothing is called {key}", entry.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A sentence that leaves out a number of its rule says less than the run knows.
#[test]
fn sentences_use_the_same_fields_in_both_languages() {
    for entry in ALL {
        let (en, zh) = (texts(entry.id, "en"), texts(entry.id, "zh-CN"));
        for (key, text) in &en {
            let zh = zh.get(key).unwrap_or_else(|| panic!("{}: no {key} in zh-CN", entry.id));
            assert_eq!(placeholders(text), placeholders(zh), "{} {key}", entry.id);
        }
    }
}

/// What several locks say, they say in the same words.
#[test]
fn locks_share_their_words() {
    for locale in LOCALES {
        let of = ["dblock", "setnx", "setnxpx"].map(|system| texts(system, locale));
        for (key, text) in of.iter().flatten().filter(|(key, _)| key.contains('.')) {
            let others = of.iter().filter_map(|texts| texts.get(key));
            let same = others.into_iter().all(|other| other == text);
            assert!(same || key.starts_with("knob.tokens"), "{locale}: {key}");
        }
    }
}

#[test]
fn rules_are_named_once() {
    for entry in ALL {
        let ids: BTreeSet<_> = entry.rules.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), entry.rules.len(), "{}", entry.id);
    }
}
