//! The lamps over runs of Raft: what they show at any cursor, bit by bit and after a rewind.

mod common;

use common::run::{at, get, heal, partition, put, raft, scenario};
use netsplit_core::base::{Id, Time};
use netsplit_core::check::lamps::{Cursor, Lamps, Light};
use netsplit_core::check::linearizable::Finding;
use netsplit_core::kernel::action::Action;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::ast::Scenario;

/// Five nodes; n1 is cut off with its client, and both sides are asked.
fn cut_off() -> Scenario {
    let mut story = scenario(raft(), 2, 6000);
    story.lines = vec![
        at(1000, put(5, &[], "x", "a")),
        at(2000, partition(&[&[0, 5], &[1, 2, 3, 4, 6]])),
        at(2100, put(5, &[0], "x", "b")),
        at(3500, put(6, &[1, 2], "x", "c")),
        at(4500, heal()),
        at(5000, get(5, &[], "x")),
    ];
    story
}

fn lamps(run: &Run) -> Lamps {
    let mut lamps = Lamps::new(run.head().cast().clone());
    lamps.extend(run.trace(), u32::MAX, true);
    lamps
}

fn cursor(run: &Run, ms: u64) -> Cursor {
    let at = Time::ms(ms);
    Cursor { events: run.trace().events_until(at) as u32, at }
}

#[test]
fn a_write_to_the_cut_off_side_is_unanswered_until_the_node_answers_again() {
    let run = play(cut_off());
    let lamps = lamps(&run);
    let owes = |ms| -> Vec<Id> {
        lamps.unanswered(cursor(&run, ms)).iter().map(|owed| owed.node).collect()
    };
    assert_eq!(owes(2200), []);
    assert_eq!(owes(3200), [Id(0)], "asked at 2100, and a second has passed");
    let first = lamps.band_a();
    assert_eq!(first[0], (Time::ZERO, Light::Dark));
    assert!(first.iter().any(|(at, light)| *light == Light::Red && *at > Time::ms(3000)));
}

#[test]
fn the_statement_names_the_islands_while_they_last() {
    let run = play(cut_off());
    let lamps = lamps(&run);
    let islands = |ms| lamps.split(run.trace(), cursor(&run, ms)).islands;
    assert!(islands(1999).is_empty());
    assert_eq!(islands(2000), [[0, 5].map(Id).to_vec(), [1, 2, 3, 4, 6].map(Id).to_vec()]);
    assert!(islands(4500).is_empty());
}

#[test]
fn bit_by_bit_the_lamps_show_what_they_show_at_once() {
    let mut run = play(cut_off());
    let whole = lamps(&run);
    let n_events = run.trace().events.len() as u32;
    let mut grown = Lamps::new(run.head().cast().clone());
    for events in 0..=n_events {
        grown.extend(run.trace(), events, false);
    }
    grown.extend(run.trace(), n_events, true);
    for ms in (0..6000).step_by(50) {
        let cursor = cursor(&run, ms);
        assert_eq!(grown.consistency(cursor), whole.consistency(cursor), "C at {ms}");
        assert_eq!(grown.unanswered(cursor), whole.unanswered(cursor), "A at {ms}");
    }
    // The learner crashes a node at 3000: what came before stays.
    run.seek(Time::ms(3000));
    let events = run.cursor();
    grown.rewind(run.trace(), events);
    run.act(Action::Crash(vec![common::run::node(2)]));
    while run.record(1000) {}
    grown.extend(run.trace(), u32::MAX, true);
    assert_eq!(grown.unanswered(cursor(&run, 2900)), whole.unanswered(cursor(&run, 2900)));
    assert_eq!(grown.consistency(cursor(&run, 6000)).finding, Finding::Linearizable);
}

/// c1 takes a lock and works under it for 3 s, with what a line of the script adds.
fn working(trouble: &str) -> Run {
    let text = format!(
        "scenario test/work\nsystem setnxpx clients=1 ttl=10000 hold=3000 end=6000\n\
         at 0 w1: c1 work(l)\n{trouble}\n"
    );
    let read = Scenario::parse(&text, netsplit_core::protocols::ALL);
    play(read.unwrap_or_else(|errors| panic!("{errors:?}")))
}

#[test]
fn who_works_or_sleeps_is_owed_nothing_and_who_asks_in_vain_is() {
    let owed_at = |run: &Run, ms| lamps(run).unanswered(cursor(run, ms)).to_vec();
    let long = working("");
    assert!(owed_at(&long, 2500).is_empty(), "the server answered; the client works");
    let asleep = working("at 100 pause c1 4000");
    assert!(owed_at(&asleep, 3000).is_empty(), "a client that sleeps waits for nobody");
    let cut = working("at 0 partition {c1} | {rest}");
    let owed = owed_at(&cut, 2000);
    let server = cut.head().cast().find("redis").expect("the server's name");
    assert_eq!(owed.iter().map(|owed| owed.node).collect::<Vec<_>>(), [server]);
}
