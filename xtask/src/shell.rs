//! Running other programs: visibly, and so that none outlives the command that started it.

use crate::{Outcome, paths};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Process groups of the programs running now.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Set as soon as the user has asked for the end.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

const HEARTBEAT: Duration = Duration::from_secs(20);

/// On Ctrl-C, a hang-up or a polite kill: ends every program started here, then this one.
pub fn end_children_on_interrupt() {
    let set = ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        let groups = std::mem::take(&mut *running());
        for group in &groups {
            signal("TERM", *group);
        }
        if !groups.is_empty() {
            std::thread::sleep(Duration::from_millis(600));
        }
        for group in &groups {
            signal("KILL", *group);
        }
        std::process::exit(130);
    });
    set.expect("nothing else handles interrupts");
}

/// After an interrupt: leaves the last word to its handler, which is about to end this program.
pub fn stand_by_if_interrupted() {
    while INTERRUPTED.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A command in the repository's top folder, with the tools of `target/tools` first on PATH.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(paths::root()).env("PATH", path_with_tools());
    // What Cargo tells this program about its own package is not true of the programs it runs.
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo, as the one that runs this program.
pub fn cargo(args: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from));
    cargo.args(args);
    cargo
}

/// Runs to the end, its output in view. Fails with the command line and how it ended.
pub fn run(command: &mut Command) -> Outcome {
    let line = line_of(command);
    let status = Group::start(command)?.wait()?;
    if status { Ok(()) } else { Err(format!("`{line}` failed; its own words stand above.")) }
}

/// Like [`run`], for what may be silent for minutes: says from time to time that it still works.
pub fn run_long(command: &mut Command) -> Outcome {
    let line = line_of(command);
    let start = Instant::now();
    let mut next = HEARTBEAT;
    let mut group = Group::start(command)?;
    let ok = loop {
        if let Some(ok) = group.ended()? {
            break ok;
        }
        if start.elapsed() >= next {
            println!("   ... still at it after {}", elapsed(start.elapsed()));
            next += HEARTBEAT;
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    if ok { Ok(()) } else { Err(format!("`{line}` failed; its own words stand above.")) }
}

/// What a program prints, if there is such a program and it ends well.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of that name on PATH, `target/tools` included.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = path_with_tools();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// A time span as people say it: `7.2 s`, `3 min 05 s`.
pub fn elapsed(span: Duration) -> String {
    match span.as_secs() {
        0..=99 => format!("{}.{} s", span.as_secs(), span.subsec_millis() / 100),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A program and all that it starts, ended together.
pub struct Group {
    child: Child,
}

impl Group {
    /// Starts `command` in a process group of its own.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let line = line_of(command);
        // Registered under the lock, so that an interrupt finds either no child or a known one.
        let mut running = running();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("`{line}` could not start: {error}."))?;
        running.push(child.id());
        Ok(Self { child })
    }

    /// Whether it has ended, and well.
    pub fn ended(&mut self) -> Outcome<Option<bool>> {
        let status = self.child.try_wait().map_err(|error| error.to_string())?;
        Ok(status.map(|status| status.success()))
    }

    fn wait(mut self) -> Outcome<bool> {
        let status = self.child.wait().map_err(|error| error.to_string())?;
        Ok(status.success())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let id = self.child.id();
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            signal("TERM", id);
            let _ = self.child.wait();
        }
        running().retain(|group| *group != id);
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a signal to a whole process group. std has no call for it, `kill` does.
fn signal(name: &str, group: u32) {
    let kill = if cfg!(unix) {
        Command::new("sh").arg("-c").arg(format!("kill -{name} -{group} 2>&-")).status()
    } else {
        Command::new("taskkill").args(["/T", "/F", "/PID", &group.to_string()]).status()
    };
    // A group that has ended already cannot be signalled, which is just as well.
    let _ = kill;
}

fn path_with_tools() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tools = paths::tools().join("bin");
    let folders = std::iter::once(tools).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap_or(path)
}

fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut line = program.to_string_lossy().into_owned();
    for arg in command.get_args() {
        line = line + " " + &arg.to_string_lossy();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_well() {
        assert_eq!(elapsed(Duration::from_millis(7_250)), "7.2 s");
        assert_eq!(elapsed(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let sentence = run(cargo(&["no-such-command"]).stderr(Stdio::null())).unwrap_err();
        assert!(sentence.contains("no-such-command` failed"), "{sentence}");
        assert!(run(&mut command("no-such-program")).unwrap_err().contains("could not start"));
    }
}
