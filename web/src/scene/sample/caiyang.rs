//! A write that must not survive: five peers, two of them with the old leader cut off.

use netsplit_core::base::Time;
use netsplit_core::describe::{Shape, Tone};

use super::build::{client, cuts_between, flight, island, op, peer, say, words};
use crate::scene::view::{FlagView, LossView, NodeView, OpState, Port, View};

pub fn view(chinese: bool) -> View {
    let old = [(1, "x=0"), (1, "x=caiyang")];
    let new = [(1, "x=0"), (2, "x=caigoudan")];
    let mut nodes = vec![
        peer(0, 1, &old, 1),
        peer(1, 1, &old, 1),
        peer(2, 2, &new, 2),
        peer(3, 2, &new, 2),
        peer(4, 2, &new, 2),
    ];
    for node in &mut nodes[..2] {
        node.ports = Some((Port::Doubtful, Port::Silent));
    }
    for node in &mut nodes[2..] {
        node.ports = Some((Port::Good, Port::Good));
    }
    lead(&mut nodes[0]);
    nodes[0].doubtful = true;
    nodes[0].flags.push(FlagView {
        text: say(chinese, "old term", "旧任期"),
        brief: say(chinese, "old", "旧"),
    });
    lead(&mut nodes[3]);
    for node in &mut nodes {
        node.role = role(node, chinese);
    }
    View {
        at: Time::ms(1530),
        nodes,
        clients: clients(chinese),
        links: Vec::new(),
        cuts: cuts_between(&[&[0, 1, 5], &[2, 3, 4, 6]]),
        islands: islands(chinese),
        flights: vec![
            flight(40, (3, 4), (1_522_600, 1_534_200), "AppendEntries", Shape::Request, 2),
            flight(41, (3, 2), (1_526_000, 1_538_500), "AppendEntries", Shape::Request, 2),
            flight(42, (2, 3), (1_526_500, 1_539_000), "ok 2", Shape::Answer, 2),
            flight(43, (0, 1), (1_523_300, 1_534_500), "heartbeat", Shape::Heartbeat, 1),
        ],
        losses: vec![LossView {
            flight: flight(39, (0, 2), (1_490_000, 1_502_000), "AppendEntries", Shape::Request, 1),
            at: Time(1_490_000),
            arrived: false,
            note: say(chinese, "n1 → n3 lost", "n1 → n3 丢失"),
            brief: say(chinese, "lost", "丢失"),
        }],
        words: words(chinese),
    }
}

/// The same cluster before anything was cut.
pub fn whole(chinese: bool) -> View {
    let mut view = view(chinese);
    view.cuts.clear();
    view.islands.clear();
    view.losses.clear();
    for node in &mut view.nodes {
        node.ports = Some((Port::Good, Port::Good));
        node.doubtful = false;
        node.flags.clear();
    }
    view
}

fn lead(node: &mut NodeView) {
    node.portrait.role = "leader";
    node.portrait.tone = Tone::Lead;
    node.timers[0].due = Time::ms(1580);
    node.timers[0].armed_at = Time::ms(1510);
}

fn role(node: &NodeView, chinese: bool) -> String {
    match node.portrait.tone {
        Tone::Lead => say(chinese, "leader", "领导者"),
        _ => say(chinese, "follower", "追随者"),
    }
}

fn clients(chinese: bool) -> Vec<crate::scene::view::ClientView> {
    let answered = say(chinese, "answered in 39 ms", "39\u{202f}ms 后得到答复");
    let earlier = op("write x=0", "w x=0", 200, OpState::Answered, String::new());
    let lost = op("write x=caiyang", "w x=caiyang", 1060, OpState::Waiting, String::new());
    let kept = op("write x=caigoudan", "w x=caigoudan", 1450, OpState::Answered, answered);
    vec![client(5, "c1", 0, vec![earlier, lost]), client(6, "c2", 3, vec![kept])]
}

fn islands(chinese: bool) -> Vec<crate::scene::view::IslandView> {
    vec![
        island(
            &[0, 1, 5],
            say(chinese, "2 of 5", "5\u{202f}个里的\u{202f}2\u{202f}个"),
            say(chinese, "no majority on this side", "这一侧不够多数派"),
            say(chinese, "no majority", "不够多数派"),
        ),
        island(
            &[2, 3, 4, 6],
            say(chinese, "3 of 5", "5\u{202f}个里的\u{202f}3\u{202f}个"),
            say(chinese, "a majority", "够多数派"),
            say(chinese, "a majority", "够多数派"),
        ),
    ]
}
