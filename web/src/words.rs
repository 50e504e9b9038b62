//! Words: sentences of the page and of the system that runs, in the reader's language,
//! with times, names and thin spaces as a reader expects them.

use netsplit_core::base::{Id, Span, Time};
use netsplit_core::kernel::Cast;
use netsplit_core::rule::{Field, Fired};
use yew::prelude::*;

use crate::session::{Topic, use_watch};
use crate::text::{self, units};

/// Looks words up in one language. Cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words {
    locale: &'static str,
    /// How often texts have arrived: a component whose words were missing is drawn anew.
    arrived: u32,
}

/// The words of the page's present language.
#[hook]
pub fn use_words() -> Words {
    let (locale, arrived) = use_watch(&[Topic::Locale], |model| (model.locale, text::arrived()));
    Words { locale, arrived }
}

impl Words {
    /// Words of this language, outside a component.
    pub fn of(locale: &'static str) -> Words {
        Words { locale, arrived: 0 }
    }

    /// The language, `en` or `zh-CN`.
    pub fn locale(self) -> &'static str {
        self.locale
    }

    /// A sentence of the page's.
    pub fn say(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A sentence of the page's with values in its places.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        text::page(self.locale, key, values)
    }

    /// A sentence with the singular where the number is one: `key.one`, else `key.other`.
    pub fn count(self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }

    /// A sentence of the system's, if it has one of this key.
    pub fn system(self, id: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
        text::system(self.locale, id, key, values)
    }

    /// A word of the system's (a role, a flag, a reason), or the key where there is none.
    pub fn word(self, id: &str, key: &str, word: &str) -> String {
        self.system(id, &format!("{key}.{word}"), &[]).unwrap_or_else(|| word.into())
    }

    /// What a rule says of this firing.
    pub fn rule(self, cast: &Cast, me: Id, fired: &Fired) -> String {
        let shown: Vec<_> =
            fired.fields().map(|(name, field, arg)| (name, self.field(cast, field, arg))).collect();
        let mut values: Vec<_> = shown.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let me = self.who(cast, me);
        values.push(("me", &me));
        let key = format!("rule.{}", fired.rule.id);
        self.system(cast.entry.id, &key, &values).unwrap_or_else(|| {
            let list = shown.iter().map(|(name, text)| format!(" {name}={text}"));
            format!("{}{}", fired.rule.id, list.collect::<String>())
        })
    }

    fn field(self, cast: &Cast, field: Field, arg: u64) -> String {
        match field {
            Field::Int => arg.to_string(),
            Field::Node => self.who(cast, Id(arg as u16)),
            Field::Time => self.span(Span(arg)),
            Field::Flag => self.say(if arg == 0 { "no" } else { "yes" }),
        }
    }

    /// An instant in seconds with three decimals: `1.530 s`.
    pub fn at(self, at: Time) -> String {
        format!("{} s", units::seconds(at))
    }

    /// A length of time in the unit that fits.
    pub fn span(self, span: Span) -> String {
        units::span(span)
    }

    /// What a participant is called, in the story where that has names of its own.
    pub fn who(self, cast: &Cast, id: Id) -> String {
        text::called(self.locale, cast.name(id))
    }

    /// Several names in a row.
    pub fn names(self, cast: &Cast, ids: &[Id]) -> String {
        if ids.is_empty() {
            return self.say("nobody");
        }
        text::listed(&ids.iter().map(|&id| self.who(cast, id)).collect::<Vec<_>>())
    }

    /// A text from outside the tables, with the spaces that the language wants.
    pub fn spaced(self, text: &str) -> String {
        text::spaced(self.locale, text)
    }
}
