//! Rumour mongering: a node tells what is news to it, until it has often enough found that others
//! know already.

use alloc::vec::Vec;

use crate::base::{Id, Map, Str};

use super::message::Msg;
use super::rounds::peers;
use super::{Cx, Node, knobs, rules};

/// The rumours that a node spreads: by key, how often a peer knew already.
pub type Hot = Map<Str, u64>;

/// Tells the rumours to the peers of this round.
pub fn tell(cx: &mut Cx, node: &Node) {
    let Some(hot) = node.memory.rumours.as_ref().filter(|hot| !hot.is_empty()) else { return };
    let updates = node.disk.of(hot.keys());
    if updates.is_empty() {
        return;
    }
    let peers = peers(cx);
    for peer in &peers {
        cx.rule(&rules::TELL, [peer, &updates.len()]);
    }
    cx.send_all(peers, Msg::Push { updates, rumour: true });
}

/// A peer knew some of what it was told.
pub fn on_known(cx: &mut Cx, rumours: &mut Option<Hot>, from: Id, keys: &[Str]) {
    let Some(hot) = rumours else { return };
    for key in keys {
        let Some(times) = hot.get_mut(key) else { continue };
        *times += 1;
        if is_tired(cx, *times) {
            cx.rule(&rules::LOSE, [&from]);
            hot.remove(key);
        } else {
            cx.rule(&rules::KNOWN, [&from]);
        }
    }
}

fn is_tired(cx: &mut Cx, times: u64) -> bool {
    let k = cx.knobs.count(knobs::K);
    if cx.knobs.count(knobs::STOP) == knobs::COUNTER {
        times >= k
    } else {
        cx.choose(k as u32) == 0
    }
}

/// What a node says to one that told it `known`.
pub fn feedback(cx: &mut Cx, from: Id, known: Vec<Str>) {
    if !known.is_empty() {
        cx.send(from, Msg::Known { keys: known });
    }
}
