//! `given n1 term=2 log=[1:x=0 2:x=1]`: disks in the middle of a story (Figures 7 and 8).

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::Disk;
use super::entry::{Command, Config, Entry};
use crate::base::{Id, Log, Str, Value};
use crate::op::Op;
use crate::protocol::Given;

/// The client of entries that were there before anybody asked: none that takes part.
const NOBODY: Id = Id(u16::MAX);

/// Writes one field.
pub fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
    match (field, value) {
        ("term", &Given::Int(term)) => disk.current_term = term,
        ("vote", &Given::Node(candidate)) => disk.voted_for = Some(candidate),
        ("config", Given::Nodes(voters)) => {
            disk.first_config = Rc::new(Config::first(voters.iter().copied().collect()));
        }
        ("log", Given::Entries(entries)) => {
            if !entries.is_sorted_by_key(|&(term, ..)| term) {
                return Err("terms that never decrease along the log");
            }
            disk.log = Log::default();
            (1..).zip(entries).for_each(|(serial, entry)| disk.log.push(written(serial, entry)));
            disk.current_term = disk.current_term.max(disk.last_term());
        }
        ("term", _) => return Err("term=NUMBER"),
        ("vote", _) => return Err("vote=SERVER"),
        ("config", _) => return Err("config={SERVERS}"),
        ("log", _) => return Err("log=[TERM:KEY=VALUE ...]"),
        _ => return Err("one of term, vote, log, config"),
    }
    Ok(())
}

/// `1:x=0` was put by a client; `1` alone is an entry without a command. Each has a serial of its
/// own, or the session would take the second for the first asked again.
fn written(serial: u64, (term, key, value): &(u64, Str, Value)) -> Entry {
    let put = || {
        let op = Op { verb: "put", key: key.clone(), args: Vec::from([value.clone()]) };
        Command::Client { client: NOBODY, serial, op: Rc::new(op) }
    };
    let command = if *value == Value::Nil { Command::NoOp } else { put() };
    Entry { term: *term, command }
}
