//! What participants do when the coordinator is silent: one of them is elected, collects the states
//! of the others and decides for all. Skeen's rule takes whoever does not answer for dead; E3PC
//! decides only with a quorum.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Map};

use super::knobs::{self, Rules};
use super::message::{Body, Report};
use super::state::{Backup, State};
use super::{Cx, Node, Timer, participant, rules};

/// This participant elects itself, and asks everybody for their states.
pub fn start(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(mine) = node.disk.txs.get_mut(&tx) else { return };
    mine.elected += 1;
    let elected = mine.elected;
    cx.rule(&rules::ELECT, [&tx, &elected]);
    let mut reports = Map::default();
    reports.insert(cx.me, mine.report());
    node.memory.backups.insert(tx, Backup { elected, reports, prepared: None });
    for other in others(cx) {
        cx.say(other, tx, Body::StateReq { elected });
    }
    cx.arm(Timer::Collect(tx as u32), knobs::exactly(cx.knobs, knobs::COLLECT));
}

/// Another participant has elected itself.
pub fn on_election(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) {
    let rules = Rules::of(cx.knobs);
    if rules == Rules::Skeen && node.memory.recovering.contains(&tx) {
        return cx.rule(&rules::DENY_RECOVERING, [&from]);
    }
    let Some(mine) = node.disk.txs.get_mut(&tx) else { return };
    let own = node.memory.backups.get(&tx);
    // Of two that elected themselves at a time, the first in order goes on. In E3PC a number may
    // serve one coordinator only, so whoever has used it keeps it.
    let yields = own.is_some_and(|own| {
        let is_unused = own.elected == elected && own.prepared.is_none();
        from < cx.me && (rules == Rules::Skeen || is_unused)
    });
    let takes_part = match rules {
        Rules::E3pc => elected > mine.elected || yields,
        _ => own.is_none() || yields,
    };
    if !takes_part {
        cx.rule(&rules::DENY_ELECTED, [&from, &elected, &mine.elected]);
        // Whoever is outbid learns by how much.
        if mine.elected > elected {
            cx.say(from, tx, Body::StateResp(mine.report()));
        }
        return;
    }
    mine.elected = mine.elected.max(elected);
    if node.memory.backups.remove(&tx).is_some() {
        cx.disarm(Timer::Collect(tx as u32));
    }
    cx.rule(&rules::STATE_TELL, [&from, &elected]);
    cx.say(from, tx, Body::StateResp(Report { elected, ..mine.report() }));
    // Should the elected one die too, this one is next.
    participant::arm_silence(cx, tx, mine.state);
}

/// A state has come.
pub fn on_report(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, report: Report) {
    let Some(backup) = node.memory.backups.get_mut(&tx) else {
        return cx.rule(&rules::LATE, [&from]);
    };
    if backup.prepared.is_some() {
        return cx.rule(&rules::LATE, [&from]);
    }
    if report.elected > backup.elected {
        cx.rule(&rules::OUTBID, [&from, &report.elected]);
        if let Some(mine) = node.disk.txs.get_mut(&tx) {
            mine.elected = mine.elected.max(report.elected);
        }
        return stand_down(cx, node, tx);
    }
    if report.elected < backup.elected {
        return cx.rule(&rules::LATE, [&from]);
    }
    backup.reports.insert(from, report);
    let (n_heard, n_rms) = (backup.reports.len() as u64, cx.knobs.count(knobs::RMS));
    cx.rule(&rules::STATE_COUNT, [&from, &n_heard, &n_rms]);
    if n_heard == n_rms {
        choose(cx, node, tx);
    }
}

/// A participant is prepared.
pub fn on_ack(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) {
    let backup = node.memory.backups.get_mut(&tx).filter(|backup| backup.elected == elected);
    let Some((reports, prepared)) =
        backup.and_then(|b| b.prepared.as_mut().map(|p| (&b.reports, p)))
    else {
        return cx.rule(&rules::LATE, [&from]);
    };
    prepared.insert(from);
    let n_prepared = prepared.len() as u64;
    let needed = match Rules::of(cx.knobs) {
        Rules::E3pc => knobs::quorum(cx.knobs),
        _ => reports.len() as u64,
    };
    cx.rule(&rules::PREPARED_COUNT, [&from, &n_prepared, &needed]);
    if n_prepared == needed {
        conclude(cx, node, tx);
    }
}

/// Nobody else will answer in time.
pub fn collect_over(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(backup) = node.memory.backups.get(&tx) else { return };
    match &backup.prepared {
        None => choose(cx, node, tx),
        // Whoever was there a moment ago and is silent now is dead, says Skeen.
        Some(_) if Rules::of(cx.knobs) == Rules::Skeen => conclude(cx, node, tx),
        Some(prepared) => {
            cx.rule(&rules::BLOCK, [&(prepared.len() as u64), &knobs::quorum(cx.knobs)]);
            stand_down(cx, node, tx);
        }
    }
}

/// Decides by the states that were collected.
fn choose(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(backup) = node.memory.backups.get(&tx) else { return };
    let n_heard = backup.reports.len() as u64;
    match Rules::of(cx.knobs) {
        Rules::E3pc if n_heard < knobs::quorum(cx.knobs) => {
            cx.rule(&rules::BLOCK, [&n_heard, &knobs::quorum(cx.knobs)]);
            stand_down(cx, node, tx);
        }
        Rules::E3pc => {
            let (attempt, is_commit) = max_attempt(&backup.reports);
            let (rule, state) = if is_commit {
                (&rules::CHOOSE_COMMIT, State::Precommit)
            } else {
                (&rules::CHOOSE_ABORT, State::Preabort)
            };
            cx.rule(rule, [&n_heard, &attempt]);
            prepare(cx, node, tx, state);
        }
        _ if backup.reports.values().any(|report| report.state == State::Precommit) => {
            cx.rule(&rules::TERMINATE_COMMIT, [&n_heard]);
            prepare(cx, node, tx, State::Precommit);
        }
        _ => {
            cx.rule(&rules::TERMINATE_ABORT, [&n_heard]);
            decide(cx, node, tx, State::Abort);
        }
    }
}

/// The latest attempt that anybody has seen, and whether it was one to commit
/// (`Is_Max_Attempt_Committable`). Nobody was ever prepared for attempt 0.
fn max_attempt(reports: &Map<Id, Report>) -> (u64, bool) {
    let latest = reports.values().max_by_key(|report| report.attempt);
    latest.map_or((0, false), |report| (report.attempt, report.state == State::Precommit))
}

/// Brings whoever has answered into the state before the decision.
fn prepare(cx: &mut Cx, node: &mut Node, tx: u64, state: State) {
    let (Some(backup), Some(mine)) = (node.memory.backups.get_mut(&tx), node.disk.txs.get_mut(&tx))
    else {
        return;
    };
    let elected = backup.elected;
    (mine.state, mine.attempt) = (state, elected);
    let present: Vec<Id> = backup.reports.keys().copied().filter(|id| *id != cx.me).collect();
    let mut prepared = IdSet::new();
    prepared.insert(cx.me);
    backup.prepared = Some(prepared);
    if present.is_empty() {
        return conclude(cx, node, tx);
    }
    for other in present {
        let body = match state {
            State::Preabort => Body::PreAbort { elected },
            _ => Body::PreCommit { elected },
        };
        cx.say(other, tx, body);
    }
    cx.arm(Timer::Collect(tx as u32), knobs::exactly(cx.knobs, knobs::COLLECT));
}

/// Whoever must be prepared is: this is the decision.
fn conclude(cx: &mut Cx, node: &mut Node, tx: u64) {
    let state = node.disk.txs.get(&tx).map(|mine| mine.state);
    let decision = if state == Some(State::Preabort) { State::Abort } else { State::Commit };
    cx.rule(&rules::CONCLUDE, [&tx, &(decision == State::Commit)]);
    decide(cx, node, tx, decision);
}

/// Decides for all: this participant does as it says, and tells everybody.
pub fn decide(cx: &mut Cx, node: &mut Node, tx: u64, state: State) {
    participant::finish(cx, node, tx, state);
    let body = if state == State::Commit { Body::DoCommit } else { Body::Abort };
    for other in others(cx) {
        cx.say(other, tx, body.clone());
    }
}

/// Gives up this election. Another one follows.
fn stand_down(cx: &mut Cx, node: &mut Node, tx: u64) {
    node.memory.backups.remove(&tx);
    cx.disarm(Timer::Collect(tx as u32));
    if let Some(mine) = node.disk.txs.get(&tx) {
        participant::arm_silence(cx, tx, mine.state);
    }
}

/// Everybody else, the coordinator too: it may have decided.
fn others(cx: &Cx) -> impl Iterator<Item = Id> + use<> {
    let me = cx.me;
    [knobs::TM].into_iter().chain(knobs::rms(cx.knobs)).filter(move |id| *id != me)
}
