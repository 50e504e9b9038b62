//! What the lamps say at the cursor, as plain data.

use netsplit_core::base::{Id, Time};
use netsplit_core::run::Run;

use crate::panel::past;
use crate::panel::words::Words;

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
    /// When it last changed.
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
    /// The checker cannot tell, or its budget ended.
    Undecided,
    /// Statement: links are cut.
    Cut,
    /// Statement: nothing is cut.
    Whole,
}

/// C, A and P at the cursor.
pub fn lamps(words: Words, run: &Run) -> Vec<Lamp> {
    vec![consistency(words, run), availability(words, run), partition(words, run)]
}

fn consistency(words: Words, run: &Run) -> Lamp {
    let tally = past::tally(run);
    let (answered, open) = (tally.answered.to_string(), tally.open.to_string());
    let figures = words.fill("lamp.tally", &[("answered", &answered), ("open", &open)]);
    Lamp {
        letter: "C",
        state: State::Undecided,
        words: words.say("lamp.C.undecided"),
        short: words.say("lamp.C.undecided"),
        figures,
        changed: None,
    }
}

fn availability(words: Words, run: &Run) -> Lamp {
    let tally = past::tally(run);
    Lamp {
        letter: "A",
        state: State::Holds,
        words: words.say("lamp.A.holds"),
        short: words.say("lamp.A.holds"),
        figures: words.count("lamp.A.waiting", tally.open),
        changed: None,
    }
}

/// What is cut now: a statement, never a verdict.
fn partition(words: Words, run: &Run) -> Lamp {
    let Some(cut) = past::cuts(run) else {
        return Lamp {
            letter: "P",
            state: State::Whole,
            words: words.say("lamp.P.whole"),
            short: words.say("lamp.P.whole-short"),
            figures: String::new(),
            changed: last_heal(run),
        };
    };
    let cast = run.world().cast();
    let islands: Vec<String> =
        cut.islands.iter().map(|island| format!("{{{}}}", words.names(cast, island))).collect();
    let sizes: Vec<String> = cut.islands.iter().map(|island| n_roles(run, island)).collect();
    let (text, short) = match islands.len() {
        0 => {
            let text = words.count("lamp.P.links", cut.links.len());
            (text.clone(), text)
        }
        _ => (islands.join(" | "), sizes.join(" | ")),
    };
    Lamp {
        letter: "P",
        state: State::Cut,
        words: text,
        short,
        figures: words.fill("lamp.cut-at", &[("at", &words.at(cut.at))]),
        changed: Some(cut.at),
    }
}

fn n_roles(run: &Run, island: &[Id]) -> String {
    let cast = run.world().cast();
    island.iter().filter(|id| cast.is_role(**id)).count().to_string()
}

fn last_heal(run: &Run) -> Option<Time> {
    let last = run.cursor().checked_sub(1)?;
    run.trace().cuts_after(last).map(|cut| cut.at)
}
