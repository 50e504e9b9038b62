//! Small scopes of every system, explored completely. How many states there are is written down: a
//! changed number is a changed protocol, or a changed search.

use netsplit_core::explore::{Mode, Order};

use super::{request, search};

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
        text: "system quorum clients=2 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        property: "linearizable",
        bounds: "crashes=0 timeouts=0",
        states: 125_280,
    },
    Scope {
        text: "system dblock clients=2 end=1000\nat 0 c1 lock(x)\nat 0 c2 lock(x)\n",
        property: "exclusive",
        bounds: "crashes=1 timeouts=2",
        states: 727,
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
        text: "system cap nodes=3 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        property: "linearizable",
        bounds: "crashes=0 timeouts=0",
        states: 388,
    },
];

#[test]
fn every_state_of_a_small_scope_is_right() {
    let mut changed = String::new();
    for (place, scope) in SCOPES.iter().enumerate() {
        let mode = Mode::Exhaustive(Order::Depth);
        let (found, progress) = search(request(scope.text, scope.property, scope.bounds, mode));
        assert!(found.is_none(), "{}", found.unwrap());
        assert!(!progress.cut_short, "{}", scope.text);
        if progress.tried != scope.states {
            changed +=
                &format!("scope {place} has {} states, not {}\n", progress.tried, scope.states);
        }
    }
    assert!(changed.is_empty(), "{changed}");
}

/// Breadth first and depth first know the same states.
#[test]
fn the_order_of_visiting_changes_no_count() {
    for scope in SCOPES {
        let count = |order| {
            let mode = Mode::Exhaustive(order);
            search(request(scope.text, scope.property, scope.bounds, mode)).1.tried
        };
        assert_eq!(count(Order::Breadth), count(Order::Depth), "{}", scope.text);
    }
}

/// What reductions leave out shows nothing new: with and without them, the same is found.
#[test]
fn reductions_hide_nothing() {
    use netsplit_core::explore::{Bounds, Exhaustive, Scope, Wanted};
    let text = |rules: &str| {
        format!(
            "system paxos rules={rules} learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
"
        )
    };
    for (rules, breaks) in [("lamport", false), ("doc000", true)] {
        let scope = || {
            let scenario = super::scenario(&text(rules));
            let wanted = Wanted::named("agree", &scenario).expect("a property");
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
        assert_eq!((reduced, whole), (breaks, breaks), "{rules}");
        assert!(breaks || fewer * 5 < all, "{fewer} of {all}");
    }
}
