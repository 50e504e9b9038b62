//! Every built-in scenario can be read, prints as a text that reads the same, and has a short link.

use std::path::Path;

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::link::{Address, Subject};

/// The scenario files: names and texts.
fn files() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![source.join("lessons")];
    let systems = std::fs::read_dir(source.join("src/protocols")).expect("the systems");
    folders.extend(systems.map(|system| system.expect("a folder").path().join("lessons")));
    let mut files = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|kind| kind == "txt") {
                let text = std::fs::read_to_string(&path).expect("a text");
                files.push((path.display().to_string(), text));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty());
    files
}

fn parse(name: &str, text: &str) -> Scenario {
    Scenario::parse(text, ALL).unwrap_or_else(|errors| {
        let lines: String = errors.iter().map(|error| format!("{name}:{error}\n")).collect();
        panic!("{lines}");
    })
}

#[test]
fn every_lesson_reads_and_prints() {
    let failed: Vec<_> = files()
        .iter()
        .filter_map(|(name, text)| {
            let errors = Scenario::parse(text, ALL).err()?;
            Some(errors.iter().map(|error| format!("{name}:{error}\n")).collect::<String>())
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.concat());
    for (name, text) in files() {
        let scenario = parse(&name, &text);
        assert_eq!(parse(&name, &scenario.to_string()), scenario, "{name}");
        for variant in &scenario.variants {
            let run = scenario.variant(&variant.name).expect("it applies");
            assert_eq!(parse(&name, &run.to_string()), run, "{name}, {}", variant.name);
        }
        let stem = Path::new(&name).file_stem().expect("a name").to_string_lossy();
        assert!(scenario.name.ends_with(&format!("/{stem}")), "{name} calls itself otherwise");
    }
}

#[test]
fn lesson_links_are_short() {
    let mut sizes = Vec::new();
    for (name, text) in files() {
        let scenario = parse(&name, &text);
        let link = scenario.link().to_string();
        sizes.push((link.len(), scenario.without_narration().to_string().len(), name));
        let Subject::Text(read) = Address::parse(&link).expect("our own link").subject else {
            panic!("{link}");
        };
        assert_eq!(read, scenario.without_narration().to_string());
    }
    sizes.sort();
    for (link, text, name) in &sizes {
        println!("{link:5} of {text:5} {name}");
    }
    assert!(sizes[sizes.len() / 2].0 <= 450, "the median");
    assert!(sizes[sizes.len() - 1].0 <= 2000, "the longest");
}
