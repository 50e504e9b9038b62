//! Reading and writing files; what fails is told with the file's name.

use crate::{Outcome, walk};
use std::io::Result;
use std::path::Path;

pub fn read(path: &Path) -> Outcome<String> {
    told(path, std::fs::read_to_string(path))
}

pub fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    told(path, std::fs::read(path))
}

pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Outcome {
    told(path, std::fs::write(path, contents))
}

pub fn rename(from: &Path, to: &Path) -> Outcome {
    told(from, std::fs::rename(from, to))
}

pub fn remove(path: &Path) -> Outcome {
    told(path, std::fs::remove_file(path))
}

fn told<T>(path: &Path, result: Result<T>) -> Outcome<T> {
    result.map_err(|error| format!("{}: {error}.", walk::shown(path)))
}
