//! The verdict tokens of `tokens.md`, measured: one function a token, one line in the table.

mod chosen;
mod clients;
mod consistency;
mod copies;
pub(crate) mod cost;
mod entries;
mod general;
mod leadership;
mod locks;
mod marks;
mod measure;
mod scene;
pub(crate) mod transactions;
mod window;

use alloc::string::String;

pub use self::measure::{Measured, Verdict, judge};
pub use self::scene::Scene;

use super::evidence::Evidence;
use super::view::View;
use crate::base::Time;
use crate::scenario::ast::{Aggregate, Arg, Moment, Token};

/// How a token reads a moment (`tokens.md` part 5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// What is so at an instant; in an interval, all the while.
    State,
    /// What happened, and operations.
    Count,
    /// A check that sees the run from its beginning.
    Whole,
}

type Measure = fn(&Scene, &[Arg]) -> Measured;

/// Every token that is measured.
static TABLE: &[(&str, Kind, Measure)] = &[
    ("lin", Kind::Whole, consistency::lin),
    ("seqc", Kind::Whole, consistency::seqc),
    ("regular", Kind::Whole, consistency::regular),
    ("causal", Kind::Whole, consistency::causal),
    ("ryw", Kind::Whole, consistency::ryw),
    ("mr", Kind::Whole, consistency::mr),
    ("mw", Kind::Whole, consistency::mw),
    ("wfr", Kind::Whole, consistency::wfr),
    ("cap", Kind::Whole, consistency::cap),
    ("ack", Kind::Count, clients::ack),
    ("fail", Kind::Count, clients::fail),
    ("unknown", Kind::Count, clients::unknown),
    ("timeout", Kind::Count, clients::timeout),
    ("pending", Kind::Count, clients::pending),
    ("acks", Kind::Count, clients::acks),
    ("fails", Kind::Count, clients::fails),
    ("unknowns", Kind::Count, clients::unknowns),
    ("uptime", Kind::Count, clients::uptime),
    ("latency", Kind::Count, clients::latency),
    ("throughput", Kind::Count, clients::throughput),
    ("avail", Kind::Count, clients::avail),
    ("load", Kind::Count, clients::load),
    ("degraded", Kind::Count, marks::degraded),
    ("effect", Kind::State, clients::effect),
    ("rtt", Kind::Count, cost::rtt),
    ("msgs", Kind::Count, cost::msgs),
    ("sent", Kind::Count, cost::sent),
    ("zxid", Kind::State, chosen::zxid),
    ("leader", Kind::State, leadership::leader),
    ("term", Kind::State, leadership::term),
    ("epoch", Kind::State, leadership::term),
    ("elections", Kind::Count, leadership::elections),
    ("leaders_per_term", Kind::Count, leadership::leaders_per_term),
    ("noleader", Kind::Count, leadership::noleader),
    ("livelock", Kind::Count, leadership::livelock),
    ("state", Kind::State, leadership::state),
    ("seen", Kind::Count, leadership::seen),
    ("committed", Kind::State, entries::committed),
    ("uncommitted", Kind::State, entries::uncommitted),
    ("absent", Kind::State, entries::absent),
    ("overwritten", Kind::Count, entries::overwritten),
    ("lostack", Kind::State, entries::lostack),
    ("agree", Kind::Whole, entries::agree),
    ("valid", Kind::Whole, chosen::valid),
    ("decided", Kind::Count, chosen::decided),
    ("decides", Kind::Count, chosen::decides),
    ("value", Kind::State, copies::value),
    ("conv", Kind::State, copies::conv),
    ("stale", Kind::Count, copies::stale),
    ("window", Kind::Count, window::window),
    ("lock", Kind::State, locks::lock),
    ("mutex", Kind::Count, locks::mutex),
    ("resource", Kind::State, locks::resource),
    ("fence", Kind::State, locks::fence),
    ("ac1", Kind::Whole, transactions::ac1),
    ("ac2", Kind::Whole, transactions::ac2),
    ("ac3", Kind::Whole, transactions::ac3),
    ("ac4", Kind::Whole, transactions::ac4),
    ("ac5", Kind::Whole, transactions::ac5),
    ("outcome", Kind::State, transactions::outcome),
    ("blocked", Kind::State, transactions::blocked),
    ("locked", Kind::Count, transactions::locked),
    ("heuristic", Kind::Count, marks::heuristic),
    ("conserve", Kind::State, marks::conserve),
    ("oversold", Kind::State, marks::oversold),
    ("dup", Kind::State, marks::dup),
    ("lost", Kind::State, marks::lost),
    ("notify", Kind::Count, cost::notify),
    ("registry", Kind::State, marks::registry),
    ("znode", Kind::State, marks::znode),
    ("selfpres", Kind::State, marks::selfpres),
    ("order", Kind::Whole, chosen::order),
    ("property", Kind::Whole, general::property),
    ("fired", Kind::Count, general::fired),
    ("detected", Kind::Count, general::detected),
    ("mark", Kind::State, general::mark),
    ("members", Kind::State, general::members),
    ("idle", Kind::Count, general::idle),
    ("card", Kind::State, general::card),
];

/// Whether this build measures the token.
pub fn is_measured(name: &str) -> bool {
    TABLE.iter().any(|(known, ..)| *known == name)
}

/// What a token measures at a moment, and whether it is what the token says.
pub fn evaluate(evidence: &Evidence, token: &Token, moment: Moment) -> Verdict {
    let Some(&(_, kind, measure)) = TABLE.iter().find(|(name, ..)| *name == token.name) else {
        let why = alloc::format!("{} is not measured yet", token.name);
        return Verdict::NotDecided { measured: String::new(), why };
    };
    // The statistics over seeds are taken elsewhere; what is measured here is one run.
    let args: alloc::vec::Vec<Arg> =
        token.args.iter().filter(|arg| !is_share(arg)).cloned().collect();
    let ask = |scene: &Scene| judge(&measure(scene, &args), &args);
    let kind = match (token.name, args.as_slice()) {
        ("committed" | "uncommitted", [_]) => Kind::Count,
        ("stale", [Arg::Node(_), ..]) => Kind::State,
        _ => kind,
    };
    match moment {
        Moment::End => ask(&Scene::at(evidence, Time::NEVER)),
        Moment::At(at) => ask(&Scene::at(evidence, at)),
        Moment::Before(at) => ask(&Scene::before(evidence, at)),
        Moment::Within(from, to) if kind == Kind::State => all_the_while(evidence, from, to, &ask),
        Moment::Within(from, to) => ask(&Scene::within(evidence, from, to)),
        Moment::By(at) => sooner_or_later(evidence, at, &ask),
    }
}

fn is_share(arg: &Arg) -> bool {
    matches!(arg, Arg::Aggregate(Aggregate::Percent, ..))
}

/// What a token measures where a scene ends, and whether it is what the token says.
pub fn ask(scene: &Scene, token: &Token) -> Verdict {
    match TABLE.iter().find(|(name, ..)| *name == token.name) {
        Some((.., measure)) => judge(&measure(scene, &token.args), &token.args),
        None => Verdict::NotDecided { measured: String::new(), why: String::new() },
    }
}

/// What is measured of one run, for a statistic over many; `None` when it is no count.
pub fn count(evidence: &Evidence, token: &Token, moment: Moment) -> Option<u64> {
    let &(_, _, measure) = TABLE.iter().find(|(name, ..)| *name == token.name)?;
    let scene = match moment {
        Moment::End => Scene::at(evidence, Time::NEVER),
        Moment::At(at) | Moment::By(at) => Scene::at(evidence, at),
        Moment::Before(at) => Scene::before(evidence, at),
        Moment::Within(from, to) => Scene::within(evidence, from, to),
    };
    match measure(&scene, &token.args) {
        Measured::Count(n, _) => Some(n),
        _ => None,
    }
}

/// Whether a state is so from `from` on and after every event up to `to`; otherwise what was
/// measured when it was not.
fn all_the_while(
    evidence: &Evidence,
    from: Time,
    to: Time,
    ask: &dyn Fn(&Scene) -> Verdict,
) -> Verdict {
    let mut scene = Scene::at(evidence, from);
    let mut verdict = ask(&scene).at(from);
    let last = evidence.trace.events_until(to) as u32;
    while verdict.holds() && scene.events < last {
        if scene.step() {
            verdict = ask(&scene).at(scene.at);
        }
    }
    verdict
}

/// Whether something is so after some event up to `at`; otherwise what is measured then.
fn sooner_or_later(evidence: &Evidence, at: Time, ask: &dyn Fn(&Scene) -> Verdict) -> Verdict {
    let verdict = ask(&Scene::at(evidence, at));
    if verdict.holds() {
        return verdict;
    }
    let last = evidence.trace.events_until(at) as u32;
    let mut scene = Scene::of(evidence, View::new(evidence), 0, Time::ZERO);
    while scene.events < last {
        if scene.step() {
            let sooner = ask(&scene);
            if sooner.holds() {
                return sooner.at(scene.at);
            }
        }
    }
    verdict
}
