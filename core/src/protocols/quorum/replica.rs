//! A replica: it answers with its copy, and stores what is newer.

use crate::base::{Id, Str};

use super::message::{Msg, What};
use super::{Cx, Datum, Disk, knobs, rules};

/// A client's message arrives.
pub fn on_message(cx: &mut Cx, disk: &mut Disk, from: Id, msg: &Msg) {
    let answer = match &msg.what {
        What::Read(key) => {
            let copy = disk.copies.get(key).cloned().unwrap_or_default();
            cx.rule(&rules::ANSWER, [&from, &copy.version.ts]);
            What::RResp(copy)
        }
        What::Write(key, datum) | What::WriteBack(key, datum) => {
            store(cx, disk, from, (key, datum));
            What::WAck
        }
        What::RResp(_) | What::WAck => return,
    };
    cx.send(from, Msg { number: msg.number, what: answer });
}

fn store(cx: &mut Cx, disk: &mut Disk, from: Id, (key, new): (&Str, &Datum)) {
    if cx.knobs.count(knobs::ORDER) == knobs::order::ARRIVAL {
        cx.rule(&rules::STORE_LAST, [&from]);
        disk.copies.insert(key.clone(), new.clone());
        return;
    }
    let held = disk.copies.get(key).map(|copy| copy.version).unwrap_or_default();
    if new.version <= held {
        return cx.rule(&rules::STORE_KEEP, [&from, &new.version.ts, &held.ts]);
    }
    cx.rule(&rules::STORE, [&from, &new.version.ts, &new.version.writer]);
    disk.clock = disk.clock.max(new.version.ts);
    disk.copies.insert(key.clone(), new.clone());
}
