//! `cargo xtask size`: what a reader's line must carry before the first lesson plays, and how long
//! the links are that carry whole lessons.

mod systems;

use crate::{Outcome, assets, cli, paths, setup, shell, tool};
use std::path::{Path, PathBuf};

/// Brotli, quality 11, in bytes.
const BUDGET_BYTES: u64 = 220_000;

/// Fetched by the page itself for its first lesson, in one language: prefixes below `dist/site`.
const FIRST_LESSON: &[&str] = &["site/lessons/raft/caiyang.", "site/text/first/"];

pub fn run(args: &mut cli::Args) -> Outcome {
    let each_system = args.flag("--systems");
    args.finish()?;
    let weighed = report();
    let links = tool::links();
    if each_system {
        systems::report()?;
    }
    weighed.and(links)
}

/// Prints the table; fails above the budget.
pub fn report() -> Outcome {
    let dist = paths::dist();
    let Ok(page) = std::fs::read_to_string(dist.join("index.html")) else {
        return Err("dist/ holds no build; `cargo xtask build` makes one.".to_owned());
    };
    let all = files_below(&dist);
    let files = first_load(&page, &all);
    if !files.iter().any(|name| name.ends_with(".wasm")) {
        return Err("dist/index.html names no wasm; tell size.rs how it does now.".to_owned());
    }
    let sizes = brotli_bytes(&files.iter().map(|name| dist.join(name)).collect::<Vec<_>>())?;

    println!("{:>10} {:>10}  of the first load", "bytes", "brotli");
    let mut total = 0;
    for (name, brotli) in files.iter().zip(&sizes) {
        let raw = dist.join(name).metadata().map_or(0, |meta| meta.len());
        println!("{raw:>10} {brotli:>10}  {name}");
        total += brotli;
    }
    println!("{:>10} {total:>10}  of {BUDGET_BYTES} wanted", "");
    let later = all.iter().filter(|name| name.contains("_rest-"));
    let later: Vec<PathBuf> = later.map(|name| dist.join(name)).collect();
    for brotli in brotli_bytes(&later)? {
        println!("{:>10} {brotli:>10}  more of the wasm, when somebody touches the page", "");
    }
    if total <= BUDGET_BYTES {
        return Ok(());
    }
    Err(format!(
        "the first load is {total} bytes of brotli, {} above {BUDGET_BYTES}. Look for what the \
         last change brought in: a crate, a format!, a text that could be fetched when wanted.",
        total - BUDGET_BYTES
    ))
}

/// The files, by their name below dist: the page, what it names, what those import, and what the
/// first lesson fetches.
fn first_load(page: &str, all: &[String]) -> Vec<String> {
    let named = |name: &&String| page.contains(&format!("\"./{name}\""));
    let text = format!(".{}.", assets::LOCALES[0]);
    let fetched = |name: &&String| {
        FIRST_LESSON.iter().any(|prefix| name.starts_with(prefix)) && name.contains(&text)
    };
    let imported = |name: &&String| name.starts_with("snippets/");
    let mut files = vec!["index.html".to_owned()];
    files.extend(all.iter().filter(named).cloned());
    files.extend(all.iter().filter(imported).cloned());
    files.extend(all.iter().filter(fetched).cloned());
    files
}

fn files_below(dist: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(dist) {
                names.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    names.sort();
    names
}

/// Node's own brotli, or the program of that name with the same window.
fn brotli_bytes(files: &[PathBuf]) -> Outcome<Vec<u64>> {
    const SCRIPT: &str = "const fs = require('fs'), zlib = require('zlib');\
        for (const file of process.argv.slice(1)) {\
          const bytes = fs.readFileSync(file);\
          console.log(zlib.brotliCompressSync(bytes).length);\
        }";
    if let Some(node) = setup::node::node() {
        let printed = shell::output(shell::command(node).args(["-e", SCRIPT, "--"]).args(files));
        let sizes = printed.as_deref().map(|text| text.lines().map(str::parse).collect());
        if let Some(Ok(sizes)) = sizes {
            return Ok(sizes);
        }
    }
    let Some(brotli) = shell::find("brotli") else {
        return Err("weighing needs Node.js or the program `brotli`; install either.".to_owned());
    };
    files.iter().map(|file| brotli_by_program(&brotli, file)).collect()
}

fn brotli_by_program(brotli: &Path, file: &Path) -> Outcome<u64> {
    let mut command = shell::command(brotli);
    command.args(["-q", "11", "-w", "22", "-c"]).arg(file);
    match command.output() {
        Ok(output) if output.status.success() => Ok(output.stdout.len() as u64),
        _ => Err(format!("brotli could not read {}.", file.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_the_page_what_it_names_and_one_language() {
        let page = r#"<link href="./a-1.css"><script src="./boot.js" data-wasm="./w_bg.wasm">"#;
        let all = [
            "a-1.css",
            "boot.js",
            "embed.js",
            "index.html",
            "site/lessons/index.en.txt",
            "site/lessons/raft/caiyang.en.txt",
            "site/lessons/raft/caiyang.zh-CN.txt",
            "site/lessons/raft/other.en.txt",
            "site/text/first/raft.en.ftl",
            "site/text/first/raft.zh-CN.ftl",
            "site/text/raft.en.ftl",
            "site/text/setnx.en.ftl",
            "snippets/x/inline0.js",
            "w_bg.wasm",
            "w_rest-1.wasm",
        ];
        let all: Vec<String> = all.map(str::to_owned).into();
        let expected = [
            "index.html",
            "a-1.css",
            "boot.js",
            "w_bg.wasm",
            "snippets/x/inline0.js",
            "site/lessons/raft/caiyang.en.txt",
            "site/text/first/raft.en.ftl",
        ];
        assert_eq!(first_load(page, &all), expected);
    }
}
