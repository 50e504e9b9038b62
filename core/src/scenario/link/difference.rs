//! What a learner added to a built-in scenario, readable in the address bar:
//! `+at_500_crash_leader+at_900_heal`.

use alloc::string::String;
use alloc::vec::Vec;

use super::{LinkError, base64};
use crate::kernel::limits;

/// What does not stand for itself, and what stands for it; longer pieces first.
const SIGNS: [(&str, &str); 13] = [
    ("->", "~-"),
    (" ", "_"),
    ("_", "~_"),
    ("+", "~+"),
    ("~", "~~"),
    ("{", "~("),
    ("}", "~)"),
    ("|", "~!"),
    ("\"", "~'"),
    ("#", "~*"),
    ("[", "~l"),
    ("]", "~r"),
    ("&", "~a"),
];

/// Characters that stand for themselves, beside letters and digits: nothing that an address or a
/// chat program would change.
const PLAIN: &str = "-.,:;=@/()!*'$";

/// The lines, each begun by `+`. A line with other characters travels as `=` and base64url.
pub fn join_lines(lines: &[String]) -> String {
    let mut joined = String::new();
    for line in lines {
        joined.push('+');
        match readable(line) {
            Some(text) => joined.push_str(&text),
            None => {
                joined.push('=');
                joined.push_str(&base64::encode(line.as_bytes()));
            }
        }
    }
    joined
}

/// The lines that `joined` holds.
///
/// # Errors
///
/// Names the first character that no such link has, or says that a line is cut off or too much.
#[inline(never)]
pub fn split_lines(joined: &str) -> Result<Vec<String>, LinkError> {
    if joined.len() > 2 * limits::TEXT {
        return Err(LinkError::TooLong(limits::TEXT));
    }
    let mut lines = Vec::new();
    let mut rest = joined;
    while let Some(after) = rest.strip_prefix('+') {
        let (line, left) = match after.strip_prefix('=') {
            Some(packed) => packed_line(packed)?,
            None => readable_line(after, joined)?,
        };
        lines.push(line);
        rest = left;
    }
    match rest.chars().next() {
        Some(c) => Err(LinkError::Character(c, joined.len() - rest.len() + 1)),
        None => Ok(lines),
    }
}

fn stands_for_itself(c: char) -> bool {
    c.is_ascii_alphanumeric() || PLAIN.contains(c)
}

fn readable(line: &str) -> Option<String> {
    let compact = compact(line);
    let mut text = String::new();
    let mut rest = compact.as_str();
    while let Some(c) = rest.chars().next() {
        if let Some((piece, sign)) = SIGNS.iter().find(|(piece, _)| rest.starts_with(piece)) {
            text.push_str(sign);
            rest = &rest[piece.len()..];
        } else if stands_for_itself(c) {
            text.push(c);
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    (!text.starts_with('=')).then_some(text)
}

/// Spaces after commas say nothing, but for those in quotes.
fn compact(line: &str) -> String {
    if line.contains('"') {
        return line.into();
    }
    let mut pieces: Vec<&str> = line.split(',').collect();
    pieces.iter_mut().skip(1).for_each(|piece| *piece = piece.trim_start_matches(' '));
    pieces.join(",")
}

/// Reads up to the next `+`; answers what is left.
fn readable_line<'a>(text: &'a str, joined: &str) -> Result<(String, &'a str), LinkError> {
    let mut line = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next().filter(|c| *c != '+') {
        if let Some((piece, sign)) = SIGNS.iter().find(|(_, sign)| rest.starts_with(sign)) {
            line.push_str(piece);
            rest = &rest[sign.len()..];
        } else if stands_for_itself(c) {
            line.push(c);
            rest = &rest[1..];
        } else if rest == "~" {
            return Err(LinkError::Short);
        } else {
            return Err(LinkError::Character(c, joined.len() - rest.len() + 1));
        }
    }
    Ok((line, rest))
}

fn packed_line(packed: &str) -> Result<(String, &str), LinkError> {
    let end = packed.find('+').unwrap_or(packed.len());
    let bytes = base64::decode(&packed[..end])?;
    let line = String::from_utf8(bytes).map_err(|_| LinkError::Damaged)?;
    Ok((line, &packed[end..]))
}
