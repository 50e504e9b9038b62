//! Share links: a scenario, or what a learner changed of one, as the fragment of an address.
//!
//! `#s=1.PAYLOAD` carries a whole scenario, `#/raft/caiyang+LINES` what was added to a built-in
//! one. A version once published is read for ever: nothing under a version may change.

mod base64;
mod difference;
mod payload;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::Scenario;

pub use difference::{join_lines, split_lines};
pub use payload::{decode, encode};

/// What is wrong with a link: data that the page can say in either language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// It says nothing that is known here.
    Address,
    /// It was made by another version than those that are known: which one it says.
    Version(String),
    /// A character that no link has, and its place from 1.
    Character(char, usize),
    /// Its end is missing.
    Short,
    /// A piece of it is not what was sent.
    Damaged,
    /// It holds more than a scenario may, in bytes.
    TooLong(usize),
}

impl LinkError {
    /// The key of its sentence; placeholders are `{found}` and `{limit}`.
    pub fn key(&self) -> &'static str {
        match self {
            LinkError::Address => "link.address",
            LinkError::Version(_) => "link.version",
            LinkError::Character(..) => "link.character",
            LinkError::Short => "link.short",
            LinkError::Damaged => "link.damaged",
            LinkError::TooLong(_) => "link.too-long",
        }
    }
}

/// For terminals and tests; the page has sentences of its own.
impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            LinkError::Version(found) => write!(f, "{} `{found}`", self.key()),
            LinkError::Character(c, place) => write!(f, "{} `{c}` at {place}", self.key()),
            LinkError::TooLong(limit) => write!(f, "{} {limit}", self.key()),
            _ => f.write_str(self.key()),
        }
    }
}

/// The fragment of an address: what to open, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// What to open.
    pub subject: Subject,
    /// The other parameters in their order: `t`, `d`, `lang`, `theme` and so on.
    pub params: Vec<(String, String)>,
}

/// What a link opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// Nothing in particular: the gallery.
    Nothing,
    /// A built-in scenario by its name, and the lines that a learner added.
    BuiltIn(String, Vec<String>),
    /// The text of a scenario.
    Text(String),
}

impl Address {
    /// Reads the fragment of an address, with or without its `#`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the link; whether the scenario in it can run is another question.
    pub fn parse(fragment: &str) -> Result<Address, LinkError> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut address = Address { subject: Subject::Nothing, params: Vec::new() };
        for (place, part) in fragment.split('&').enumerate() {
            match part.split_once('=') {
                _ if part.is_empty() => {}
                _ if place == 0 && part.starts_with('/') => address.subject = built_in(&part[1..])?,
                Some(("s", payload)) => address.subject = Subject::Text(decode(payload)?),
                None if part == "s" => return Err(LinkError::Short),
                None if place == 0 => return Err(LinkError::Address),
                pair => {
                    let (key, value) = pair.unwrap_or((part, ""));
                    if is_key(key) {
                        address.params.push((key.to_string(), value.to_string()));
                    }
                }
            }
        }
        Ok(address)
    }

    /// The value of a parameter.
    pub fn param(&self, key: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// The fragment, with its `#`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let subject = match &self.subject {
            Subject::Nothing => String::new(),
            Subject::BuiltIn(name, lines) => alloc::format!("/{name}{}", join_lines(lines)),
            Subject::Text(text) => alloc::format!("s={}", encode(text)),
        };
        // A bare word may not stand first: there it would have to be something to open.
        let bare = |place, value: &str| value.is_empty() && (place > 0 || !subject.is_empty());
        let params = self.params.iter().enumerate().map(|(place, (key, value))| {
            if bare(place, value) { key.clone() } else { alloc::format!("{key}={value}") }
        });
        let params: Vec<_> = params.collect();
        let parts = core::iter::once(subject).filter(|part| !part.is_empty()).chain(params);
        write!(f, "#{}", parts.collect::<Vec<_>>().join("&"))
    }
}

/// Whether this may be the name of a parameter; anything else is passed over.
fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// `raft/caiyang+LINES`.
fn built_in(part: &str) -> Result<Subject, LinkError> {
    let name = part.split('+').next().unwrap_or("");
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
    if name.is_empty() || !name.chars().all(slug) {
        return Err(LinkError::Address);
    }
    Ok(Subject::BuiltIn(name.to_string(), split_lines(&part[name.len()..])?))
}

impl Scenario {
    /// The link to this scenario, without narration.
    pub fn link(&self) -> Address {
        let text = self.without_narration().to_string();
        Address { subject: Subject::Text(text), params: Vec::new() }
    }

    /// The link to the built-in scenario of this name and the learner's own lines.
    pub fn difference_link(&self) -> Address {
        self.difference_from(self)
    }

    /// The link to the built-in scenario `told` and what this one says further: variants, what
    /// stands side by side, and the learner's own lines.
    pub fn difference_from(&self, told: &Scenario) -> Address {
        let subject = Subject::BuiltIn(told.name.to_string(), self.further_lines(told));
        Address { subject, params: Vec::new() }
    }
}

/// Four characters that tell whether a run came out as it did for whoever made the link.
pub fn short_digest(digest: u64) -> String {
    let folded = digest ^ digest >> 24 ^ digest >> 48;
    base64::encode(&folded.to_le_bytes()[..3])
}
