//! The panel's words: sentences of the page and of the system that runs, in the reader's language,
//! with times, names and thin spaces as a reader expects them.

use netsplit_core::base::{Id, Span, Time};
use netsplit_core::kernel::Cast;
use netsplit_core::rule::{Field, Fired};
use yew::prelude::*;

use crate::session::{Topic, use_watch};
use crate::text;

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
        self.spaced(&text::page(self.locale, key, values))
    }

    /// A sentence with the singular where the number is one: `key.one`, else `key.other`.
    pub fn count(self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }

    /// A sentence of the system's, if it has one of this key.
    pub fn system(self, id: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
        text::system(self.locale, id, key, values).map(|text| self.spaced(&text))
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
        values.push(("me", cast.name(me)));
        let key = format!("rule.{}", fired.rule.id);
        self.system(cast.entry.id, &key, &values).unwrap_or_else(|| {
            let list = shown.iter().map(|(name, text)| format!(" {name}={text}"));
            format!("{}{}", fired.rule.id, list.collect::<String>())
        })
    }

    fn field(self, cast: &Cast, field: Field, arg: u64) -> String {
        match field {
            Field::Int => arg.to_string(),
            Field::Node => cast.name(Id(arg as u16)).into(),
            Field::Time => self.span(Span(arg)),
            Field::Flag => self.say(if arg == 0 { "no" } else { "yes" }),
        }
    }

    /// An instant in seconds with three decimals: `1.530 s`.
    pub fn at(self, at: Time) -> String {
        format!("{} s", seconds(at.0))
    }

    /// A length of time: in milliseconds below a second.
    pub fn span(self, span: Span) -> String {
        match span.0 {
            0..1_000 => format!("{} µs", span.0),
            1_000..1_000_000 => format!("{} ms", (span.0 + 500) / 1000),
            long => format!("{} s", seconds(long)),
        }
    }

    /// Several names in a row.
    pub fn names(self, cast: &Cast, ids: &[Id]) -> String {
        if ids.is_empty() {
            return self.say("nobody");
        }
        ids.iter().map(|&id| cast.name(id)).collect::<Vec<_>>().join(" ")
    }

    /// In Chinese: a narrow space between Han and digits that keeps them together, a thin one
    /// between Han and Latin letters.
    pub fn spaced(self, text: &str) -> String {
        if self.locale != "zh-CN" {
            return text.into();
        }
        let mut out = String::with_capacity(text.len() + 16);
        let mut last = ' ';
        for c in text.chars() {
            out.extend(gap(last, c));
            out.push(c);
            last = c;
        }
        out
    }
}

/// Seconds with three decimals.
pub fn seconds(us: u64) -> String {
    let ms = us / 1000;
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn gap(a: char, b: char) -> Option<char> {
    let han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let (a_is_han, other) = match (han(a), han(b)) {
        (true, false) => (true, b),
        (false, true) => (false, a),
        _ => return None,
    };
    match other {
        c if c.is_ascii_digit() => Some('\u{202f}'),
        c if c.is_ascii_alphabetic() => Some('\u{2009}'),
        ')' | '`' if !a_is_han => Some('\u{2009}'),
        '(' | '`' if a_is_han => Some('\u{2009}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_keeps_its_distance() {
        let words = Words::of("zh-CN");
        assert_eq!(words.spaced("一共2份"), "一共\u{202f}2\u{202f}份");
        assert_eq!(words.spaced("节点n1在"), "节点\u{2009}n1\u{202f}在");
        assert_eq!(Words::of("en").spaced("一共2份"), "一共2份");
    }

    #[test]
    fn times_read_alike_everywhere() {
        let words = Words::of("en");
        assert_eq!(words.at(Time::ms(1530)), "1.530 s");
        assert_eq!(words.span(Span::ms(82)), "82 ms");
        assert_eq!(words.span(Span::ms(2000)), "2.000 s");
    }
}
