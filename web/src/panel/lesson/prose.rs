//! Narration: plain text with `code` and **bold**, and nothing else. Code that names an entry of
//! somebody's log is drawn as that entry.

use netsplit_core::run::Run;
use yew::prelude::*;

use crate::panel::past;

/// A piece of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it stands.
    Plain(String),
    /// Stressed.
    Bold(String),
    /// In the typeface of values.
    Code(String),
    /// An entry of a log: what it says, its epoch, whether somebody knows it committed.
    Entry(String, u64, bool),
}

/// A paragraph in pieces; `run` is where entries are looked up.
pub fn pieces(text: &str, run: Option<&Run>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (mark, at) = next_mark(rest);
        push_plain(&mut pieces, &rest[..at]);
        let Some(mark) = mark else { break };
        let after = &rest[at + mark.len()..];
        match after.find(mark) {
            Some(end) if end > 0 => {
                let inner = after[..end].to_string();
                pieces.push(match mark {
                    "`" => code(inner, run),
                    _ => Piece::Bold(inner),
                });
                rest = &after[end + mark.len()..];
            }
            _ => {
                push_plain(&mut pieces, mark);
                rest = after;
            }
        }
    }
    pieces
}

/// The first mark, and where it stands; the end of the text when there is none.
fn next_mark(text: &str) -> (Option<&'static str>, usize) {
    let first = ["`", "**"].iter().filter_map(|mark| Some((text.find(mark)?, *mark))).min();
    first.map_or((None, text.len()), |(at, mark)| (Some(mark), at))
}

fn push_plain(pieces: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Plain(last)) = pieces.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        pieces.push(Piece::Plain(text.into()));
    }
}

fn code(text: String, run: Option<&Run>) -> Piece {
    match run.and_then(|run| entry(run, &text)) {
        Some((epoch, committed)) => Piece::Entry(text, epoch, committed),
        None => Piece::Code(text),
    }
}

/// The entry that prints so, where several nodes have it: of those, a committed one first.
fn entry(run: &Run, text: &str) -> Option<(u64, bool)> {
    if !text.contains('=') {
        return None;
    }
    let world = run.world();
    let portraits = past::roles(world).map(|id| past::portrait(world, id, 12));
    let cells = portraits.flat_map(|portrait| portrait.strips).flat_map(|strip| strip.cells);
    let found = cells.filter(|cell| cell.text == text).map(|cell| (cell.epoch, cell.committed));
    found.max_by_key(|(_, committed)| *committed)
}

/// The pieces as text nodes and elements; markup in them stays text.
pub fn html(pieces: &[Piece]) -> Html {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> Html {
    match piece {
        Piece::Plain(text) => html! { { text } },
        Piece::Bold(text) => html! { <strong>{ text }</strong> },
        Piece::Code(text) => html! { <code>{ text }</code> },
        Piece::Entry(text, epoch, committed) => {
            let how = if *committed { "is-committed" } else { "is-uncommitted" };
            html! { <code class={classes!("chip", how, hue(*epoch))}>{ text }</code> }
        }
    }
}

/// The class that gives an epoch its hue; a cycle of six.
pub fn hue(epoch: u64) -> String {
    match epoch {
        0 => "term-0".into(),
        epoch => format!("term-{}", (epoch - 1) % 6 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_and_bold_are_markup() {
        let plain = |text: &str| Piece::Plain(text.into());
        let got = pieces("It took `x=1`, **2 of 5**. <b>no</b>", None);
        let expected = [
            plain("It took "),
            Piece::Code("x=1".into()),
            plain(", "),
            Piece::Bold("2 of 5".into()),
            plain(". <b>no</b>"),
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn a_mark_without_its_partner_is_text() {
        assert_eq!(pieces("2 * 3 ` 4", None), [Piece::Plain("2 * 3 ` 4".into())]);
        assert_eq!(pieces("**", None), [Piece::Plain("**".into())]);
    }
}
