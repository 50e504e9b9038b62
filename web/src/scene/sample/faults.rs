//! Everything that can be wrong at once: crashed, frozen, a clock off, a snapshot, an overwritten
//! entry, a candidate, a spare; a one-way cut, a cut link, held and doubled messages.

use netsplit_core::base::{Id, Time};
use netsplit_core::describe::{Dots, Shape, Tone};

use super::build::{cell, client, flight, island, op, peer, say, words};
use crate::scene::view::{FlightView, LossView, OpState, Phase, Port, View};

pub fn view(chinese: bool) -> View {
    let log = [(1, "x=0"), (3, "y=7"), (3, "x=12"), (4, "z=1")];
    let mut nodes: Vec<_> = (0..6).map(|id| peer(id, 4, &log, 3)).collect();
    for node in &mut nodes {
        node.role = say(chinese, "follower", "追随者");
        node.ports = Some((Port::Good, Port::Good));
    }
    nodes[0].portrait.tone = Tone::Seek;
    nodes[0].portrait.epoch = Some(5);
    nodes[0].role = say(chinese, "candidate", "候选人");
    let of = (0..5).map(Id).collect();
    let yes = vec![Id(0), Id(2)];
    nodes[0].portrait.dots = Some(Dots { name: "votes", of, yes, needed: 3 });
    nodes[1].phase = Phase::Down;
    nodes[1].role = say(chinese, "crashed", "已崩溃");
    nodes[2].phase = Phase::Paused;
    nodes[2].role = say(chinese, "frozen", "已冻结");
    nodes[2].ports = Some((Port::Silent, Port::Silent));
    nodes[3].skew = Some("+20 ms".to_owned());
    nodes[3].portrait.strips[0].compacted = 128;
    nodes[3].portrait.epoch = Some(1204);
    nodes[4].overwritten = vec![cell(4, 3, "z=9", false)];
    nodes[4].portrait.strips[0].cells.truncate(3);
    nodes[4].ports = Some((Port::Doubtful, Port::Doubtful));
    nodes[5].phase = Phase::NotStarted;
    nodes[5].role = say(chinese, "spare", "备用");
    let fail = say(chinese, "refused in 12 ms", "12\u{202f}ms 后被拒绝");
    let unknown = say(chinese, "no answer after 1 s", "1\u{202f}s 内没有答复");
    View {
        at: Time::ms(1530),
        nodes,
        clients: vec![
            client(
                6,
                "c1",
                0,
                vec![
                    op("write x=1", "w x=1", 100, OpState::Answered, String::new()),
                    op("write x=2", "w x=2", 200, OpState::Unknown, String::new()),
                    op("write x=3", "w x=3", 300, OpState::Failed, String::new()),
                    op("write z=9", "w z=9", 400, OpState::Unknown, unknown),
                ],
            ),
            client(7, "c2", 3, vec![op("read x", "r x", 1200, OpState::Failed, fail)]),
        ],
        links: Vec::new(),
        cuts: vec![(Id(0), Id(4)), (Id(2), Id(3)), (Id(3), Id(2))],
        islands: Vec::new(),
        flights: flights(),
        losses: vec![LossView {
            flight: flight(9, (0, 3), (1_480_000, 1_500_000), "RequestVote", Shape::Request, 5),
            at: Time(1_490_000),
            arrived: false,
            note: say(chinese, "n1 → n4 lost", "n1 → n4 丢失"),
            brief: say(chinese, "lost", "丢失"),
        }],
        words: words(chinese),
    }
}

fn flights() -> Vec<FlightView> {
    let way = (1_524_000, 1_536_000);
    vec![
        FlightView { held: true, ..flight(10, (0, 2), way, "RequestVote", Shape::Request, 5) },
        FlightView { held: true, ..flight(11, (3, 4), way, "AppendEntries", Shape::Request, 4) },
        FlightView { duplicate: true, ..flight(12, (0, 5), way, "RequestVote", Shape::Request, 5) },
        flight(13, (4, 3), way, "no", Shape::Refusal, 4),
        flight(14, (4, 0), way, "granted", Shape::Answer, 5),
        FlightView { duplicate: true, ..flight(15, (3, 1), way, "beat", Shape::Heartbeat, 4) },
        flight(16, (7, 3), (1_527_000, 1_536_000), "read x", Shape::Client, 0),
    ]
}

/// Two islands and one node that both can reach.
pub fn bridge(chinese: bool) -> View {
    let mut view = super::caiyang::view(chinese);
    view.islands = vec![
        island(&[0, 1, 5], "2 of 5".into(), "and n5".into(), "and n5".into()),
        island(&[2, 3, 6], "2 of 5".into(), "and n5".into(), "and n5".into()),
    ];
    view.cuts = super::build::cuts_between(&[&[0, 1, 5], &[2, 3, 6]]);
    view
}
