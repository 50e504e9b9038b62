//! Many peers and many messages.

use netsplit_core::base::Time;
use netsplit_core::describe::{Shape, Tone};

use super::build::{client, flight, op, peer, say, words};
use crate::scene::view::{OpState, View};

/// So many peers, so many messages between them.
pub fn peers(n: u16, messages: u32, chinese: bool) -> View {
    let log = [(1, "x=0"), (2, "y=7"), (2, "x=12")];
    let mut nodes: Vec<_> = (0..n).map(|id| peer(id, 2 + u64::from(id % 3), &log, 3)).collect();
    for node in &mut nodes {
        node.role = say(chinese, "follower", "追随者");
    }
    nodes[0].portrait.tone = Tone::Lead;
    nodes[0].role = say(chinese, "leader", "领导者");
    let shapes = [Shape::Request, Shape::Answer, Shape::Heartbeat, Shape::Refusal];
    let flights = (0..messages)
        .map(|i| {
            let from = (i * 7 % u32::from(n)) as u16;
            let to = (from + 1 + (i * 5 % u32::from(n - 1)) as u16) % n;
            let sent = 1_530_000 - u64::from(i * 37 % 19) * 500;
            let shape = shapes[i as usize % 4];
            flight(i, (from, to), (sent, sent + 11_000), "AppendEntries", shape, u64::from(i % 7))
        })
        .collect();
    let done = say(chinese, "answered in 21 ms", "21\u{202f}ms 后得到答复");
    let ask = op("write x=12", "w x=12", 1450, OpState::Answered, done);
    let clients = if n <= 9 { vec![client(n, "c1", 0, vec![ask])] } else { Vec::new() };
    View { at: Time::ms(1530), nodes, clients, flights, words: words(chinese), ..View::default() }
}
