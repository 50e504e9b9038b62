//! The address of what runs.

use netsplit_core::scenario::Scenario;
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
    let run = &loaded.run;
    let scenario = run.scenario();
    let mut address = match is_as_told(loaded) {
        true => scenario.difference_link(),
        false => scenario.link(),
    };
    let mut param = |key: &str, value: String| address.params.push((key.into(), value));
    if let Some(variant) = loaded.variant.as_ref().filter(|_| is_as_told(loaded)) {
        param("variant", variant.to_string());
    }
    if options.at {
        param("t", run.at().to_string());
    }
    if let Some(locale) = options.locale {
        param("lang", locale.into());
    }
    match options.theme {
        Some(Theme::Light) => param("theme", "light".into()),
        Some(Theme::Dark) => param("theme", "dark".into()),
        Some(Theme::Auto) | None => {}
    }
    let plain = is_as_told(loaded) && run.own().is_empty();
    if !plain && run.is_complete() {
        param("d", short_digest(run.digest()));
    }
    address
}

/// The scenario that runs with the learner's lines, as one would write it.
pub fn text(loaded: &Loaded) -> String {
    loaded.run.scenario().to_string()
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
    loaded.built_in && story.seed == as_told.seed && story.system == as_told.system
}
