//! Expectations: moments and tokens.

use alloc::vec;
use alloc::vec::Vec;

use super::ast::{Aggregate, Arg, Compare, Moment, Token};
use super::cursor::{Cursor, Parse};
use super::error::{Error, Kind};
use super::names::Names;
use super::tokens::{self, Def, Param};
use crate::base::{Ppm, Str};
use crate::kernel::action::Target;

/// What tokens may refer to.
pub(super) struct Known<'a> {
    pub names: &'a Names,
    /// The labels of operations.
    pub labels: &'a [Str],
    /// Whether the scenario runs once per seed.
    pub seeds: bool,
}

/// `end`, `at T`, `before T`, `by T` or `A..B`.
pub(super) fn moment(cursor: &mut Cursor) -> Parse<Moment> {
    for (word, moment) in
        [("at", Moment::At as fn(_) -> _), ("before", Moment::Before), ("by", Moment::By)]
    {
        if cursor.eat_word(word) {
            return cursor.time().map(moment);
        }
    }
    if cursor.eat_word("end") {
        return Ok(Moment::End);
    }
    let start = *cursor;
    let number = start.rest().trim_start().starts_with(|c: char| c.is_ascii_digit());
    if !number {
        return Err(start.expected(&["end", "at", "before", "by", "from..to"]));
    }
    let from = cursor.time()?;
    cursor.expect("..")?;
    let to = cursor.time()?;
    if from <= to { Ok(Moment::Within(from, to)) } else { Err(start.expected(&["from..to"])) }
}

/// The rest of the line: at least one token.
pub(super) fn tokens(
    cursor: &mut Cursor,
    known: &Known,
    moment: Option<Moment>,
) -> Parse<Vec<Token>> {
    let mut tokens = vec![token(cursor, known, moment)?];
    while !cursor.is_end() {
        cursor.eat(",");
        cursor.eat(";");
        tokens.push(token(cursor, known, moment)?);
    }
    Ok(tokens)
}

fn token(cursor: &mut Cursor, known: &Known, moment: Option<Moment>) -> Parse<Token> {
    cursor.space();
    let start = *cursor;
    let name = cursor.name("token")?;
    let unknown = || start.unknown(Kind::Token, tokens::TOKENS.iter().map(|def| def.name));
    let def = tokens::find(name).ok_or_else(unknown)?;
    if def.whole && matches!(moment, Some(Moment::Within(..))) {
        return Err(start.error(Kind::Misplaced, vec!["end".into(), "at".into()]));
    }
    let mut furthest: Option<(usize, Error)> = None;
    for form in def.forms {
        let mut ahead = *cursor;
        match arguments(&mut ahead, known, form) {
            Ok(args) => {
                *cursor = ahead;
                return Ok(Token { name: def.name, args });
            }
            Err(error) => {
                let reach = ahead.since(cursor);
                if furthest.as_ref().is_none_or(|(far, _)| reach >= *far) {
                    furthest = Some((reach, error));
                }
            }
        }
    }
    Err(with_forms(furthest.map_or_else(unknown, |(_, error)| error), def))
}

/// Adds how the token is written to an error that expected something of its arguments.
#[inline(never)]
fn with_forms(mut error: Error, def: &Def) -> Error {
    if error.kind == Kind::Expected && error.expected.len() <= 1 {
        error.expected = def.forms.iter().map(|form| written(def, form)).collect();
    }
    error
}

/// `latency(ops, ms)`.
fn written(def: &Def, form: &[Param]) -> Str {
    let word = |param: &Param| match param {
        Param::Words(words) => words.join("|"),
        Param::Word => "word".into(),
        Param::Count => "n".into(),
        Param::Span => "ms".into(),
        Param::Ratio => "ratio".into(),
        Param::Value => "value".into(),
        Param::Key => "key".into(),
        Param::Node => "node".into(),
        Param::Nodes => "nodes".into(),
        Param::Op => "op".into(),
        Param::Ops => "ops".into(),
        Param::Links => "links".into(),
        Param::Kind => "kind".into(),
        Param::Rule => "rule".into(),
        Param::Property => "property".into(),
    };
    let params: Vec<_> = form.iter().map(word).collect();
    if params.is_empty() {
        return def.name.into();
    }
    alloc::format!("{}({})", def.name, params.join(", ")).as_str().into()
}

fn arguments(cursor: &mut Cursor, known: &Known, form: &[Param]) -> Parse<Vec<Arg>> {
    let mut args = Vec::new();
    if form.is_empty() && !cursor.touches("(") {
        return Ok(args);
    }
    if !form.is_empty() {
        cursor.expect("(")?;
    }
    for (place, param) in form.iter().enumerate() {
        if place > 0 {
            cursor.expect(",")?;
        }
        argument(cursor, known, *param, &mut args)?;
    }
    let mut ahead = *cursor;
    if (form.is_empty() || ahead.eat(",")) && ahead.eat_word("percent") {
        let seeds_at = *cursor;
        let compare = compare(&mut ahead);
        args.push(Arg::Aggregate(Aggregate::Percent, compare, ahead.number(0, 100)?));
        *cursor = ahead;
        many(known, &seeds_at)?;
    }
    cursor.expect(")")?;
    Ok(args)
}

/// Statistics are of scenarios that run many times.
#[inline(never)]
fn many(known: &Known, at: &Cursor) -> Parse<()> {
    if known.seeds { Ok(()) } else { Err(at.error(Kind::Misplaced, vec!["seeds".into()])) }
}

fn argument(cursor: &mut Cursor, known: &Known, param: Param, args: &mut Vec<Arg>) -> Parse<()> {
    cursor.space();
    let start = *cursor;
    let names = known.names;
    let arg = match param {
        Param::Words(words) => {
            let word = cursor.name("word")?;
            let found = words.iter().find(|known| **known == word);
            Arg::Word((*found.ok_or_else(|| start.expected(words))?).into())
        }
        Param::Word | Param::Value | Param::Key => {
            let word = cursor.word("word")?.0;
            if param == Param::Word { Arg::Word(word) } else { Arg::Value(word) }
        }
        Param::Count => count(cursor, known)?,
        Param::Span => Arg::Span(compare(cursor), cursor.span()?),
        Param::Ratio => Arg::Ratio(compare(cursor), cursor.ratio(Ppm::ONE.0)?.0),
        Param::Node => Arg::Node(names.id(cursor)?),
        Param::Nodes => Arg::Nodes(names.ids(cursor)?),
        Param::Op => Arg::Op(label(cursor, known)?),
        Param::Ops => operations(cursor, known)?,
        Param::Links => links(cursor, names)?,
        Param::Kind => Arg::Word(names.kind(cursor)?.into()),
        Param::Property => {
            let name = cursor.name("property")?;
            let properties = (names.entry.properties)();
            let unknown = || start.unknown(Kind::Property, properties.iter().map(|p| p.id));
            let found = properties.iter().find(|property| property.id == name);
            Arg::Word(found.ok_or_else(unknown)?.id.into())
        }
        Param::Rule => {
            args.push(Arg::Word(names.rule(cursor)?.into()));
            if !cursor.touches("@") {
                return Ok(());
            }
            Arg::Node(names.id(cursor)?)
        }
    };
    args.push(arg);
    Ok(())
}

fn compare(cursor: &mut Cursor) -> Compare {
    for (mark, compare) in [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<", Compare::Less),
        (">", Compare::More),
    ] {
        if cursor.eat(mark) {
            return compare;
        }
    }
    cursor.eat("=");
    Compare::Equal
}

#[inline(never)]
fn count(cursor: &mut Cursor, known: &Known) -> Parse<Arg> {
    let start = *cursor;
    for (word, statistic) in
        [("median", Aggregate::Median), ("min", Aggregate::Min), ("max", Aggregate::Max)]
    {
        if cursor.eat_word(word) {
            many(known, &start)?;
            return Ok(Arg::Aggregate(statistic, compare(cursor), cursor.number(0, u64::MAX)?));
        }
    }
    Ok(Arg::Number(compare(cursor), cursor.number(0, u64::MAX)?))
}

#[inline(never)]
fn label(cursor: &mut Cursor, known: &Known) -> Parse<Str> {
    cursor.space();
    let start = *cursor;
    let name = cursor.name("label")?;
    let label = known.labels.iter().find(|label| &***label == name);
    label.cloned().ok_or_else(|| start.unknown(Kind::Label, known.labels.iter().map(|l| &**l)))
}

#[inline(never)]
fn operations(cursor: &mut Cursor, known: &Known) -> Parse<Arg> {
    let name = cursor.peek();
    if let Some(spec) = known.names.entry.ops.iter().find(|op| op.verb == name) {
        cursor.eat(name);
        return Ok(Arg::Word(spec.verb.into()));
    }
    if let Some(id) = known.names.find(name) {
        cursor.eat(name);
        return Ok(Arg::Node(id));
    }
    label(cursor, known).map(Arg::Op)
}

/// `n1->n2`, `*->n1`, `*`.
#[inline(never)]
fn links(cursor: &mut Cursor, names: &Names) -> Parse<Arg> {
    let side = |cursor: &mut Cursor| {
        if cursor.eat("*") {
            return Ok(Vec::new());
        }
        let start = *cursor;
        let id = |target| match target {
            Target::Node(id) => Ok(id),
            Target::Role(_) => Err(start.unknown(Kind::Participant, names.participants())),
        };
        names.targets(cursor)?.into_iter().map(id).collect::<Parse<Vec<_>>>()
    };
    let from = side(cursor)?;
    if !cursor.eat("->") {
        if from.is_empty() {
            return Ok(Arg::Links(from, Vec::new()));
        }
        return Err(cursor.expected(&["->"]));
    }
    let to = side(cursor)?;
    Ok(Arg::Links(from, to))
}
