//! The words of the page and of the systems, in the reader's language. Tables are small files that
//! are fetched when they are wanted; until one has arrived, a key stands for its sentence.
//!
//! A table is the part of Fluent's notation that is needed here: `key = text {placeholder}` a line,
//! `#` begins a comment.

pub mod number;
mod spacing;
mod table;
pub mod units;

use std::cell::{Cell, RefCell};

use netsplit_core::base::{Map, Str};
use netsplit_core::scenario::ast::Texts;
pub use spacing::{listed, spaced};
use table::Table;

/// The languages that the page speaks; the first is the fallback.
pub const LOCALES: [&str; 2] = ["en", "zh-CN"];
/// The name of the page's own table; the others are called as their systems.
pub const PAGE: &str = "web";

/// What `?text=` asks for, to find what was not translated and what does not fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Trial {
    /// The words as they are.
    #[default]
    Off,
    /// Every key in the place of its sentence.
    Keys,
    /// Every sentence half as long again.
    Long,
}

#[derive(Default)]
struct Shelf {
    tables: RefCell<Map<(String, &'static str), Table>>,
    arrived: Cell<u32>,
    /// What the story on screen calls participants, by the names that scripts have for them.
    called: RefCell<Vec<(Str, Texts)>>,
    trial: Cell<Trial>,
}

thread_local! {
    static SHELF: Shelf = Shelf::default();
}

/// The page's sentence of this key; the key itself where there is none.
pub fn page(locale: &str, key: &str, values: &[(&str, &str)]) -> String {
    look_up(locale, PAGE, key, values).unwrap_or_else(|| key.into())
}

/// The sentence of this key in the words of the system `id`, if it has one.
pub fn system(locale: &str, id: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
    look_up(locale, id, key, values)
}

/// The language that is nearest to a tag (`zh`, `zh-Hans-SG`, `en-GB`), if the page speaks it.
pub fn nearest(tag: &str) -> Option<&'static str> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    LOCALES.into_iter().find(|locale| primary(locale) == primary(tag))
}

/// How many tables have arrived: words that were missing may be there now.
pub fn arrived() -> u32 {
    SHELF.with(|shelf| shelf.arrived.get())
}

/// Whether the table of this name is there.
pub fn has(name: &str, locale: &'static str) -> bool {
    SHELF.with(|shelf| shelf.tables.borrow().contains_key(&(name.to_string(), locale)))
}

/// Takes the table of this name.
pub fn put(name: &str, locale: &'static str, text: &str) {
    SHELF.with(|shelf| {
        shelf.tables.borrow_mut().insert((name.to_string(), locale), Table::parse(text));
        shelf.arrived.set(shelf.arrived.get() + 1);
    });
}

/// The story on screen calls participants so, by the names that scripts have for them.
pub fn call(names: Vec<(Str, Texts)>) {
    SHELF.with(|shelf| shelf.called.replace(names));
}

/// What the reader calls the participant whom scripts call `name`: as the story on screen does.
pub fn called(locale: &str, name: &str) -> String {
    SHELF.with(|shelf| {
        let called = shelf.called.borrow();
        let told = called.iter().find(|(known, _)| &**known == name);
        told.map_or_else(|| name.into(), |(_, texts)| texts.get(locale).into())
    })
}

/// Switches a trial on.
pub fn set_trial(trial: Trial) {
    SHELF.with(|shelf| shelf.trial.set(trial));
}

fn look_up(locale: &str, name: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
    SHELF.with(|shelf| {
        let tables = shelf.tables.borrow();
        let (_, table) = tables.iter().find(|((n, l), _)| n == name && *l == locale)?;
        let sentence = table.get(key)?;
        Some(match shelf.trial.get() {
            Trial::Off => spacing::spaced(locale, &table::fill(sentence, values)),
            Trial::Keys => key.into(),
            Trial::Long => longer(&table::fill(sentence, values)),
        })
    })
}

fn longer(text: &str) -> String {
    let n = text.chars().count();
    let more: String = "~ ".chars().cycle().take(n.div_ceil(2)).collect();
    format!("[{text} {}]", more.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_for_what_is_missing() {
        put(PAGE, "en", "play = Play\nat = At {time}, {who}\n");
        assert_eq!(page("en", "play", &[]), "Play");
        assert_eq!(page("en", "at", &[("time", "1 s"), ("who", "n1")]), "At 1 s, n1");
        assert_eq!(page("en", "nothing", &[]), "nothing");
        assert_eq!(page("zh-CN", "play", &[]), "play");
    }

    #[test]
    fn trials_show_keys_and_long_words() {
        put(PAGE, "en", "play = Play\n");
        set_trial(Trial::Keys);
        assert_eq!(page("en", "play", &[]), "play");
        set_trial(Trial::Long);
        assert_eq!(page("en", "play", &[]), "[Play ~]");
        set_trial(Trial::Off);
    }

    #[test]
    fn a_story_has_names_of_its_own() {
        call(vec![("tm".into(), Texts(vec![("en".into(), "Priest".into())]))]);
        assert_eq!((called("en", "tm"), called("zh-CN", "rm1")), ("Priest".into(), "rm1".into()));
        call(Vec::new());
        assert_eq!(called("en", "tm"), "tm");
    }

    #[test]
    fn tags_find_their_language() {
        assert_eq!(nearest("zh-Hans-SG"), Some("zh-CN"));
        assert_eq!(nearest("en-GB"), Some("en"));
        assert_eq!(nearest("fr"), None);
    }
}
