//! What each system adds to the first load: the page is built once with all of them, and once
//! without each, in a copy of the repository under `target/size`. A system's words and lessons are
//! no part of it: they come when they are wanted.

use super::brotli_bytes;
use crate::{Outcome, files, optimize, paths, registry, setup, shell, split, walk};
use std::path::{Path, PathBuf};

/// The system that the first lesson runs on: it is not a further one.
const FIRST: &str = "raft";
/// Brotli, quality 11, in bytes.
const BUDGET_BYTES: u64 = 8_000;

/// Prints what each system adds; fails where a further one adds more than its budget.
pub fn report() -> Outcome {
    setup::page()?;
    let registry = registry::read()?;
    let entries = registry::entries(&registry)?;
    let home = paths::root().join("target/size");
    copy_repository(&home.join("repository")).map_err(|error| format!("target/size: {error}."))?;

    let whole = weigh(&home, &registry)?;
    println!("{whole:>10}  brotli of wasm and its script, with all {} systems", entries.len());
    let mut heavy = Vec::new();
    for entry in &entries {
        let without = weigh(&home, &registry::without(&registry, entry))?;
        let added = whole.saturating_sub(without);
        println!("{added:>+10}  {}", registry::name_of(entry));
        if added > BUDGET_BYTES && registry::name_of(entry) != FIRST {
            heavy.push(registry::name_of(entry));
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

/// Builds the copy with this registry; wasm and script together, in bytes of brotli.
fn weigh(home: &Path, registry: &str) -> Outcome<u64> {
    let copy = home.join("repository");
    let file = copy.join(registry::FILE);
    files::write(&file, registry)?;

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
    split::cut(&wasm, &built)?;
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
