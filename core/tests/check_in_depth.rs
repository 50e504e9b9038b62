//! The search in depth, and its dumb twin.

mod common;

use std::rc::Rc;

use common::dumb::dumb;
use common::history::{Build, get};
use netsplit_core::base::Value;
use netsplit_core::check::linearizable::{
    Fault, Finding, Linearizability, System, check, check_in_depth,
};
use netsplit_core::op::{Op, OpId, Outcome};
use netsplit_core::protocols::raft::store::OPS;
use proptest::prelude::*;

#[test]
fn entangled_operations_are_decided_where_a_read_tells_their_order() {
    let store = System { ops: OPS, given: Rc::from([]) };
    let entry = |n: i64| Op { verb: "append", key: "x".into(), args: vec![Value::Int(n)] };
    let mut h = Build::default();
    let early = h.whole(20, entry(100), Value::Nil);
    let open: Vec<_> = (0..12).map(|n| h.call(n, entry(n.into()))).collect();
    for op in open {
        h.end(op, Outcome::Ok(Value::Nil));
    }
    let order = [100, 7, 0, 3, 11, 9, 1, 2, 10, 8, 5, 4, 6].map(Value::Int);
    h.whole(20, get("x"), Value::List(order.clone().into()));
    let good = h.events();
    let late = h.whole(20, get("x"), Value::List(order[..12].into()));
    let fault = check(&store, &h.history, u32::MAX, None);
    let Finding::Broken(Fault { op, against: Some(against), .. }) = fault else {
        panic!("{fault:?}");
    };
    assert!(op == late && against > early);
    let mut fold = Linearizability::new(store);
    for events in 0..=h.events() {
        fold.extend(&h.history, events, false);
        let broken = matches!(fold.at(events), Finding::Broken(_));
        assert_eq!(broken, events == good + 2, "after {events}: {:?}", fold.at(events));
    }
    assert!(fold.changes().iter().all(|(_, finding)| matches!(finding, Finding::Broken(_))));
}

/// What a client of a store does: which client, the verb, two values, how it ends.
type Deed = (u16, u8, (i64, i64), u8);

/// What waits for its end: the answer, if it took effect at its call.
type Open = (OpId, Option<Value>, Op);

/// Four clients of a store whose operations take effect when they are called or when they end, and
/// which sometimes lies.
fn drawn(deeds: &[Deed], unique: bool) -> Build {
    let mut h = Build::default();
    let mut open: [Option<Open>; 4] = [const { None }; 4];
    let mut state = Value::Nil;
    let mut seen = vec![Value::Nil];
    for (n, &(client, verb, (a, b), how)) in deeds.iter().enumerate() {
        let slot = &mut open[usize::from(client)];
        let lately = seen[seen.len().saturating_sub(1 + b as usize)].clone();
        let any = seen[b as usize % seen.len()].clone();
        let mut execute = |op: &Op| {
            let spec = OPS.iter().find(|spec| spec.verb == op.verb).unwrap();
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
            *slot = Some((h.call(client, op.clone()), answer, op));
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
        let h = drawn(&deeds, unique);
        let store = System { ops: OPS, given: Rc::from([]) };
        let first = (1..=h.events()).find(|&events| !dumb(OPS, &h.history, events));
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
