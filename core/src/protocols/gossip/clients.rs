//! Clients: every node answers at once, from what it has.

use crate::base::{Str, Value};
use crate::op::{Reply, Request};
use crate::protocols::version::Version;

use super::store::Entry;
use super::{Cx, Node, knobs, merge, rules};

/// A client asks.
pub fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let key = &request.op.key;
    let answer = match request.op.verb {
        "get" => {
            cx.rule(&rules::READ, [&node.disk.version(key).ts]);
            node.disk.value(key)
        }
        "del" => {
            delete(cx, node, key);
            Value::Nil
        }
        _ => {
            let version = next(cx, node);
            cx.rule(&rules::WRITE, [&version.ts]);
            merge::set(node, key, Entry { value: request.op.arg(0), version, died: None });
            Value::Nil
        }
    };
    cx.reply(request.ticket, Reply::Ok(answer));
}

/// Deletes by writing a death certificate, or, where none are kept, by forgetting.
fn delete(cx: &mut Cx, node: &mut Node, key: &Str) {
    let version = next(cx, node);
    if cx.knobs.span(knobs::GC).0 == 0 {
        cx.rule(&rules::DELETE_BARE, []);
        node.disk.entries.remove(key);
        node.disk.discarded.insert(key.clone(), version);
        return;
    }
    cx.rule(&rules::DELETE, [&version.ts]);
    merge::set(node, key, Entry { value: Value::Nil, version, died: Some(cx.wall) });
}

/// A version that is newer than all that this node has heard of.
fn next(cx: &Cx, node: &mut Node) -> Version {
    node.disk.clock += 1;
    Version { ts: node.disk.clock, writer: cx.me }
}
