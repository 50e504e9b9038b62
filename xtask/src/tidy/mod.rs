//! `cargo xtask tidy`: what compilers do not check. Each complaint tells what to do.

mod code;
mod colour;
mod rust;
mod text;
mod weight;
mod whole;

use crate::{Outcome, cli, paths, walk};
use std::path::Path;

/// A file as the checks see it.
struct File {
    /// Relative to the repository's top, with forward slashes.
    path: String,
    bytes: u64,
    /// None for pictures and other files that are not text.
    text: Option<String>,
}

impl File {
    fn read(path: &Path) -> Self {
        let content = std::fs::read(path).unwrap_or_default();
        Self {
            path: walk::shown(path),
            bytes: content.len() as u64,
            text: String::from_utf8(content).ok(),
        }
    }

    fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }
}

pub fn run(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    check()?;
    println!("   Tidy.");
    Ok(())
}

/// Runs every check over the repository.
pub fn check() -> Outcome {
    let files: Vec<File> = walk::files("").iter().map(|path| File::read(path)).collect();
    let complaints = complaints(&files);
    for complaint in &complaints {
        println!("   {complaint}");
    }
    match complaints.len() {
        0 => Ok(()),
        1 => Err("one thing is untidy.".to_owned()),
        n => Err(format!("{n} things are untidy.")),
    }
}

fn complaints(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        found.extend(whole::check(file));
        let Some(text) = &file.text else { continue };
        found.extend(code::check(&file.path, text));
        found.extend(colour::check(&file.path, text));
        found.extend(weight::check(&file.path, text));
        found.extend(text::check_markdown(&file.path, text));
    }
    found.extend(text::check_locales(files));
    found.extend(rust::check_reachable(files, |path| paths::root().join(path).is_file()));
    found
}

/// `path:line: sentence`, as editors follow it.
fn at(path: &str, index: usize, sentence: impl std::fmt::Display) -> String {
    format!("{path}:{}: {sentence}", index + 1)
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), bytes: text.len() as u64, text: Some(text.to_owned()) }
}
