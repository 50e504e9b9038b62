//! The page's words in the present language.

use yew::prelude::*;

use crate::session::{Topic, use_watch};
use crate::text;

/// Looks words up in one language. Cheap to copy; another value when words have arrived.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub locale: &'static str,
    arrived: u32,
}

/// The words of the page's present language; the component is drawn anew when they change.
#[hook]
pub fn use_words() -> Words {
    let (locale, arrived) = use_watch(&[Topic::Locale], |model| (model.locale, text::arrived()));
    Words { locale, arrived }
}

impl Words {
    /// A sentence.
    pub fn say(self, key: &str) -> String {
        text::page(self.locale, key, &[])
    }

    /// A sentence with values in its places.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        text::page(self.locale, key, values)
    }
}
