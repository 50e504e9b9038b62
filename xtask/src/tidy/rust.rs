//! Dead files: Rust files that no `mod` leads to, which the compiler never sees.

use super::File;
use std::collections::BTreeSet;

/// Every .rs file under a `src` folder is reached from its crate's root.
pub fn check_reachable(files: &[File], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let text_of = |path: &str| {
        files.iter().find(|file| file.path == path).and_then(|file| file.text.as_deref())
    };
    let in_src = |path: &str| path.contains("/src/") || path.starts_with("src/");
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> =
        files.iter().filter(|f| is_root(&f.path)).map(|f| f.path.clone()).collect();
    while let Some(path) = open.pop() {
        for module in text_of(&path).map(modules).unwrap_or_default() {
            open.extend(places(&path, &module).into_iter().filter(|place| exists(place)));
        }
        reached.insert(path);
    }
    files
        .iter()
        .filter(|file| file.is("rs") && in_src(&file.path) && !reached.contains(&file.path))
        .map(|file| {
            format!(
                "{}: no `mod` leads here, so nobody compiles it; add one or remove it.",
                file.path
            )
        })
        .collect()
}

fn is_root(path: &str) -> bool {
    let bin = path.contains("/src/bin/") && path.ends_with(".rs");
    bin || path.ends_with("/src/lib.rs") || path.ends_with("/src/main.rs")
}

/// The names in `mod name;`.
fn modules(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        let line = line.strip_prefix("#[cfg(test)]").unwrap_or(line).trim();
        let line = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => {
                rest.split_once(')').map_or("", |(_, rest)| rest)
            }
            Some(rest) => rest,
            None => line,
        };
        let name = line.trim().strip_prefix("mod ").and_then(|rest| rest.split_once(';'));
        found.extend(name.map(|(name, _)| name.trim().to_owned()));
    }
    found
}

/// Where a module declared in `path` may lie.
fn places(path: &str, module: &str) -> [String; 2] {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let base = match file {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => path.trim_end_matches(".rs").to_owned(),
    };
    [format!("{base}/{module}.rs"), format!("{base}/{module}/mod.rs")]
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn a_file_without_a_mod_is_dead() {
        let files = [
            file("core/src/lib.rs", "pub mod a;\npub(crate) mod b;\n// mod dead;\n"),
            file("core/src/a.rs", "mod inner;"),
            file("core/src/a/inner.rs", ""),
            file("core/src/b/mod.rs", "#[cfg(test)] mod tests;"),
            file("core/src/b/tests.rs", ""),
            file("core/src/dead.rs", ""),
            file("core/tests/rules.rs", ""),
        ];
        let found = check_reachable(&files, |path| files.iter().any(|file| file.path == path));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("core/src/dead.rs: "));
    }
}
