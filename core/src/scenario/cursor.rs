//! Reading one line from left to right.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{Error, Kind, nearest};
use crate::base::{Ppm, Span, Str, Time, Value};
use crate::kernel::limits;

/// So many of the known words are told with an error.
const TOLD: usize = 40;

pub(super) type Parse<T> = Result<T, Error>;

/// A place in a line. Copies are cheap: keep one to come back to.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    line: u32,
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(line: u32, text: &'a str) -> Cursor<'a> {
        Cursor { line, text, at: 0 }
    }

    /// The number of the line.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What is left of the line.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub fn is_end(&self) -> bool {
        self.rest().trim_start().is_empty()
    }

    /// Passes over so many bytes, which end at the border of a character.
    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// How many bytes have been read since `start`.
    pub fn since(&self, start: &Cursor) -> usize {
        self.at - start.at
    }

    /// Takes the rest of the line as plain text.
    pub fn text(&mut self) -> &'a str {
        let text = self.rest().trim();
        self.at = self.text.len();
        text
    }

    /// Takes the longest piece of characters that `belongs` accepts.
    pub fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Takes `mark` if it comes next, after spaces.
    pub fn eat(&mut self, mark: &str) -> bool {
        let mut ahead = *self;
        ahead.space();
        ahead.touches(mark) && {
            *self = ahead;
            true
        }
    }

    /// Takes `mark` if it comes next, without any space before it.
    pub fn touches(&mut self, mark: &str) -> bool {
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found
    }

    pub fn expect(&mut self, mark: &str) -> Parse<()> {
        if self.eat(mark) { Ok(()) } else { Err(self.expected(&[mark])) }
    }

    pub fn end(&self) -> Parse<()> {
        if self.is_end() { Ok(()) } else { Err(self.expected(&["end of line"])) }
    }

    /// The name that comes next, without taking it.
    pub fn peek(&self) -> &'a str {
        let mut ahead = *self;
        ahead.space();
        ahead.bare_name()
    }

    /// Takes `word` if it is the name that comes next.
    pub fn eat_word(&mut self, word: &str) -> bool {
        self.peek() == word && self.eat(word)
    }

    /// Takes a name; `what` says what it should be.
    pub fn name(&mut self, what: &str) -> Parse<&'a str> {
        self.space();
        let start = *self;
        match self.bare_name() {
            "" => Err(start.expected(&[what])),
            name => Ok(name),
        }
    }

    /// A letter, then letters, digits, `_`, and `-` before a letter or digit.
    fn bare_name(&mut self) -> &'a str {
        let rest = self.rest().as_bytes();
        let part =
            |at: usize| rest.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        let mut end = 0;
        if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            end = 1;
            while part(end) || (rest.get(end) == Some(&b'-') && part(end + 1)) {
                end += 1;
            }
        }
        self.at += end;
        &self.text[self.at - end..self.at]
    }

    /// A whole number.
    pub fn number(&mut self, low: u64, high: u64) -> Parse<u64> {
        self.space();
        let start = *self;
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Err(start.expected(&["number"]));
        }
        match digits.parse() {
            Ok(number) if (low..=high).contains(&number) => Ok(number),
            _ => Err(start.range(low, high)),
        }
    }

    /// A number with at most `places` decimals, as so many of its smallest parts.
    pub fn decimal(&mut self, places: u32, what: &str, high: u64) -> Parse<u64> {
        self.space();
        let start = *self;
        let scale = 10u64.pow(places);
        let whole = self.take_while(|c| c.is_ascii_digit());
        if whole.is_empty() {
            return Err(start.expected(&[what]));
        }
        let mut ahead = *self;
        let mut parts = 0;
        if ahead.touches(".") {
            let digits = ahead.take_while(|c| c.is_ascii_digit());
            if !digits.is_empty() {
                *self = ahead;
                if digits.len() > places as usize {
                    return Err(start.range(0, high / scale));
                }
                let padding = 10u64.pow(places - digits.len() as u32);
                parts = digits.parse::<u64>().unwrap_or(0) * padding;
            }
        }
        let whole = whole.parse::<u64>().ok().and_then(|whole| whole.checked_mul(scale));
        match whole.and_then(|whole| whole.checked_add(parts)) {
            Some(number) if number <= high => Ok(number),
            _ => Err(start.range(0, high / scale)),
        }
    }

    pub fn time(&mut self) -> Parse<Time> {
        self.decimal(3, "time", limits::END.0).map(Time)
    }

    pub fn span(&mut self) -> Parse<Span> {
        self.decimal(3, "span", limits::SPAN.0).map(Span)
    }

    pub fn ratio(&mut self, high: u32) -> Parse<Ppm> {
        self.decimal(6, "ratio", high.into()).map(|ppm| Ppm(ppm as u32))
    }

    /// `10..15`, or one span for both ends.
    pub fn span_range(&mut self) -> Parse<(Span, Span)> {
        self.space();
        let start = *self;
        let low = self.span()?;
        let high = if self.touches("..") { self.span()? } else { low };
        if low <= high { Ok((low, high)) } else { Err(start.expected(&["low..high"])) }
    }

    /// A key or a written text: a word, or quoted. Says whether it was quoted.
    pub fn word(&mut self, what: &str) -> Parse<(Str, bool)> {
        self.space();
        let start = *self;
        if self.touches("\"") {
            let text = self.quoted(start)?;
            return self.short(&start).map(|()| (text.as_str().into(), true));
        }
        match self.take_while(in_word) {
            "" => Err(start.expected(&[what])),
            word => self.short(&start).map(|()| (word.into(), false)),
        }
    }

    fn quoted(&mut self, start: Cursor) -> Parse<String> {
        let mut text = String::new();
        let mut escaped = false;
        for (place, c) in self.rest().char_indices() {
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    self.at += place + 1;
                    return Ok(text);
                }
                _ => {
                    text.push(c);
                    escaped = false;
                }
            }
        }
        Err(start.expected(&["\""]))
    }

    /// Refuses a word that is longer than a value may be.
    fn short(&self, start: &Cursor) -> Parse<()> {
        if self.since(start) <= limits::WORD { Ok(()) } else { Err(start.too_long(limits::WORD)) }
    }

    pub fn value(&mut self) -> Parse<Value> {
        self.space();
        let start = *self;
        self.value_from(&start)
    }

    /// A value inside one that began at `start`; its length bounds how deep lists nest.
    fn value_from(&mut self, start: &Cursor) -> Parse<Value> {
        self.short(start)?;
        if !self.eat("[") {
            let (text, quoted) = self.word("value")?;
            self.short(start)?;
            return Ok(if quoted { Value::Text(text) } else { plain_value(text) });
        }
        let mut values = Vec::new();
        while !self.eat("]") {
            self.eat(",");
            values.push(self.value_from(start)?);
        }
        self.short(start)?;
        Ok(Value::List(values.into()))
    }

    /// Something else must stand here.
    pub fn expected(&self, what: &[&str]) -> Error {
        self.error(Kind::Expected, what.iter().map(|&word| word.into()).collect())
    }

    /// No such name is known.
    pub fn unknown<'k>(&self, kind: Kind, known: impl IntoIterator<Item = &'k str>) -> Error {
        let known: Vec<&str> = known.into_iter().collect();
        let told = known.iter().take(TOLD).map(|&word| word.into()).collect();
        let mut error = self.error(kind, told);
        error.suggestion = nearest(&error.found, known);
        error
    }

    pub fn range(&self, low: u64, high: u64) -> Error {
        self.error(Kind::Range, alloc::vec![alloc::format!("{low}..{high}").as_str().into()])
    }

    pub fn too_long(&self, limit: usize) -> Error {
        self.error(Kind::TooLong, alloc::vec![alloc::format!("{limit}").as_str().into()])
    }

    /// An error at this place.
    pub fn error(&self, kind: Kind, expected: Vec<Str>) -> Error {
        let mut here = *self;
        here.space();
        let column = here.text[..here.at].chars().count() as u32 + 1;
        Error { line: self.line, column, kind, found: here.found(), expected, suggestion: None }
    }

    /// What stands here, for an error.
    fn found(mut self) -> Str {
        match self.take_while(|c| in_word(c) && !":@<>|".contains(c)) {
            "" => self.rest().chars().take(1).collect::<String>().as_str().into(),
            word => word.chars().take(40).collect::<String>().as_str().into(),
        }
    }
}

/// Whether a character may stand in a word that is not quoted.
pub(super) fn in_word(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !"()[]{},=\"".contains(c)
}

/// What an unquoted word means.
pub(super) fn plain_value(word: Str) -> Value {
    match word.parse::<i64>() {
        Ok(number) if alloc::format!("{number}") == *word => Value::Int(number),
        _ if &*word == "nil" => Value::Nil,
        _ => Value::Text(word),
    }
}
