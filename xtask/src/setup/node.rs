//! Node.js, and the few npm packages used as tools: wasm-opt and esbuild, and for tests a browser's
//! driver.

use super::announce;
use crate::{Outcome, paths, shell};
use std::path::PathBuf;
use std::process::Command;

/// Older ones cannot run the browser tests' driver.
const NODE_MAJOR_MIN: u32 = 20;

/// The Node that npm itself can bring where a distribution's own is older.
const NODE_FROM_NPM: Packages = Packages {
    folder: "node",
    list: &[("node", "22.23.3")],
    why: "the Node.js of this machine is older than 20",
};

const SHRINKERS: Packages = Packages {
    folder: "shrinkers",
    list: &[("binaryen", "132.0.0"), ("esbuild", "0.28.2")],
    why: "wasm-opt makes the page's wasm a fifth smaller, esbuild its scripts and styles a third",
};

const BROWSER: Packages = Packages {
    folder: "browser",
    list: &[("playwright-core", "1.65.1"), ("axe-core", "4.14.1")],
    why: "the page is tested in a real browser, and for accessibility",
};

/// npm packages that live together in one folder under `target/tools`.
struct Packages {
    folder: &'static str,
    list: &'static [(&'static str, &'static str)],
    why: &'static str,
}

/// wasm-opt as a command without its arguments, if it has been set up.
pub fn wasm_opt() -> Option<Command> {
    shrinker("wasm-opt")
}

/// esbuild as a command without its arguments, if it has been set up.
pub fn esbuild() -> Option<Command> {
    shrinker("esbuild")
}

/// One of them is a script for Node, the other may be a program of its own.
fn shrinker(name: &str) -> Option<Command> {
    let program = SHRINKERS.modules().join(".bin").join(name);
    if !SHRINKERS.is_here() {
        return None;
    }
    let mut command = shell::command(program);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.insert(0, node()?.parent()?.to_owned());
    command.env("PATH", std::env::join_paths(folders).ok()?);
    Some(command)
}

/// Sets wasm-opt up where Node allows it; false where there is no Node.
pub fn wasm_opt_ready() -> bool {
    if wasm_opt().is_some() {
        return true;
    }
    if node().is_none() || shell::find("npm").is_none() {
        return false;
    }
    match SHRINKERS.ensure() {
        Ok(()) => true,
        Err(sentence) => {
            super::note(&format!("wasm-opt could not be installed. {sentence}"));
            false
        }
    }
}

/// The driver and axe for the browser tests; gives the folder of the modules.
pub fn browser_modules() -> Outcome<PathBuf> {
    if node().is_none() {
        super::browser::install_node()?;
    }
    if node().is_none() && shell::find("npm").is_some() {
        NODE_FROM_NPM.ensure()?;
    }
    if node().is_none() {
        return Err("the browser tests run under Node.js 20 or newer; install it and try again \
                    (its packages bring npm along)."
            .to_owned());
    }
    BROWSER.ensure()?;
    Ok(BROWSER.modules())
}

/// A Node new enough, from PATH or from npm.
pub fn node() -> Option<PathBuf> {
    let own = NODE_FROM_NPM.modules().join("node/bin/node");
    [shell::find("node"), Some(own)].into_iter().flatten().find(is_new_enough)
}

fn is_new_enough(node: &PathBuf) -> bool {
    shell::output(shell::command(node).arg("--version"))
        .and_then(|version| major(&version))
        .is_some_and(|major| major >= NODE_MAJOR_MIN)
}

/// The first number of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

impl Packages {
    fn home(&self) -> PathBuf {
        paths::tools().join(self.folder)
    }

    fn modules(&self) -> PathBuf {
        self.home().join("node_modules")
    }

    fn is_here(&self) -> bool {
        self.list.iter().all(|(name, version)| {
            let manifest = self.modules().join(name).join("package.json");
            let wanted = format!("\"version\": \"{version}\"");
            std::fs::read_to_string(manifest).is_ok_and(|text| text.contains(&wanted))
        })
    }

    fn ensure(&self) -> Outcome {
        if self.is_here() {
            return Ok(());
        }
        let Some(npm) = shell::find("npm") else {
            return Err("npm is missing; it comes with Node.js.".to_owned());
        };
        let names: Vec<String> = self.list.iter().map(|(n, v)| format!("{n} {v}")).collect();
        announce(&format!("{} from npm", names.join(" and ")), self.why);
        self.write_manifest().map_err(|error| format!("{}: {error}.", self.home().display()))?;
        let mut npm = shell::command(npm);
        npm.current_dir(self.home());
        npm.args(["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]);
        shell::run_long(&mut npm)
    }

    /// A manifest of the tools' own, so that npm looks no further up.
    fn write_manifest(&self) -> std::io::Result<()> {
        let entries: Vec<String> =
            self.list.iter().map(|(name, version)| format!("\"{name}\": \"{version}\"")).collect();
        let text =
            format!("{{ \"private\": true, \"dependencies\": {{ {} }} }}\n", entries.join(", "));
        std::fs::create_dir_all(self.home())?;
        std::fs::write(self.home().join("package.json"), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
