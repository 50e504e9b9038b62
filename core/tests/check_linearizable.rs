//! The linearizability checker: known histories, its dumb twin, and how fast it is.

mod common;

use std::rc::Rc;
use std::time::{Duration, Instant};

use common::dumb::dumb;
use common::history::{Build, OPS, append, get, put};
use netsplit_core::base::{Id, Value};
use netsplit_core::check::linearizable::{Fault, Finding, Linearizability, System, check};
use netsplit_core::history::{Act, History, Invalid};
use netsplit_core::op::{OpId, Outcome};
use proptest::prelude::*;

fn system() -> System {
    System { ops: OPS, given: Rc::from([]) }
}

fn finding(build: &Build) -> Finding {
    check(&system(), &build.history, u32::MAX, None)
}

fn broken(op: u32, against: Option<u32>) -> Finding {
    Finding::Broken(Fault { key: "x".into(), op: OpId(op), against: against.map(OpId) })
}

#[test]
fn a_read_of_an_overwritten_value_names_the_overwriting_write() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    h.whole(1, put("x", "b"), Value::Nil);
    h.whole(1, put("x", "c"), Value::Nil);
    h.whole(2, get("x"), Value::text("a"));
    assert_eq!(finding(&h), broken(3, Some(1)));
}

#[test]
fn a_new_value_and_then_the_old_one_names_the_two_reads() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    let write = h.call(1, put("x", "b"));
    h.whole(2, get("x"), Value::text("b"));
    h.whole(3, get("x"), Value::text("a"));
    h.end(write, Outcome::Ok(Value::Nil));
    assert_eq!(finding(&h), broken(3, Some(2)));
}

#[test]
fn a_value_that_nobody_wrote_contradicts_no_single_operation() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    h.whole(2, get("x"), Value::text("z"));
    assert_eq!(finding(&h), broken(1, None));
}

#[test]
fn what_a_client_gave_up_may_take_effect_much_later_or_never() {
    let mut h = Build::default();
    let lost = h.call(1, put("x", "a"));
    h.end(lost, Outcome::Unknown);
    h.whole(2, get("x"), Value::Nil);
    h.whole(2, put("x", "b"), Value::Nil);
    assert_eq!(finding(&h), Finding::Linearizable);
    h.whole(2, get("x"), Value::text("a"));
    assert_eq!(finding(&h), Finding::Linearizable);
    h.whole(2, get("x"), Value::text("b"));
    assert_eq!(finding(&h), broken(4, Some(3)));
}

#[test]
fn what_was_refused_took_no_effect() {
    let mut h = Build::default();
    let refused = h.call(1, put("x", "a"));
    h.end(refused, Outcome::Fail("no-leader"));
    h.whole(2, get("x"), Value::text("a"));
    assert_eq!(finding(&h), broken(1, Some(0)));
}

#[test]
fn what_logs_held_before_may_be_read_until_it_is_overwritten() {
    let given = [("x".into(), Value::text("old")), ("y".into(), Value::text("other"))];
    let system = System { ops: OPS, given: Rc::from(given) };
    let mut h = Build::default();
    h.whole(2, get("x"), Value::text("old"));
    h.whole(1, put("x", "a"), Value::Nil);
    h.whole(2, get("x"), Value::text("a"));
    assert_eq!(check(&system, &h.history, u32::MAX, None), Finding::Linearizable);
    h.whole(2, get("x"), Value::text("old"));
    assert_eq!(check(&system, &h.history, u32::MAX, None), broken(3, Some(1)));
}

#[test]
fn keys_are_checked_apart() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    h.whole(1, put("y", "b"), Value::Nil);
    h.whole(2, get("x"), Value::Nil);
    assert_eq!(check(&system(), &h.history, u32::MAX, Some("y")), Finding::Linearizable);
    assert!(matches!(check(&system(), &h.history, u32::MAX, Some("x")), Finding::Broken(_)));
}

#[test]
fn many_given_up_writes_do_not_explode() {
    let mut h = Build::default();
    for n in 0..60 {
        let lost = h.call(1, put("x", &format!("lost{n}")));
        h.end(lost, Outcome::Unknown);
        let read = h.call(3, get("x"));
        h.whole(2, put("x", &format!("kept{n}")), Value::Nil);
        h.end(read, Outcome::Ok(Value::text(&format!("kept{n}"))));
    }
    h.whole(2, get("x"), Value::text("lost7"));
    assert_eq!(finding(&h), Finding::Linearizable);
    h.whole(2, get("x"), Value::text("lost50"));
    h.whole(2, get("x"), Value::text("lost7"));
    assert_eq!(finding(&h), broken(182, Some(181)));
}

#[test]
fn entangled_operations_are_not_decided_rather_than_passed() {
    let mut h = Build::default();
    let open: Vec<_> = (0..24).map(|n| h.call(n, append("x", &n.to_string()))).collect();
    for op in open {
        h.end(op, Outcome::Unknown);
    }
    h.whole(30, get("x"), Value::text("nonsense"));
    assert!(matches!(finding(&h), Finding::NotDecided { .. }));
}

#[test]
fn a_history_that_contradicts_itself_is_invalid_and_not_inconsistent() {
    let (c1, c2) = (Id(1), Id(2));
    let call = |client| Act::Call(client, get("x"));
    let end = |client| Act::End(client, Outcome::Ok(Value::Nil));
    let invalid = |acts: &[Act]| History::of(acts.iter().cloned()).err();
    assert_eq!(invalid(&[call(c1), call(c2), end(c1), end(c2), call(c1)]), None);
    let twice = Invalid::CallWhileOpen { client: c1, act: 2, open: OpId(0) };
    assert_eq!(invalid(&[call(c1), call(c2), call(c1)]), Some(twice));
    let unasked = Some(Invalid::EndWithoutCall { client: c2, act: 1 });
    assert_eq!(invalid(&[call(c1), end(c2)]), unasked);
    let ended = Some(Invalid::EndWithoutCall { client: c1, act: 2 });
    assert_eq!(invalid(&[call(c1), end(c1), end(c1)]), ended);
}

/// What a client does: which, the verb, the value, and how it ends.
type Draw = (u16, u8, u8, u8);

/// Three clients and an adversary who answers as it likes.
fn drawn(draws: &[Draw]) -> Build {
    let mut h = Build::default();
    let mut open: [Option<(OpId, u8)>; 3] = [None; 3];
    for &(client, verb, value, answer) in draws {
        let slot = &mut open[usize::from(client)];
        match slot.take() {
            None => {
                let word = value.to_string();
                let op = match verb {
                    0 => put("x", &word),
                    1 => append("x", &word),
                    _ => get("x"),
                };
                *slot = Some((h.call(client, op), verb));
            }
            Some((op, verb)) => {
                let outcome = match (answer, verb) {
                    (0, _) => Outcome::Unknown,
                    (1, _) => Outcome::Fail("no-leader"),
                    (_, 0) => Outcome::Ok(Value::Nil),
                    (2, _) => Outcome::Ok(Value::Nil),
                    (3, 1) => Outcome::Ok(Value::text(&format!("{value}0"))),
                    _ => Outcome::Ok(Value::text(&value.to_string())),
                };
                h.end(op, outcome);
            }
        }
    }
    h
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(3000)
    })]

    #[test]
    fn agrees_with_trying_everything(
        draws in prop::collection::vec((0_u16..3, 0_u8..3, 0_u8..3, 0_u8..8), 1..15),
    ) {
        let h = drawn(&draws);
        let whole = finding(&h);
        let first = (1..=h.events()).find(|&events| !dumb(OPS, &h.history, events));
        match (&whole, first) {
            (Finding::Linearizable, None) => {}
            (Finding::Broken(fault), Some(events)) => {
                let end = h.history.get(fault.op).unwrap().end.as_ref().unwrap();
                prop_assert_eq!(end.event + 1, events, "broken at the earliest end");
            }
            other => prop_assert!(false, "{other:?}"),
        }
        // Bit by bit, and from the middle again, it finds the same.
        let mut fold = Linearizability::new(system());
        for events in 0..=h.events() {
            fold.extend(&h.history, events, false);
            let broken = first.is_some_and(|first| first <= events);
            prop_assert_eq!(matches!(fold.at(events), Finding::Broken(_)), broken, "at {}", events);
        }
        fold.extend(&h.history, h.events(), true);
        prop_assert_eq!(fold.at(u32::MAX), whole.clone());
        fold.rewind(&h.history, h.events() / 2);
        fold.extend(&h.history, h.events(), false);
        prop_assert_eq!(fold.at(u32::MAX), whole);
    }
}

/// A history of three clients on two keys, with a time-out now and then.
fn lesson(n_ops: u32) -> Build {
    let mut h = Build::default();
    let mut now = [Value::Nil, Value::Nil];
    for n in 0..n_ops / 3 {
        let key = if n % 2 == 0 { "x" } else { "y" };
        let value = Value::text(&n.to_string());
        let before = now[n as usize % 2].clone();
        let write = h.call(1, put(key, &n.to_string()));
        let read = h.call(2, get(key));
        let other = h.call(3, get(key));
        let lost = n % 20 == 19;
        h.end(read, Outcome::Ok(before.clone()));
        h.end(write, if lost { Outcome::Unknown } else { Outcome::Ok(Value::Nil) });
        h.end(other, Outcome::Ok(if lost { before } else { value.clone() }));
        if !lost {
            now[n as usize % 2] = value;
        }
    }
    h
}

#[test]
fn rechecking_after_each_operation_of_a_lesson_is_quick() {
    let h = lesson(300);
    let mut fold = Linearizability::new(system());
    let mut longest = Duration::ZERO;
    for events in 0..=h.events() {
        let start = Instant::now();
        fold.extend(&h.history, events, false);
        longest = longest.max(start.elapsed());
    }
    assert_eq!(fold.at(u32::MAX), Finding::Linearizable);
    let start = Instant::now();
    assert_eq!(finding(&h), Finding::Linearizable);
    println!("300 operations: {longest:?} at most after one, {:?} from scratch", start.elapsed());
    // What is meant is 1 ms; a test machine has other things to do.
    assert!(longest.as_millis() < 20, "{longest:?} after one further operation");
}

#[test]
fn thousands_of_operations_one_after_another_are_checked_at_once() {
    let mut h = Build::default();
    for n in 0..3000 {
        h.whole(1, put("x", &n.to_string()), Value::Nil);
        h.whole(1, get("x"), Value::text(&n.to_string()));
    }
    let start = Instant::now();
    assert_eq!(finding(&h), Finding::Linearizable);
    let ok = start.elapsed();
    h.whole(2, get("x"), Value::text("2950"));
    let start = Instant::now();
    assert_eq!(finding(&h), broken(6000, Some(2 * 2951)));
    println!("6,000 operations: {ok:?}; with a culprit to find: {:?}", start.elapsed());
}
