//! Everything that Raft shows has a text in every language, and no text speaks of what is not there.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_core::knob::Kind;
use netsplit_core::protocol::{Message, Protocol, Timer as _};
use netsplit_core::protocols::raft::message::Msg;
use netsplit_core::protocols::raft::{Raft, Timer};

const LOCALES: [(&str, &str); 2] = [
    ("en", include_str!("../src/protocols/raft/text/en.ftl")),
    ("zh-CN", include_str!("../src/protocols/raft/text/zh-CN.ftl")),
];

/// Every file of the system in which a name can stand that has a text.
const SOURCES: [&str; 7] = [
    include_str!("../src/protocols/raft/describe.rs"),
    include_str!("../src/protocols/raft/clients.rs"),
    include_str!("../src/protocols/raft/membership.rs"),
    include_str!("../src/protocols/raft/transfer.rs"),
    include_str!("../src/protocols/raft/snapshot.rs"),
    include_str!("../src/protocols/raft/facts.rs"),
    include_str!("../src/protocols/raft/reads.rs"),
];

fn texts(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(" = ").unwrap_or_else(|| panic!("no text: {line}"))).collect()
}

/// The words in quotation marks after each `before` in the sources.
fn named(before: &str) -> BTreeSet<&'static str> {
    let after = |source: &'static str| source.split(before).skip(1).collect::<Vec<_>>();
    SOURCES.into_iter().flat_map(after).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every key that must have a text, with the placeholders that it may use.
fn wanted() -> BTreeMap<String, Vec<&'static str>> {
    let mut keys = BTreeMap::new();
    let mut key = |key: String| keys.insert(key, vec![]);
    key("name".into());
    key("says".into());
    key("part.peer".into());
    key("log.log".into());
    for (prefix, names) in [
        ("role", named("pen.role(\"")),
        ("dots", named("dots(\"")),
        ("set", named("set: \"")),
        ("mark", named("mark(\"")),
        ("fail", &(&named("Fail(\"") | &named("Err(\"")) | &named("ok_or(\"")),
        ("kind", Msg::KINDS.iter().copied().collect()),
        ("timer", Timer::NAMES.iter().copied().collect()),
        ("op", Raft::OPS.iter().map(|op| op.verb).collect()),
        ("arg", Raft::OPS.iter().flat_map(|op| op.args).map(|arg| arg.name).collect()),
    ] {
        assert!(!names.is_empty(), "no {prefix}");
        names.into_iter().for_each(|name| {
            key(format!("{prefix}.{name}"));
        });
    }
    for way in ["disk", "disk_on_card", "memory", "memory_on_card"] {
        for name in named(&format!("pen.{way}(\"")) {
            key(format!("field.{name}"));
        }
    }
    for knob in Raft::KNOBS {
        key(format!("knob.{}", knob.name));
        key(format!("knob.{}.says", knob.name));
        if let Kind::Choice(words) = knob.kind {
            for word in words {
                key(format!("choice.{}.{word}", knob.name));
            }
        }
    }
    for property in Raft::properties() {
        key(format!("prop.{}", property.id));
        key(format!("prop.{}.says", property.id));
    }
    for rule in Raft::RULES {
        let fields = rule.fields.iter().map(|field| field.0).chain(["me"]).collect();
        keys.insert(format!("rule.{}", rule.id), fields);
    }
    keys
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_name_has_a_text_and_every_text_a_name() {
    let wanted = wanted();
    for (locale, file) in LOCALES {
        let texts = texts(file);
        for (key, fields) in &wanted {
            let text = texts.get(key.as_str()).unwrap_or_else(|| panic!("{locale}: no {key}"));
            for place in placeholders(text) {
                assert!(fields.contains(&place), "{locale}: {key} has no field {place}");
            }
        }
        for key in texts.keys() {
            assert!(wanted.contains_key(*key), "{locale}: nothing is called {key}");
        }
    }
}

/// A sentence that leaves out a number of its rule says less than the run knows.
#[test]
fn sentences_use_the_same_fields_in_both_languages() {
    let (en, zh) = (texts(LOCALES[0].1), texts(LOCALES[1].1));
    for (key, text) in en {
        assert_eq!(placeholders(text), placeholders(zh[key]), "{key}");
    }
}

#[test]
fn rules_are_named_once_and_cited() {
    let ids: BTreeSet<_> = Raft::RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), Raft::RULES.len());
    assert!(Raft::RULES.iter().all(|rule| rule.cite.contains('§') || rule.cite.contains("2015")));
}
