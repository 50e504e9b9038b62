//! Every rule of every system is fired by a lesson, has its citation, and its sentence in both
//! languages; whatever fires is in the system's list.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::lessons::{self, Lesson};
use netsplit_core::protocols::ALL;
use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;

/// Rules that no lesson fires, and why not: `system rule reason`.
const NOT_IN_LESSONS: &str = include_str!("rules_unfired.txt");

/// The rules that a lesson and its variants fire. Systems may share a rule.
fn fired(lesson: &Lesson) -> BTreeSet<(&'static str, &'static str)> {
    let Ok(scenario) = lesson.parse() else { return BTreeSet::new() };
    let variants = scenario.variants.iter().filter_map(|v| scenario.variant(&v.name));
    let runs: Vec<Scenario> = variants.chain([scenario.clone()]).collect();
    let mut fired = BTreeSet::new();
    for run in runs {
        let system = run.system.entry.id;
        let run = play(run);
        fired.extend(run.trace().fired.iter().map(|fired| (system, fired.rule.id)));
    }
    fired
}

fn excused() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let lines = NOT_IN_LESSONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let mut word = || words.next().unwrap_or_default();
            ((word(), word()), word())
        })
        .collect()
}

#[test]
fn every_rule_is_fired_by_a_lesson_or_says_why_not() {
    let fired: BTreeSet<_> = lessons::each(fired).into_iter().flatten().collect();
    let cited = |system: &str, id: &str| {
        let entry = ALL.iter().find(|entry| entry.id == system);
        let rule = entry.and_then(|entry| entry.rules.iter().find(|rule| rule.id == id));
        rule.map(|rule| (rule.id, rule.cite))
    };
    // A rule that several systems share is seen in any of them.
    let seen: BTreeSet<_> = fired.iter().filter_map(|(system, id)| cited(system, id)).collect();
    let excused = excused();
    let mut wrong = Vec::new();
    for entry in ALL {
        for rule in entry.rules {
            let key = (entry.id, rule.id);
            match (seen.contains(&(rule.id, rule.cite)), excused.get(&key)) {
                (false, None) => wrong.push(format!("{} {}: no lesson fires it", key.0, key.1)),
                (true, Some(_)) => {
                    wrong.push(format!(
                        "{} {}: a lesson fires it, take it off the list",
                        key.0, key.1
                    ));
                }
                (false, Some(&"")) => {
                    wrong.push(format!("{} {}: say why no lesson fires it", key.0, key.1));
                }
                _ => {}
            }
        }
    }
    for (system, rule) in &fired {
        if cited(system, rule).is_none() {
            wrong.push(format!("{system} {rule}: it fires and is not in the system's list"));
        }
    }
    for (system, rule) in excused.keys() {
        if cited(system, rule).is_none() {
            wrong.push(format!("{system} {rule}: on the list, and no such rule"));
        }
    }
    assert!(wrong.is_empty(), "{} rules:\n{}", wrong.len(), wrong.join("\n"));
}

/// The texts of all systems in a language, one after another.
fn texts_of(folder: &Path, locale: &str) -> String {
    let mut text = String::new();
    for path in walk(folder) {
        if path.ends_with(Path::new("text").join(format!("{locale}.ftl"))) {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { paths.extend(walk(&path)) } else { paths.push(path) }
    }
    paths
}

#[test]
fn every_rule_has_its_sentence_in_both_languages_and_a_citation() {
    let protocols = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/protocols");
    let mut wrong = Vec::new();
    for locale in ["en", "zh-CN"] {
        let texts = texts_of(&protocols, locale);
        let keys: BTreeSet<&str> = texts
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(key, _)| key.trim())
            .collect();
        for entry in ALL {
            for rule in entry.rules {
                if !keys.contains(format!("rule.{}", rule.id).as_str()) {
                    wrong.push(format!("{} {}: no sentence in {locale}", entry.id, rule.id));
                }
            }
        }
    }
    for entry in ALL {
        for rule in entry.rules.iter().filter(|rule| rule.cite.is_empty()) {
            wrong.push(format!("{} {}: no citation", entry.id, rule.id));
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}
