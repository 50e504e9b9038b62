//! Lines of the script: labels and triggers.

use alloc::vec::Vec;

use super::actions;
use super::ast::{Line, Pane};
use super::cursor::{Cursor, Parse};
use super::names::Names;
use crate::base::{Span, Str};
use crate::kernel::action::{Action, Trigger};
use crate::kernel::limits;

/// The words that a script line may begin with, after its label.
pub(super) const TRIGGERS: [&str; 4] = ["at", "every", "after", "when"];

/// Whether this is a line of the script.
pub(super) fn is_script(mut cursor: Cursor) -> bool {
    cursor.eat("+") || label(&mut cursor).is_some() || TRIGGERS.contains(&cursor.peek())
}

/// `[+] [h:] WHEN ACTION [maybe] [only PANE]`: one line, or one per client of a group.
pub(super) fn line(cursor: &mut Cursor, names: &Names) -> Parse<Vec<Line>> {
    let own = cursor.eat("+");
    let label = label(cursor);
    let trigger = trigger(cursor, names)?;
    let actions = actions::action(cursor, names)?;
    let maybe = cursor.eat_word("maybe");
    let only = if cursor.eat_word("only") { Some(Pane::named(cursor.name("pane")?)) } else { None };
    cursor.end()?;
    let line = |action| Line {
        label: label.clone(),
        trigger: trigger.clone(),
        action,
        own,
        maybe,
        only: only.clone(),
    };
    Ok(actions.into_iter().map(line).collect())
}

/// `h:`, if it comes next.
pub(super) fn label(cursor: &mut Cursor) -> Option<Str> {
    let mut ahead = *cursor;
    let name = ahead.name("").ok()?;
    ahead.touches(":").then(|| {
        *cursor = ahead;
        name.into()
    })
}

/// Whether the action ends here, and `maybe`, `only` or nothing follows.
pub(super) fn is_over(cursor: &Cursor) -> bool {
    cursor.is_end() || ["maybe", "only"].contains(&cursor.peek())
}

/// The pane that a line names with `only`, and where it stands.
pub(super) fn only(start: Cursor<'_>) -> Option<(&str, Cursor<'_>)> {
    let text = start.rest().trim_end();
    let (before, name) = text.rsplit_once(char::is_whitespace)?;
    before.trim_end().strip_suffix("only")?.ends_with(char::is_whitespace).then(|| {
        let mut at = start;
        at.skip(text.len() - name.len());
        (name, at)
    })
}

fn trigger(cursor: &mut Cursor, names: &Names) -> Parse<Trigger> {
    let start = *cursor;
    match cursor.name("at, every, after or when")? {
        "at" => cursor.time().map(Trigger::At),
        "every" => every(cursor),
        "after" => {
            let label = cursor.name("label")?.into();
            let span = if cursor.eat("+") { cursor.span()? } else { Span::ZERO };
            Ok(Trigger::After(label, span))
        }
        "when" => when(cursor, names),
        _ => Err(start.expected(&TRIGGERS)),
    }
}

#[inline(never)]
fn every(cursor: &mut Cursor) -> Parse<Trigger> {
    let start = *cursor;
    let period = cursor.span()?;
    if period == Span::ZERO {
        return Err(start.range(1, limits::SPAN.0 / 1000));
    }
    let from = cursor.time()?;
    cursor.expect("..")?;
    Ok(Trigger::Every { period, from, to: cursor.time()? })
}

#[inline(never)]
fn when(cursor: &mut Cursor, names: &Names) -> Parse<Trigger> {
    let rule = names.rule(cursor)?;
    let node = if cursor.touches("@") { Some(names.target(cursor)?) } else { None };
    let nth = if cursor.eat_word("nth") { cursor.number(1, limits::EVENTS.into())? } else { 1 };
    let before_send = cursor.eat_word("before-send");
    Ok(Trigger::When { rule, node, nth: nth as u32, before_send })
}

/// How many lines these are when every `every` is unrolled.
pub(super) fn unrolled<'a>(lines: impl IntoIterator<Item = &'a Line>) -> u64 {
    let count = |line: &Line| match line.trigger {
        Trigger::Every { period, from, to } => to.since(from).0.div_ceil(period.0),
        _ => 1,
    };
    lines.into_iter().map(count).fold(0, u64::saturating_add)
}

/// The label of the operation that a line asks for.
pub(super) fn op_label(line: &Line) -> Option<&Str> {
    match &line.action {
        Action::Ask(ask) => ask.label.as_ref(),
        _ => None,
    }
}
