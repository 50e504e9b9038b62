//! What a run must be for its end to be judged: clients that ask one thing at a time, and, where an
//! answer is owed, a calm in which a majority is up and connected.

use alloc::vec::Vec;

use super::property::PATIENCE;
use crate::base::{Id, Str, Time};
use crate::check::evidence::Evidence;
use crate::check::phases::Phases;
use crate::check::tokens::evaluate;
use crate::history::OpRecord;
use crate::kernel::Phase;
use crate::kernel::action::Action;
use crate::op::Outcome;
use crate::protocol::Part;
use crate::run::Run;
use crate::run::trace::{NOBODY, What};
use crate::scenario::ast::{Arg, Moment, Token};

/// The operations that are asked once the faults have ended carry a label that begins so.
pub const CALM: &str = "calm";

/// Whether a client that keeps nothing asked for something while it waited for something else. Such
/// clients break the promises that systems give to sessions, and show nothing.
pub fn is_careless(run: &Run) -> bool {
    let cast = run.head().cast();
    let mut busy: Vec<(Id, u32)> = Vec::new();
    for (_, record) in run.trace().history.iter().filter(|(_, r)| !cast.is_role(r.client)) {
        let until = record.end.as_ref().map_or(NOBODY, |end| end.event);
        if busy.iter().any(|&(client, end)| client == record.client && record.call < end) {
            return true;
        }
        busy.push((record.client, until));
    }
    false
}

/// The last operation of the calm, when none of them was answered though each could have been: the
/// faults were over before, and a majority was connected for long enough.
pub fn unanswered(evidence: &Evidence) -> Option<Vec<Token>> {
    let of_calm = |label: &Option<Str>| label.as_deref().is_some_and(|l| l.starts_with(CALM));
    let history = evidence.trace.history.iter().map(|(_, record)| record);
    let asked: Vec<&OpRecord> = history.filter(|record| of_calm(&record.label)).collect();
    let answered = |record: &&OpRecord| {
        record.end.as_ref().is_some_and(|end| !matches!(end.outcome, Outcome::Unknown))
    };
    if asked.iter().any(answered) {
        return None;
    }
    let disturbed = last_disturbance(evidence);
    let owed = |record: &&&OpRecord| {
        record.called >= disturbed
            && evidence.end.since(record.called) >= PATIENCE
            && majority_is_connected(evidence, record.client)
    };
    let label = asked.iter().rev().find(owed)?.label.clone()?;
    let told = ["unknown", "pending"];
    let told = told.map(|name| Token { name, args: [Arg::Op(label.clone())].into() });
    let holds = |token: &Token| evaluate(evidence, token, Moment::End).holds();
    told.into_iter().find(holds).map(|token| Vec::from([token]))
}

/// Whether all that serve run at the end.
pub fn all_are_up(evidence: &Evidence) -> bool {
    let phases = phases_at_end(evidence);
    servers(evidence).all(|id| phases.of(id) == Phase::Up)
}

/// Whether all run and are connected at the end, and nothing has failed, was repaired or asked for
/// [`PATIENCE`].
pub fn is_quiet(evidence: &Evidence) -> bool {
    let asked = evidence.trace.history.iter().map(|(_, record)| record.called).max();
    let last = last_disturbance(evidence).max(asked.unwrap_or_default());
    let whole = evidence.trace.cuts.last().is_none_or(|cut| cut.links.is_empty());
    whole && all_are_up(evidence) && evidence.end.since(last) >= PATIENCE
}

/// Who serves.
fn servers<'a>(evidence: &'a Evidence) -> impl Iterator<Item = Id> + 'a {
    let roles = evidence.cast.setup.roles.iter().enumerate();
    let serves = |part| matches!(part, Part::Peer | Part::Service);
    let servers = roles.filter(move |(_, role)| serves(role.part) && !role.spare);
    servers.map(|(place, _)| Id::at(place))
}

fn phases_at_end(evidence: &Evidence) -> Phases {
    let mut phases = Phases::new(&evidence.cast);
    while phases.advance(&evidence.trace.phases, NOBODY).is_some() {}
    phases
}

/// When a line last did something other than to ask.
fn last_disturbance(evidence: &Evidence) -> Time {
    let disturbs = |line: u32| {
        let line = evidence.lines.get(line as usize);
        line.is_some_and(|line| !matches!(line.action, Action::Ask(_)))
    };
    let events = evidence.trace.events.iter();
    let disturbances = events.filter_map(|event| match event.what {
        What::Act { line, idle: None } if disturbs(line) => Some(event.at),
        What::Resume => Some(event.at),
        _ => None,
    });
    disturbances.max().unwrap_or_default()
}

/// Whether, at the end, `client` and most of those that serve (all, where they are not equals) run
/// and reach each other.
fn majority_is_connected(evidence: &Evidence, client: Id) -> bool {
    let servers: Vec<Id> = servers(evidence).collect();
    let equals = servers.iter().all(|id| evidence.part(*id) == Part::Peer);
    let needed = if equals { servers.len() / 2 + 1 } else { servers.len() };
    let phases = phases_at_end(evidence);
    let cut: &[(Id, Id)] = evidence.trace.cuts.last().map_or(&[], |cut| &cut.links);
    let whole = |a: Id, b: Id| !cut.contains(&(a, b)) && !cut.contains(&(b, a));
    let up = |id: Id| phases.of(id) == Phase::Up;
    // Around some server: who reaches it and the client, and each other.
    up(client)
        && servers.iter().any(|&middle| {
            let near = |id: &Id| up(*id) && whole(*id, middle) && whole(*id, client);
            let core: Vec<Id> = servers.iter().copied().filter(near).collect();
            let all_whole = core.iter().all(|&a| core.iter().all(|&b| whole(a, b)));
            core.len() >= needed && all_whole
        })
}
