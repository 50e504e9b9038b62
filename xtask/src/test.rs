//! `cargo xtask test`: every check and test, in the order in which they fail fastest.

use crate::{Outcome, bench, cli, paths, setup, shell, size, tidy, trunk, walk};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One part of the tests.
struct Part {
    name: &'static str,
    /// What it does, as a heading.
    about: &'static str,
    run: fn() -> Outcome,
    /// What to do when it fails.
    hint: &'static str,
    /// Whether it runs only when asked for.
    asked: bool,
}

const PARTS: &[Part] = &[
    Part {
        name: "fmt",
        about: "The code is formatted",
        run: || cargo(&["fmt", "--all", "--check"]),
        hint: "Run `cargo fmt --all`.",
        asked: false,
    },
    Part {
        name: "tidy",
        about: "The repository is tidy",
        run: tidy::check,
        hint: "Each sentence above tells what to do.",
        asked: false,
    },
    Part {
        name: "clippy",
        about: "Clippy has nothing to say",
        run: || {
            cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
        },
        hint: "Follow what clippy says; an `allow` needs its reason beside it.",
        asked: false,
    },
    Part {
        name: "unit",
        about: "The tests of the workspace pass",
        run: || cargo(&["test", "--workspace", "--quiet"]),
        hint: "Run the failing test alone: `cargo test -p PACKAGE NAME`.",
        asked: false,
    },
    Part {
        name: "no-std",
        about: "The core needs no operating system",
        run: no_std,
        hint: "Use `core` and `alloc` in core/, never `std`.",
        asked: false,
    },
    Part {
        name: "claims",
        about: "Every covered row of the claims list holds",
        run: claims,
        hint: "`cargo xtask lesson NAME` plays the scenario of a row.",
        asked: false,
    },
    Part {
        name: "digests",
        about: "Every lesson plays in WebAssembly as it plays natively",
        run: bench::digests,
        hint: "Something in core depends on the machine: a float, a usize, an unstable order.",
        asked: false,
    },
    Part {
        name: "wasm",
        about: "The tests that must run as WebAssembly pass in a browser",
        run: wasm,
        hint: "Run it alone: `cargo xtask test --only wasm`.",
        asked: false,
    },
    Part {
        name: "build",
        about: "The playground builds for release",
        run: build,
        hint: "`cargo xtask build` shows the same error.",
        asked: false,
    },
    Part {
        name: "size",
        about: "The first load has not grown",
        run: size::report,
        hint: "`cargo xtask build && cargo xtask size` prints the table again.",
        asked: false,
    },
    Part {
        name: "browser",
        about: "The page works in a browser",
        run: browser,
        hint: "Run one file alone: `node web/tests/browser/NAME.mjs`; pictures are in \
               target/screenshots.",
        asked: false,
    },
    Part {
        name: "bench",
        about: "The figures hold",
        run: bench::figures,
        hint: "Measure again on a quiet machine before you look for the cause.",
        asked: true,
    },
];

/// How a part went.
struct Result {
    name: &'static str,
    took: Duration,
    failure: Option<String>,
}

pub fn run(args: &mut cli::Args) -> Outcome {
    let list = args.flag("--list");
    let only = args.values("--only")?;
    let bench = args.flag("--bench");
    args.finish()?;
    if list {
        for part in PARTS {
            let asked = if part.asked { " (with --bench)" } else { "" };
            println!("{:<8} {}{asked}", part.name, part.about);
        }
        return Ok(());
    }
    let parts = chosen(&only, bench)?;
    let results: Vec<Result> = parts.iter().map(|part| run_part(part)).collect();
    summarize(&results)
}

fn chosen(only: &[String], bench: bool) -> Outcome<Vec<&'static Part>> {
    for name in only {
        if !PARTS.iter().any(|part| part.name == name) {
            let nearest = cli::nearest(name, PARTS.iter().map(|part| part.name));
            let hint = nearest.map_or("`--list` names them all".to_owned(), |part| {
                format!("did you mean `{part}`")
            });
            return Err(format!("there is no part `{name}`; {hint}."));
        }
    }
    let wanted = |part: &&Part| match only.is_empty() {
        true => !part.asked || bench,
        false => only.iter().any(|name| name == part.name),
    };
    Ok(PARTS.iter().filter(wanted).collect())
}

fn run_part(part: &Part) -> Result {
    println!("\n== {} ({})", part.about, part.name);
    let start = Instant::now();
    let failure = (part.run)().err();
    let took = start.elapsed();
    match &failure {
        None => println!("   ok, {}", shell::elapsed(took)),
        Some(sentence) => {
            println!("   FAILED, {}: {sentence}\n   {}", shell::elapsed(took), part.hint)
        }
    }
    Result { name: part.name, took, failure }
}

fn summarize(results: &[Result]) -> Outcome {
    println!("\n== Summary");
    for result in results {
        let word = if result.failure.is_none() { "ok" } else { "FAILED" };
        println!("   {:<8} {:<8} {}", result.name, word, shell::elapsed(result.took));
    }
    let failed: Vec<&str> = results
        .iter()
        .filter(|result| result.failure.is_some())
        .map(|result| result.name)
        .collect();
    if failed.is_empty() {
        println!("   All parts passed.");
        return Ok(());
    }
    Err(format!("{} of {} parts failed: {}.", failed.len(), results.len(), failed.join(", ")))
}

fn cargo(args: &[&str]) -> Outcome {
    shell::run_long(&mut shell::cargo(args))
}

fn no_std() -> Outcome {
    setup::bare_target()?;
    cargo(&["build", "--quiet", "-p", "netsplit-core", "--target", "wasm32v1-none"])
}

fn claims() -> Outcome {
    cargo(&["run", "--quiet", "-p", "netsplit-cli", "--", "claims"])
}

fn wasm() -> Outcome {
    setup::wasm_tests()?;
    let browser = setup::browser::ensure()?;
    let mut tests = shell::cargo(&["test", "-p", "netsplit-web"]);
    tests.args(["--target", "wasm32-unknown-unknown"]);
    tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    tests.env("CHROMEDRIVER", &browser.driver);
    tests.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_json(&browser.chromium)?);
    shell::run_long(&mut tests)
}

/// `web/webdriver.json` with the browser that was found, which the driver might not find itself.
fn webdriver_json(chromium: &Path) -> Outcome<PathBuf> {
    let path = paths::tools().join("webdriver.json");
    let write = || {
        let flags = std::fs::read_to_string(paths::root().join("web/webdriver.json"))?;
        let binary = format!("\"binary\": {:?}, \"args\"", chromium.to_string_lossy());
        std::fs::create_dir_all(paths::tools())?;
        std::fs::write(&path, flags.replace("\"args\"", &binary))
    };
    write().map_err(|error| format!("{}: {error}.", path.display()))?;
    Ok(path)
}

fn build() -> Outcome {
    setup::page()?;
    trunk::build()
}

/// Every script in `web/tests/browser`, each in a process of its own.
fn browser() -> Outcome {
    let browser = setup::browser::ensure()?;
    let modules = setup::node::browser_modules()?;
    let node = setup::node::node().ok_or("Node.js went away.")?;
    let mut failed = Vec::new();
    for script in walk::files("web/tests/browser") {
        if script.extension().is_none_or(|extension| extension != "mjs") || is_harness(&script) {
            continue;
        }
        let mut test = shell::command(&node);
        test.arg(&script).env("CHROMIUM", &browser.chromium).env("NETSPLIT_MODULES", &modules);
        test.env("NETSPLIT_DIST", paths::dist());
        if shell::run_long(&mut test).is_err() {
            failed.push(walk::shown(&script));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("{} failed.", failed.join(", "))) }
}

fn is_harness(script: &Path) -> bool {
    script.file_name().is_some_and(|name| name == "harness.mjs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name_and_the_bench_only_when_asked() {
        let names = |only: &[&str], bench| {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            chosen(&only, bench).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["size", "fmt"], false), Ok(vec!["fmt", "size"]));
        assert_eq!(names(&["bench"], false), Ok(vec!["bench"]));
        assert!(!names(&[], false).expect("all").contains(&"bench"));
        assert!(names(&[], true).expect("all").contains(&"bench"));
        assert!(names(&["browsr"], false).unwrap_err().contains("did you mean `browser`"));
    }
}
