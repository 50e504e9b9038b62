//! The linearizability checker: known histories, its dumb twin, and how fast it is.

mod common;

use std::rc::Rc;
use std::time::{Duration, Instant};

use common::history::{Build, OPS, append, get, put};
use netsplit_core::base::Value;
use netsplit_core::check::linearizable::{
    Fault, Finding, Linearizability, System, check, check_in_depth,
};
use netsplit_core::history::{History, OpRecord};
use netsplit_core::op::{Op, OpId, OpSpec, Outcome};
use netsplit_core::protocols::raft::store::OPS as STORE;
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

/// An operation as the dumb twin sees it: its call, its end, and what it is.
type Item = (u32, Option<(u32, Outcome)>, Rc<Op>);

/// Tries every order of every subset, up to `events`.
fn dumb(history: &History, events: u32) -> bool {
    dumb_of(OPS, history, events)
}

fn dumb_of(specs: &[OpSpec], history: &History, events: u32) -> bool {
    let end = |op: &OpRecord| {
        let end = op.end.clone().filter(|end| end.event < events);
        end.map(|end| (end.event, end.outcome))
    };
    let items = history.iter().map(|(_, op)| (op.call, end(op), op.op.clone()));
    let refused = |item: &Item| matches!(item.1, Some((_, Outcome::Fail(_))));
    let items: Vec<_> = items.filter(|item| item.0 < events && !refused(item)).collect();
    every_order(specs, &Value::Nil, &items)
}

fn every_order(specs: &[OpSpec], state: &Value, rest: &[Item]) -> bool {
    let ended_well = |item: &Item| match &item.1 {
        Some((event, Outcome::Ok(_))) => Some(*event),
        _ => None,
    };
    if rest.iter().all(|item| ended_well(item).is_none()) {
        return true;
    }
    (0..rest.len()).any(|place| {
        let (call, end, op) = &rest[place];
        if rest.iter().any(|other| ended_well(other).is_some_and(|event| event < *call)) {
            return false;
        }
        let spec = specs.iter().find(|spec| spec.verb == op.verb).unwrap();
        let (next, answer) = spec.model.unwrap()(state, op);
        if matches!(end, Some((_, Outcome::Ok(heard))) if *heard != answer) {
            return false;
        }
        let mut rest = rest.to_vec();
        rest.remove(place);
        every_order(specs, &next, &rest)
    })
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
        let first = (1..=h.events()).find(|&events| !dumb(&h.history, events));
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

/// What a client of a store does: which client, the verb, two values, how it ends.
type Deed = (u16, u8, (i64, i64), u8);

/// Four clients of a store whose operations take effect when they are called or when they end, and
/// which sometimes lies.
fn drawn_of_store(deeds: &[Deed], unique: bool) -> Build {
    let mut h = Build::default();
    let mut open: [Option<(OpId, Option<Value>, Rc<Op>)>; 4] = [const { None }; 4];
    let mut state = Value::Nil;
    let mut seen = vec![Value::Nil];
    for (n, &(client, verb, (a, b), how)) in deeds.iter().enumerate() {
        let slot = &mut open[usize::from(client)];
        let lately = seen[seen.len().saturating_sub(1 + b as usize)].clone();
        let any = seen[b as usize % seen.len()].clone();
        let mut execute = |op: &Op| {
            let spec = STORE.iter().find(|spec| spec.verb == op.verb).unwrap();
            let (next, answer) = spec.model.unwrap()(&state, op);
            state = next;
            seen.push(state.clone());
            answer
        };
        let Some((id, answer, op)) = slot.take() else {
            let fresh = Value::Int(if unique { n as i64 + 10 } else { a });
            let (verb, args) = match verb {
                0 | 1 => ("get", vec![]),
                2 => ("put", vec![fresh]),
                3 => ("append", vec![fresh]),
                4 => ("del", vec![]),
                _ => ("cas", vec![lately, fresh]),
            };
            let op = Op { verb, key: "x".into(), args };
            let answer = (how % 2 == 0).then(|| execute(&op));
            *slot = Some((h.call(client, op.clone()), answer, Rc::new(op)));
            continue;
        };
        let outcome = match how {
            0 => Outcome::Unknown,
            1 => Outcome::Fail("refused"),
            2 if op.verb == "get" => Outcome::Ok(any),
            2 if op.verb == "cas" => Outcome::Ok(Value::Int(b % 2)),
            _ => Outcome::Ok(answer.unwrap_or_else(|| execute(&op))),
        };
        h.end(id, outcome);
    }
    h
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(6000)
    })]

    #[test]
    fn in_depth_and_in_breadth_agree_with_trying_everything(
        deeds in prop::collection::vec((0_u16..4, 0_u8..6, (0_i64..3, 0_i64..4), 0_u8..12), 1..18),
        unique: bool,
    ) {
        let h = drawn_of_store(&deeds, unique);
        let store = System { ops: STORE, given: Rc::from([]) };
        let first = (1..=h.events()).find(|&events| !dumb_of(STORE, &h.history, events));
        let breadth = check(&store, &h.history, u32::MAX, None);
        let depth = check_in_depth(&store, &h.history, u32::MAX);
        let told: Vec<_> = h.history.iter().map(|(_, op)| (op.call, &op.op, &op.end)).collect();
        prop_assert_eq!(&depth, &breadth, "{:?}", told);
        let broken = match depth {
            Finding::Broken(fault) => h.history.get(fault.op).unwrap().end.as_ref(),
            _ => None,
        };
        prop_assert_eq!(broken.map(|end| end.event + 1), first);
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
