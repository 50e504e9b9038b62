//! The model by itself: time, story, learner's hand.

use netsplit_core::base::{Id, Time};
use netsplit_core::kernel::action::{Action as Intervention, Target};
use netsplit_core::protocols;
use netsplit_core::scenario::Scenario;

use super::{Action, Model, Session, Story, Thing, Topic};
use crate::scene::view::Port;

const LESSON: &str = "\
scenario raft/test
title Test
system raft nodes=3 clients=1 end=1000
seed 7
at 0 pin n1.election 150
cut: at 500 partition {n1} | {rest}
step 0 Before
predict Who leads? [n1*] [n2]
step 400 Then
step 900 Last
variant whole No cut
variant whole: remove cut
";

fn session() -> Session {
    let session = Session::new(Model::default());
    let scenario = Scenario::parse(LESSON, protocols::ALL).expect("the lesson is right");
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    session
}

fn at_ms(session: &Session) -> u64 {
    session.read(|model| model.run().map_or(0, |run| run.at().0 / 1000))
}

fn step(session: &Session) -> usize {
    session.read(|model| model.loaded.as_ref().map_or(0, |loaded| loaded.step))
}

/// So many frames of ten milliseconds.
fn frames(session: &Session, n: u32) {
    for frame in 0..n {
        session.tick(f64::from(frame) * 10.0);
    }
}

#[test]
fn a_lesson_opens_where_the_first_message_is_under_way() {
    let session = session();
    assert_eq!(at_ms(&session), 155);
    assert!(session.read(|model| model.run().is_some_and(|run| run.world().flights().count() > 0)));
}

#[test]
fn playing_pauses_at_the_next_step_and_tells_it() {
    let session = session();
    session.dispatch(Action::Speed(1000));
    session.dispatch(Action::Play(true));
    frames(&session, 10);
    assert_eq!((at_ms(&session), step(&session)), (245, 0));
    frames(&session, 100);
    assert_eq!((at_ms(&session), step(&session)), (400, 1));
    assert!(session.read(|model| !model.playback.playing));
}

#[test]
fn no_time_passes_unseen() {
    let session = session();
    session.dispatch(Action::Play(true));
    session.dispatch(Action::Seen(false));
    frames(&session, 50);
    assert_eq!(at_ms(&session), 155);
}

#[test]
fn an_act_appears_at_once_and_is_undone() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(300)));
    session.dispatch(Action::Do(Intervention::Crash(vec![Target::Node(Id(0))])));
    let is_up = |session: &Session| {
        session.read(|model| model.run().is_some_and(|run| run.world().machine().is_up(Id(0))))
    };
    assert!(!is_up(&session));
    session.dispatch(Action::Undo);
    assert!(is_up(&session) && at_ms(&session) == 300);
}

#[test]
fn each_variant_keeps_what_was_done_to_it() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(300)));
    session.dispatch(Action::Do(Intervention::Crash(vec![Target::Node(Id(0))])));
    let own =
        |session: &Session| session.read(|model| model.run().map_or(0, |run| run.own().len()));
    session.dispatch(Action::Variant(Some("whole".into())));
    assert_eq!((own(&session), at_ms(&session)), (0, 0));
    session.dispatch(Action::Variant(None));
    assert_eq!(own(&session), 1);
}

#[test]
fn next_stops_where_somebody_leads() {
    let session = session();
    session.dispatch(Action::NextInteresting);
    let leader = session.read(|model| model.run().and_then(|run| run.world().player("leader")));
    assert_eq!(leader, Some(Id(0)));
}

#[test]
fn answers_belong_to_the_step_that_is_told() {
    let session = session();
    session.dispatch(Action::Choose(1));
    session.dispatch(Action::Choose(7));
    let chosen = session.read(|model| model.loaded.as_ref().map(|l| l.chosen.clone()));
    assert_eq!(chosen, Some(vec![Some(1), None, None]));
}

#[test]
fn only_those_who_watch_a_topic_hear_of_it() {
    use std::{cell::Cell, rc::Rc};
    let session = session();
    let heard = Rc::new(Cell::new(0));
    let counts = {
        let heard = heard.clone();
        session.watch(&[Topic::Playback], move || heard.set(heard.get() + 1))
    };
    session.dispatch(Action::Select(None));
    assert_eq!(heard.get(), 0);
    session.dispatch(Action::Speed(20));
    assert_eq!(heard.get(), 1);
    drop(counts);
    session.dispatch(Action::Speed(50));
    assert_eq!(heard.get(), 1);
}

#[test]
fn a_view_shows_everybody_in_the_reader_s_words() {
    let session = session();
    let view = session
        .read(|model| model.pane(0).map(|pane| pane.view(model.locale)))
        .expect("something is loaded");
    assert_eq!((view.nodes.len(), view.clients.len()), (3, 1));
    assert_eq!(view.nodes[0].name, "n1");
    assert!(view.islands.is_empty() && !view.flights.is_empty());
    session.dispatch(Action::Seek(Time::ms(600)));
    let view = session
        .read(|model| model.pane(0).map(|pane| pane.view(model.locale)))
        .expect("something is loaded");
    assert_eq!(view.islands.len(), 2);
    assert!(view.cuts.contains(&(Id(0), Id(1))));
}

#[test]
fn taking_back_an_early_act_of_a_long_run_goes_slice_by_slice() {
    let text = "system raft nodes=3 clients=1 end=60000\nseed 7\n";
    let scenario = Scenario::parse(text, protocols::ALL).expect("the text is right");
    let session = Session::new(Model::default());
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    let progress = |session: &Session| session.read(Model::progress);
    let arrive = |session: &Session| {
        let slices = (0..1000).take_while(|_| progress(session).is_some() && session.work());
        (slices.count(), at_ms(session))
    };
    session.dispatch(Action::Seek(Time::ms(300)));
    session.dispatch(Action::Do(Intervention::Heal(None)));
    session.dispatch(Action::Seek(Time::ms(59_000)));
    assert!(arrive(&session).1 == 59_000);
    session.dispatch(Action::Undo);
    assert!(progress(&session).is_some_and(|percent| percent < 50), "it was replayed at once");
    let (slices, at) = arrive(&session);
    assert!(slices > 2 && at == 59_000, "{slices} slices lead to {at} ms");
    assert!(session.read(|model| model.run().is_some_and(|run| run.own().is_empty())));
}

/// Works until there is nothing left to do.
fn settle(session: &Session) {
    assert!((0..100_000).any(|_| !session.work()), "the work does not end");
}

/// What the ports of a node show, and its sentences.
fn ports(session: &Session, node: u16) -> Option<((Port, Port), [String; 2])> {
    let view = session
        .read(|model| model.pane(0).map(|pane| pane.view(model.locale)))
        .expect("something is loaded");
    let node = view.nodes.into_iter().find(|known| known.id == Id(node))?;
    Some((node.ports?, node.answers))
}

#[test]
fn a_page_that_only_stands_asks_nobody() {
    let session = session();
    settle(&session);
    assert_eq!(ports(&session, 0), None);
    session.dispatch(Action::Select(Some(Thing::Node(Id(0)))));
    settle(&session);
    assert!(ports(&session, 0).is_some(), "somebody is here");
}

#[test]
fn the_cut_off_side_gives_no_answer() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(900)));
    settle(&session);
    let silent = (Port::Silent, Port::Silent);
    assert_eq!(ports(&session, 0).map(|found| found.0), Some(silent));
    assert_eq!(ports(&session, 1).map(|found| found.0), Some((Port::Good, Port::Good)));
    assert_eq!(ports(&session, 2).map(|found| found.0), Some((Port::Good, Port::Good)));
    session.dispatch(Action::Seek(Time::ms(450)));
    settle(&session);
    assert_eq!(ports(&session, 0).map(|found| found.0), Some((Port::Good, Port::Good)));
}

#[test]
fn while_time_passes_only_faults_and_roles_call_for_new_probes() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(420)));
    session.dispatch(Action::Play(true));
    settle(&session);
    let asked = |session: &Session| {
        let asked = |model: &Model| model.loaded.as_ref()?.ports(Id(0)).map(|(_, at)| at);
        session.read(asked).expect("it was asked")
    };
    let events = |session: &Session| session.read(|model| model.run().map(|run| run.cursor()));
    let (first, before) = (asked(&session), events(&session));
    session.dispatch(Action::Speed(1000));
    frames(&session, 8);
    settle(&session);
    assert!(events(&session) > before && asked(&session) == first, "nothing was done");
    frames(&session, 16);
    settle(&session);
    assert!(at_ms(&session) > 500 && asked(&session) > first, "the network was cut");
    assert_eq!(ports(&session, 0).map(|found| found.0.1), Some(Port::Silent));
}

#[test]
fn what_is_under_way_is_given_up_when_the_world_changes() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(450)));
    while session.read(Model::has_work) && ports(&session, 0).is_none() {
        session.work();
        session.dispatch(Action::Seek(Time::ms(900)));
    }
    let silent = (Port::Silent, Port::Silent);
    assert_eq!(ports(&session, 0).map(|found| found.0), Some(silent));
}

#[test]
fn of_many_nodes_the_selected_one_is_asked_while_nothing_moves() {
    let text = "system gossip nodes=12 clients=1 end=2000\nseed 7\n";
    let scenario = Scenario::parse(text, protocols::ALL).expect("the text is right");
    let session = Session::new(Model::default());
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    session.dispatch(Action::Seek(Time::ms(600)));
    settle(&session);
    assert_eq!((ports(&session, 0), ports(&session, 4)), (None, None));
    session.dispatch(Action::Select(Some(Thing::Node(Id(4)))));
    settle(&session);
    assert!(ports(&session, 4).is_some() && ports(&session, 0).is_none());
    session.dispatch(Action::Play(true));
    settle(&session);
    assert_eq!(ports(&session, 4), None, "time passes");
}

#[test]
fn an_old_answer_is_called_stale_and_says_since_when() {
    let text = include_str!("../../../core/src/protocols/cap/lessons/ap.txt");
    let scenario = Scenario::parse(text, protocols::ALL).expect("the lesson is right");
    let session = Session::new(Model { locale: "en", ..Model::default() });
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    session.dispatch(Action::Seek(Time::ms(720)));
    settle(&session);
    let shown: Vec<_> = (0..3).filter_map(|node| ports(&session, node)).collect();
    assert!(shown.iter().any(|((read, _), _)| *read == Port::Doubtful), "{shown:?}");
    assert!(session.read(|model| model.loaded.as_ref().is_some_and(|it| it.levels().is_some())));
}

#[test]
fn what_a_search_found_leaves_the_run_as_it_was() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(300)));
    session.dispatch(Action::Do(Intervention::Crash(vec![Target::Node(Id(0))])));
    let text = "scenario raft/found\nsystem raft nodes=3 end=500\nat 9 crash n2\n";
    let found = Scenario::parse(text, protocols::ALL).expect("a scenario");
    let seen = || {
        session.read(|model| {
            let loaded = model.loaded.as_ref().expect("something is on screen");
            (loaded.told.name.to_string(), loaded.own().len(), loaded.run.at())
        })
    };
    let before = seen();
    session.dispatch(Action::Found(Box::new(Story::new(found))));
    assert_eq!((seen().0.as_str(), seen().1), ("raft/found", 0));
    session.dispatch(Action::Aside(0));
    assert_eq!(seen(), before, "the run is as it was");
    session.dispatch(Action::Undo);
    assert_eq!(seen().1, 0, "and so is the hand over it");
    session.dispatch(Action::Aside(0));
    assert_eq!(seen().0, "raft/found");
    session.dispatch(Action::Aside(7));
    assert_eq!(seen().0, "raft/found", "there is nothing at that place");
}

#[test]
fn what_was_moved_or_taken_away_is_undone_in_one_step() {
    let session = session();
    session.dispatch(Action::Seek(Time::ms(300)));
    session.dispatch(Action::Do(Intervention::Crash(vec![Target::Node(Id(0))])));
    let own = || session.read(|model| model.loaded.as_ref().map(|it| it.own().to_vec()));
    let first = own().expect("a run");
    let mut moved = first.clone();
    moved[0].trigger = netsplit_core::kernel::action::Trigger::At(Time::ms(450));
    session.dispatch(Action::Own(moved.clone()));
    session.dispatch(Action::Own(Vec::new()));
    session.dispatch(Action::Undo);
    assert_eq!(own(), Some(moved));
    session.dispatch(Action::Undo);
    assert_eq!(own(), Some(first));
    session.dispatch(Action::Undo);
    assert_eq!(own(), Some(Vec::new()));
}
