//! Lines of the file as they come: keyword, tag, rest; and the words of the header.

use alloc::vec::Vec;

use super::cursor::{Cursor, Parse};
use super::error::Kind;
use super::script;
use crate::base::Str;
use crate::kernel::limits;

/// The words that a line may begin with, beside labels and triggers.
const KEYWORDS: [&str; 21] = [
    "scenario", "language", "title", "about", "claims", "system", "seed", "seeds", "name", "given",
    "step", "say", "look", "predict", "explain", "try", "goal", "reach", "variant", "compare",
    "expect",
];

/// A line of the file: its keyword, the language tag of its keyword, and what follows.
pub(super) struct Item<'a> {
    pub keyword: &'a str,
    pub tag: Option<Str>,
    /// Where the line begins.
    pub start: Cursor<'a>,
    /// What follows the keyword.
    pub rest: Cursor<'a>,
}

/// Splits a line into keyword, tag and rest; a line of the script has no keyword.
pub(super) fn item(start: Cursor) -> Parse<Item> {
    let mut rest = start;
    if script::is_script(start) {
        return Ok(Item { keyword: "", tag: None, start, rest });
    }
    let keyword = rest.name("keyword").unwrap_or("");
    if !KEYWORDS.contains(&keyword) {
        return Err(start.unknown(Kind::Keyword, KEYWORDS.into_iter().chain(script::TRIGGERS)));
    }
    let tag = if rest.touches(".") { Some(tag(&mut rest)?) } else { None };
    let told = [
        "title", "about", "name", "step", "say", "look", "predict", "explain", "try", "goal",
        "variant",
    ];
    if tag.is_some() && !told.contains(&keyword) {
        return Err(start.unknown(Kind::Keyword, KEYWORDS));
    }
    Ok(Item { keyword, tag, start, rest })
}

/// `en`, `zh-CN`.
pub(super) fn tag(cursor: &mut Cursor) -> Parse<Str> {
    let start = *cursor;
    let tag = cursor.name("language tag")?;
    if tag.len() > 16 || tag.contains('_') {
        return Err(start.expected(&["en", "zh-CN"]));
    }
    Ok(tag.into())
}

/// `family/slug`.
pub(super) fn scenario_name(cursor: &mut Cursor) -> Parse<Str> {
    cursor.space();
    let start = *cursor;
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let family = cursor.take_while(slug);
    let whole = cursor.touches("/") && !family.is_empty() && !cursor.take_while(slug).is_empty();
    let length = cursor.since(&start);
    if !whole || length > limits::WORD {
        return Err(start.expected(&["family/name"]));
    }
    Ok(start.rest()[..length].into())
}

pub(super) fn claims(cursor: &mut Cursor) -> Parse<Vec<Str>> {
    let mut claims = Vec::new();
    while claims.is_empty() || !cursor.is_end() {
        cursor.space();
        let id = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '-');
        if id.is_empty() {
            return Err(cursor.expected(&["RAFT-15"]));
        }
        claims.push(id.into());
    }
    Ok(claims)
}

#[inline(never)]
pub(super) fn seeds(cursor: &mut Cursor) -> Parse<(u64, u64)> {
    let start = *cursor;
    let first = cursor.number(0, u64::MAX)?;
    cursor.expect("..")?;
    let last = cursor.number(0, u64::MAX)?;
    match last.checked_sub(first) {
        Some(count) if count < limits::SEEDS => Ok((first, last)),
        _ => Err(start.too_long(limits::SEEDS as usize)),
    }
}
