//! Properties as an exhaustive search watches them: after every step, by what nodes report, by what
//! clients were answered, and by what is remembered of both. What is found here is a suspicion; the
//! ordinary kernel and the verdict tokens decide.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::scope::Scope;
use super::state::State;
use crate::base::{Id, Str, Value, hash_of, sort};
use crate::check::levels::{self, Guarantee};
use crate::explore::property::Wanted;
use crate::explore::refusal::Refusal;
use crate::facts::{Fact, Facts};
use crate::kernel::Cast;
use crate::op::Access;
use crate::protocol::When;
use crate::scenario::ast::{Arg, Token};

/// What is watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Watch {
    /// Nothing: states are counted.
    Nothing,
    /// The property of the system at this place.
    Property(usize),
    /// No two know different things to be decided.
    Agree,
    /// No two believe to hold the same.
    Exclusive,
    /// No acknowledged write is lost.
    Kept,
    /// One copy could have answered so.
    Linearizable,
    /// The sessions (of this client) had this guarantee.
    Session(Guarantee, Option<Id>),
    /// Who saw something saw what came before it.
    Causal,
}

/// What a property remembers.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Memo {
    /// What was decided where, as hashes, in order.
    decided: Vec<(u64, u64)>,
    /// Who believes to hold what.
    believes: Vec<(Id, Str)>,
}

impl Watch {
    /// How something wanted is watched.
    pub fn of(wanted: &Wanted, cast: &Cast) -> Result<Watch, Refusal> {
        match wanted {
            Wanted::Breaks(property) => match property.id {
                "agree" => Ok(Watch::Agree),
                "exclusive" => Ok(Watch::Exclusive),
                "kept" => Ok(Watch::Kept),
                "linearizable" => Ok(Watch::Linearizable),
                id => Err(Refusal::NeedsTime(id)),
            },
            Wanted::Fails(tokens) => match &tokens[..] {
                [] => Ok(Watch::Nothing),
                [token] => Watch::of_token(token, cast),
                _ => Err(Refusal::NeedsTime("tokens")),
            },
            Wanted::Reaches(_) => Err(Refusal::NeedsTime("reach")),
        }
    }

    fn of_token(token: &Token, cast: &Cast) -> Result<Watch, Refusal> {
        match (token.name, &token.args[..]) {
            ("agree" | "ac1", _) => Ok(Watch::Agree),
            ("mutex", [_]) => Ok(Watch::Exclusive),
            ("lostack", _) => Ok(Watch::Kept),
            ("lin", [_]) => Ok(Watch::Linearizable),
            ("causal", [_]) => Ok(Watch::Causal),
            (name @ ("ryw" | "mr" | "mw" | "wfr"), args) => {
                let client = args.iter().find_map(|arg| match arg {
                    Arg::Node(client) => Some(*client),
                    _ => None,
                });
                Ok(Watch::Session(guarantee(name), client))
            }
            ("property", [Arg::Word(id), ..]) => {
                let properties = (cast.entry.properties)();
                let always = |property: &crate::machine::PropertyName| {
                    *property.id == **id && property.when == When::Always
                };
                let place = properties.iter().position(always);
                place.map(Watch::Property).ok_or(Refusal::NeedsTime(token.name))
            }
            _ => Err(Refusal::NeedsTime(token.name)),
        }
    }

    /// Whether it looks at calls and ends.
    pub fn reads_past(self) -> bool {
        use Watch::{Causal, Kept, Linearizable, Session};
        matches!(self, Kept | Linearizable | Session(..) | Causal)
    }

    /// Whether it looks at what the system's own properties remember.
    pub fn reads_ghost(self) -> bool {
        matches!(self, Watch::Property(_))
    }

    /// Whether it wants to know how logs change.
    pub fn reads_entries(self) -> bool {
        self == Watch::Agree
    }

    /// Takes in what a step of `me` changed; whether the property is broken by it.
    pub fn stepped(
        self,
        scope: &Scope,
        state: &mut State,
        me: Id,
        (entries, facts): (&[(bool, Fact)], &mut Facts),
    ) -> bool {
        match self {
            Watch::Nothing | Watch::Property(_) => false,
            Watch::Linearizable | Watch::Session(..) | Watch::Causal => false,
            Watch::Agree => {
                facts.clear();
                state.machine.facts(me, facts);
                let news = entries.iter().filter(|(holds, _)| *holds).map(|(_, fact)| fact);
                let news: Vec<_> = news.chain(facts.facts()).filter_map(decided).collect();
                !news.iter().all(|&(place, what)| agree(state, place, what))
            }
            Watch::Exclusive => {
                facts.clear();
                state.machine.facts(me, facts);
                exclusive(state, me, facts)
            }
            Watch::Kept => lost(scope, state, facts),
        }
    }

    /// Whether a new state breaks the property by itself.
    pub fn is_broken_in(self, state: &State) -> bool {
        let Watch::Property(place) = self else { return false };
        let mut broken = Vec::new();
        state.machine.broken(&mut broken);
        broken.contains(&place)
    }

    /// Takes in that an operation ended; whether the property is broken by it.
    pub fn ended(self, scope: &Scope, state: &State) -> bool {
        match self {
            Watch::Linearizable => !state.past.is_linearizable(scope),
            Watch::Session(guarantee, client) => {
                !state.past.keeps(scope, |system, history, events| {
                    levels::session(system, history, events, guarantee, client)
                })
            }
            Watch::Causal => !state.past.keeps(scope, levels::causal),
            Watch::Kept => lost(scope, state, &mut Facts::default()),
            _ => false,
        }
    }

    /// `id` has crashed.
    pub fn crashed(self, state: &mut State, id: Id) {
        if self == Watch::Exclusive && state.memo.believes.iter().any(|b| b.0 == id) {
            Rc::make_mut(&mut state.memo).believes.retain(|belief| belief.0 != id);
        }
    }
}

fn guarantee(name: &str) -> Guarantee {
    match name {
        "ryw" => Guarantee::ReadYourWrites,
        "mr" => Guarantee::MonotonicReads,
        "mw" => Guarantee::MonotonicWrites,
        _ => Guarantee::WritesFollowReads,
    }
}

/// Where and what a fact says to be decided.
fn decided(fact: &Fact) -> Option<(u64, u64)> {
    match fact {
        Fact::Entry { log, index, epoch, value, committed: true } => {
            Some((hash_of(1, &(log, index)), hash_of(1, &(epoch, value))))
        }
        Fact::Decision { tx, state: state @ ("commit" | "abort") } => {
            Some((hash_of(2, tx), hash_of(2, state)))
        }
        _ => None,
    }
}

/// Takes down that `what` is decided at `place`; whether that agrees with what was.
fn agree(state: &mut State, place: u64, what: u64) -> bool {
    match state.memo.decided.iter().find(|known| known.0 == place) {
        Some(known) => known.1 == what,
        None => {
            let decided = &mut Rc::make_mut(&mut state.memo).decided;
            decided.push((place, what));
            sort(decided);
            true
        }
    }
}

/// Takes down what `me` believes; whether somebody else believes the same.
fn exclusive(state: &mut State, me: Id, facts: &Facts) -> bool {
    let beliefs = facts.facts().iter().filter_map(|fact| match fact {
        Fact::Believes { resource, .. } => Some((me, resource.clone())),
        _ => None,
    });
    let mut believes: Vec<_> =
        state.memo.believes.iter().filter(|belief| belief.0 != me).cloned().collect();
    believes.extend(beliefs);
    sort(&mut believes);
    let twice = |(id, resource): &(Id, Str)| {
        believes.iter().any(|other| other.0 != *id && other.1 == *resource)
    };
    let broken = believes.iter().any(twice);
    if state.memo.believes != believes {
        Rc::make_mut(&mut state.memo).believes = believes;
    }
    broken
}

/// Whether an acknowledged write is lost, while everybody is up.
fn lost(scope: &Scope, state: &State, facts: &mut Facts) -> bool {
    let writes = state.past.ended_well().filter(|op| is_write(scope, *op));
    let writes: Vec<u8> = writes.collect();
    if writes.is_empty() || state.down != 0 {
        return false;
    }
    let mut leader: Option<(u64, Id)> = None;
    let mut newest: Vec<(Str, Value, u64)> = Vec::new();
    let mut has_logs = false;
    for index in 0..scope.cast.n_roles() {
        let id = Id::at(index);
        facts.clear();
        state.machine.facts(id, facts);
        has_logs |= !facts.logs().is_empty();
        for fact in facts.facts() {
            match fact {
                Fact::Role { name: "leader", epoch } if leader.is_none_or(|l| *epoch > l.0) => {
                    leader = Some((*epoch, id));
                }
                Fact::Copy { key, value, version } => {
                    newer(&mut newest, key, value, *version);
                }
                _ => {}
            }
        }
    }
    let written = |op: u8| scope.asks[usize::from(op)].op.args.last().cloned().unwrap_or_default();
    if has_logs {
        let Some((_, leader)) = leader else { return false };
        return writes.iter().any(|op| !holds(state, leader, &written(*op), facts));
    }
    writes.iter().any(|&op| {
        let key = &scope.asks[usize::from(op)].op.key;
        let Some((_, value, _)) = newest.iter().find(|copy| copy.0 == *key) else { return true };
        let by = (0..scope.asks.len() as u8).find(|by| written(*by) == *value);
        by.is_some_and(|by| by != op && state.past.is_before(by, op))
    })
}

fn is_write(scope: &Scope, op: u8) -> bool {
    let verb = scope.asks[usize::from(op)].op.verb;
    let spec = scope.cast.entry.ops.iter().find(|spec| spec.verb == verb);
    spec.is_some_and(|spec| {
        spec.model.is_some() && matches!(spec.access, Access::Write | Access::Both)
    })
}

fn newer(newest: &mut Vec<(Str, Value, u64)>, key: &Str, value: &Value, version: u64) {
    match newest.iter_mut().find(|copy| copy.0 == *key) {
        Some(copy) if copy.2 > version => {}
        Some(copy) => *copy = (key.clone(), value.clone(), version),
        None => newest.push((key.clone(), value.clone(), version)),
    }
}

/// Whether a log of `id` holds the value, or has compacted what it could be.
fn holds(state: &State, id: Id, value: &Value, facts: &mut Facts) -> bool {
    facts.clear();
    state.machine.facts(id, facts);
    facts.logs().iter().any(|log| {
        log.first > 1
            || (log.first..=log.last).any(|index| {
                matches!(state.machine.entry(id, log.log, index),
                    Some(Fact::Entry { value: held, .. }) if held == *value)
            })
    })
}
