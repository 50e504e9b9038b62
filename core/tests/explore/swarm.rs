//! Many seeds of systems that are right: nothing breaks, and once the faults have ended and a
//! majority is connected, requests are answered and copies become the same.

use netsplit_core::explore::Mode;

use super::{request, search};

fn nothing(text: &str, properties: &[&str], bounds: &str, seeds: u64) {
    for property in properties {
        let (found, progress) = search(request(text, property, bounds, Mode::Random(0, seeds)));
        assert!(found.is_none(), "{property}:\n{}", found.unwrap());
        assert_eq!(progress.tried, seeds);
    }
}

#[test]
fn raft_keeps_its_promises_and_goes_on() {
    let text = "system raft clients=3 end=6000\n";
    let all = ["kept", "agree", "linearizable", "answers", "converges", "election-safety"];
    nothing(
        text,
        &all,
        "crashes=3 partitions=3 cuts=1 losses=3 duplicates=2 delays=3 pauses=2",
        150,
    );
}

#[test]
fn paxos_agrees() {
    nothing(
        "system paxos clients=2 end=6000\n",
        &["agree"],
        "crashes=3 partitions=2 losses=5",
        300,
    );
}

#[test]
fn abd_is_linearizable() {
    let text = "system quorum nodes=5 clients=3 end=6000\n";
    nothing(text, &["linearizable"], "crashes=2 partitions=2 losses=4 delays=4", 300);
}

#[test]
fn one_master_is_linearizable() {
    let text = "system syncrep clients=3 end=6000\n";
    nothing(text, &["linearizable", "converges"], "crashes=2 partitions=2 losses=3", 150);
}

#[test]
fn gossip_comes_to_the_same() {
    nothing("system gossip clients=2 end=9000\n", &["converges"], "crashes=2 partitions=2", 60);
}

/// Who asks before standing is told no by servers whose logs are newer.
#[test]
fn raft_with_prevote_goes_on() {
    let text = "system raft prevote=on checkquorum=on clients=2 end=6000\n";
    nothing(text, &["kept", "answers"], "crashes=2 partitions=3 cuts=1", 150);
}

#[test]
fn a_unique_index_excludes() {
    nothing(
        "system dblock clients=3 end=6000\n",
        &["exclusive"],
        "crashes=2 pauses=2 losses=2",
        300,
    );
}
