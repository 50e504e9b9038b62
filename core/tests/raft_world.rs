//! Raft in the world, with time: the stories of the papers and of common lecture notes, and random
//! faults under which its promises must hold.

mod raft_story;

use netsplit_core::base::Time;
use raft_story::Story;

/// The winner's RequestVote takes 10 ms, the vote 10 ms back.
#[test]
fn the_first_election() {
    let mut story =
        Story::new("raft nodes=5 end=400 election=200..290", "at 0 pin n1.election 150");
    assert_eq!(
        story.roles_at(169),
        ["candidate 1", "follower 1", "follower 1", "follower 1", "follower 1"]
    );
    assert_eq!(story.leaders_at(170), [(1, 1)]);
    assert_eq!(story.elections(), [(170, 1, 1)]);
    assert_eq!(story.leaders_at(400), [(1, 1)]);
}

/// Two votes each, nobody wins the term.
#[test]
fn a_split_vote() {
    let mut story = Story::new(
        "raft nodes=4 latency=15 end=900",
        "at 0 pin n1.election 150
         at 0 pin n4.election 150
         at 0 pin n2.election 290
         at 0 pin n3.election 295
         at 0 latency n1->n2 5
         at 0 latency n4->n3 5",
    );
    assert_eq!(story.roles_at(200), ["candidate 1", "follower 1", "follower 1", "candidate 1"]);
    assert_eq!(story.count("vote.deny.already-voted"), 4);
    story.seek(900);
    assert_eq!(story.elections().len(), 1);
    assert_eq!(story.elections()[0].2, 2, "in term 2");
}

/// A candidate that comes late gives up when it hears the leader, if it hears it in time.
#[test]
fn a_late_candidate() {
    let timers = "at 0 pin n1.election 150
                  at 0 pin n4.election 158
                  at 0 pin n2.election 290
                  at 0 pin n3.election 295";
    let mut near = Story::new("raft nodes=4 end=300", timers);
    assert_eq!(near.leaders_at(170), [(1, 1)]);
    assert_eq!(near.roles_at(180)[3], "follower 1");
    let slow = format!("{timers}\nat 0 latency n4--{{n1, n2, n3}} 170");
    let mut far = Story::with_seed("raft nodes=4 end=1000", &slow, 2);
    assert_eq!(far.leaders_at(477), [(1, 1)]);
    far.seek(1000);
    assert!(far.elections().iter().skip(1).all(|&(_, _, term)| term > 1));
    assert!(far.count("step-down.higher-term") > 0, "deposed by the late candidate's next term");
}

/// Logged at 410, stored at 420, committed at 430, answered at 440.
#[test]
fn caitiezhu() {
    let mut story = Story::new(
        "raft nodes=3 clients=1 end=600",
        "at 0 pin n1.election 150
         at 400 w1: c1@n1 put(x, caitiezhu)",
    );
    assert_eq!(story.holders("caitiezhu", 410), (vec![1], vec![]));
    assert_eq!(story.holders("caitiezhu", 420), (vec![1, 2, 3], vec![]));
    assert_eq!(story.holders("caitiezhu", 430), (vec![1, 2, 3], vec![1]));
    assert_eq!(story.holders("caitiezhu", 440), (vec![1, 2, 3], vec![1, 2, 3]));
    assert_eq!(story.answered("w1"), Some(440));
}

/// The write of the minority is overwritten, and the client never learns of it.
#[test]
fn caiyang() {
    let script = "at 0 pin n1.election 150
        at 400 partition {n1, n2} | {n3, n4, n5}
        at 450 w1: c1@n1 put(x, caiyang)
        at 1000 w2: c2@n3 put(x, caigoudan)
        at 1500 heal";
    let script = script.replace("{n1, n2} |", "{n1, n2, c1} |").replace("n5}", "n5, c2}");
    let mut story = Story::new("raft nodes=5 clients=2 end=2500", &script);
    assert_eq!(story.holders("caiyang", 1500), (vec![1, 2], vec![]));
    let new = story.leaders_at(900);
    assert_eq!(new.len(), 2, "the old leader does not know: {new:?}");
    assert_eq!(story.holders("caigoudan", 2500).1, [1, 2, 3, 4, 5]);
    assert_eq!(story.holders("caiyang", 2500), (vec![], vec![]));
    assert_eq!(story.answered("w1"), None);
    assert!(story.broken().is_empty());
}

/// A timeout is not a failure: the write that "failed" succeeds after the cut is repaired.
#[test]
fn caiyang_unknown() {
    let mut story = Story::new(
        "raft nodes=5 clients=1 end=700",
        "at 0 pin n1.election 150
         at 400 partition {n1, n2, c1} | {n3, n4, n5}
         at 405 w1: c1@n1 put(x, caiyang) timeout=60
         at 440 heal",
    );
    assert_eq!(story.holders("caiyang", 489).1, []);
    assert_eq!(story.holders("caiyang", 490).1, [1]);
    assert_eq!(story.answered("w1"), None);
}

/// One-way and partial cuts, without and with PreVote and CheckQuorum.
#[test]
fn partial_partitions() {
    let on = "prevote=on checkquorum=on";
    let run = |settings: &str, lines: &str| {
        Story::new(
            &format!("raft nodes=3 clients=1 end=6400 {settings}"),
            // With PreVote an election takes 20 ms more.
            &format!("at 0 pin n1.election {}\n{lines}", if settings == on { 130 } else { 150 }),
        )
    };
    let away = "at 400 cut n3--{n1, n2}\nat 2400 heal";
    assert!(run("", away).elections().len() >= 2);
    assert_eq!(run(on, away).elections().len(), 1);

    let partial = "at 400 cut n1--n2";
    // n1 and n2 depose each other through n3, for as long as neither has an entry that the other
    // lacks: with the first entry of a term, n3 soon leads both.
    assert!(run("noop=off", partial).elections().len() >= 15);
    assert!(run("", partial).elections().len() > 1);
    assert_eq!(run(on, partial).elections().len(), 1);

    let deaf = "at 400 cut n2->n1\nat 400 cut n3->n1\nat 500 w: c1@n1 put(x, 1)";
    let mut off = run("", deaf);
    assert_eq!((off.leaders_at(6400), off.holders("1", 6400).1), (vec![(1, 1)], vec![]));
    let mut on = run(on, deaf);
    assert_eq!(on.leaders_at(689), [(1, 1)]);
    assert_eq!(on.roles_at(690)[0], "follower 1");
    assert_eq!(on.elections().len(), 2);
}

/// Reads of a leader that was cut off: what it answers depends on how sure it wants to be.
#[test]
fn reads_of_a_deposed_leader() {
    for (reads, drift, answer) in [
        ("local", "", true),
        ("readindex", "", false),
        ("log", "", false),
        ("lease", "", false),
        ("lease", "at 500 drift n1 0.2", true),
    ] {
        let mut story = Story::new(
            &format!("raft nodes=5 clients=2 end=3000 reads={reads}"),
            &format!(
                "at 0 pin n1.election 158
                 at 300 c1@n1 put(x, 1)
                 at 500 partition {{n1, c1}} | {{n2, n3, n4, n5, c2}}
                 {drift}
                 at 1000 c2 put(x, 2) via {{n2, n3}} retry=3
                 at 1100 r1: c1@n1 get(x)"
            ),
        );
        assert_eq!(story.answered("r1").is_some(), answer, "{reads} {drift}");
        assert!(!story.holders("2", 1100).1.is_empty());
    }
}

/// A retry without identity is executed twice.
#[test]
fn a_blind_retry_counts_twice() {
    for (sessions, effect) in [("off", "2"), ("on", "1")] {
        let mut story = Story::new(
            &format!("raft nodes=5 clients=1 end=2000 sessions={sessions}"),
            "at 0 pin n1.election 150
             at 500 drop n1->c1 reply
             at 500 i: c1@n1 incr(x) timeout=200 retry=1",
        );
        assert_eq!(story.copies(2000), [effect; 5]);
        assert!(story.answered("i").is_some());
    }
}

/// A new voter that must first receive 10,000 entries at 100 a second holds up the cluster for
/// 100 seconds; a learner does not.
#[test]
fn a_learner_before_a_voter() {
    for (learner, share) in [("off", 0..100), ("on", 990..1001)] {
        let story = Story::new(
            &format!("raft nodes=3 spares=1 clients=2 end=220000 batch=1000 learner={learner}"),
            "at 0 pin n1.election 150
             every 10 200..100200 c2@n1 put(y, v#)
             at 100500 set batch=2
             at 101000 restart n4
             at 101010 a: c1@n1 add(n4) timeout=200000
             at 101100 crash n3
             every 1000 102000..200000 c2@n1 put(x, u#) timeout=900",
        );
        let done = story.acknowledged(102_000, 200_000);
        assert!(share.contains(&(done.0 * 1000 / done.1)), "{learner}: {done:?}");
        // As a voter it is a member at once, by the votes of the three old ones.
        let took = story.answered("a").unwrap() - 101_010;
        assert_eq!((99_000..103_000).contains(&took), learner == "on", "{took}");
    }
}

/// 500 entries later, a follower gets a snapshot instead.
#[test]
fn snapshots() {
    let mut story = Story::new(
        "raft nodes=3 clients=1 end=8000 snapshot_every=100",
        "at 0 pin n1.election 150
         at 500 crash n3
         every 10 600..5600 c1@n1 put(x, v#)
         at 6000 restart n3",
    );
    assert!(story.count("snapshot.install") > 0);
    assert_eq!(story.copies(8000), ["v500"; 3]);
    assert!(story.broken().is_empty());
}

/// A vote that is forgotten elects two leaders in one term (Figure 2: votedFor is persistent).
#[test]
fn a_forgetful_voter() {
    for (forget, broken) in [("on", vec!["election-safety"]), ("off", vec![])] {
        let mut story = Story::new(
            &format!("raft nodes=3 end=600 forget_vote={forget} noop=off"),
            "at 0 pin n1.election 150
             at 0 pin n3.election 155
             at 0 pin n2.election 600
             at 0 cut n1--n3
             at 0 latency n3->n2 40
             at 165 crash n2
             at 166 restart n2",
        );
        story.seek(600);
        assert_eq!(story.broken(), broken);
    }
}

/// Random faults: crashes, restarts, cuts, losses, pauses, under clients that write and read. The
/// promises of the paper hold, and once the faults end the cluster works again.
#[test]
fn promises_hold_under_random_faults() {
    for settings in [
        "nodes=3",
        "nodes=5 prevote=on checkquorum=on sticky=on",
        "nodes=4 backup=decrement reads=log batch=4",
        "nodes=5 snapshot_every=3 reads=lease",
    ] {
        for seed in 0..100 {
            let (script, nodes) = raft_story::faults(settings, seed);
            let mut story =
                Story::with_seed(&format!("raft {settings} clients=2 end=20000"), &script, seed);
            assert!(
                story.broken().is_empty(),
                "{settings} seed {seed}: {:?}\n{script}",
                story.broken()
            );
            let answered = story.answered("last");
            assert!(answered.is_some(), "{settings} seed {seed} does not recover\n{script}");
            story.seek(20_000);
            assert_eq!(story.copies(20_000).len(), nodes);
            assert!(story.copies(20_000).iter().all(|copy| *copy == "last"));
        }
    }
}

/// Each mistake breaks a promise under some random faults: the properties do see.
#[test]
fn mistakes_break_promises() {
    for (settings, broken) in [
        ("nodes=3 vote_any_log=on", "leader-completeness"),
        ("nodes=5 vote_any_log=on", "state-machine-safety"),
    ] {
        let found = (0..100).any(|seed| {
            let (script, _) = raft_story::faults(settings, seed);
            let story =
                Story::with_seed(&format!("raft {settings} clients=2 end=20000"), &script, seed);
            story.broken().contains(&broken)
        });
        assert!(found, "{settings} never broke {broken}");
    }
}

#[test]
fn the_members_change_by_overlapping_majorities() {
    let mut story = Story::new(
        "raft nodes=3 spares=2 clients=2 end=3000",
        "at 0 pin n1.election 150
         at 490 restart {n4, n5}
         at 500 m: c1@n1 members({n1, n2, n3, n4, n5})
         at 560 crash n1
         every 100 600..2500 c2 put(x, v#) via {n2, n3} retry=3",
    );
    assert_eq!(story.holders("C_new", 2500).1.len(), 4);
    assert!(story.broken().is_empty());
}

/// What the brief word of the paper says of idle clusters: only heartbeats, and nodes at rest do
/// not change.
#[test]
fn a_quiet_cluster_only_beats() {
    let story = Story::new("raft nodes=5 end=10000", "at 0 pin n1.election 150");
    let trace = story.run.trace();
    let late = |at: Time| at > Time::ms(300);
    assert!(trace.facts.iter().all(|change| !late(change.at)));
    let kinds: std::collections::BTreeSet<&str> =
        trace.messages.iter().filter(|m| late(m.at)).map(|m| m.kind).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["AppendEntries", "AppendEntriesResponse"]);
}
