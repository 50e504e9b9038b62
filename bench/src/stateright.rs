//! `stateright`'s tester beside ours. It remembers nothing of where it has been and cannot be
//! stopped, so each history is handed to a process of its own and given a moment.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use netsplit_core::base::Value;
use netsplit_core::history::History;
use netsplit_core::op::{Access, Op, OpId, Outcome};
use netsplit_core::protocols::raft::store;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use crate::clock::timed;
use crate::jepsen::{Log, finding, history, logs};

/// How long a history may take.
const MOMENT: Duration = Duration::from_millis(200);

/// A register of the store.
#[derive(Clone)]
struct Register(Value);

impl SequentialSpec for Register {
    type Op = Op;
    type Ret = Value;

    fn invoke(&mut self, op: &Op) -> Value {
        let model = store::spec(op).and_then(|spec| spec.model);
        let (next, answer) = model.expect("the store knows its operations")(&self.0, op);
        self.0 = next;
        answer
    }
}

/// How many histories it answers in a moment, and how long ours takes for the same ones.
pub fn beside(logs: &[Log], histories: &[History]) -> String {
    let (mut answered, mut theirs, mut ours) = (0, 0.0, 0.0);
    for (log, history) in logs.iter().zip(histories) {
        let Some((found, seconds)) = ask(log.number) else { continue };
        assert_eq!(found, log.linearizable, "stateright on etcd_{:03}", log.number);
        answered += 1;
        theirs += seconds;
        ours += timed(|| finding(history)).1;
    }
    if answered == 0 {
        return "stateright answers none in a moment".into();
    }
    format!("stateright answers {answered} in {:.1} ms, ours {:.1} ms", theirs * 1e3, ours * 1e3)
}

/// What another process of this program finds, and its seconds of CPU time.
fn ask(number: u16) -> Option<(bool, f64)> {
    let program = std::env::current_exe().expect("a program knows where it is");
    let mut command = Command::new(program);
    command.arg("stateright").arg(number.to_string()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("this program runs twice");
    let begun = Instant::now();
    while begun.elapsed() < MOMENT {
        if process.try_wait().expect("a child can be asked").is_some() {
            let output = process.wait_with_output().expect("it said something");
            let text = String::from_utf8(output.stdout).ok()?;
            let (found, seconds) = text.trim().split_once(' ')?;
            return Some((found.parse().ok()?, seconds.parse().ok()?));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    // It may have ended by itself just now.
    let _ = process.kill();
    let _ = process.wait();
    None
}

/// What the tester finds of a log, and its seconds of CPU time.
pub fn answer(number: u16) -> String {
    let log = logs().into_iter().find(|log| log.number == number).expect("such a log");
    let history = history(&log);
    let (found, seconds) = timed(|| test(&history));
    format!("{found} {seconds}")
}

fn test(history: &History) -> bool {
    let mut marks: Vec<(u32, bool, OpId)> = Vec::new();
    for (id, record) in history.iter() {
        let reads = store::spec(&record.op).is_some_and(|spec| spec.access == Access::Read);
        match record.end.as_ref().map(|end| (end.event, &end.outcome)) {
            Some((event, Outcome::Ok(_))) => {
                marks.extend([(record.call, false, id), (event, true, id)])
            }
            Some((_, Outcome::Fail(_))) => {}
            _ if reads => {}
            _ => marks.push((record.call, false, id)),
        }
    }
    marks.sort_unstable();
    let mut tester = LinearizabilityTester::new(Register(Value::Nil));
    for (_, ends, id) in marks {
        let Some(record) = history.get(id) else { continue };
        let told = match record.end.as_ref().map(|end| &end.outcome) {
            Some(Outcome::Ok(answer)) if ends => {
                tester.on_return(record.client.0, answer.clone()).map(drop)
            }
            _ => tester.on_invoke(record.client.0, Op::clone(&record.op)).map(drop),
        };
        told.expect("Jepsen's clients take turns");
    }
    tester.is_consistent()
}
