//! What moves between two steps, as a function of the instant. Nothing here costs simulation.

use netsplit_core::base::Time;

use super::geometry::Point;
use super::mark::Key;

/// Something that changes between two steps.
#[derive(Clone, PartialEq, Debug)]
pub enum Moving {
    /// A message on its way.
    Travel {
        /// Its mark.
        key: Key,
        /// Where it began.
        from: Point,
        /// Where it will be.
        to: Point,
        /// When it began.
        sent: Time,
        /// When it will be there.
        due: Time,
    },
    /// A message that travels until it is lost, then falls.
    Fall {
        /// Its mark.
        key: Key,
        /// Where it began, was lost, and comes to rest.
        stations: [Point; 3],
        /// When.
        times: [Time; 3],
    },
    /// A line of which the share grows that has been travelled.
    Grow {
        /// Its mark.
        key: Key,
        /// Which of the mark's primitives.
        part: usize,
        /// When it begins.
        sent: Time,
        /// When it is whole.
        due: Time,
    },
    /// A timer that runs down.
    Drain {
        /// Its mark.
        key: Key,
        /// Which of the mark's primitives.
        part: usize,
        /// Since when.
        armed: Time,
        /// When nothing is left.
        due: Time,
    },
    /// A bar that fills while somebody waits, slower and slower.
    Fill {
        /// Its mark.
        key: Key,
        /// Which of the mark's primitives.
        part: usize,
        /// Since when.
        since: Time,
        /// After how many microseconds it is four fifths full.
        full_us: u64,
    },
    /// Words that say how long somebody has waited.
    Count {
        /// Its mark.
        key: Key,
        /// Which of the mark's primitives.
        part: usize,
        /// Since when.
        since: Time,
        /// What stands before and after the seconds.
        around: (String, String),
    },
}

/// What becomes of it at an instant.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// The mark stands there.
    Place(Point),
    /// So much of the line is drawn, from 0 to 1.
    Share(f64),
    /// The words are these.
    Words(String),
}

impl Moving {
    /// The mark, and which of its primitives.
    pub fn target(&self) -> (Key, usize) {
        match self {
            Moving::Travel { key, .. } | Moving::Fall { key, .. } => (*key, 0),
            Moving::Grow { key, part, .. }
            | Moving::Drain { key, part, .. }
            | Moving::Fill { key, part, .. }
            | Moving::Count { key, part, .. } => (*key, *part),
        }
    }

    /// What it is like at `at`.
    pub fn at(&self, at: Time) -> Change {
        match self {
            Moving::Travel { from, to, sent, due, .. } => {
                Change::Place(from.toward(*to, share(*sent, *due, at)))
            }
            Moving::Fall { stations: [from, lost, rest], times: [sent, gone, end], .. } => {
                if at < *gone {
                    return Change::Place(from.toward(*lost, share(*sent, *gone, at)));
                }
                let fallen = share(*gone, *end, at);
                Change::Place(lost.toward(*rest, fallen * fallen))
            }
            Moving::Grow { sent, due, .. } => Change::Share(share(*sent, *due, at)),
            Moving::Drain { armed, due, .. } => Change::Share(1.0 - share(*armed, *due, at)),
            Moving::Fill { since, full_us, .. } => {
                let waited = at.since(*since).0 as f64 / *full_us as f64;
                Change::Share(waited / (waited + 0.25))
            }
            Moving::Count { since, around, .. } => {
                let us = at.since(*since).0;
                let (whole, hundredths) = (us / 1_000_000, us % 1_000_000 / 10_000);
                let (before, after) = around;
                Change::Words(format!("{before}{whole}.{hundredths:02}{after}"))
            }
        }
    }
}

/// How much of the time from `from` to `to` has passed at `at`.
fn share(from: Time, to: Time, at: Time) -> f64 {
    if at >= to {
        return 1.0;
    }
    at.since(from).0 as f64 / to.since(from).0.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::geometry::pt;

    #[test]
    fn a_message_is_between_its_ends() {
        let travel = Moving::Travel {
            key: Key::Message(7),
            from: pt(0.0, 0.0),
            to: pt(100.0, 50.0),
            sent: Time::ms(10),
            due: Time::ms(20),
        };
        assert_eq!(travel.at(Time::ms(5)), Change::Place(pt(0.0, 0.0)));
        assert_eq!(travel.at(Time::ms(15)), Change::Place(pt(50.0, 25.0)));
        assert_eq!(travel.at(Time::ms(30)), Change::Place(pt(100.0, 50.0)));
    }

    #[test]
    fn a_timer_runs_down() {
        let timer = Moving::Drain {
            key: Key::Message(7),
            part: 1,
            armed: Time::ms(100),
            due: Time::ms(300),
        };
        assert_eq!(timer.at(Time::ms(100)), Change::Share(1.0));
        assert_eq!(timer.at(Time::ms(250)), Change::Share(0.25));
        assert_eq!(timer.at(Time::ms(300)), Change::Share(0.0));
    }

    #[test]
    fn waiting_is_counted_in_hundredths() {
        let around = ("waiting ".to_owned(), " s".to_owned());
        let key = Key::Message(7);
        let count = Moving::Count { key, part: 1, since: Time::ms(1060), around };
        assert_eq!(count.at(Time::ms(1530)), Change::Words("waiting 0.47 s".to_owned()));
    }
}
