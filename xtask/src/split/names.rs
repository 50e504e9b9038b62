//! Names of functions that stay the same from build to build, and lists of them. A list holds
//! hashes of names: two thousand names would be a fifth of a megabyte.

use crate::{Outcome, files, walk};
use std::collections::BTreeSet;
use std::path::Path;

const HEAD: &str = "\
# What the first lesson does not come to by itself: hashes of the names of functions of the page's
# wasm, and of places in them from which on they are not used.
# `cargo xtask first` writes this file; nobody edits it.
";
const PER_LINE: usize = 11;

#[derive(Default)]
pub struct Names(BTreeSet<u32>);

impl Names {
    pub fn read(path: &Path) -> Outcome<Names> {
        let text = files::read(path)?;
        let words =
            text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let hashes: Result<_, _> = words.map(|word| u32::from_str_radix(word, 16)).collect();
        hashes.map(Names).map_err(|_| {
            format!("{} is damaged; `cargo xtask first` writes it anew.", walk::shown(path))
        })
    }

    pub fn add(&mut self, key: u32) {
        self.0.insert(key);
    }

    pub fn has(&self, name: &str) -> bool {
        self.has_key(hash(name.as_bytes()))
    }

    pub fn has_key(&self, key: u32) -> bool {
        self.0.contains(&key)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn text(&self) -> String {
        let words: Vec<String> = self.0.iter().map(|hash| format!("{hash:08x}")).collect();
        let lines = words.chunks(PER_LINE).map(|line| line.join(" ") + "\n");
        HEAD.to_owned() + &lines.collect::<String>()
    }
}

/// FNV-1a.
pub fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// A name without the hashes of crates: `core[c5930c85a12de822]::fmt` is `core::fmt`.
pub fn without_hashes(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find('[') {
        kept.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let n_digits = inside.bytes().take_while(u8::is_ascii_hexdigit).count();
        let is_hash = n_digits >= 12 && inside[n_digits..].starts_with(']');
        if is_hash {
            rest = &inside[n_digits + 1..];
        } else {
            kept.push('[');
            rest = inside;
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_the_hashes_of_its_crates_and_nothing_else() {
        let name = "<alloc[c5930c85a12de822]::rc::Rc<[u8]> as core[0123456789abcdef]::X>::drop";
        assert_eq!(without_hashes(name), "<alloc::rc::Rc<[u8]> as core::X>::drop");
    }

    #[test]
    fn a_list_that_was_written_reads_the_same() {
        let mut names = Names::default();
        for place in 0..30 {
            names.add(hash(format!("function {place}").as_bytes()));
        }
        let path = std::env::temp_dir().join("netsplit-names-test.txt");
        std::fs::write(&path, names.text()).expect("a place for a file");
        let read = Names::read(&path).expect("a list");
        std::fs::remove_file(&path).expect("the file");
        assert!(read.has("function 7") && !read.has("function 30"));
        assert_eq!(read.text(), names.text());
    }
}
