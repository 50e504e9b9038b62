//! Chromium, its driver and Chinese fonts, by the platform's own package manager.

use super::announce;
use crate::{Outcome, shell};
use std::path::PathBuf;
use std::process::Command;

/// A browser and the program that drives it for `wasm-bindgen-test`.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds Chromium, its driver and fonts, after installing what is missing.
pub fn ensure() -> Outcome<Browser> {
    let missing = Missing { browser: browser().is_none(), fonts: !has_chinese_fonts() };
    if missing.browser || missing.fonts {
        install(&missing)?;
    }
    browser().ok_or_else(|| {
        "Chromium and chromedriver are not on PATH. Install both in one version, or name them in \
         CHROMIUM and CHROMEDRIVER."
            .to_owned()
    })
}

/// Node.js and npm by the package manager, where there is one that may be used.
pub fn install_node() -> Outcome {
    let Some(manager) = Manager::of_this_machine() else { return Ok(()) };
    announce("Node.js and npm", "the browser tests run under Node");
    manager.install(&["nodejs", "npm"])
}

struct Missing {
    browser: bool,
    fonts: bool,
}

fn install(missing: &Missing) -> Outcome {
    let mut packages = Vec::new();
    let Some(manager) = Manager::of_this_machine() else {
        if missing.browser {
            return Err("the tests in a browser need Chromium and its driver, and there is no \
                        package manager here that may install them (apt-get, dnf, pacman or brew, \
                        as root or with a sudo that asks nothing). Install chromium and \
                        chromedriver, then try again."
                .to_owned());
        }
        super::note("No fonts with Chinese are here; screenshots in Chinese will show boxes.");
        return Ok(());
    };
    if missing.browser {
        packages.extend(manager.browser_packages);
    }
    if missing.fonts {
        packages.extend(manager.font_packages);
    }
    announce(&packages.join(", "), "the page is tested in a real browser, in both languages");
    manager.install(&packages).map_err(|sentence| {
        format!(
            "{sentence}\nWhere the package manager has no Chromium (Ubuntu's is a snap), install \
             Google Chrome and its chromedriver."
        )
    })
}

fn browser() -> Option<Browser> {
    let from_env = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_file());
    let mac = PathBuf::from("/Applications/Chromium.app/Contents/MacOS/Chromium");
    let chromium = from_env("CHROMIUM")
        .or_else(|| {
            ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(shell::find)
        })
        .or_else(|| mac.is_file().then_some(mac))?;
    let driver = from_env("CHROMEDRIVER").or_else(|| shell::find("chromedriver"))?;
    Some(Browser { chromium, driver })
}

/// Where there is no fontconfig to ask (macOS, Windows) the system has them.
fn has_chinese_fonts() -> bool {
    let Some(list) = shell::find("fc-list") else { return !cfg!(target_os = "linux") };
    shell::output(shell::command(list).arg(":lang=zh-cn")).is_some_and(|fonts| !fonts.is_empty())
}

/// A package manager that may be used without asking anybody.
struct Manager {
    name: &'static str,
    refresh: &'static [&'static str],
    install: &'static [&'static str],
    browser_packages: &'static [&'static str],
    font_packages: &'static [&'static str],
    /// Whether it wants to be root.
    root: bool,
}

const MANAGERS: &[Manager] = &[
    Manager {
        name: "apt-get",
        refresh: &["update", "-q"],
        install: &["install", "-qy", "--no-install-recommends"],
        browser_packages: &["chromium", "chromium-driver"],
        font_packages: &["fontconfig", "fonts-noto-cjk"],
        root: true,
    },
    Manager {
        name: "dnf",
        refresh: &[],
        install: &["install", "-qy"],
        browser_packages: &["chromium", "chromedriver"],
        font_packages: &["fontconfig", "google-noto-sans-cjk-fonts"],
        root: true,
    },
    Manager {
        name: "pacman",
        refresh: &[],
        install: &["-S", "--needed", "--noconfirm"],
        browser_packages: &["chromium"],
        font_packages: &["fontconfig", "noto-fonts-cjk"],
        root: true,
    },
    Manager {
        name: "brew",
        refresh: &[],
        install: &["install"],
        browser_packages: &["chromium", "chromedriver"],
        font_packages: &[],
        root: false,
    },
];

impl Manager {
    fn of_this_machine() -> Option<&'static Self> {
        let manager = MANAGERS.iter().find(|manager| shell::find(manager.name).is_some())?;
        (!manager.root || is_root() || may_sudo()).then_some(manager)
    }

    fn install(&self, packages: &[&str]) -> Outcome {
        if !self.refresh.is_empty() {
            shell::run_long(self.command().args(self.refresh))?;
        }
        shell::run_long(self.command().args(self.install).args(packages))
    }

    fn command(&self) -> Command {
        let mut command = if self.root && !is_root() {
            let mut sudo = shell::command("sudo");
            sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", self.name]);
            sudo
        } else {
            shell::command(self.name)
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    }
}

fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).as_deref() == Some("0")
}

fn may_sudo() -> bool {
    shell::output(shell::command("sudo").args(["-n", "true"])).is_some()
}
