//! Which words are written beside what moves, and where. No two lie on each other: the less
//! important are left out where there is no room. What was decided stays as long as the thing
//! does, so that words never jump from side to side.

use netsplit_core::base::sort_by_key;
use netsplit_core::describe::Shape;

use super::flight::{self, way};
use super::label::{Label, beside};
use super::lanes::Lanes;
use super::layout::Layout;
use super::loss;
use super::view::{FlightView, View};

/// Up to so many messages each says what it is.
const NAMED: usize = 8;
/// Up to so many heartbeats each says what it is.
const NAMED_BEATS: usize = 4;
/// So many losses at once are written out; more are crosses.
const NAMED_LOSSES: usize = 2;

/// What says what it is, and where.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Names {
    decided: Vec<Decided>,
    calm: bool,
}

#[derive(Clone, PartialEq, Debug)]
struct Decided {
    key: (State, u32),
    /// `None` where there is no room.
    label: Option<Label>,
    /// Not decided yet.
    open: bool,
}

/// What becomes of a message, the more important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It was lost.
    Lost,
    /// It waits by hand.
    Held,
    /// It is under way.
    Flying,
}

impl Names {
    /// Forgets what has gone, and finds a place for the words of what is new. With `calm`, what
    /// is under way stands in the middle of its way.
    pub fn keep(&mut self, view: &View, layout: &Layout, lanes: &Lanes, calm: bool) {
        if std::mem::replace(&mut self.calm, calm) != calm {
            self.decided.clear();
        }
        let before = std::mem::replace(&mut self.decided, wanted(view, layout));
        for old in before {
            if let Ok(place) = self.find(old.key) {
                self.decided[place] = old;
            }
        }
        for place in 0..self.decided.len() {
            if std::mem::take(&mut self.decided[place].open) {
                let label = self.place(self.decided[place].key, view, layout, lanes);
                self.make_room(label.as_ref());
                self.decided[place].label = label;
            }
        }
    }

    /// Forgets where everything stands: the stage has another layout.
    pub fn forget(&mut self) {
        self.decided.clear();
    }

    /// The words of a message, if it says what it is.
    pub fn of(&self, state: State, number: u32) -> Option<&Label> {
        self.decided[self.find((state, number)).ok()?].label.as_ref()
    }

    /// The words of a message that is asked for: where nothing but other words lies, or over it.
    pub fn asked(&self, own: &FlightView, layout: &Layout, lanes: &Lanes) -> Option<Label> {
        let best = ways(own, None, layout, lanes, self.calm).into_iter().next();
        best.or_else(|| {
            let (from, to) = way(own, layout, lanes)?;
            Some(Label::over(&own.label, [from, to], [own.sent, own.due], self.calm, layout))
        })
    }

    fn find(&self, key: (State, u32)) -> Result<usize, usize> {
        self.decided.binary_search_by_key(&key, |decided| decided.key)
    }

    /// The first place that is free of what counts as much.
    fn place(
        &self,
        (state, number): (State, u32),
        view: &View,
        layout: &Layout,
        lanes: &Lanes,
    ) -> Option<Label> {
        let flight = || view.flights.iter().find(|flight| flight.number == number);
        let places = match state {
            State::Lost => {
                let loss = view.losses.iter().find(|loss| loss.flight.number == number)?;
                loss::labels(loss, view, layout)
            }
            State::Held => flight::held_labels(flight()?, view, layout, lanes),
            State::Flying => ways(flight()?, Some(view), layout, lanes, self.calm),
        };
        let as_much = |other: State| other != State::Flying || state == State::Flying;
        let taken = |label: &Label| {
            self.decided.iter().any(|old| {
                as_much(old.key.0) && old.label.as_ref().is_some_and(|old| old.meets(label))
            })
        };
        places.into_iter().find(|label| !taken(label))
    }

    /// A loss and what waits by hand take the room of what flies.
    fn make_room(&mut self, label: Option<&Label>) {
        let Some(label) = label else { return };
        for old in &mut self.decided {
            if old.label.as_ref().is_some_and(|old| old.meets(label)) {
                old.label = None;
            }
        }
    }
}

/// The places of the words of a message under way, the best first: away from the other messages
/// of `view`.
fn ways(
    own: &FlightView,
    view: Option<&View>,
    layout: &Layout,
    lanes: &Lanes,
    calm: bool,
) -> Vec<Label> {
    let Some((from, to)) = way(own, layout, lanes) else { return Vec::new() };
    let others: Vec<_> = view
        .iter()
        .flat_map(|view| view.flying())
        .filter(|other| other.number != own.number)
        .filter_map(|other| Some((way(other, layout, lanes)?, [other.sent, other.due])))
        .collect();
    let crossed = |label: &Label| {
        others.iter().filter(|((a, b), times)| label.meets_token([*a, *b], *times)).count()
    };
    beside(&own.label, [from, to], [own.sent, own.due], calm, layout, &crossed)
}

/// Everything that shall say what it is, in the order of keys.
fn wanted(view: &View, layout: &Layout) -> Vec<Decided> {
    let beats = view.flying().filter(|flight| flight.shape == Shape::Heartbeat).count();
    let others = view.flying().count() - beats;
    let room = layout.size.letter != "S";
    let named = |flight: &FlightView| match flight.shape {
        Shape::Heartbeat => room && beats <= NAMED_BEATS && others + beats <= NAMED,
        _ => room && others <= NAMED,
    };
    let words = view.losses.iter().filter(|loss| loss.flight.shape != Shape::Heartbeat);
    let mut wanted: Vec<Decided> = words
        .rev()
        .take(NAMED_LOSSES)
        .map(|loss| Decided { key: (State::Lost, loss.flight.number), label: None, open: true })
        .collect();
    let held = view.held().map(|flight| (State::Held, flight.number, true));
    let flying = view.flying().map(|flight| (State::Flying, flight.number, named(flight)));
    let decided = |(state, number, open)| Decided { key: (state, number), label: None, open };
    wanted.extend(held.chain(flying).map(decided));
    sort_by_key(&mut wanted, |decided| decided.key);
    wanted
}
