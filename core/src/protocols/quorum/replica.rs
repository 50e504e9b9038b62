//! A replica: it answers with its copy, and stores what is newer.

use crate::base::{Id, Map, Str};

use super::message::{Msg, What};
use super::{Cx, Datum, knobs, rules};

/// A client's message arrives.
pub fn on_message(cx: &mut Cx, copies: &mut Map<Str, Datum>, from: Id, msg: &Msg) {
    let answer = match &msg.what {
        What::Read(key) => {
            let copy = copies.get(key).cloned().unwrap_or_default();
            cx.rule(&rules::ANSWER, [&from, &copy.version.ts]);
            What::RResp(copy)
        }
        What::Write(key, datum) | What::WriteBack(key, datum) => {
            store(cx, copies, from, (key, datum));
            What::WAck
        }
        What::RResp(_) | What::WAck => return,
    };
    cx.send(from, Msg { number: msg.number, what: answer });
}

fn store(cx: &mut Cx, copies: &mut Map<Str, Datum>, from: Id, (key, new): (&Str, &Datum)) {
    if cx.knobs.count(knobs::ORDER) == knobs::order::ARRIVAL {
        cx.rule(&rules::STORE_LAST, [&from]);
        copies.insert(key.clone(), new.clone());
        return;
    }
    let held = copies.get(key).map(|copy| copy.version).unwrap_or_default();
    if new.version <= held {
        return cx.rule(&rules::STORE_KEEP, [&from, &new.version.ts, &held.ts]);
    }
    cx.rule(&rules::STORE, [&from, &new.version.ts, &new.version.writer]);
    copies.insert(key.clone(), new.clone());
}
