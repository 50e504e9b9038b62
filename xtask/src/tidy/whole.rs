//! Checks of a file as a whole: its weight, and words that belong to one machine.

use super::{File, at};

const BYTES_MAX: u64 = 300_000;

/// Beginnings of paths that exist on one machine only.
const MACHINE_PATHS: &[&str] = &["/home/", "/Users/", "/root/", "/work/", "C:\\Users"];

/// Registries and mirrors: which one to use is the reader's business. In two pieces each, so that
/// this file does not name them either.
const REGISTRIES: &[&str] = &[
    concat!("registry", ".npmjs"),
    concat!("npm", "mirror"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("rs", "proxy"),
    concat!("files.", "pythonhosted"),
    concat!("deb.", "debian.org"),
];

pub fn check(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let picture = file.path.starts_with("docs/") && file.text.is_none();
    if file.bytes > BYTES_MAX && !picture {
        found.push(format!(
            "{}: {} KB is much for a repository; make it smaller, or build it when it is needed. \
             Pictures belong in docs/.",
            file.path,
            file.bytes / 1000
        ));
    }
    // These very lists.
    if file.path.starts_with("xtask/src/tidy/") {
        return found;
    }
    for (index, line) in file.text.iter().flat_map(|text| text.lines().enumerate()) {
        for path in MACHINE_PATHS {
            if starts_a_word(line, path) {
                let sentence = format!("`{path}` is a folder of one machine; name it relatively.");
                found.push(at(&file.path, index, sentence));
            }
        }
        for host in REGISTRIES {
            if line.contains(host) {
                let sentence =
                    format!("`{host}` is a choice of the reader's machine; leave it out.");
                found.push(at(&file.path, index, sentence));
            }
        }
    }
    found
}

/// Whether `needle` stands in `line` other than inside a longer path or address.
fn starts_a_word(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !"._-~}*".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn paths_of_one_machine_are_found_and_longer_paths_are_not() {
        assert_eq!(check(&file("a.md", "see /home/ann/x")).len(), 1);
        assert_eq!(check(&file("a.md", "see \"/root/x\"")).len(), 1);
        assert_eq!(check(&file("a.md", "https://example.org/home/ann and ./work/x")).len(), 0);
    }

    #[test]
    fn registries_are_found() {
        let found = check(&file(".npmrc", concat!("registry=https://registry", ".npmjs.org")));
        assert!(found[0].starts_with(".npmrc:1: `"), "{found:?}");
    }

    #[test]
    fn heavy_files_are_found_unless_they_are_pictures_of_the_docs() {
        let picture = |path: &str| File { path: path.to_owned(), bytes: 400_000, text: None };
        assert_eq!(check(&picture("static/big.png")).len(), 1);
        assert_eq!(check(&picture("docs/big.png")).len(), 0);
    }
}
