//! Several runs in lockstep.

use netsplit_core::base::{Id, Time};
use netsplit_core::kernel::action::{Action as Intervention, Target};
use netsplit_core::knob::{Key, Setting};
use netsplit_core::protocols;
use netsplit_core::scenario::Scenario;

use super::{Action, Model, Session, Story};

const LESSON: &str = "\
scenario raft/test
system raft nodes=3 clients=1 end=2000
seed 7
at 0 pin n1.election 150
cut: at 500 partition {n1} | {rest}
step 0 Before
step 400 Then
variant whole No cut
variant whole: remove cut
variant same The same again
variant same: set prevote=off
variant five Five nodes
variant five: set nodes=5
";

fn side_by_side(panes: &str) -> Session {
    let session = Session::new(Model::default());
    let text = format!("{LESSON}compare {panes}\n");
    let scenario = Scenario::parse(&text, protocols::ALL).expect("the lesson is right");
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    session
}

fn crash(session: &Session, node: u16) {
    session.dispatch(Action::Do(Intervention::Crash(vec![Target::Node(Id(node))])));
}

fn digests(session: &Session) -> Vec<u64> {
    while session.work() {}
    session.read(|model| model.panes().map(|pane| pane.run.digest()).collect())
}

fn own_lines(session: &Session) -> Vec<usize> {
    session.read(|model| model.panes().map(|pane| pane.run.own().len()).collect())
}

fn instants(session: &Session) -> Vec<u64> {
    session.read(|model| model.panes().map(|pane| pane.run.at().0).collect())
}

#[test]
fn equal_panes_have_equal_digests_and_one_alone_leaves_the_other_s() {
    let session = side_by_side("told same");
    let before = digests(&session);
    assert_eq!(before[0], before[1]);
    session.dispatch(Action::Seek(Time::ms(600)));
    session.dispatch(Action::Alone(true));
    crash(&session, 1);
    let after = digests(&session);
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
    assert_eq!(own_lines(&session), [1, 0]);
}

#[test]
fn what_is_done_in_one_pane_is_done_in_all_and_taken_back_in_all() {
    let session = side_by_side("told same whole");
    let before = digests(&session);
    session.dispatch(Action::Seek(Time::ms(600)));
    session.dispatch(Action::Focus(1));
    crash(&session, 2);
    assert_eq!(own_lines(&session), [1, 1, 1]);
    let after = digests(&session);
    assert_eq!(after[0], after[1]);
    assert!(after[0] != before[0] && after[2] != before[2]);
    session.dispatch(Action::Undo);
    assert_eq!(own_lines(&session), [0, 0, 0]);
    assert_eq!(digests(&session), before);
}

#[test]
fn panes_look_at_one_instant_whatever_moves_it() {
    let session = side_by_side("told whole");
    let together = |session: &Session| {
        let instants = instants(session);
        assert!(instants.windows(2).all(|pair| pair[0] == pair[1]), "{instants:?}");
        instants[0]
    };
    assert!(together(&session) > 0);
    session.dispatch(Action::Seek(Time::ms(900)));
    assert_eq!(together(&session), 900_000);
    session.dispatch(Action::Step(1));
    together(&session);
    session.dispatch(Action::NextInteresting);
    together(&session);
    session.dispatch(Action::Focus(1));
    session.dispatch(Action::Speed(1000));
    session.dispatch(Action::Play(true));
    let before = together(&session);
    for frame in 0..10 {
        session.tick(f64::from(frame) * 10.0);
        together(&session);
    }
    assert_eq!(together(&session), before + 90_000);
}

#[test]
fn what_makes_no_sense_in_a_pane_is_told_and_done_where_it_does() {
    let session = side_by_side("five told");
    session.dispatch(Action::Seek(Time::ms(600)));
    crash(&session, 4);
    assert_eq!(own_lines(&session), [1, 0]);
    assert!(session.read(|model| {
        model.notice.as_ref().is_some_and(|notice| notice.key == "notice.done-alone")
    }));
}

#[test]
fn names_are_found_at_other_places() {
    let session = side_by_side("told five");
    session.dispatch(Action::Seek(Time::ms(600)));
    // The client stands behind three nodes here and behind five there.
    session.dispatch(Action::Do(Intervention::Pause(vec![Target::Node(Id(3))], None)));
    let paused = |place: usize| {
        session.read(|model| {
            let pane = model.pane(place).expect("a pane");
            let cast = pane.run.world().cast();
            let id = cast.ids().find(|&id| cast.name(id) == "c1").expect("a client");
            format!("{:?}", pane.run.own()[0].action).contains(&format!("{id:?}"))
        })
    };
    assert!(paused(0) && paused(1));
}

#[test]
fn a_comparison_ends_with_the_pane_in_focus() {
    let session = side_by_side("told whole");
    session.dispatch(Action::Focus(1));
    session.dispatch(Action::Compare(None));
    assert!(session.read(|model| !model.compares()));
    let variant = session.read(|model| model.loaded.as_ref().and_then(|it| it.variant.clone()));
    assert_eq!(variant.as_deref(), Some("whole"));
}

#[test]
fn what_is_done_at_an_earlier_instant_leaves_a_branch_of_all_panes() {
    let session = side_by_side("told same");
    session.dispatch(Action::Seek(Time::ms(900)));
    crash(&session, 1);
    let later = digests(&session);
    session.dispatch(Action::Seek(Time::ms(600)));
    crash(&session, 2);
    assert_eq!(own_lines(&session), [1, 1]);
    let branches = |model: &Model| model.loaded.as_ref().map_or(0, |it| it.branches().len());
    assert_eq!(session.read(branches), 1);
    session.dispatch(Action::Branch(0));
    assert_eq!(digests(&session), later);
}

#[test]
fn another_setting_is_one_of_the_pane_in_focus() {
    let session = side_by_side("told same");
    let key = session.read(|model| {
        let entry = model.run().map(|run| run.world().cast().entry);
        entry.and_then(|it| it.knobs.iter().position(|knob| knob.name == "nodes"))
    });
    session.dispatch(Action::Focus(1));
    let nodes = Key(key.expect("a knob"));
    session.dispatch(Action::Restart(nodes, Setting(5, 5)));
    let nodes = session.read(|model| {
        model.panes().map(|pane| pane.run.world().cast().n_roles()).collect::<Vec<_>>()
    });
    assert_eq!(nodes, [3, 5]);
}

#[test]
fn who_asks_for_the_run_in_focus_keeps_the_others() {
    let session = side_by_side("told whole");
    session.dispatch(Action::Seek(Time::ms(600)));
    session.dispatch(Action::Variant(None));
    assert!(session.read(Model::compares));
    assert_eq!(instants(&session), [0, 0]);
    session.dispatch(Action::Variant(Some("same".into())));
    assert!(!session.read(Model::compares));
}
