//! What the figure tells of itself, read from the model.

use netsplit_core::scenario::ast::Step;

use super::message::Out;
use crate::panel::lamps::State;
use crate::panel::lesson::goal;
use crate::session::{Loaded, Model};
use crate::words::Words;

/// A scenario stands there and can be played.
pub fn ready(model: &Model) -> Option<Out> {
    let loaded = model.loaded.as_ref()?;
    Some(Out {
        scenario: Some(loaded.told.name.to_string()),
        title: Some(loaded.told.title.get(model.locale).into()),
        of: Some(loaded.told.steps.len() as u32),
        ..Out::new("ready")
    })
}

/// Another step of the story is told.
pub fn step(model: &Model) -> Option<Out> {
    let (loaded, step) = told(model)?;
    Some(Out {
        step: Some(loaded.step as u32 + 1),
        of: Some(loaded.told.steps.len() as u32),
        title: Some(step.title.get(model.locale).into()),
        at: Some(step.at.0 as f64 / 1000.0),
        ..Out::new("step")
    })
}

/// An answer was chosen.
pub fn prediction(model: &Model) -> Option<Out> {
    let (loaded, step) = told(model)?;
    let answer = loaded.chosen.get(loaded.step).copied().flatten()?;
    let right = step.predict.as_ref()?.options.get(answer)?.1;
    Some(Out {
        step: Some(loaded.step as u32 + 1),
        answer: Some(answer as u32 + 1),
        right: Some(right),
        ..Out::new("prediction")
    })
}

/// A lamp shows something else.
pub fn verdict(model: &Model) -> Option<Out> {
    let loaded = model.loaded.as_ref()?;
    let words = Words::of(model.locale);
    let lamps = loaded.with_lamps(|lamps| crate::panel::lamps::of(words, &loaded.run, lamps, None));
    let shows =
        |letter: &str| lamps.iter().find(|lamp| lamp.letter == letter).map(|lamp| lamp.state);
    Some(Out {
        consistency: shows("C").map(name),
        availability: shows("A").map(name),
        ..Out::new("verdict")
    })
}

/// A goal is reached, or no longer.
pub fn goal(model: &Model) -> Option<Out> {
    let (loaded, step) = told(model)?;
    let (_, tokens) = step.goal.as_ref()?;
    Some(Out {
        step: Some(loaded.step as u32 + 1),
        reached: Some(goal::reached(&loaded.run, tokens)),
        ..Out::new("goal")
    })
}

/// What was asked for cannot be shown.
pub fn error(model: &Model) -> Option<Out> {
    let notice = model.notice.as_ref().filter(|notice| notice.failed)?;
    let values: Vec<_> = notice.values.iter().map(|(key, text)| (*key, text.as_str())).collect();
    let message = Words::of(model.locale).fill(notice.key, &values);
    Some(Out { message: Some(message), ..Out::new("error") })
}

fn told(model: &Model) -> Option<(&Loaded, &Step)> {
    let loaded = model.loaded.as_ref()?;
    loaded.told_step().map(|step| (loaded, step))
}

fn name(state: State) -> &'static str {
    match state {
        State::Holds | State::Whole => "holds",
        State::Broken | State::Cut => "broken",
        State::Unanswered => "unanswered",
        State::Undecided => "not-decided",
        State::Dark => "nothing-asked",
    }
}
