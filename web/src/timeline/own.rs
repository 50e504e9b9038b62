//! The learner's own lines on the timeline: where each stands, and where it can be moved.

use netsplit_core::base::Time;
use netsplit_core::kernel::action::{Target, Trigger};
use netsplit_core::run::Run;
use netsplit_core::scenario::ast::Line;

use super::marks::{self, LOOKED_THROUGH};
use super::scale::Scale;
use crate::panel::acts;
use crate::panel::events::yours;
use crate::session::Model;
use crate::words::Words;

/// One of the learner's lines that is of the run on screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    /// Its place among the learner's lines, those of other panes included.
    pub place: usize,
    /// When it ran or will run; `None` while what it waits for has not happened.
    pub at: Option<Time>,
    /// Its icon.
    pub icon: &'static str,
    /// What it does, in words.
    pub what: String,
    /// When, in words.
    pub when: String,
}

/// Where a line can stand.
#[derive(Clone, PartialEq, Debug)]
pub enum Places {
    /// At any instant.
    Anywhere,
    /// Where its rule fires in the run as it is recorded.
    Firings(Vec<Time>),
    /// Where it stands.
    Fixed,
}

/// Where a line is to stand.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Aim {
    /// At this instant.
    At(Time),
    /// At this firing of its rule, from 1; with the instant, where it has fired so often.
    Firing(u32, Option<Time>),
}

/// The learner's lines in the run on screen.
pub fn own(words: Words, model: &Model) -> Vec<Own> {
    let Some(loaded) = &model.loaded else { return Vec::new() };
    let (run, pane) = (&loaded.run, loaded.pane());
    if run.own().is_empty() {
        return Vec::new();
    }
    let (lines, cast) = (run.lines().collect::<Vec<_>>(), run.world().cast());
    let n_told = run.story().lines.len();
    let marks = marks::marks(run, &lines);
    let is_here = |line: &Line| line.only.as_ref().is_none_or(|only| *only == pane);
    let of_all = loaded.own().iter().enumerate().filter(|(_, line)| is_here(line));
    let one = |((place, _), (number, line)): ((usize, _), (usize, &Line))| Own {
        place,
        at: marks.iter().find(|mark| mark.line as usize == n_told + number).map(|mark| mark.at),
        icon: marks::icon(line).unwrap_or("knob"),
        what: acts::sentence(words, cast, &line.action),
        when: yours::when(words, cast, line),
    };
    of_all.zip(run.own().iter().enumerate()).map(one).collect()
}

/// Where the line at `place` can be moved by hand.
pub fn places(model: &Model, place: usize) -> Option<Places> {
    let loaded = model.loaded.as_ref()?;
    let found = own(Words::of(model.locale), model).iter().position(|own| own.place == place)?;
    Some(match &loaded.run.own().get(found)?.trigger {
        Trigger::At(_) => Places::Anywhere,
        Trigger::When { rule, node, .. } => match node {
            Some(Target::Role(_)) => Places::Fixed,
            node => Places::Firings(firings(&loaded.run, rule, node.as_ref())),
        },
        _ => Places::Fixed,
    })
}

/// When a rule fired, at a node or anywhere.
fn firings(run: &Run, rule: &str, node: Option<&Target>) -> Vec<Time> {
    let trace = run.trace();
    let events = (0..LOOKED_THROUGH).map_while(|event| {
        let record = trace.events.get(event as usize)?;
        let here = node.is_none_or(|node| *node == Target::Node(record.node));
        let n =
            if here { trace.fired_in(event).filter(|it| it.rule.id == rule).count() } else { 0 };
        Some(std::iter::repeat_n(record.at, n))
    });
    events.flatten().collect()
}

impl Places {
    /// What a hand at `x` aims at. At the end of the rail that is the firing after all that are
    /// known.
    pub fn aim(&self, scale: Scale, x: f64) -> Option<Aim> {
        match self {
            Places::Fixed => None,
            Places::Anywhere => {
                let grain = scale.grain().0;
                let at = (scale.at(x).0 + grain / 2) / grain * grain;
                Some(Aim::At(Time(at.clamp(1, scale.end.0.max(2) - 1))))
            }
            Places::Firings(times) => {
                let known = times.iter().enumerate();
                let known = known.map(|(place, at)| Aim::Firing(place as u32 + 1, Some(*at)));
                let after = Aim::Firing(times.len() as u32 + 1, None);
                let far = |aim: &Aim| ((aim.x(scale) - x).abs() * 16.0) as u64;
                known.chain([after]).min_by_key(far)
            }
        }
    }
}

impl Aim {
    /// Where that stands.
    pub fn x(&self, scale: Scale) -> f64 {
        match self {
            Aim::At(at) | Aim::Firing(_, Some(at)) => scale.x(*at),
            Aim::Firing(_, None) => scale.right(),
        }
    }

    /// The lines with the one at `place` there; `None` where it stands there.
    pub fn taken(self, lines: &[Line], place: usize) -> Option<Vec<Line>> {
        let mut moved = lines.to_vec();
        match (&mut moved.get_mut(place)?.trigger, self) {
            (Trigger::At(at), Aim::At(there)) => *at = there,
            (Trigger::When { nth, .. }, Aim::Firing(there, _)) => *nth = there,
            _ => return None,
        }
        (moved != lines).then_some(moved)
    }
}

#[cfg(test)]
mod tests {
    use netsplit_core::base::Id;
    use netsplit_core::protocols;
    use netsplit_core::run::play;
    use netsplit_core::scenario::Scenario;

    use super::*;

    const SCALE: Scale = Scale { end: Time::ms(3000), width: 1040.0 };

    #[test]
    fn a_timed_line_goes_to_round_instants_inside_the_run() {
        let aim = |x| Places::Anywhere.aim(SCALE, x);
        assert_eq!(aim(SCALE.x(Time::ms(1503))), Some(Aim::At(Time::ms(1505))));
        assert_eq!(aim(-9.0), Some(Aim::At(Time(1))));
        assert_eq!(aim(2000.0), Some(Aim::At(Time(2_999_999))));
        assert_eq!(Places::Fixed.aim(SCALE, 500.0), None);
    }

    #[test]
    fn a_line_that_waits_goes_to_another_firing_or_to_the_one_after_all() {
        let places = Places::Firings(vec![Time::ms(200), Time::ms(900)]);
        let aim = |ms| places.aim(SCALE, SCALE.x(Time::ms(ms)));
        assert_eq!(aim(0), Some(Aim::Firing(1, Some(Time::ms(200)))));
        assert_eq!(aim(700), Some(Aim::Firing(2, Some(Time::ms(900)))));
        assert_eq!(aim(2600), Some(Aim::Firing(3, None)));
    }

    #[test]
    fn firings_are_counted_where_the_line_counts_them() {
        let text = "system raft nodes=3 clients=1 end=3000\nseed 1\nat 700 c1 put(x, 1)\n\
                    + when append.nothing-new@n2 nth 2 crash n2 maybe\n";
        let scenario = Scenario::parse(text, protocols::ALL).expect("a scenario");
        let run = play(scenario);
        let anywhere = firings(&run, "append.nothing-new", None).len();
        let there = firings(&run, "append.nothing-new", Some(&Target::Node(Id(1))));
        assert!(there.len() < anywhere, "{} of {anywhere} are at n2", there.len());
        let crashed = run.trace().phases.iter().find(|it| it.node == Id(1) && it.at > Time::ZERO);
        assert_eq!(crashed.map(|it| it.at), there.get(1).copied());
        let lines: Vec<Line> = run.story().lines.clone();
        let moved = Aim::Firing(1, Some(there[0])).taken(&lines, 1).expect("moved");
        assert!(matches!(moved[1].trigger, Trigger::When { nth: 1, .. }));
        assert_eq!(Aim::Firing(2, None).taken(&lines, 1), None, "it stands there");
        assert_eq!(Aim::At(Time::ms(1)).taken(&lines, 1), None, "it waits for a rule");
    }
}
