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

/// What a text says, but for comments.
fn read(folder: &str, locale: &str) -> String {
    let path = protocols().join(folder).join(format!("text/{locale}.ftl"));
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {}", path.display()))
}

/// The folders whose words go along with those of `folder`: `# include lock` at their head.
fn includes(folder: &str, locale: &str) -> Vec<String> {
    let text = read(folder, locale);
    let head = text.lines().take_while(|line| line.starts_with('#'));
    head.filter_map(|line| line.strip_prefix("# include ")).map(str::to_owned).collect()
}

/// The sources of a system, of what it includes, and of the folders below that have no words of
/// their own; but for what reads `given` disks, whose mistakes have other texts.
fn sources(system: &str) -> String {
    let mut folders = vec![protocols().join(system)];
    folders.extend(includes(system, LOCALES[0]).iter().map(|folder| protocols().join(folder)));
    let mut sources = String::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if path.is_dir() && !path.join("text").is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("given.rs")
            {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    sources
}

/// What stands in the text of one folder.
fn own_texts(folder: &str, locale: &str) -> BTreeMap<String, String> {
    let file = read(folder, locale);
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut texts = BTreeMap::new();
    for line in lines {
        let (key, text) = line.split_once(" = ").unwrap_or_else(|| panic!("no text: {line}"));
        assert!(texts.insert(key.into(), text.into()).is_none(), "{folder} {locale}: {key} twice");
    }
    texts
}

/// The words of a system, with those that it includes.
fn texts(system: &str, locale: &str) -> BTreeMap<String, String> {
    let mut texts = own_texts(system, locale);
    for folder in includes(system, locale) {
        for (key, text) in own_texts(&folder, locale) {
            let before = texts.insert(key.clone(), text);
            assert_eq!(before, None, "{system} {locale}: {key} stands in {folder} too");
        }
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

/// What all say that include a folder belongs into that folder.
#[test]
fn shared_words_stand_once() {
    let folders: BTreeSet<String> =
        ALL.iter().flat_map(|entry| includes(entry.id, LOCALES[0])).collect();
    for (folder, locale) in folders.iter().flat_map(|f| LOCALES.map(|locale| (f, locale))) {
        let sharers = ALL.iter().filter(|entry| includes(entry.id, locale).contains(folder));
        let own: Vec<_> = sharers.map(|entry| own_texts(entry.id, locale)).collect();
        assert!(own.len() > 1, "{folder} is included once; its words belong to who includes it");
        for (key, text) in &own[0] {
            let all = own.iter().all(|texts| texts.get(key) == Some(text));
            assert!(!all, "{locale}: all that include {folder} say {key}; let {folder} say it");
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
