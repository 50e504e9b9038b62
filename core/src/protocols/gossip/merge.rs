//! What a node makes of what it is told: the newer entry stays. And when it forgets.

use alloc::vec::Vec;

use crate::base::{Id, Str};

use super::store::{Entry, Store};
use super::{Cx, Node, knobs, rules};

/// Takes what is newer; answers the keys of which nothing was.
pub fn merge(cx: &mut Cx, node: &mut Node, from: Id, updates: &[(Str, Entry)]) -> Vec<Str> {
    let mut known = Vec::new();
    for (key, entry) in updates {
        if is_news(cx, &node.disk, from, (key, entry)) {
            take(cx, node, from, (key, entry));
        } else {
            known.push(key.clone());
        }
    }
    known
}

fn is_news(cx: &mut Cx, store: &Store, from: Id, (key, entry): (&Str, &Entry)) -> bool {
    let (new, held) = (entry.version, store.version(key));
    if new == held {
        cx.rule(&rules::HAS, [&from, &held.ts]);
    } else if new < held {
        cx.rule(&rules::OLDER, [&from, &new.ts, &held.ts]);
    } else if entry.is_over(cx.knobs.span(knobs::GC), cx.wall) {
        cx.rule(&rules::STALE, [&from]);
    } else {
        return true;
    }
    false
}

fn take(cx: &mut Cx, node: &mut Node, from: Id, (key, entry): (&Str, &Entry)) {
    let version = entry.version;
    let store = &mut node.disk;
    if entry.died.is_some() {
        cx.rule(&rules::BURY, [&from, &version.ts]);
    } else if store.discarded.get(key).is_some_and(|died| version < *died) {
        cx.rule(&rules::RESURRECT, [&from, &version.ts]);
        store.resurrected += 1;
    } else {
        cx.rule(&rules::NEWER, [&from, &version.ts, &version.writer]);
    }
    set(node, key, entry.clone());
}

/// Stores an entry; where nodes spread rumours, it is one from now on.
pub fn set(node: &mut Node, key: &Str, entry: Entry) {
    node.disk.clock = node.disk.clock.max(entry.version.ts);
    node.disk.entries.insert(key.clone(), entry);
    if let Some(hot) = &mut node.memory.rumours {
        hot.insert(key.clone(), 0);
    }
}

/// Discards the death certificates whose time is over.
pub fn expire(cx: &mut Cx, store: &mut Store) {
    let gc = cx.knobs.span(knobs::GC);
    let over = store.entries.iter().filter(|(_, entry)| entry.is_over(gc, cx.wall));
    let over: Vec<Str> = over.map(|(key, _)| key.clone()).collect();
    for key in over {
        let version = store.version(&key);
        cx.rule(&rules::EXPIRE, [&version.ts]);
        store.entries.remove(&key);
        store.discarded.insert(key, version);
    }
}
