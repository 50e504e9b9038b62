//! Checks of code, line by line and file by file.

use super::at;

const WIDTH_MAX: usize = 100;
/// A file that somebody can hold in the head.
const LINES_MAX: usize = 600;

/// What would make two runs of the same script differ, or differ between machines.
const BANNED: &[(&str, &str)] = &[
    ("HashMap", "its order differs between machines; use BTreeMap"),
    ("HashSet", "its order differs between machines; use BTreeSet"),
    ("f32", "protocols count in integers"),
    ("f64", "protocols count in integers"),
    ("SystemTime", "the time is in Cx"),
    ("Instant::now", "the time is in Cx"),
];

pub fn check(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if [".rs", ".js", ".mjs"].iter().any(|extension| path.ends_with(extension)) {
        found.extend(check_width(path, text));
    }
    if path.starts_with("core/src/") && path.ends_with(".rs") {
        found.extend(check_length(path, text));
    }
    if path.starts_with("core/src/protocols/") && path.ends_with(".rs") {
        found.extend(check_protocol(path, text));
    }
    found
}

fn check_width(path: &str, text: &str) -> Vec<String> {
    let wide = |line: &str| line.chars().count() > WIDTH_MAX && !line.contains("://");
    text.lines()
        .enumerate()
        .filter(|(_, line)| wide(line))
        .map(|(index, _)| at(path, index, format!("more than {WIDTH_MAX} characters; break it.")))
        .collect()
}

fn check_length(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
    (lines > LINES_MAX).then(|| {
        format!(
            "{path}: {lines} lines before its tests; find the second idea in it and give that \
                 a file."
        )
    })
}

fn check_protocol(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut state = StateBody::default();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let code = without_comment(line);
        for (word, reason) in BANNED {
            if has_word(code, word) {
                found.push(at(path, index, format!("`{word}` in a protocol: {reason}.")));
            }
        }
        if state.holds(code) && has_word(code, "usize") {
            let sentence = "`usize` in a protocol's state differs between native and wasm; use \
                            u16, u32 or u64.";
            found.push(at(path, index, sentence));
        }
    }
    found
}

/// Follows braces to know which lines are fields of a struct or an enum.
#[derive(Default)]
struct StateBody {
    depth: usize,
}

impl StateBody {
    /// Takes the next line; whether it declares what a struct or an enum holds.
    fn holds(&mut self, code: &str) -> bool {
        let declares = has_word(code, "struct") || has_word(code, "enum");
        let inside = self.depth > 0 || declares;
        if inside {
            self.depth += code.matches('{').count();
            self.depth = self.depth.saturating_sub(code.matches('}').count());
        }
        inside
    }
}

/// The line up to `//`, unless that stands in a string.
pub fn without_comment(line: &str) -> &str {
    let mut quotes = false;
    let mut previous = ' ';
    for (index, c) in line.char_indices() {
        match c {
            '"' if previous != '\\' => quotes = !quotes,
            '/' if previous == '/' && !quotes => return &line[..index - 1],
            _ => {}
        }
        previous = c;
    }
    line
}

/// Whether `word` stands in `code` as a word of its own.
fn has_word(code: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(start, _)| {
        let before = code[..start].chars().next_back();
        let after = code[start + word.len()..].chars().next();
        !part(before) && !part(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAFT: &str = "core/src/protocols/raft/mod.rs";

    #[test]
    fn wide_lines_are_counted_in_characters_and_addresses_may_be_long() {
        let wide = "x".repeat(101);
        assert_eq!(check("web/src/a.rs", &format!("ok\n{wide}\n")).len(), 1);
        assert_eq!(check("web/src/a.rs", &"写".repeat(100)).len(), 0);
        assert_eq!(check("web/src/a.rs", &format!("// https://example.org/{wide}")).len(), 0);
        assert_eq!(check("README.md", &wide).len(), 0);
    }

    #[test]
    fn protocols_hold_nothing_that_differs_between_machines() {
        assert_eq!(check(RAFT, "use std::collections::HashMap; // no").len(), 1);
        assert_eq!(check(RAFT, "// a HashMap would differ").len(), 0);
        assert_eq!(check(RAFT, "let x: f64 = 1.0;").len(), 1);
        assert_eq!(check(RAFT, "let of32 = MyHashMapLike;").len(), 0);
        assert_eq!(check("core/src/kernel/mod.rs", "let x: f64;").len(), 0);
    }

    #[test]
    fn usize_is_refused_in_state_and_allowed_in_functions() {
        let state = "struct Disk {\n    term: u64,\n    log: usize,\n}\n";
        let found = check(RAFT, state);
        assert!(found.len() == 1 && found[0].contains("mod.rs:3: `usize`"), "{found:?}");
        let function = "fn count(&self) -> usize {\n    let n: usize = 1;\n    n\n}\n";
        assert_eq!(check(RAFT, &format!("struct Unit;\n{function}")).len(), 0);
        assert_eq!(check(RAFT, "pub struct Index(usize);").len(), 1);
        assert_eq!(check(RAFT, "#[cfg(test)]\nmod tests { struct X(usize); }").len(), 0);
    }

    #[test]
    fn long_files_of_the_core_are_found_but_their_tests_do_not_count() {
        let long = "x\n".repeat(601);
        assert_eq!(check("core/src/a.rs", &long).len(), 1);
        assert_eq!(check("core/src/a.rs", &format!("#[cfg(test)]\n{long}")).len(), 0);
        assert_eq!(check("web/src/a.rs", &long).len(), 0);
    }

    #[test]
    fn comments_end_code_and_strings_do_not() {
        assert_eq!(without_comment("a // b"), "a ");
        assert_eq!(without_comment("\"http://x\" + f64"), "\"http://x\" + f64");
    }
}
