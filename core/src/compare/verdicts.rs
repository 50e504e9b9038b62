//! The verdicts that a run can be judged by, kept so that any cursor is cheap.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Time;
use crate::check::evidence::Evidence;
use crate::check::lamps::{Cursor, Lamps, Light};
use crate::check::linearizable::Finding;
use crate::check::tokens::{Scene, Verdict, ask};
use crate::check::view::View;
use crate::facts::{Fact, FactChange};
use crate::kernel::Cast;
use crate::protocol::{Part, When};
use crate::run::Run;
use crate::scenario::ast::{Arg, Compare, Token};

/// How a run stands by one verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// The token (`tokens.md`); for a property of the system `property`.
    pub token: &'static str,
    /// Which property.
    pub property: Option<&'static str>,
    /// Whether it is kept.
    pub light: Light,
    /// What was measured, where it is not kept; empty for `lin`, whose fault lamp C names.
    pub why: String,
}

impl Judged {
    /// Whether it is broken.
    pub fn is_red(&self) -> bool {
        self.light == Light::Red
    }
}

/// What must have been reported for a verdict to mean something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum About {
    Entries,
    Transactions,
    Beliefs,
    Resource,
    Copies,
    Mark(&'static str),
}

/// Each verdict: what it is about, whether what broke it stays broken, and how the token says that
/// it is kept.
const TOKENS: [(&str, About, bool, Kept); 14] = [
    ("agree", About::Entries, true, Kept::Ok),
    ("ac1", About::Transactions, true, Kept::Ok),
    ("ac2", About::Transactions, true, Kept::Ok),
    ("ac3", About::Transactions, true, Kept::Ok),
    ("ac4", About::Transactions, false, Kept::Ok),
    ("ac5", About::Transactions, false, Kept::Ok),
    ("mutex", About::Beliefs, true, Kept::Ok),
    ("resource", About::Resource, false, Kept::Ok),
    ("lostack", About::Entries, false, Kept::None),
    ("lostack", About::Copies, false, Kept::None),
    ("conserve", About::Mark("total"), false, Kept::Ok),
    ("oversold", About::Mark("oversold"), false, Kept::None),
    ("dup", About::Mark("dup"), false, Kept::None),
    ("lost", About::Mark("lost"), false, Kept::None),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kept {
    /// `ok`.
    Ok,
    /// 0 of them.
    None,
}

/// The verdicts of one run.
#[derive(Clone, Debug)]
pub(super) struct Verdicts {
    /// What was reported, and the first event that did so.
    reported: Vec<(About, u32)>,
    checks: Vec<Check>,
    /// What was last answered, and for which cursor.
    last: Option<(Cursor, Vec<Judged>)>,
    /// The facts as they were when one last looked, to go on from there.
    view: Option<(u32, View)>,
}

#[derive(Clone, Debug)]
struct Check {
    token: Token,
    about: About,
    /// For what stays broken: so many events are well, and from so many on it is broken.
    stays: bool,
    fine_until: u32,
    broken: Option<(u32, String)>,
}

impl Verdicts {
    pub fn new(cast: &Cast) -> Verdicts {
        let checks = TOKENS.iter().map(|&(name, about, stays, kept)| {
            let arg = match kept {
                Kept::Ok => Arg::Word("ok".into()),
                Kept::None => Arg::Number(Compare::Equal, 0),
            };
            let token = Token { name, args: Vec::from([arg]) };
            Check { token, about, stays, fine_until: 0, broken: None }
        });
        let resource = cast.setup.roles.iter().any(|role| role.part == Part::Resource);
        let reported = resource.then_some((About::Resource, 0)).into_iter().collect();
        Verdicts { reported, checks: checks.collect(), last: None, view: None }
    }

    /// Takes in that a fact was reported.
    pub fn take(&mut self, change: &FactChange) {
        let about = match &change.fact {
            Fact::Entry { .. } => About::Entries,
            Fact::Decision { .. } => About::Transactions,
            Fact::Believes { .. } => About::Beliefs,
            Fact::Copy { .. } => About::Copies,
            Fact::Mark { name, .. } => About::Mark(name),
            _ => return,
        };
        if !self.reported.iter().any(|(known, _)| *known == about) {
            self.reported.push((about, change.event));
            self.last = None;
        }
    }

    /// The verdicts at a cursor of `run`, whose whole recording was taken in.
    pub fn at(&mut self, run: &Run, lamps: &Lamps, cursor: Cursor) -> Vec<Judged> {
        if let Some((_, known)) = self.last.as_ref().filter(|(at, _)| *at == cursor) {
            return known.clone();
        }
        let evidence = Evidence::of(run);
        let scene = |events: u32, view: View| {
            let at = events.checked_sub(1).map(|last| evidence.trace.events[last as usize].at);
            let at = if events == cursor.events { cursor.at } else { at.unwrap_or(Time::ZERO) };
            Scene::of(&evidence, view, events, at)
        };
        let any = |events: u32| scene(events, View::after(&evidence, events));
        let mut known = self.view.take().filter(|(events, _)| *events <= cursor.events);
        let mut here: Option<Scene> = None;
        let mut judged: Vec<Judged> = linearizable(lamps, cursor).into_iter().collect();
        let first = |about: About| self.reported.iter().find(|(known, _)| *known == about);
        // Where logs are reported, what is lost is said of them.
        let logs = first(About::Entries).is_some();
        for check in self.checks.iter_mut().filter(|c| !(logs && c.about == About::Copies)) {
            let Some((_, from)) = first(check.about) else { continue };
            if check.stays {
                check.look(&evidence, &any);
                judged.push(check.stands(cursor.events, *from));
            } else if *from < cursor.events {
                let here = here.get_or_insert_with(|| {
                    let known = known.take().map(|(_, view)| view);
                    let mut view = known.unwrap_or_else(|| View::new(&evidence));
                    view.advance(&evidence, cursor.events);
                    scene(cursor.events, view)
                });
                judged.push(check.judged(ask(here, &check.token)));
            }
        }
        self.view = here.map(|scene| (cursor.events, scene.view));
        judged.extend(broken_properties(&evidence, cursor.events));
        self.last = Some((cursor, judged.clone()));
        judged
    }
}

fn linearizable(lamps: &Lamps, cursor: Cursor) -> Option<Judged> {
    let consistency = lamps.consistency(cursor);
    let light = match consistency.finding {
        _ if consistency.counts.called == 0 => return None,
        Finding::Linearizable => Light::Green,
        Finding::Broken(_) => Light::Red,
        Finding::NotDecided { .. } => Light::NotDecided,
    };
    Some(Judged { token: "lin", property: None, light, why: String::new() })
}

fn broken_properties(evidence: &Evidence, events: u32) -> Vec<Judged> {
    let properties = (evidence.cast.entry.properties)();
    let broken = evidence.trace.broken.iter().filter(|(event, _)| *event < events);
    let always = broken.map(|(_, place)| properties[*place]).filter(|p| p.when == When::Always);
    let judged = always.map(|property| Judged {
        token: "property",
        property: Some(property.id),
        light: Light::Red,
        why: String::new(),
    });
    judged.collect()
}

impl Check {
    /// Finds out whether what stays broken breaks in what is recorded, and from where on.
    fn look<'a>(&mut self, evidence: &Evidence, scene: &dyn Fn(u32) -> Scene<'a>) {
        let all = evidence.trace.events.len() as u32;
        if self.broken.is_some() || self.fine_until >= all {
            return;
        }
        match self.breaks(&scene(all)) {
            None => self.fine_until = all,
            Some(why) => self.bisect(all, why, scene),
        }
    }

    /// How it stands after `events` events; there is nothing to judge before the event `from`.
    fn stands(&self, events: u32, from: u32) -> Judged {
        match &self.broken {
            Some((broken, why)) if *broken <= events => self.red(why.clone()),
            _ if from < events => self.of(Light::Green, String::new()),
            _ => self.of(Light::Dark, String::new()),
        }
    }

    /// Finds the first event with which it is broken, as it is after `events` events.
    fn bisect<'a>(&mut self, events: u32, why: String, scene: &dyn Fn(u32) -> Scene<'a>) {
        let (mut fine, mut broken) = (self.fine_until, (events, why));
        while broken.0 - fine > 1 {
            let middle = fine + (broken.0 - fine) / 2;
            match self.breaks(&scene(middle)) {
                None => fine = middle,
                Some(why) => broken = (middle, why),
            }
        }
        self.broken = Some(broken);
    }

    fn breaks(&self, scene: &Scene) -> Option<String> {
        match ask(scene, &self.token) {
            Verdict::Fails { measured, why } => Some(told(measured, why)),
            _ => None,
        }
    }

    fn judged(&self, verdict: Verdict) -> Judged {
        match verdict {
            Verdict::Holds { .. } => self.of(Light::Green, String::new()),
            Verdict::Fails { measured, why } => self.red(told(measured, why)),
            Verdict::NotDecided { why, .. } => self.of(Light::Dark, why),
        }
    }

    fn red(&self, why: String) -> Judged {
        self.of(Light::Red, why)
    }

    fn of(&self, light: Light, why: String) -> Judged {
        Judged { token: self.token.name, property: None, light, why }
    }
}

fn told(measured: String, why: String) -> String {
    if why.is_empty() { measured } else { why }
}
