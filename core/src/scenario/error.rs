//! What is wrong with a text: data that the page can say in either language.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::base::Str;

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// The line, from 1; 0 when it concerns the whole text.
    pub line: u32,
    /// The column, from 1, counted in characters.
    pub column: u32,
    /// What kind of mistake.
    pub kind: Kind,
    /// What stands there; empty at the end of a line.
    pub found: Str,
    /// What could stand there instead, or the limit that was met.
    pub expected: Vec<Str>,
    /// The nearest known word.
    pub suggestion: Option<Str>,
}

/// The kinds of mistakes, each with a key that the texts use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// Something else must stand here.
    Expected,
    /// No line begins with this word.
    Keyword,
    /// No action and no participant has this name.
    Verb,
    /// No participant and no role has this name.
    Participant,
    /// This participant is no client.
    NotClient,
    /// The system has no such setting.
    Knob,
    /// The setting cannot differ from node to node.
    NotPerNode,
    /// The setting cannot change while the system runs.
    NotLive,
    /// No system has this id.
    System,
    /// The system has no such operation.
    Operation,
    /// The system sends no such message.
    Message,
    /// The system has no such timer.
    Timer,
    /// The system has no such rule.
    Rule,
    /// The system has no such property.
    Property,
    /// `tokens.md` defines no such token.
    Token,
    /// No operation, or no line, has this label.
    Label,
    /// The scenario has no such variant.
    Variant,
    /// More or fewer runs than can stand side by side.
    Panes,
    /// The systems of these runs are asked different things; others can stand side by side.
    Apart,
    /// The same, and no two runs of the scenario can.
    Alone,
    /// The number is out of its range.
    Range,
    /// It is said twice.
    Twice,
    /// It must be said and is not.
    Missing,
    /// It cannot stand here: what it belongs to is missing, or it comes too early.
    Misplaced,
    /// A disk cannot hold this.
    Given,
    /// The text, a word, a list or the unrolled script is longer than its limit.
    TooLong,
}

impl Kind {
    /// The key of its sentence; placeholders are `{found}`, `{expected}`, `{suggestion}`.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Expected => "scenario.expected",
            Kind::Keyword => "scenario.keyword",
            Kind::Verb => "scenario.verb",
            Kind::Participant => "scenario.participant",
            Kind::NotClient => "scenario.not-client",
            Kind::Knob => "scenario.knob",
            Kind::NotPerNode => "scenario.not-per-node",
            Kind::NotLive => "scenario.not-live",
            Kind::System => "scenario.system",
            Kind::Operation => "scenario.operation",
            Kind::Message => "scenario.message",
            Kind::Timer => "scenario.timer",
            Kind::Rule => "scenario.rule",
            Kind::Property => "scenario.property",
            Kind::Token => "scenario.token",
            Kind::Label => "scenario.label",
            Kind::Variant => "scenario.variant",
            Kind::Panes => "scenario.panes",
            Kind::Apart => "scenario.apart",
            Kind::Alone => "scenario.alone",
            Kind::Range => "scenario.range",
            Kind::Twice => "scenario.twice",
            Kind::Missing => "scenario.missing",
            Kind::Misplaced => "scenario.misplaced",
            Kind::Given => "scenario.given",
            Kind::TooLong => "scenario.too-long",
        }
    }
}

/// For terminals and tests; the page has sentences of its own.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.kind.key())?;
        if !self.found.is_empty() {
            write!(f, " `{}`", self.found)?;
        }
        if !self.expected.is_empty() {
            write!(f, ", expected {}", self.expected.join(" | "))?;
        }
        match &self.suggestion {
            Some(word) => write!(f, "; did you mean `{word}`?"),
            None => Ok(()),
        }
    }
}

/// The known word that `found` is most likely meant to be, if any is near: at most one edit in
/// three letters.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Str> {
    let found: String = found.chars().take(40).map(|c| c.to_ascii_lowercase()).collect();
    let allowed = found.chars().count().div_ceil(3);
    let distances =
        known.into_iter().map(|word| (distance(&found, &word.to_ascii_lowercase()), word));
    let (distance, word) = distances.min_by_key(|&(distance, _)| distance)?;
    (distance <= allowed).then(|| word.into())
}

/// How many letters must be written, struck out or replaced (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = core::mem::replace(&mut row[0], i + 1);
        for (j, &cb) in b.iter().enumerate() {
            let replaced = corner + usize::from(ca != cb);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
