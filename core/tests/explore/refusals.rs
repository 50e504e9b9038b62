//! What a search does not begin: one sentence, and something smaller where that would do.

use netsplit_core::explore::{Bound, Bounds, Mode, Order, Refusal, Search, Wanted, applying};

use super::{request, scenario};

fn refused(text: &str, property: &str, bounds: &str, mode: Mode) -> Refusal {
    match Search::new(request(text, property, bounds, mode)) {
        Ok(_) => panic!("{text} is not refused"),
        Err(refusal) => {
            let sentence = refusal.to_string();
            assert!(sentence.ends_with('.') && sentence.len() < 400, "{sentence}");
            refusal
        }
    }
}

const ALL: Mode = Mode::Exhaustive(Order::Breadth);

#[test]
fn systems_that_read_clocks_are_searched_at_random_only() {
    let text = "system setnxpx clients=2 end=6000\nat 0 c1 lock(x)\n";
    assert_eq!(refused(text, "exclusive", "", ALL), Refusal::ReadsClocks("setnxpx"));
    let lease = "system raft reads=lease clients=1 end=6000\n";
    assert_eq!(refused(lease, "linearizable", "", ALL), Refusal::ReadsClocks("raft"));
    assert!(Search::new(request(text, "exclusive", "", Mode::Random(0, 9))).is_ok());
}

#[test]
fn what_needs_time_is_told() {
    let text = "system raft clients=1 end=6000\n";
    assert_eq!(refused(text, "answers", "", ALL), Refusal::NeedsTime("answers"));
    let faults = "system raft clients=1 end=6000\nat 5 crash n1\n";
    assert_eq!(refused(faults, "agree", "", ALL), Refusal::HasFaults);
}

#[test]
fn what_a_system_has_nothing_of_is_told() {
    let text = "system raft clients=1 end=6000\n";
    assert_eq!(
        refused(text, "exclusive", "", Mode::Random(0, 9)),
        Refusal::DoesNotApply("exclusive")
    );
    let unknown = Wanted::named("wealth", &scenario(text));
    assert_eq!(unknown, Err(Refusal::NoSuchProperty("wealth".into())));
    let names: Vec<_> = applying(&scenario(text)).iter().map(|property| property.id).collect();
    assert_eq!(names, ["kept", "agree", "linearizable", "unblocked", "answers", "converges"]);
}

#[test]
fn bounds_that_do_not_fit_come_with_smaller_ones() {
    let text = "system raft clients=1 end=6000\n";
    let refusal = refused(text, "agree", "states=100000 memory=16", ALL);
    let smaller = refusal.smaller().expect("a proposal").clone();
    assert!(smaller.get(Bound::States) < 1000);
    assert!(Bounds::parse(&smaller.to_string()).is_ok());
    assert_eq!(refused(text, "agree", "", Mode::Random(4, 4)), Refusal::NoSeeds);
}
