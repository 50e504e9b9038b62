//! What the lamps say at the cursor, as plain data.

use netsplit_core::base::{Id, Time, sort};
use netsplit_core::check::answers::Why;
use netsplit_core::check::lamps::{Cursor, Lamps, Split};
use netsplit_core::check::levels::Standing;
use netsplit_core::check::linearizable::{Fault, Finding};
use netsplit_core::op::{OpId, Outcome};
use netsplit_core::run::Run;

use super::levels;
use crate::words::Words;

/// One lamp.
#[derive(Clone, PartialEq, Debug)]
pub struct Lamp {
    /// `C`, `A` or `P`.
    pub letter: &'static str,
    /// What it shows.
    pub state: State,
    /// Two or three words.
    pub words: String,
    /// The same where there is little room.
    pub short: String,
    /// Numbers from the run.
    pub figures: String,
    /// The whole of it, for those who stay on it.
    pub detail: String,
    /// When it changed.
    pub changed: Option<Time>,
}

/// What a lamp can show; each has a glyph of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It holds so far.
    Holds,
    /// It broke.
    Broken,
    /// Somebody does not answer.
    Unanswered,
    /// The checker's budget ended.
    Undecided,
    /// Nothing was asked yet.
    Dark,
    /// Statement: links are cut.
    Cut,
    /// Statement: nothing is cut.
    Whole,
}

/// C, A and P at the cursor; where C broke, with the levels that are left once they are known.
pub fn lamps(words: Words, run: &Run, lamps: &Lamps, left: Option<&Standing>) -> Vec<Lamp> {
    let reader =
        Reader { words, run, lamps, left, here: Cursor { events: run.cursor(), at: run.at() } };
    vec![reader.consistency(), reader.availability(), reader.partition()]
}

struct Reader<'a> {
    words: Words,
    run: &'a Run,
    lamps: &'a Lamps,
    left: Option<&'a Standing>,
    here: Cursor,
}

impl Reader<'_> {
    fn consistency(&self) -> Lamp {
        let seen = self.lamps.consistency(self.here);
        let counts = seen.counts;
        let lost = counts.refused + counts.given_up;
        let key = if lost == 0 { "lamp.tally" } else { "lamp.tally.lost" };
        let [answered, open, lost] =
            [counts.answered, counts.open(), lost].map(|count| count.to_string());
        let values = [("answered", &*answered), ("open", &*open), ("lost", &*lost)];
        let tally = self.words.fill(key, &values);
        let dark = Lamp { state: State::Dark, ..self.lamp("C", "dark", tally.clone()) };
        match seen.finding {
            Finding::Linearizable if counts.called == 0 => dark,
            Finding::Linearizable => Lamp { state: State::Holds, ..self.lamp("C", "holds", tally) },
            Finding::NotDecided { .. } => {
                Lamp { state: State::Undecided, ..self.lamp("C", "undecided", tally) }
            }
            Finding::Broken(fault) => self.broken(&fault),
        }
    }

    #[inline(never)]
    fn broken(&self, fault: &Fault) -> Lamp {
        let history = &self.run.trace().history;
        let end = history.get(fault.op).and_then(|op| op.end.as_ref()).map(|end| end.at);
        let figures =
            end.map(|at| self.words.fill("lamp.broken-at", &[("at", &self.words.at(at))]));
        let mut detail = self.fault(fault);
        let mut figures = figures.unwrap_or_default();
        if let Some(left) = self.left {
            figures = levels::left(self.words, left, self.here.events);
            for (level, op, at) in levels::broken(self.run, left, self.here.events) {
                let (level, at) = (levels::name(self.words, level), self.words.at(at));
                let op = self.told(op).unwrap_or_default();
                let values = [("level", &*level), ("at", &*at), ("op", &*op)];
                detail = format!("{detail} {}", self.words.fill("lamp.level.broken", &values));
            }
        }
        Lamp { state: State::Broken, changed: end, detail, ..self.lamp("C", "broken", figures) }
    }

    /// Which operations contradict each other.
    fn fault(&self, fault: &Fault) -> String {
        let op = self.told(fault.op).unwrap_or_default();
        match fault.against.and_then(|op| self.told(op)) {
            Some(against) => {
                self.words.fill("lamp.fault-against", &[("op", &op), ("against", &against)])
            }
            None => self.words.fill("lamp.fault", &[("op", &op)]),
        }
    }

    /// Who asked what, and the answer.
    fn told(&self, op: OpId) -> Option<String> {
        let record = self.run.trace().history.get(op)?;
        let who = &*self.words.who(self.run.world().cast(), record.client);
        let answer = match record.end.as_ref().map(|end| &end.outcome) {
            Some(Outcome::Ok(value)) => format!(" = {value}"),
            _ => String::new(),
        };
        Some(format!("{who} {}{answer}", record.op))
    }

    fn availability(&self) -> Lamp {
        let unanswered = self.lamps.unanswered(self.here);
        let counts = self.lamps.consistency(self.here).counts;
        if unanswered.is_empty() {
            let figures = self.words.count("lamp.A.waiting", counts.open() as usize);
            let answered = counts.answered > 0;
            let (state, key) =
                if answered { (State::Holds, "holds") } else { (State::Dark, "dark") };
            return Lamp { state, ..self.lamp("A", key, figures) };
        }
        let cast = self.run.world().cast();
        let mut nodes: Vec<Id> = unanswered.iter().map(|owed| owed.node).collect();
        sort(&mut nodes);
        nodes.dedup();
        let names = self.words.names(cast, &nodes);
        let since = unanswered.iter().map(|owed| owed.since).min();
        let figures =
            since.map(|at| self.words.fill("lamp.A.since", &[("at", &self.words.at(at))]));
        let values = [("names", names.as_str())];
        Lamp {
            state: State::Unanswered,
            words: self.words.fill("lamp.A.unanswered", &values),
            short: self.words.fill("lamp.A.unanswered-short", &values),
            changed: since,
            detail: unanswered.iter().map(|owed| self.owed(owed)).collect::<Vec<_>>().join(" "),
            ..self.lamp("A", "holds", figures.unwrap_or_default())
        }
    }

    fn owed(&self, owed: &netsplit_core::check::lamps::Unanswered) -> String {
        let cast = self.run.world().cast();
        let op = self.run.trace().history.get(owed.op).map(|record| record.op.to_string());
        let key = match owed.why {
            Why::Waiting => "lamp.owed.waiting",
            Why::GivenUp => "lamp.owed.given-up",
            Why::Refused(_) => "lamp.owed.refused",
        };
        let reason = match owed.why {
            Why::Refused(reason) => self.words.word(cast.entry.id, "fail", reason),
            _ => String::new(),
        };
        let op = op.unwrap_or_default();
        let node = self.words.who(cast, owed.node);
        let values = [("node", &*node), ("op", &op), ("reason", &reason)];
        self.words.fill(key, &values)
    }

    /// What is cut now: a statement, never a verdict.
    fn partition(&self) -> Lamp {
        let split = self.lamps.split(self.run.trace(), self.here);
        if split.links.is_empty() {
            let changed = Some(split.since);
            return Lamp { state: State::Whole, changed, ..self.lamp("P", "whole", String::new()) };
        }
        let at = self.words.at(split.since);
        let (text, short) = self.split(&split);
        Lamp {
            state: State::Cut,
            words: text,
            short,
            changed: Some(split.since),
            ..self.lamp("P", "whole", self.words.fill("lamp.cut-at", &[("at", &at)]))
        }
    }

    fn split(&self, split: &Split) -> (String, String) {
        let cast = self.run.world().cast();
        if split.islands.is_empty() {
            let text = match split.links.as_slice() {
                [(from, to)] => {
                    let (from, to) = (self.words.who(cast, *from), self.words.who(cast, *to));
                    let values = [("from", &*from), ("to", &*to)];
                    self.words.fill("lamp.P.hole", &values)
                }
                links => self.words.count("lamp.P.links", links.len()),
            };
            return (text.clone(), text);
        }
        let names = |island: &Vec<Id>| format!("{{{}}}", self.words.names(cast, island));
        let islands: Vec<String> = split.islands.iter().map(names).collect();
        let n_roles = |island: &Vec<Id>| island.iter().filter(|id| cast.is_role(**id)).count();
        let sizes: Vec<String> =
            split.islands.iter().map(|island| n_roles(island).to_string()).collect();
        (islands.join(" | "), sizes.join(" | "))
    }

    /// A lamp whose words are those of a key.
    fn lamp(&self, letter: &'static str, key: &str, figures: String) -> Lamp {
        let key = format!("lamp.{letter}.{key}");
        let words = self.words.say(&key);
        let short = match key.as_str() {
            "lamp.C.holds" | "lamp.A.holds" | "lamp.P.whole" => {
                self.words.say(&format!("{key}-short"))
            }
            _ => words.clone(),
        };
        let detail = String::new();
        Lamp { letter, state: State::Dark, words, short, figures, detail, changed: None }
    }
}
