//! The lessons in the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;

/// The text of every lesson by the lesson's name; all of them are scenarios.
pub fn lessons() -> Result<BTreeMap<String, String>, String> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core");
    let mut folders = vec![core.join("lessons")];
    folders.extend(entries(&core.join("src/protocols")).into_iter().map(|p| p.join("lessons")));
    let mut lessons = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| entries(folder)) {
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = text(&path)?;
            let name = parse(&text, &path.display().to_string())?.name;
            lessons.insert(name.to_string(), text);
        }
    }
    Ok(lessons)
}

/// The scenario in a file.
pub fn read(path: &Path) -> Result<Scenario, String> {
    parse(&text(path)?, &path.display().to_string())
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))
}

/// The scenario in a text that came from `place`.
pub fn parse(text: &str, place: &str) -> Result<Scenario, String> {
    Scenario::parse(text, ALL).map_err(|errors| {
        let lines: Vec<_> = errors.iter().map(|error| format!("{place}:{error}")).collect();
        lines.join("\n")
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
