//! The leader: it puts the operations of its keys in order, by making every version of theirs and
//! by reading its own copy when enough replicas have answered.

use super::message::Msg;
use super::{Ask, Copy, Counting, Cx, Node, Timer, Version, copies, knobs, requests, rules};
use crate::base::{Id, IdSet, Str, Value};

/// Writes, for the replica that was asked. What comes twice, by a client that asks again or by the
/// network, writes once.
pub fn write(cx: &mut Cx, node: &mut Node, (asked, ask): (Id, Ask), key: &Str, value: Value) {
    if under_way(cx, node, asked, ask) {
        return;
    }
    let version = match node.disk.taken.get(&ask.client) {
        Some(&(serial, version)) if serial == ask.serial => {
            cx.rule(&rules::AGAIN_TAKEN, [&ask.client, &version.ts]);
            copies::tell_all(cx, node, key);
            version
        }
        Some(&(serial, _)) if serial > ask.serial => {
            return cx.rule(&rules::AGAIN_OLD, [&ask.client, &ask.serial]);
        }
        _ => begin_write(cx, node, ask, key, value),
    };
    count(cx, node, (asked, ask), key, Some(version));
    settle(cx, node);
}

fn begin_write(cx: &mut Cx, node: &mut Node, ask: Ask, key: &Str, value: Value) -> Version {
    let (needed, of) = needed(node);
    let version = copies::write(cx, node, key, value);
    node.disk.taken.insert(ask.client, (ask.serial, version));
    cx.rule(&rules::WRITE_BEGIN, [&version.ts, &needed, &of]);
    version
}

/// Reads, for the replica that was asked.
pub fn read(cx: &mut Cx, node: &mut Node, (asked, ask): (Id, Ask), key: &Str) {
    if under_way(cx, node, asked, ask) {
        return;
    }
    let (needed, of) = needed(node);
    cx.rule(&rules::READ_BEGIN, [&needed, &of]);
    if needed > 1 {
        cx.send_all(node.memory.others(cx.me), Msg::Query { ask, key: key.clone() });
    }
    count(cx, node, (asked, ask), key, None);
    settle(cx, node);
}

/// Whether answers to this operation are being counted already, for the same replica.
fn under_way(cx: &mut Cx, node: &Node, asked: Id, ask: Ask) -> bool {
    let same = |counting: &Counting| (counting.asked, counting.ask) == (asked, ask);
    let under_way = node.memory.counting.iter().any(same);
    if under_way {
        cx.rule(&rules::AGAIN_OPEN, [&ask.client, &ask.serial]);
    }
    under_way
}

/// Begins to count answers, with the leader's own copy as the first.
fn count(cx: &mut Cx, node: &mut Node, (asked, ask): (Id, Ask), key: &Str, wrote: Option<Version>) {
    let (answers, timer) = (IdSet::from_iter([cx.me]), node.memory.next_timer());
    node.memory.counting.push(Counting { ask, asked, key: key.clone(), wrote, answers, timer });
    if asked != cx.me {
        let timeout = cx.knobs.span(knobs::TIMEOUT);
        cx.arm(Timer::Quorum(timer), (timeout, timeout));
    }
}

/// A replica shows its copy for a read.
pub fn on_copy(cx: &mut Cx, node: &mut Node, from: Id, ask: Ask, (key, copy): (&Str, &Copy)) {
    if copy.version > node.disk.copy(key).version {
        copies::merge(cx, node, from, (key, copy));
    }
    let answers = |counting: &Counting| counting.ask == ask && counting.wrote.is_none();
    credit(cx, node, from, answers, &rules::READ_COUNT);
}

/// A replica says that it holds `version`, and so everything that was written before.
pub fn on_ack(cx: &mut Cx, node: &mut Node, from: Id, (key, version): (&Str, Version)) {
    let answers = |counting: &Counting| {
        counting.key == *key && counting.wrote.is_some_and(|wrote| wrote <= version)
    };
    credit(cx, node, from, answers, &rules::WRITE_COUNT);
}

/// Counts an answer of `from` for every operation that it answers, and answers those that have
/// enough.
fn credit(
    cx: &mut Cx,
    node: &mut Node,
    from: Id,
    answers: impl Fn(&Counting) -> bool,
    rule: &'static crate::rule::Rule,
) {
    let (needed, _) = needed(node);
    let mut late = true;
    for counting in node.memory.counting.iter_mut().filter(|counting| answers(counting)) {
        if counting.answers.insert(from) {
            late = false;
            cx.rule(rule, [&from, &counting.answers.len(), &needed]);
        }
    }
    if late {
        cx.rule(&rules::LATE, [&from]);
    }
    settle(cx, node);
}

/// Answers every operation that has enough answers.
pub fn settle(cx: &mut Cx, node: &mut Node) {
    let (needed, of) = needed(node);
    let enough = |counting: &Counting| counting.answers.len() >= needed;
    while let Some(place) = node.memory.counting.iter().position(enough) {
        let Counting { ask, asked, key, wrote, answers, timer } =
            node.memory.counting.remove(place);
        let copy = node.disk.copy(&key);
        match wrote {
            Some(wrote) => cx.rule(&rules::WRITE_DONE, [&wrote.ts, &answers.len(), &of]),
            None => cx.rule(&rules::READ_DONE, [&copy.version.ts, &answers.len(), &of]),
        }
        if asked == cx.me {
            requests::done(cx, node, ask, &copy);
        } else {
            cx.disarm(Timer::Quorum(timer));
            cx.send(asked, Msg::Reply { ask, copy });
        }
    }
}

/// How many answers an operation needs, and of how many replicas.
pub fn needed(node: &Node) -> (usize, usize) {
    let of = node.memory.group.len();
    (node.memory.policy.needed(of), of)
}

/// Too much silence for an operation that a replica passed on: that replica has decided what it
/// means by now.
pub fn give_up(cx: &mut Cx, node: &mut Node, timer: u32) {
    let (needed, _) = needed(node);
    let given_up = |counting: &Counting| counting.timer == timer;
    let Some(place) = node.memory.counting.iter().position(given_up) else { return };
    let Counting { asked, answers, .. } = node.memory.counting.remove(place);
    cx.rule(&rules::GIVE_UP, [&asked, &answers.len(), &needed]);
}

/// The leader no longer waits for the answers to its own client's operation.
pub fn forget(cx: &Cx, node: &mut Node, ask: Ask) {
    node.memory.counting.retain(|counting| (counting.asked, counting.ask) != (cx.me, ask));
}
