//! Many seeds of systems that are right: nothing breaks, and once the faults have ended and a
//! majority is connected, what each system owes happens: requests are answered, copies become the
//! same, transactions end.

use netsplit_core::explore::Mode;

use super::{Slowest, request, search, system_of};

/// A system, what must hold of it under which faults, and so many seeds for each property.
/// `answers` and `converges`, and properties that a system has for the end, come after a calm.
struct Swarm {
    text: &'static str,
    properties: &'static [&'static str],
    bounds: &'static str,
    seeds: u64,
}

const fn swarm(
    text: &'static str,
    properties: &'static [&'static str],
    bounds: &'static str,
    seeds: u64,
) -> Swarm {
    Swarm { text, properties, bounds, seeds }
}

/// Faults of most kinds, some of each.
const SOME: &str = "crashes=2 partitions=2 losses=3 duplicates=1 delays=2";

const SWARMS: &[Swarm] = &[
    swarm(
        "system raft clients=3 end=6000\n",
        &["kept", "agree", "linearizable", "answers", "converges", "election-safety"],
        "crashes=3 partitions=3 cuts=1 losses=3 duplicates=2 delays=3 pauses=2",
        150,
    ),
    // Who asks before standing is told no by servers whose logs are newer.
    swarm(
        "system raft prevote=on checkquorum=on clients=2 end=6000\n",
        &["kept", "answers"],
        "crashes=2 partitions=3 cuts=1",
        150,
    ),
    swarm("system paxos clients=2 end=6000\n", &["agree", "answers"], SOME, 150),
    swarm("system acc1 resend=100 clients=2 end=6000\n", &["agree", "answers"], SOME, 150),
    swarm(
        "system cap clients=3 end=9000\n",
        &["kept", "linearizable", "converges", "one-value-per-version"],
        SOME,
        150,
    ),
    // The copies are answered by whoever is there, and come together after that.
    swarm("system cap policy=local clients=3 end=9000\n", &["answers", "converges"], SOME, 150),
    swarm(
        "system cons reads=primary clients=3 end=9000\n",
        &["kept", "linearizable", "converges"],
        SOME,
        150,
    ),
    swarm(
        "system sess causal=on clients=3 end=9000\n",
        &["causal(ok)", "converges", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system syncrep clients=3 end=9000\n",
        &["kept", "agree", "linearizable", "converges"],
        SOME,
        150,
    ),
    swarm(
        "system quorum nodes=5 clients=3 end=6000\n",
        &["linearizable", "one-value", "answers"],
        "crashes=2 partitions=2 losses=4 delays=4",
        150,
    ),
    swarm("system gossip clients=2 end=9000\n", &["converges"], "crashes=2 partitions=2", 60),
    swarm(
        "system twopc clients=2 end=9000\n",
        &["agree", "final", "unanimous", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system threepc rules=e3pc rms=3 clients=2 end=9000\n",
        &["agree", "final", "unanimous", "unblocked", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system pcommit clients=2 end=9000\n",
        &["agree", "final", "unanimous", "one-value", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system acid mode=single clients=2 end=9000\n",
        &["sum", "no-negative", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system acid mode=shards clients=2 end=9000\n",
        &["nothing-lost", "no-negative", "agree", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system acid mode=outbox clients=2 end=9000\n",
        &["nothing-lost", "no-negative", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system tcc clients=2 end=9000\n",
        &["stock-adds-up", "same-outcome", "nothing-open", "answers"],
        SOME,
        150,
    ),
    swarm(
        "system saga clients=2 end=9000\n",
        &["no-gain", "whole-or-made-up-for", "answers"],
        SOME,
        150,
    ),
    swarm("system dblock clients=3 end=6000\n", &["exclusive"], "crashes=2 pauses=2 losses=2", 150),
    // What keeps its grants in memory loses them with its process.
    swarm(
        "system setnx expire=off clients=3 end=6000\n",
        &["exclusive", "own-release"],
        "pauses=2 losses=2 delays=2",
        150,
    ),
    swarm(
        "system setnxpx clients=3 end=9000\n",
        &["own-release", "unblocked"],
        "crashes=1 pauses=1 losses=2",
        150,
    ),
    // A lease that its holder looks at excludes while nobody is paused between look and write.
    swarm(
        "system setnxpx check_lease=on clients=3 end=9000\n",
        &["exclusive"],
        "losses=3 delays=3",
        150,
    ),
];

pub fn systems() -> Vec<&'static str> {
    SWARMS.iter().map(|swarm| system_of(swarm.text)).collect()
}

#[test]
fn what_is_right_stays_right_and_goes_on() {
    let mut slowest = Slowest::default();
    let mut wrong = String::new();
    for Swarm { text, properties, bounds, seeds } in SWARMS {
        for property in *properties {
            let asked = request(text, property, bounds, Mode::Random(0, *seeds));
            let (found, progress) = slowest.time(&format!("{text}{property}"), || search(asked));
            match found {
                Some(found) => wrong += &format!("{property}:\n{found}\n"),
                None => assert_eq!(progress.tried, *seeds),
            }
        }
    }
    slowest.print("swarms");
    assert!(wrong.is_empty(), "{wrong}");
}
