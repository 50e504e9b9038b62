//! What clients and operators ask, and of whom.

use alloc::vec;

use super::super::commit::{Change, ops};
use super::backup::Backup;
use super::coordinator::Tm;
use super::participant::Rm;
use super::state::{Disk, Memory};
use super::{Cx, MOVE, Node, RECOVER, TAKEOVER, TM, rules};
use crate::base::{Id, Value};
use crate::op::{Reply, Request};

/// A client or an operator asks.
pub fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let verb = request.op.verb;
    let begins = verb == ops::BEGIN.verb || verb == MOVE.verb;
    match (&mut node.disk, &mut node.memory) {
        (Disk::Tm(journal), Memory::Tm(desk)) if begins => {
            begin(cx, Tm { journal, desk }, request);
        }
        _ if begins => {
            cx.rule(&rules::REQUEST_REDIRECT, [&request.ticket.client, &TM]);
            cx.reply(request.ticket, Reply::Redirect(Some(TM)));
        }
        (Disk::Tm(journal), Memory::Backup(watch)) if verb == TAKEOVER.verb => {
            Backup { journal, watch }.take_over(cx, request.ticket);
        }
        (Disk::Rm(site), Memory::Rm(work)) if verb == RECOVER.verb => {
            Rm { site, work }.list_for(cx, request.ticket);
        }
        (Disk::Rm(site), Memory::Rm(work)) if verb != TAKEOVER.verb => {
            Rm { site, work }.local(cx, request);
        }
        _ => {
            cx.rule(&rules::REQUEST_REFUSE, [&request.ticket.client]);
            cx.reply(request.ticket, Reply::Fail("not-here"));
        }
    }
}

fn begin(cx: &mut Cx, mut tm: Tm, request: &Request) {
    let (ticket, op) = (request.ticket, &request.op);
    if op.verb == ops::BEGIN.verb {
        return tm.begin_everywhere(cx, ticket, &op.key, &op.arg(0));
    }
    match (resource_manager(cx, &op.arg(0)), resource_manager(cx, &op.arg(1)), op.arg(2)) {
        (Some(from), Some(to), Value::Int(amount)) if from != to => {
            let work = vec![(from, Change::Add(-amount)), (to, Change::Add(amount))];
            tm.begin(cx, ticket, &op.key, &work);
        }
        _ => {
            cx.rule(&rules::REQUEST_REFUSE, [&ticket.client]);
            cx.reply(ticket, Reply::Fail("not-here"));
        }
    }
}

fn resource_manager(cx: &Cx, value: &Value) -> Option<Id> {
    let Value::Int(number) = value else { return None };
    let id = Id(u16::try_from(*number).ok()?);
    super::rms(cx).contains(id).then_some(id)
}
