//! Rows and locks at work: local transactions, and the locks of those that span many.

use alloc::vec::Vec;

use super::locks::{Claim, Locks, Owner};
use super::rows::Rows;
use super::{Commits, knobs, ops, rules};
use crate::base::{Id, Span, Str, Value};
use crate::op::{Reply, Request, Ticket};
use crate::protocol::Cx;

/// The rows of one resource manager, from its disk, and their locks, from its memory.
#[derive(Debug)]
pub struct Store<'a> {
    /// Committed values.
    pub rows: &'a mut Rows,
    /// Who holds what, and who waits.
    pub locks: &'a mut Locks,
}

impl Store<'_> {
    /// A transaction asks for the lock of a row. Says whether it has the lock now (having it
    /// already counts); otherwise it waits, and either a later call returns its number as granted,
    /// or [`Store::lock_timeout`] returns it as given up.
    pub fn lock<P: Commits>(
        &mut self,
        cx: &mut Cx<P>,
        row: &Str,
        tx: u64,
        coordinator: Id,
    ) -> bool {
        let holder = self.locks.holder(row);
        if holder.is_some_and(|claim| claim.owner.tx() == Some(tx)) {
            return true;
        }
        let claim = self.locks.claim(row, Owner::Tx(tx, coordinator));
        self.ask(cx, claim)
    }

    /// A transaction has ended here: its locks are free and it waits for none. Answers the
    /// transactions that were granted a lock by this.
    pub fn release<P: Commits>(&mut self, cx: &mut Cx<P>, tx: u64) -> Vec<u64> {
        self.give_up(cx, tx);
        let is_own = |claim: &&Claim| claim.owner.tx() == Some(tx);
        let own: Vec<Claim> = self.locks.held().filter(is_own).cloned().collect();
        if let Some(claim) = own.first() {
            cx.rule(&rules::LOCK_RELEASE, [&claim.owner.id(), &tx]);
        }
        own.iter().flat_map(|claim| self.pass_on(cx, &claim.row)).collect()
    }

    /// A client's own transaction: `update`, `read` or `read_for_update`. Nothing happens when it
    /// asks for something else. Answers the transactions that were granted a lock by this.
    pub fn request<P: Commits>(&mut self, cx: &mut Cx<P>, request: &Request) -> Vec<u64> {
        let row = &request.op.key;
        let writes = match request.op.verb {
            verb if verb == ops::READ.verb => {
                cx.rule(&rules::ROW_READ, [&request.ticket.client]);
                cx.reply(request.ticket, Reply::Ok(self.rows.value(row)));
                return Vec::new();
            }
            verb if verb == ops::UPDATE.verb => Some(request.op.arg(0)),
            verb if verb == ops::READ_FOR_UPDATE.verb => None,
            _ => return Vec::new(),
        };
        let claim = self.locks.claim(row, Owner::Local(request.ticket, writes));
        if self.ask(cx, claim) { self.work(cx, row) } else { Vec::new() }
    }

    /// A claim has waited long enough. Answers the transaction that gives up, where it is one of
    /// many resource managers; a client is told here.
    pub fn lock_timeout<P: Commits>(&mut self, cx: &mut Cx<P>, number: u32) -> Option<u64> {
        let place = self.locks.queue.iter().position(|claim| claim.number == number)?;
        let claim = self.locks.queue.remove(place);
        cx.rule(&rules::LOCK_TIMEOUT, [&claim.owner.id(), &cx.knobs.span(knobs::LOCK_WAIT)]);
        if let Owner::Local(ticket, _) = claim.owner {
            cx.reply(ticket, Reply::Fail("lock-timeout"));
        }
        claim.owner.tx()
    }

    /// A local transaction is done: it commits. Answers the transactions that were granted a lock
    /// by this.
    pub fn hold_over<P: Commits>(&mut self, cx: &mut Cx<P>, number: u32) -> Vec<u64> {
        let claim = self.locks.held().find(|claim| claim.number == number).cloned();
        let Some(Claim { row, owner: Owner::Local(ticket, writes), .. }) = claim else {
            return Vec::new();
        };
        self.commit(cx, &row, ticket, writes);
        self.pass_on(cx, &row)
    }

    /// Grants the lock, or puts the claim at the end of the queue.
    fn ask<P: Commits>(&mut self, cx: &mut Cx<P>, claim: Claim) -> bool {
        let owner = claim.owner.id();
        if let Some(holder) = self.locks.holder(&claim.row) {
            let tx = holder.owner.tx().unwrap_or(0);
            cx.rule(&rules::LOCK_WAIT, [&owner, &holder.owner.id(), &tx]);
            let patience = cx.knobs.span(knobs::LOCK_WAIT);
            cx.arm(P::lock_wait(claim.number), (patience, patience));
            self.locks.queue.push(claim);
            return false;
        }
        cx.rule(&rules::LOCK_GRANT, [&owner, &claim.owner.tx().unwrap_or(0)]);
        self.locks.held.insert(claim.row.clone(), claim);
        true
    }

    /// The lock of a row is free: it goes to who has waited the longest. Local transactions that
    /// hold nothing for any time are done at once, so several may have their turn.
    fn pass_on<P: Commits>(&mut self, cx: &mut Cx<P>, row: &Str) -> Vec<u64> {
        self.locks.held.remove(row);
        let Some(place) = self.locks.queue.iter().position(|claim| claim.row == *row) else {
            return Vec::new();
        };
        let claim = self.locks.queue.remove(place);
        cx.disarm(P::lock_wait(claim.number));
        let tx = claim.owner.tx();
        self.ask(cx, claim);
        tx.map_or_else(|| self.work(cx, row), |tx| alloc::vec![tx])
    }

    /// The local transaction that has just been granted the lock of a row works under it.
    fn work<P: Commits>(&mut self, cx: &mut Cx<P>, row: &Str) -> Vec<u64> {
        let hold = cx.knobs.span(knobs::HOLD);
        let number = self.locks.holder(row).map_or(0, |claim| claim.number);
        if hold > Span::ZERO {
            cx.arm(P::hold(number), (hold, hold));
            return Vec::new();
        }
        self.hold_over(cx, number)
    }

    fn commit<P: Commits>(
        &mut self,
        cx: &mut Cx<P>,
        row: &Str,
        ticket: Ticket,
        writes: Option<Value>,
    ) {
        cx.rule(&rules::ROW_COMMIT, [&ticket.client]);
        let answer = match writes {
            Some(value) => {
                self.rows.write(row, value);
                Value::Nil
            }
            None => self.rows.value(row),
        };
        cx.reply(ticket, Reply::Ok(answer));
    }

    /// A transaction waits no longer for any lock.
    fn give_up<P: Commits>(&mut self, cx: &mut Cx<P>, tx: u64) {
        let gone = self.locks.queue.iter().filter(|claim| claim.owner.tx() == Some(tx));
        gone.for_each(|claim| cx.disarm(P::lock_wait(claim.number)));
        self.locks.queue.retain(|claim| claim.owner.tx() != Some(tx));
    }
}
