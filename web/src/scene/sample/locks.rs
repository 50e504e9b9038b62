//! Locks on one server: clients that are roles, a server without a term, a resource.

use netsplit_core::base::{Id, Time};
use netsplit_core::describe::{Portrait, Shape, Tone};
use netsplit_core::protocol::Part;

use super::build::{cuts_between, flight, island, node, row, say, timer, words};
use crate::scene::view::{Phase, View};

pub fn view(chinese: bool) -> View {
    let holder = Portrait {
        tone: Tone::Doubt,
        memory: vec![row("token", "33"), row("lease", "until 1500 ms")],
        ..Portrait::default()
    };
    let second = Portrait {
        tone: Tone::Accept,
        memory: vec![row("token", "34"), row("lease", "until 2040 ms")],
        ..Portrait::default()
    };
    let server = Portrait {
        disk: vec![row("lock", "A held by c2"), row("token", "34")],
        memory: vec![row("ttl", "until 2040 ms")],
        ..Portrait::default()
    };
    let resource = Portrait {
        disk: vec![row("value", "x=written by c2"), row("highest", "34")],
        ..Portrait::default()
    };
    let mut nodes = vec![
        node(0, "c1", Part::Client, &say(chinese, "believes it holds", "以为持锁"), holder),
        node(1, "c2", Part::Client, &say(chinese, "holds", "持锁"), second),
        node(2, "redis", Part::Service, &say(chinese, "server", "服务器"), server),
        node(3, "store", Part::Resource, &say(chinese, "checks tokens", "检查令牌"), resource),
    ];
    nodes[0].phase = Phase::Paused;
    nodes[0].role = say(chinese, "frozen", "已冻结");
    nodes[0].doubtful = true;
    nodes[1].timers = vec![timer("lease", 1_340, 1_840)];
    nodes[2].skew = Some("+500 ms".to_owned());
    View {
        at: Time::ms(1530),
        nodes,
        links: vec![(Id(0), Id(2)), (Id(1), Id(2)), (Id(0), Id(3)), (Id(1), Id(3))],
        flights: vec![
            flight(3, (1, 3), (1_524_000, 1_536_000), "write 34", Shape::Request, 0),
            flight(4, (3, 0), (1_526_000, 1_536_000), "token too old", Shape::Refusal, 0),
            flight(5, (1, 2), (1_527_000, 1_537_000), "renew", Shape::Request, 0),
        ],
        words: words(chinese),
        ..View::default()
    }
}

/// A server and its standby, each with a client on its own side; both sides reach the storage.
pub fn failover(chinese: bool) -> View {
    let mut view = view(chinese);
    let standby = node(4, "standby", Part::Service, "standby", view.nodes[2].portrait.clone());
    view.nodes.push(standby);
    view.links.extend([(Id(0), Id(4)), (Id(1), Id(4))]);
    let side = |members: &[u16]| island(members, String::new(), String::new(), String::new());
    view.islands = vec![side(&[0, 2]), side(&[1, 4])];
    view.cuts = cuts_between(&[&[0, 2], &[1, 4]]);
    view
}
