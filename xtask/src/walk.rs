//! Files of the repository, in one order on every machine.

use crate::paths;
use std::path::{Path, PathBuf};

/// What nobody writes by hand. (In a second work tree of a clone, .git is a file.)
const SKIPPED: &[&str] = &["target", "dist", "node_modules", ".git"];

/// Every file under `folder` (relative to the repository's top), sorted; none where it is missing.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&paths::root().join(folder), &mut found);
    found.sort();
    found
}

/// The path as people write it: relative to the top, with forward slashes.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(paths::root()).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Ok(kind) = entry.file_type() else { continue };
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), found);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
}
