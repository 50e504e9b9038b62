//! Words: both languages say the same things, and documents have titles.

use super::{File, at};
use crate::assets::LOCALES;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of an .ftl file, each with the line it stands on and the placeholders in its text.
type Texts = BTreeMap<String, (usize, BTreeSet<String>)>;

/// A document begins with its one title.
pub fn check_markdown(path: &str, text: &str) -> Vec<String> {
    if !path.ends_with(".md") || path.starts_with(".github/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut fenced = false;
    if !text.starts_with("# ") {
        found.push(at(path, 0, "a document begins with `# Its title`."));
    }
    for (index, line) in text.lines().enumerate().skip(1) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced && line.starts_with("# ") {
            found.push(at(path, index, "a document has one title; make this `## `."));
        }
    }
    found
}

/// Each text exists in every language, with the same placeholders.
pub fn check_locales(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is("ftl")) {
        let Some((folder, _)) = file.path.rsplit_once('/') else { continue };
        for locale in LOCALES {
            let twin = format!("{folder}/{locale}.ftl");
            match files.iter().find(|file| file.path == twin) {
                None => found.push(format!("{}: its twin {twin} is missing.", file.path)),
                Some(other) => found.extend(compare(file, other)),
            }
        }
    }
    found
}

fn compare(file: &File, other: &File) -> Vec<String> {
    let read = |file: &File| texts(file.text.as_deref().unwrap_or(""));
    let (texts, others) = (read(file), read(other));
    let mut found = Vec::new();
    for (key, (index, places)) in &texts {
        match others.get(key) {
            None => found.push(at(
                &file.path,
                *index,
                format!("`{key}` has no text in {}; write it there too.", other.path),
            )),
            // Each pair is compared from both sides; the difference is told once.
            Some((_, other_places)) if places != other_places && file.path < other.path => {
                let list = |places: &BTreeSet<String>| {
                    let places: Vec<&str> = places.iter().map(String::as_str).collect();
                    format!("{{{}}}", places.join(", "))
                };
                let sentence = format!(
                    "`{key}` has the placeholders {} here and {} in {}; make them the same.",
                    list(places),
                    list(other_places),
                    other.path
                );
                found.push(at(&file.path, *index, sentence));
            }
            Some(_) => {}
        }
    }
    found
}

/// `key = text` with indented lines going on; `{ $name }` and `{name}` are placeholders.
fn texts(text: &str) -> Texts {
    let mut found = Texts::new();
    let mut current: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let indented = line.starts_with([' ', '\t']);
        if let (false, Some((key, _))) = (indented || line.starts_with('#'), line.split_once('=')) {
            let key = key.trim().to_owned();
            found.insert(key.clone(), (index, BTreeSet::new()));
            current = Some(key);
        }
        if let Some((_, places)) = current.as_ref().and_then(|key| found.get_mut(key)) {
            places.extend(placeholders(line));
        }
    }
    found
}

fn placeholders(line: &str) -> Vec<String> {
    let names = line.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let bare = |(name, _): (&str, &str)| name.trim().trim_start_matches('$').to_owned();
    let is_name = |name: &String| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    names.map(bare).filter(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn documents_have_one_title() {
        assert_eq!(check_markdown("README.md", "# Netsplit\n\n```sh\n# a comment\n```\n").len(), 0);
        assert_eq!(check_markdown("README.md", "Netsplit\n").len(), 1);
        assert_eq!(check_markdown("README.md", "# One\n# Two\n").len(), 1);
    }

    #[test]
    fn a_text_missing_in_one_language_is_found() {
        let files = [
            file("web/text/en.ftl", "play = Play\nstep = One event"),
            file("web/text/zh-CN.ftl", "play = 播放"),
        ];
        let found = check_locales(&files);
        assert_eq!(
            found,
            ["web/text/en.ftl:2: `step` has no text in web/text/zh-CN.ftl; write it there too."]
        );
        assert!(check_locales(&files[..1])[0].contains("its twin web/text/zh-CN.ftl is missing"));
    }

    #[test]
    fn placeholders_are_the_same_in_both_languages() {
        let files = [
            file("web/text/en.ftl", "# a note = none\nvotes = { $node } has {n}\n    of {all}"),
            file("web/text/zh-CN.ftl", "votes = {node} 有 {n} 票"),
        ];
        let found = check_locales(&files);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("{all, n, node} here and {n, node} in"), "{found:?}");
    }
}
