//! The histories that Jepsen recorded of etcd 0.4.1 in 2014: five clients, one register, reads,
//! writes and compare-and-swap. They are not ours: they are the test data of the crate
//! `todc-utils`, and are read where cargo keeps its source.

use std::path::PathBuf;
use std::process::Command;

use netsplit_core::base::{Id, Value};
use netsplit_core::check::linearizable::{Finding, System, check};
use netsplit_core::history::{Act, History};
use netsplit_core::op::{Op, Outcome};
use netsplit_core::protocols::raft::store::OPS;

/// In `etcd_095` etcd did not boot.
const UNUSABLE: u16 = 95;
/// How many logs there are.
const LOGS: u16 = 103;
/// The linearizable ones, as published with `linearizability-checker` (Horn and Kroening, "Faster
/// linearizability checking via P-compositionality", FORTE 2015).
const LINEARIZABLE: [u16; 23] =
    [2, 5, 7, 18, 25, 31, 38, 45, 48, 49, 51, 53, 56, 67, 75, 76, 80, 87, 92, 98, 100, 101, 102];

/// One recorded history.
pub struct Log {
    /// Its number.
    pub number: u16,
    /// What was published of it.
    pub linearizable: bool,
    /// Where it is.
    pub path: PathBuf,
}

/// Something that a client did.
pub struct Line {
    /// The client.
    pub process: u16,
    /// Whether it asks, or how what it asked ended.
    pub status: Status,
    /// `read`, `write` or `cas`.
    pub verb: String,
    /// The numbers that it names; of a read that ended well, what was read.
    pub numbers: Vec<i64>,
}

/// Whether a client asks, or how what it asked ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It asks.
    Invoke,
    /// It was answered.
    Ok,
    /// The answer said that nothing was done.
    Fail,
    /// Nobody knows.
    Info,
}

/// All 102 of them that can be used.
pub fn logs() -> Vec<Log> {
    let folder = folder();
    let log = |number: u16| Log {
        number,
        linearizable: LINEARIZABLE.contains(&number),
        path: folder.join(format!("etcd_{number:03}.log")),
    };
    (0..LOGS).filter(|&number| number != UNUSABLE).map(log).collect()
}

/// Where cargo keeps the test data of `todc-utils`.
fn folder() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata.args(["metadata", "--format-version", "1", "--manifest-path"]);
    metadata.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let output = metadata.output().expect("cargo can be asked where it keeps sources");
    let text = String::from_utf8(output.stdout).expect("cargo speaks UTF-8");
    let paths = text.split("\"manifest_path\":\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let manifest = paths.map(|(path, _)| path.replace("\\\\", "\\"));
    let mut manifests = manifest.map(PathBuf::from);
    let is_it = |path: &PathBuf| path.to_string_lossy().contains("todc-utils-");
    let found = manifests.find(is_it).expect("todc-utils is a dependency");
    found.with_file_name("tests").join("linearizability").join("etcd")
}

/// The lines of a log that clients wrote.
pub fn lines(log: &Log) -> Vec<Line> {
    let text = std::fs::read_to_string(&log.path).expect("the log is part of the crate");
    text.lines().filter_map(line).collect()
}

/// `INFO  jepsen.util - 4 :invoke :cas [1 4]`; `None` for what clients did not write.
fn line(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.get(1) != Some(&"jepsen.util") {
        return None;
    }
    let process = words.get(3)?.parse().ok()?;
    let status = match *words.get(4)? {
        ":invoke" => Status::Invoke,
        ":ok" => Status::Ok,
        ":fail" => Status::Fail,
        _ => Status::Info,
    };
    let number = |word: &&str| word.trim_matches(['[', ']']).parse().ok();
    let numbers = words[6..].iter().filter_map(number).collect();
    Some(Line { process, status, verb: words[5].trim_start_matches(':').into(), numbers })
}

/// A log as clients' history.
pub fn history(log: &Log) -> History {
    let act = |line: &Line| match line.status {
        Status::Invoke => Act::Call(Id(line.process), op(line)),
        _ => Act::End(Id(line.process), outcome(line)),
    };
    History::of(lines(log).iter().map(act)).expect("Jepsen's clients take turns")
}

fn op(line: &Line) -> Op {
    let verb = match line.verb.as_str() {
        "read" => "get",
        "write" => "put",
        _ => "cas",
    };
    Op { verb, key: "r".into(), args: line.numbers.iter().copied().map(Value::Int).collect() }
}

fn outcome(line: &Line) -> Outcome {
    let read = || line.numbers.first().copied().map_or(Value::Nil, Value::Int);
    match (line.status, line.verb.as_str()) {
        (Status::Ok, "read") => Outcome::Ok(read()),
        (Status::Ok, "write") => Outcome::Ok(Value::Nil),
        (Status::Ok, _) => Outcome::Ok(Value::Int(1)),
        // A swap that failed has compared, and found another value.
        (Status::Fail, "cas") => Outcome::Ok(Value::Int(0)),
        (Status::Fail, _) => Outcome::Fail("timed-out"),
        _ => Outcome::Unknown,
    }
}

/// What Netsplit's checker finds.
pub fn finding(history: &History) -> Finding {
    check(&System { ops: OPS, given: [].into() }, history, u32::MAX, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recorded_history_of_etcd_gets_the_published_verdict() {
        let logs = logs();
        assert_eq!(logs.len(), 102);
        for log in &logs {
            let found = match finding(&history(log)) {
                Finding::Linearizable => Some(true),
                Finding::Broken(_) => Some(false),
                Finding::NotDecided { .. } => None,
            };
            assert_eq!(found, Some(log.linearizable), "etcd_{:03}", log.number);
        }
    }
}
