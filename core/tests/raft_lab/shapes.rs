//! What the tests ask, send and expect: servers, operations, messages, logs.

use std::rc::Rc;

use netsplit_core::base::{Id, Value};
use netsplit_core::op::{Op, Reply};
use netsplit_core::protocol::Given;
use netsplit_core::protocols::raft::message::{AppendEntries, Msg, RequestVote, VoteResponse};

/// A client; no server has its number.
pub const C1: Id = Id(50);

/// What an operation on the cluster answers when it is done.
pub const DONE: Option<&Reply> = Some(&Reply::Ok(Value::Nil));

/// The server that is called `n` in the stories.
pub fn n(number: u16) -> Id {
    Id(number - 1)
}

fn op(verb: &'static str, key: &str, args: &[Value]) -> Op {
    Op { verb, key: key.into(), args: args.to_vec() }
}

pub fn put(key: &str, value: &str) -> Op {
    op("put", key, &[Value::text(value)])
}

pub fn get(key: &str) -> Op {
    op("get", key, &[])
}

pub fn incr(key: &str) -> Op {
    op("incr", key, &[])
}

pub fn add(server: u16) -> Op {
    op("add", "", &[named(server)])
}

pub fn remove(server: u16) -> Op {
    op("remove", "", &[named(server)])
}

pub fn members(servers: &[u16]) -> Op {
    op("members", "", &[Value::List(servers.iter().map(|&server| named(server)).collect())])
}

pub fn transfer(server: u16) -> Op {
    op("transfer", "", &[named(server)])
}

pub fn snapshot() -> Op {
    op("snapshot", "", &[])
}

/// How an operation names a server.
fn named(server: u16) -> Value {
    Value::Int(n(server).0.into())
}

pub fn request_vote(candidate: u16, term: u64, last: (u64, u64)) -> Msg {
    Msg::RequestVote(RequestVote {
        term,
        candidate_id: n(candidate),
        last_log_index: last.1,
        last_log_term: last.0,
        transfer: false,
    })
}

/// AppendEntries without entries, after the entry of term `prev.0` at index `prev.1`.
pub fn heartbeat(leader: u16, term: u64, prev: (u64, u64), commit: u64) -> Msg {
    Msg::AppendEntries(AppendEntries {
        term,
        leader_id: n(leader),
        prev_log_index: prev.1,
        prev_log_term: prev.0,
        entries: Vec::new(),
        leader_commit: commit,
        round: Default::default(),
    })
}

/// Whether the one message that was sent grants a vote.
pub fn granted(sent: &[(Id, Rc<Msg>)]) -> bool {
    let [(_, msg)] = sent else {
        panic!("one answer: {sent:?}");
    };
    matches!(**msg, Msg::RequestVoteResponse(VoteResponse { vote_granted: true, .. }))
}

/// A log with entries of these terms.
pub fn log(terms: &[u64]) -> Given {
    let entry = |(at, &term): (usize, &u64)| (term, "x".into(), Value::Int(at as i64 + 1));
    Given::Entries(terms.iter().enumerate().map(entry).collect())
}
