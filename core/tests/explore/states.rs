//! Small scopes of every system, explored completely. How many states there are is written down: a
//! changed number is a changed protocol, or a changed search. Where clocks are read there is no
//! number: what lets them in is named, and that the search says so.

use netsplit_core::explore::{Mode, Order, Refusal, Search};

use super::{Slowest, request, search, system_of};

/// A scope: the scenario, what is watched, the bounds, and how many states there are.
struct Scope {
    text: &'static str,
    property: &'static str,
    bounds: &'static str,
    states: u64,
}

const SCOPES: &[Scope] = &[
    Scope {
        text: "system raft nodes=3 noop=off clients=1 end=1000\nat 0 c1@n1 put(x, 1)\n",
        property: "agree",
        bounds: "crashes=0 timeouts=1",
        states: 1_073,
    },
    Scope {
        text: "system raft nodes=3 noop=off end=1000\n",
        property: "election-safety",
        bounds: "crashes=1 timeouts=2 operations=0",
        states: 73_670,
    },
    Scope {
        text: "system paxos learners=0 rounds=1 timeout=0 backoff=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
",
        property: "agree",
        bounds: "crashes=0 timeouts=0",
        states: 945,
    },
    Scope {
        text: "system acc1 clients=2 end=1000\nat 0 c1@p1 propose(a)\nat 0 c2@p2 propose(b)\n",
        property: "agree",
        bounds: "crashes=0 timeouts=0",
        states: 22_070,
    },
    Scope {
        text: "system cap nodes=3 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        property: "linearizable",
        bounds: "crashes=0 timeouts=0",
        states: 388,
    },
    Scope {
        text: "system cap nodes=3 policy=all clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2@b get(x)
",
        property: "linearizable",
        bounds: "crashes=1 timeouts=1",
        states: 69_643,
    },
    Scope {
        text: "system cons reads=primary clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2@n2 get(x)
",
        property: "linearizable",
        bounds: "crashes=1 timeouts=2",
        states: 10_728,
    },
    Scope {
        text: "system sess nodes=2 clients=2 ryw=on mr=on end=1000
at 0 c1@n1 put(x, 1)
at 10 c1@n2 get(x)
at 0 c2@n1 get(x)
at 10 c2@n2 get(x)
",
        property: "ryw(ok)",
        bounds: "crashes=0 timeouts=2",
        states: 8_546,
    },
    Scope {
        text: "system sess nodes=2 clients=2 mr=on end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n1 get(x)
at 10 c2@n2 get(x)
",
        property: "mr(ok)",
        bounds: "crashes=1 timeouts=2",
        states: 7_332,
    },
    Scope {
        text: "system sess nodes=3 clients=2 mw=on lag=0 end=1000
at 0 c1@n1 put(x, 1)
at 10 c1@n2 put(y, 2)
at 0 c2@n3 get(y)
at 10 c2@n3 get(x)
",
        property: "mw(ok)",
        bounds: "crashes=0 timeouts=1",
        states: 3_007,
    },
    Scope {
        text: "system sess nodes=3 clients=3 wfr=on lag=0 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n1 get(x)
at 10 c2@n2 put(y, 2)
at 0 c3@n3 get(y)
at 10 c3@n3 get(x)
",
        property: "wfr(ok)",
        bounds: "crashes=0 timeouts=0",
        states: 4_269,
    },
    Scope {
        text: "system sess nodes=3 clients=3 causal=on lag=0 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n1 get(x)
at 10 c2@n2 put(y, 2)
at 0 c3@n3 get(y)
at 10 c3@n3 get(x)
",
        property: "causal(ok)",
        bounds: "crashes=0 timeouts=0",
        states: 4_269,
    },
    Scope {
        text: "system syncrep slaves=2 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        property: "linearizable",
        bounds: "crashes=0 timeouts=0",
        states: 66,
    },
    Scope {
        text: "system syncrep slaves=2 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2 put(x, 2)
",
        property: "agree",
        bounds: "crashes=1 timeouts=1",
        states: 36_541,
    },
    Scope {
        text: "system quorum clients=2 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        property: "linearizable",
        bounds: "crashes=0 timeouts=0",
        states: 5_311,
    },
    // A client that stays where it is goes back to nothing older, deletions or not.
    Scope {
        text: "system gossip nodes=2 gc=0 clients=2 end=1000
at 0 c1@n1 get(x)
at 10 c1@n1 get(x)
at 0 c2@n2 put(x, 2)
",
        property: "mr(ok)",
        bounds: "crashes=1 timeouts=2",
        states: 5_656,
    },
    Scope {
        text: "system twopc rms=2 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        property: "agree",
        bounds: "crashes=1 timeouts=2",
        states: 11_407,
    },
    Scope {
        text: "system twopc rms=2 termination=on rm2.vote=no clients=1 end=1000
at 0 c1 begin(x, 1)
",
        property: "agree",
        bounds: "crashes=1 timeouts=2",
        states: 12_984,
    },
    Scope {
        text: "system threepc rules=e3pc rms=3 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        property: "agree",
        bounds: "crashes=0 timeouts=1",
        states: 336_837,
    },
    Scope {
        text: "system threepc rules=e3pc rms=2 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        property: "agree",
        bounds: "crashes=1 timeouts=1",
        states: 27_752,
    },
    Scope {
        text: "system pcommit rms=2 faults=0 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        property: "agree",
        bounds: "crashes=1 timeouts=2",
        states: 55_638,
    },
    Scope {
        text: "system pcommit rms=1 faults=1 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        property: "agree",
        bounds: "crashes=0 timeouts=1",
        states: 19_668,
    },
    Scope {
        text: "system acid mode=single clients=2 end=1000\nat 0 c1 order(60)\nat 0 c2 order(60)\n",
        property: "sum",
        bounds: "crashes=1 timeouts=2",
        states: 1_151,
    },
    Scope {
        text: "system acid mode=shards clients=1 end=1000\nat 0 c1 order(60)\n",
        property: "agree",
        bounds: "crashes=1 timeouts=1",
        states: 8_563,
    },
    Scope {
        text: "system acid mode=outbox clients=2 end=1000\nat 0 c1 order(60)\nat 0 c2 order(60)\n",
        property: "nothing-lost",
        bounds: "crashes=1 timeouts=3",
        states: 51_760,
    },
    Scope {
        text: "system tcc clients=1 end=1000\nat 0 c1 order(2)\n",
        property: "stock-adds-up",
        bounds: "crashes=1 timeouts=2 duplicates=1",
        states: 48_909,
    },
    Scope {
        text: "system saga ship.refuses=on clients=1 end=1000\nat 0 c1 order(30)\n",
        property: "no-gain",
        bounds: "crashes=1 timeouts=2",
        states: 3_542,
    },
    Scope {
        text: "system dblock clients=2 end=1000\nat 0 c1 lock(x)\nat 0 c2 lock(x)\n",
        property: "exclusive",
        bounds: "crashes=1 timeouts=2",
        states: 727,
    },
    Scope {
        text: "system setnx expire=off clients=2 end=1000
at 0 c1 lock(x)
at 10 c1 unlock(x)
at 0 c2 lock(x)
",
        property: "exclusive",
        bounds: "crashes=0 timeouts=2",
        states: 310,
    },
];

/// Settings under which clocks are read, and what by.
const READ_CLOCKS: &[(&str, &str)] = &[
    ("system raft reads=lease end=6000\n", "a leader trusts its lease by its own clock"),
    ("system raft prevote=on end=6000\n", "who has heard a leader lately says no"),
    ("system cap order=wall end=6000\n", "the writer's clock numbers versions"),
    ("system quorum order=wall end=6000\n", "the writer's clock orders writes"),
    ("system cons bound=1000 end=6000\n", "a replica refuses when its copies are too old"),
    ("system gossip end=6000\n", "a death certificate is forgotten when its time is over"),
    ("system tcc expiry=500 end=6000\n", "a reservation lapses"),
    ("system dblock sweep=1000 end=6000\n", "rows that are too old are swept away"),
    ("system setnx end=6000\n", "the grant ends by the server's clock"),
    ("system setnxpx end=6000\n", "the grant ends by the server's clock, whatever is set"),
];

/// The systems that are searched completely under some settings, and those that never are.
pub fn systems() -> (Vec<&'static str>, Vec<&'static str>) {
    let searched: Vec<_> = SCOPES.iter().map(|scope| system_of(scope.text)).collect();
    let clocks = READ_CLOCKS.iter().map(|(text, _)| system_of(text));
    let never = clocks.filter(|id| !searched.contains(id)).collect();
    (searched, never)
}

/// Of scopes up to so many states both orders are tried.
const FEW: u64 = 100_000;

/// Breadth first and depth first know the same states, and all are right.
#[test]
fn every_state_of_a_small_scope_is_right() {
    let (mut changed, mut slowest) = (String::new(), Slowest::default());
    for Scope { text, property, bounds, states } in SCOPES {
        let orders = [Order::Depth, Order::Breadth];
        for order in orders.into_iter().take(if *states < FEW { 2 } else { 1 }) {
            let asked =
                request(text, property, &format!("{bounds} depth=200"), Mode::Exhaustive(order));
            let (found, progress) = slowest.time(&format!("{text}{property}"), || search(asked));
            assert!(found.is_none(), "{}", found.unwrap());
            assert!(!progress.cut_short && progress.false_alarms == 0, "{text}{progress:?}");
            if progress.tried != *states {
                changed += &format!("{} states, not {states}, {order:?}: {text}", progress.tried);
            }
        }
    }
    slowest.print("scopes");
    assert!(changed.is_empty(), "{changed}");
}

#[test]
fn where_clocks_are_read_the_search_says_so() {
    for (text, why) in READ_CLOCKS {
        let refusal =
            match Search::new(request(text, "lin(ok)", "", Mode::Exhaustive(Order::Depth))) {
                Ok(_) => panic!("{text} is searched, though {why}"),
                Err(refusal) => refusal,
            };
        assert_eq!(refusal, Refusal::ReadsClocks(system_of(text)), "{text}");
    }
}
/// What reductions leave out shows nothing new: with and without them, the same is found.
#[test]
fn reductions_hide_nothing() {
    use netsplit_core::explore::{Bounds, Exhaustive, Scope, Wanted};
    let paxos = |rules: &str| {
        format!(
            "system paxos rules={rules} learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
"
        )
    };
    let quorum = |settings: &str| {
        format!(
            "system quorum {settings} clients=2 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
"
        )
    };
    for (text, property, breaks) in [
        (paxos("lamport"), "agree", false),
        (paxos("doc000"), "agree", true),
        (quorum("nodes=3"), "linearizable", false),
        (quorum("nodes=3 r=1 w=1 repair=off"), "linearizable", true),
    ] {
        let scope = || {
            let scenario = super::scenario(&text);
            let wanted = Wanted::named(property, &scenario).expect("a property");
            let bounds = Bounds::parse("crashes=0 timeouts=0").expect("bounds");
            Scope::new(scenario, &wanted, bounds).expect("no clock is read")
        };
        let explore = |scope| {
            let mut search = Exhaustive::new(scope, Order::Depth);
            let mut broken = false;
            while search.left() > 0 && !broken {
                broken |= search.slice(10_000).is_some();
            }
            (broken, search.states())
        };
        let ((reduced, fewer), (whole, all)) = (explore(scope()), explore(scope().whole()));
        assert_eq!((reduced, whole), (breaks, breaks), "{text}");
        assert!(breaks || fewer * 5 < all, "{fewer} of {all}");
    }
}
