//! What the lesson tab shows at a moment, as plain data.

use netsplit_core::base::{Str, Time};
use netsplit_core::scenario::ast::{Predict, Texts};

use super::prose::{self, Piece};
use crate::session::Loaded;
use crate::words::Words;

/// One step of a story, told.
#[derive(Clone, PartialEq, Debug)]
pub struct StepView {
    /// Which step, from 0, of how many.
    pub step: usize,
    /// How many there are.
    pub n_steps: usize,
    /// When it is told.
    pub at: Time,
    /// Its heading; the lesson's title where it has none.
    pub title: Vec<Piece>,
    /// What came of the question of the step before.
    pub outcome: Option<Outcome>,
    /// Its paragraphs.
    pub say: Vec<Vec<Piece>>,
    /// Where to look.
    pub look: Vec<Piece>,
    /// What to answer before the run goes on.
    pub predict: Option<Question>,
    /// Other runs to try: name, what the button says, whether it runs now.
    pub offers: Vec<(Str, String, bool)>,
    /// What the learner is asked to bring about, and whether it is so.
    pub goal: Option<(Vec<Piece>, bool)>,
    /// Where "run" leads: the next step, else the end of the run; `None` when that is reached.
    pub run_to: Option<Time>,
    /// The variant that runs, by its title.
    pub variant: Option<String>,
    /// Since when the run is not the one that is told: the learner did something before this step.
    pub changed: Option<Time>,
}

/// A question and the answer that was chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// The question.
    pub text: Vec<Piece>,
    /// The answers.
    pub options: Vec<Vec<Piece>>,
    /// Which one was chosen.
    pub chosen: Option<usize>,
}

/// A prediction beside what happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// What was predicted, and whether that is what happened; `None` when nothing was.
    pub predicted: Option<(Vec<Piece>, bool)>,
    /// What happened.
    pub right: Vec<Vec<Piece>>,
    /// Why.
    pub explain: Vec<Piece>,
}

/// The step that is told now; `None` for a scenario without a story.
pub fn step(words: Words, loaded: &Loaded) -> Option<StepView> {
    let run = &loaded.run;
    let steps = &loaded.told.steps;
    let step = steps.get(loaded.step)?;
    let read = Reader { words, loaded };
    let heading = if step.title.0.is_empty() { &loaded.told.title } else { &step.title };
    let next = steps.get(loaded.step + 1).map(|next| next.at);
    let target = next.unwrap_or(run.world().end());
    let goal = step.goal.as_ref();
    Some(StepView {
        step: loaded.step,
        n_steps: steps.len(),
        at: step.at,
        title: read.text(heading),
        outcome: read.outcome(),
        say: step.say.iter().map(|text| read.text(text)).collect(),
        look: read.text(&step.look),
        predict: step.predict.as_ref().map(|predict| read.question(predict)),
        offers: read.offers(),
        goal: goal.map(|(text, tokens)| (read.text(text), super::goal::reached(run, tokens))),
        run_to: (run.at() < target).then_some(target),
        changed: run.own_from().filter(|&since| since < step.at),
        variant: loaded.variant.as_ref().map(|name| read.variant_title(name)),
    })
}

struct Reader<'a> {
    words: Words,
    loaded: &'a Loaded,
}

impl Reader<'_> {
    fn text(&self, texts: &Texts) -> Vec<Piece> {
        let text = self.words.spaced(texts.get(self.words.locale()));
        prose::pieces(&text, Some(&self.loaded.run))
    }

    fn question(&self, predict: &Predict) -> Question {
        Question {
            text: self.text(&predict.question),
            options: predict.options.iter().map(|(text, _)| self.text(text)).collect(),
            chosen: self.chosen(self.loaded.step),
        }
    }

    fn chosen(&self, step: usize) -> Option<usize> {
        self.loaded.chosen.get(step).copied().flatten()
    }

    /// What came of the question of the step before this one.
    fn outcome(&self) -> Option<Outcome> {
        let steps = &self.loaded.told.steps;
        let explain = &steps[self.loaded.step].explain;
        let before = self.loaded.step.checked_sub(1)?;
        let predict = steps.get(before).and_then(|step| step.predict.as_ref());
        if predict.is_none() && explain.0.is_empty() {
            return None;
        }
        let options = predict.map_or(&[][..], |predict| &predict.options);
        let chosen = self.chosen(before).and_then(|place| options.get(place));
        let right = options.iter().filter(|(_, right)| *right);
        Some(Outcome {
            predicted: chosen.map(|(text, right)| (self.text(text), *right)),
            right: right.map(|(text, _)| self.text(text)).collect(),
            explain: self.text(explain),
        })
    }

    fn offers(&self) -> Vec<(Str, String, bool)> {
        let offers = self.loaded.told.steps[self.loaded.step].offer.iter();
        let locale = self.words.locale();
        let runs = |name: &Str| self.loaded.variant.as_ref() == Some(name);
        let offer = |(name, text): &(Str, Texts)| {
            let text = self.words.spaced(text.get(locale));
            let shown = if text.is_empty() { self.variant_title(name) } else { text };
            (name.clone(), shown, runs(name))
        };
        offers.map(offer).collect()
    }

    fn variant_title(&self, name: &str) -> String {
        let variant = self.loaded.told.variants.iter().find(|variant| *variant.name == *name);
        let title = variant.map_or("", |variant| variant.title.get(self.words.locale()));
        self.words.spaced(if title.is_empty() { name } else { title })
    }
}
