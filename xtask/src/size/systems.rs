//! What each system adds to the first load: the page is built once with all of them, and once
//! without each, in a copy of the repository under `target/size`. A system's words and lessons are
//! no part of it: they come when they are wanted.

use super::brotli_bytes;
use crate::{Outcome, optimize, paths, setup, shell, split, walk};
use std::path::{Path, PathBuf};

/// Where every system is one line.
const REGISTRY: &str = "core/src/protocols/mod.rs";
const LIST_BEGINS: &str = "pub static ALL: &[&Entry] = &[";
const LIST_ENDS: &str = "];";

/// The system that the first lesson runs on: it is not a further one.
const FIRST: &str = "raft";
/// Brotli, quality 11, in bytes.
const BUDGET_BYTES: u64 = 8_000;

/// Prints what each system adds; fails where a further one adds more than its budget.
pub fn report() -> Outcome {
    setup::page()?;
    let registry = read(&paths::root().join(REGISTRY))?;
    let entries = entries(&registry).ok_or(format!(
        "{REGISTRY} has no line `{LIST_BEGINS}`; tell size/systems.rs the new one."
    ))?;
    let home = paths::root().join("target/size");
    copy_repository(&home.join("repository")).map_err(|error| format!("target/size: {error}."))?;

    let whole = weigh(&home, &registry)?;
    println!("{whole:>10}  brotli of wasm and its script, with all {} systems", entries.len());
    let mut heavy = Vec::new();
    for entry in &entries {
        let without = weigh(&home, &registry_without(&registry, entry))?;
        let added = whole.saturating_sub(without);
        println!("{added:>+10}  {}", name_of(entry));
        if added > BUDGET_BYTES && name_of(entry) != FIRST {
            heavy.push(name_of(entry));
        }
    }
    if heavy.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} adds more than {BUDGET_BYTES} bytes. Look for what it instantiates that another system \
         has already: a map of other types, a format!, a derive that nobody uses.",
        heavy.join(" and ")
    ))
}

/// The entries of the list, as they are written: `&entry::<raft::Raft>()`.
fn entries(registry: &str) -> Option<Vec<String>> {
    let (_, rest) = registry.split_once(LIST_BEGINS)?;
    let (list, _) = rest.split_once(LIST_ENDS)?;
    let code = list.lines().map(|line| line.split("//").next().unwrap_or(""));
    let code: String = code.collect();
    Some(code.split(',').map(str::trim).filter(|e| !e.is_empty()).map(str::to_owned).collect())
}

/// The registry with one entry less; the module stays, and the linker leaves it out.
fn registry_without(registry: &str, entry: &str) -> String {
    let kept: Vec<String> =
        entries(registry).unwrap_or_default().into_iter().filter(|other| other != entry).collect();
    let (before, rest) = registry.split_once(LIST_BEGINS).unwrap_or((registry, ""));
    let (_, after) = rest.split_once(LIST_ENDS).unwrap_or(("", ""));
    format!("{before}{LIST_BEGINS}{}{LIST_ENDS}{after}", kept.join(", "))
}

/// The module of an entry, which is the system's id.
fn name_of(entry: &str) -> &str {
    let path = entry.split_once('<').map_or(entry, |(_, path)| path);
    path.split("::").next().unwrap_or(entry)
}

/// Builds the copy with this registry; wasm and script together, in bytes of brotli.
fn weigh(home: &Path, registry: &str) -> Outcome<u64> {
    let copy = home.join("repository");
    let file = copy.join(REGISTRY);
    std::fs::write(&file, registry).map_err(|error| format!("{}: {error}.", file.display()))?;

    let target = "wasm32-unknown-unknown";
    let mut cargo = shell::cargo(&["build", "--quiet", "--release", "-p", "netsplit-web"]);
    cargo.args(["--target", target, "--target-dir"]).arg(home.join("build")).current_dir(&copy);
    // A system that is left out leaves code that nobody calls; that is the point here.
    cargo.args(["--config", &format!("target.{target}.rustflags=['-Awarnings']")]);
    shell::run_long(&mut cargo)?;

    let built = home.join("build").join(target).join("release/netsplit-web.wasm");
    let page = home.join("page");
    let bindgen = shell::find("wasm-bindgen").ok_or("wasm-bindgen is missing after set-up.")?;
    let mut bindgen = shell::command(bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "page", "--out-dir"]);
    shell::run(bindgen.arg(&page).arg(&built))?;

    let wasm = page.join("page_bg.wasm");
    optimize::shrink(&wasm)?;
    split::cut(&wasm)?;
    Ok(brotli_bytes(&[wasm, page.join("page.js")])?.iter().sum())
}

fn copy_repository(copy: &Path) -> std::io::Result<()> {
    if copy.exists() {
        std::fs::remove_dir_all(copy)?;
    }
    for file in walk::files("") {
        let to: PathBuf = copy.join(walk::shown(&file));
        std::fs::create_dir_all(to.parent().unwrap_or(copy))?;
        std::fs::copy(&file, &to)?;
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}.", walk::shown(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRY: &str = "mod raft;\n\
        pub static ALL: &[&Entry] = &[\n    &entry::<raft::Raft>(), // first\n    \
        &entry::<setnx::SetNx>(),\n];\n\
        fn find() {}\n";

    #[test]
    fn one_entry_is_left_out_and_the_rest_stays() {
        let (raft, setnx) = ("&entry::<raft::Raft>()", "&entry::<setnx::SetNx>()");
        assert_eq!(entries(REGISTRY), Some(vec![raft.to_owned(), setnx.to_owned()]));
        assert_eq!(name_of(setnx), "setnx");
        let without = registry_without(REGISTRY, raft);
        assert_eq!(entries(&without), Some(vec![setnx.to_owned()]));
        assert!(without.starts_with("mod raft;") && without.ends_with("];\nfn find() {}\n"));
        assert_eq!(entries("nothing"), None);
    }
}
