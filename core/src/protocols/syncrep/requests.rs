//! What clients and operators ask, and who answers.

use super::{Cx, Node, PROMOTE, REMOVE, Serve, knobs, master, rules, takeover};
use crate::op::{Reply, Request};
use crate::protocols::kv;

/// A client or an operator asks.
pub fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let (verb, leads) = (request.op.verb, node.leads());
    if verb == PROMOTE.verb {
        return takeover::promote(cx, node, request.ticket);
    }
    if verb == kv::GET.verb && (leads || cx.knobs.count(knobs::READS) == knobs::ANY) {
        return read(cx, node, request);
    }
    match (leads, node.disk.master) {
        (true, _) if verb == REMOVE.verb => master::remove(cx, node, request),
        (true, _) => master::write(cx, node, request),
        (false, None) => cx.reply(request.ticket, Reply::Redirect(None)),
        (false, Some(master)) => {
            cx.rule(&rules::REDIRECT, [&master]);
            cx.reply(request.ticket, Reply::Redirect(Some(master)));
        }
    }
}

/// Answers a read from this server's own data.
fn read(cx: &mut Cx, node: &Node, request: &Request) {
    let rule = if node.leads() { &rules::READ_MASTER } else { &rules::READ_SLAVE };
    cx.rule(rule, [&request.ticket.client, &node.disk.applied]);
    let copy = node.memory.copies.get(&request.op.key);
    cx.reply(request.ticket, Reply::Ok(copy.map(|copy| copy.value.clone()).unwrap_or_default()));
}
