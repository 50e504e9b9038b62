//! Probes: what each node would answer now, asked of a fork of the world.

mod probe_lab;

use netsplit_core::base::{Id, Span, Time, Value};
use netsplit_core::machine::Entry;
use netsplit_core::probe::{Fate, Ports, Probing, Reading, Writing, servers};
use netsplit_core::protocols;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use probe_lab::CARELESS;

const SYSTEMS: &[&Entry] = &[&CARELESS];

/// Five servers whose first leader is n1, with these further lines.
fn raft(lines: &str) -> Run {
    raft_with("", lines)
}

fn raft_with(settings: &str, lines: &str) -> Run {
    let text = format!(
        "system raft nodes=5 clients=2 end=4000 {settings}\nseed 7\n\
         at 0 pin n1.election 150\nat 250 w0: c1@n1 put(x, 0)\n{lines}\n"
    );
    Run::new(Scenario::parse(&text, protocols::ALL).unwrap())
}

fn careless(lines: &str) -> Run {
    let text = format!("system careless clients=2 end=4000\n{lines}\n");
    Run::new(Scenario::parse(&text, SYSTEMS).unwrap())
}

/// The ports of all nodes at an instant.
fn ports(run: &mut Run, ms: u64) -> Vec<Ports> {
    run.seek(Time::ms(ms));
    let mut probing = begin(run);
    assert!(probing.advance(&run.trace().history, u32::MAX));
    probing.ports().to_vec()
}

fn begin(run: &Run) -> Probing {
    let world = run.world();
    Probing::new(world, &run.trace().history, run.at(), &servers(world)).unwrap()
}

fn reads(ports: &[Ports]) -> Vec<Reading> {
    ports.iter().filter_map(|ports| ports.read.clone()).collect()
}

fn writes(ports: &[Ports]) -> Vec<Writing> {
    ports.iter().filter_map(|ports| ports.write.clone()).collect()
}

fn fresh(value: Value, by: u16) -> Reading {
    Reading::Fresh { value, by: Id(by) }
}

fn kept(by: u16) -> Writing {
    Writing::Acknowledged { by: Id(by), fate: Fate::Kept }
}

#[test]
fn where_nothing_is_broken_every_node_leads_to_a_fresh_read_and_a_kept_write() {
    let ports = ports(&mut raft(""), 500);
    assert_eq!(reads(&ports), vec![fresh(Value::Int(0), 0); 5]);
    assert_eq!(writes(&ports), vec![kept(0); 5]);
}

#[test]
fn before_anybody_leads_a_node_refuses_and_while_it_waits_for_a_dead_leader_nobody_answers() {
    let before = ports(&mut raft(""), 50);
    assert_eq!(reads(&before), vec![Reading::Refused("no-leader"); 5]);
    assert_eq!(writes(&before), vec![Writing::Refused("no-leader"); 5]);
    let after = ports(&mut raft("at 600 crash n1"), 601);
    let redirected = [Reading::Down, Reading::Unanswered];
    assert_eq!(reads(&after)[..2], redirected, "n2 still points to n1");
    assert_eq!(writes(&after)[0], Writing::Down);
}

#[test]
fn a_minority_answers_neither_and_a_redirect_travels_over_the_links_of_the_node() {
    let split = "at 400 partition {n1, n2} | {rest}\nat 1000 w2: c2@n3 put(x, 2)";
    let ports = ports(&mut raft(split), 1400);
    let leader = match reads(&ports)[2] {
        Reading::Fresh { value: Value::Int(2), by } => by.0,
        ref other => panic!("{other:?}"),
    };
    assert!(leader >= 2, "the majority has a leader of its own");
    assert_eq!(reads(&ports)[..2], [Reading::Unanswered, Reading::Unanswered]);
    assert_eq!(writes(&ports)[..2], [Writing::Unanswered, Writing::Unanswered]);
    assert_eq!(reads(&ports)[2..], vec![fresh(Value::Int(2), leader); 3]);
    assert_eq!(writes(&ports)[2..], vec![kept(leader); 3]);
}

#[test]
fn a_node_that_cannot_reach_the_leader_itself_cannot_send_a_client_there() {
    let ports = ports(&mut raft("at 400 cut n5->n1"), 450);
    assert_eq!(reads(&ports)[4], Reading::Unanswered);
    assert_eq!(reads(&ports)[3], fresh(Value::Int(0), 0));
}

#[test]
fn a_stale_answer_names_what_replaced_it_and_when() {
    let split = "at 400 partition {n1, n2} | {rest}\nat 1000 w2: c2@n3 put(x, 2)";
    let run = &mut raft_with("reads=local", split);
    let ports = ports(run, 1400);
    let (w2, record) = run.trace().history.labelled("w2").unwrap();
    let replaced = record.end.as_ref().unwrap().at;
    for (node, reading) in reads(&ports)[..2].iter().enumerate() {
        let Reading::Stale { value: Value::Int(0), by: Id(0), against: Some(against) } = reading
        else {
            panic!("n{}: {reading:?}", node + 1);
        };
        assert_eq!(against.op, w2);
        assert_eq!(against.ago, Time::ms(1400).since(replaced));
        assert!(against.ago > Span::ms(200) && against.ago < Span::ms(400));
    }
    assert!(matches!(reads(&ports)[3], Reading::Fresh { value: Value::Int(2), .. }));
}

#[test]
fn an_answer_stays_stale_after_clients_were_told_it() {
    // The history is broken already when the probe asks: writes alone tell what is stale.
    let split = "at 400 partition {n1, n2} | {rest}\nat 1000 w2: c2@n3 put(x, 2)\n\
                 at 1200 c1@n1 get(x)\nat 1250 c2@n3 get(x)\nat 1300 c1@n1 get(x)";
    let run = &mut raft_with("reads=local", split);
    let ports = ports(run, 1400);
    let w2 = run.trace().history.labelled("w2").unwrap().0;
    let stale = |reading: &Reading| match reading {
        Reading::Stale { against, .. } => against.map(|against| against.op),
        _ => None,
    };
    assert_eq!(stale(&reads(&ports)[0]), Some(w2));
    assert!(matches!(reads(&ports)[3], Reading::Fresh { value: Value::Int(2), .. }));
}

#[test]
fn a_write_under_way_makes_neither_answer_stale() {
    let run = &mut raft_with(
        "reads=any",
        "at 500 partition {n1} | {n2 n3 n4 n5}\nat 510 c1@n1 put(x, 1)",
    );
    run.seek(Time::ms(540));
    assert!(
        reads(&ports(run, 540))
            .iter()
            .enumerate()
            .all(|(n, r)| *r == fresh(Value::Int(0), n as u16))
    );
}

#[test]
fn where_nobody_has_written_there_is_nothing_to_be_stale_about() {
    let run = &mut careless("");
    let never = |by| Reading::NeverWritten { value: Value::Nil, by: Id(by) };
    assert_eq!(reads(&ports(run, 50)), [never(0), never(1), never(2)]);
}

#[test]
fn an_acknowledged_write_that_healing_undoes_is_lost() {
    let run = &mut careless("at 50 w: c1@n2 put(x, 1)");
    let writes = writes(&ports(run, 70));
    let lost = |by| Writing::Acknowledged { by: Id(by), fate: Fate::Lost(Value::Nil) };
    assert_eq!(writes, [kept(0), lost(1), lost(2)]);
    // What n1 never heard of is gone by then; what it told is fresh everywhere.
    let later = reads(&ports(run, 300));
    assert!(later.iter().all(|read| matches!(read, Reading::Stale { value: Value::Nil, .. })));
}

#[test]
fn a_frozen_node_does_not_answer_before_its_pause_ends() {
    let run = &mut careless("at 50 c1@n1 put(x, 1)\nat 400 pause n2\nat 400 pause n3 200");
    let reads = reads(&ports(run, 450));
    assert_eq!(reads[1], Reading::Unanswered);
    assert_eq!(
        reads[2],
        fresh(Value::Int(1), 2),
        "a pause of a given length ends in the fork, too"
    );
}

#[test]
fn what_a_hand_holds_on_the_links_of_a_node_holds_the_probe() {
    let run = &mut raft("at 400 hold n5->n1 all");
    let ports = ports(run, 450);
    assert_eq!(reads(&ports)[4], Reading::Unanswered);
    assert_eq!(reads(&ports)[3], fresh(Value::Int(0), 0));
}

const BUSY: &str = "every 40 300..3000 c1 put(x, a#)\nevery 90 310..3000 c2 get(x)\n\
                    at 900 partition {n1, n2} | {rest}\nat 1800 crash n4\nat 2200 heal\n\
                    at 2500 restart n4\nwhen leader.elected nth 3 crash n5";

#[test]
fn the_run_itself_is_never_touched() {
    let alone = play(raft(BUSY).scenario()).digest();
    let mut run = raft(BUSY);
    for ms in (100..4000).step_by(130) {
        run.seek(Time::ms(ms));
        let (events, digest) = (run.cursor(), run.world().digest());
        let mut probing = begin(&run);
        assert!(probing.advance(&run.trace().history, u32::MAX));
        assert_eq!((run.cursor(), run.world().digest()), (events, digest));
    }
    while run.record(u32::MAX) {}
    assert_eq!(run.digest(), alone);
}

#[test]
fn slices_of_a_few_events_find_what_one_go_finds() {
    let mut run = raft(BUSY);
    for ms in [350, 1000, 2000, 2700] {
        let whole = ports(&mut run, ms);
        let mut probing = begin(&run);
        let mut calls = 1;
        while !probing.advance(&run.trace().history, 7) {
            assert!(!probing.is_done());
            calls += 1;
            // Recording goes on meanwhile; the probes are asked of the instant that they began at.
            run.record(3);
        }
        assert!(probing.is_done() && calls > 100, "{calls} calls");
        assert_eq!(probing.ports(), whole, "at {ms}");
    }
}

#[test]
fn systems_without_a_pair_show_no_ports() {
    let text = "system setnx clients=1 end=1000\n";
    let run = Run::new(Scenario::parse(text, protocols::ALL).unwrap());
    let world = run.world();
    assert!(Probing::new(world, &run.trace().history, run.at(), &servers(world)).is_none());
}

#[test]
fn every_pair_is_answered_and_keeps_its_writes_where_nothing_is_broken() {
    for entry in protocols::ALL.iter().filter(|entry| entry.probe.is_some()) {
        let text = format!("system {} clients=1 end=10000\n", entry.id);
        let run = &mut Run::new(Scenario::parse(&text, protocols::ALL).unwrap());
        for Ports { node, read, write } in ports(run, 3000) {
            let told = format!("{} at {node:?}: {read:?}, {write:?}", entry.id);
            assert!(
                matches!(read, Some(Reading::NeverWritten { value: Value::Nil, .. })),
                "{told}"
            );
            let kept = matches!(write, Some(Writing::Acknowledged { fate: Fate::Kept, .. }));
            assert!(kept, "{told}");
        }
    }
}
