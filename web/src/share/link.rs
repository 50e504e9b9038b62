//! The address of what runs.

use netsplit_core::base::Str;
use netsplit_core::compare::OneHand;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::{Line, Pane};
use netsplit_core::scenario::link::{Address, short_digest};

use crate::session::{Loaded, Theme};

/// What a link says beside the run.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Options {
    /// Whether it leads to the instant that is looked at.
    pub at: bool,
    /// In which language.
    pub locale: Option<&'static str>,
    /// In which theme.
    pub theme: Option<Theme>,
}

/// The fragment that opens what runs now: by name where it is a lesson as told, with the learner's
/// lines where there are some, else as a whole.
pub fn address(loaded: &Loaded, options: Options) -> Address {
    let (mut address, plain) = subject(loaded);
    let mut param = |key: &str, value: String| address.params.push((key.into(), value));
    if loaded.hand.is_none() && is_as_told(loaded) {
        // Without a variant, a story that compares runs opens as a comparison.
        let told = (!loaded.told.compare.is_empty()).then(|| Pane::TOLD.to_string());
        if let Some(variant) = loaded.variant.as_ref().map(ToString::to_string).or(told) {
            param("variant", variant);
        }
    }
    if options.at {
        param("t", loaded.run.at().to_string());
    }
    if let Some(locale) = options.locale {
        param("lang", locale.into());
    }
    match options.theme {
        Some(Theme::Light) => param("theme", "light".into()),
        Some(Theme::Dark) => param("theme", "dark".into()),
        Some(Theme::Auto) | None => {}
    }
    if !plain && loaded.hand.is_none() && loaded.run.is_complete() {
        param("d", short_digest(loaded.run.digest()));
    }
    address
}

/// What is opened, and whether it is a lesson to which nothing was done.
fn subject(loaded: &Loaded) -> (Address, bool) {
    let run = &loaded.run;
    let lesson = loaded.lesson.as_ref().filter(|_| loaded.hand.is_some() || is_as_told(loaded));
    let Some(lesson) = lesson else {
        return (scenario(loaded).link(), false);
    };
    let known = |name: &Str| lesson.variants.iter().any(|variant| variant.name == *name);
    let address = match (&loaded.hand, &loaded.variant) {
        (Some(hand), _) => hand.scenario().difference_from(lesson),
        (None, Some(name)) if !known(name) => {
            let only = Some(loaded.pane());
            let mut scenario = Scenario { compare: lesson.compare.clone(), ..told(loaded) };
            let own = run.own().iter().map(|line| Line { only: only.clone(), ..line.clone() });
            scenario.lines.extend(own);
            scenario.difference_from(lesson)
        }
        (None, _) => run.scenario().difference_link(),
    };
    (address, loaded.own().is_empty())
}

fn told(loaded: &Loaded) -> Scenario {
    Scenario::clone(&loaded.told)
}

/// What runs, with the learner's lines: one run, or several side by side.
fn scenario(loaded: &Loaded) -> Scenario {
    loaded.hand.as_ref().map_or_else(|| loaded.run.scenario(), OneHand::scenario)
}

/// The scenario that runs with the learner's lines, as one would write it.
pub fn text(loaded: &Loaded) -> String {
    scenario(loaded).to_string()
}

/// The address of the page itself, without query and fragment.
pub fn base() -> String {
    let location = web_sys::window().map(|window| window.location());
    let whole = location.and_then(|location| location.href().ok()).unwrap_or_default();
    let end = whole.find(['?', '#']).unwrap_or(whole.len());
    whole[..end].into()
}

/// Whether a built-in lesson runs with no change but the learner's lines.
fn is_as_told(loaded: &Loaded) -> bool {
    let told: Option<Scenario> = match &loaded.variant {
        Some(name) => loaded.told.variant(name),
        None => None,
    };
    let as_told = told.as_ref().unwrap_or(&loaded.told);
    let story = loaded.run.story();
    loaded.lesson.is_some() && story.seed == as_told.seed && story.system == as_told.system
}
