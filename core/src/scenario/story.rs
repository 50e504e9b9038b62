//! Lines that tell: titles, names, steps and what belongs to them.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::ast::{Predict, Scenario, Step, Texts};
use super::cursor::{Cursor, Parse};
use super::error::Kind;
use super::expect::{self, Known};
use super::items::Item;
use super::text::current_step;
use crate::base::Str;

/// Reads one line of narration into the scenario.
pub(super) fn line(scenario: &mut Scenario, item: &Item, known: &Known) -> Parse<()> {
    let language = scenario.language.clone();
    let mut rest = item.rest;
    match item.keyword {
        "title" => add(&mut scenario.title, item, &language),
        "about" => add(&mut scenario.about, item, &language),
        "name" => name(scenario, item, &language, known),
        "step" => step(scenario, item, &language),
        "say" => {
            let step = current_step(scenario);
            if item.tag.is_none() {
                step.say.push(Texts::default());
            }
            match step.say.last_mut() {
                Some(say) => add(say, item, &language),
                None => Err(misplaced(item, "say")),
            }
        }
        "look" => add(&mut current_step(scenario).look, item, &language),
        "explain" => add(&mut current_step(scenario).explain, item, &language),
        "predict" => predict(scenario, item, &language),
        "try" => offer(scenario, item, &language),
        "goal" => {
            let step = current_step(scenario);
            let goal = step.goal.get_or_insert_with(|| (Texts::default(), Vec::new()));
            add(&mut goal.0, item, &language)
        }
        _ => {
            let tokens = expect::tokens(&mut rest, known, None)?;
            let goal = current_step(scenario).goal.as_mut();
            goal.ok_or_else(|| misplaced(item, "goal"))?.1.extend(tokens);
            Ok(())
        }
    }
}

/// Adds the text of a line in the language of its tag.
fn add(texts: &mut Texts, item: &Item, language: &Str) -> Parse<()> {
    let mut rest = item.rest;
    add_text(texts, item, language, rest.text())
}

/// Adds `text`. The untagged line must come first, and no language twice.
pub(super) fn add_text(texts: &mut Texts, item: &Item, language: &Str, text: &str) -> Parse<()> {
    let tag = item.tag.as_ref().unwrap_or(language);
    if text.is_empty() {
        return Err(item.rest.expected(&["text"]));
    }
    if texts.0.iter().any(|(known, _)| known == tag) {
        return Err(item.start.error(Kind::Twice, Vec::new()));
    }
    if texts.0.is_empty() && tag != language {
        return Err(misplaced(item, item.keyword));
    }
    texts.0.push((tag.clone(), text.into()));
    Ok(())
}

fn misplaced(item: &Item, before: &str) -> super::error::Error {
    item.start.error(Kind::Misplaced, vec![before.into()])
}

/// `name n1 Priest`.
#[inline(never)]
fn name(scenario: &mut Scenario, item: &Item, language: &Str, known: &Known) -> Parse<()> {
    let mut rest = item.rest;
    let id = known.names.id(&mut rest)?;
    let names = &mut scenario.system.names;
    let place = names.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
        names.push((id, Texts::default()));
        names.len() - 1
    });
    add_text(&mut names[place].1, item, language, rest.text())
}

/// `step 500 The cut`.
fn step(scenario: &mut Scenario, item: &Item, language: &Str) -> Parse<()> {
    let mut rest = item.rest;
    if item.tag.is_some() {
        let step = scenario.steps.last_mut().ok_or_else(|| misplaced(item, "step"))?;
        return add_text(&mut step.title, item, language, rest.text());
    }
    let at = rest.time()?;
    let last = scenario.steps.last().map(|step| step.at);
    if let Some(last) = last.filter(|last| *last > at) {
        return Err(item.rest.expected(&[&alloc::format!(">= {last}")]));
    }
    let mut step = Step { at, ..Step::default() };
    let text = rest.text();
    if !text.is_empty() {
        step.title.0.push((language.clone(), text.into()));
    }
    scenario.steps.push(step);
    Ok(())
}

/// `try VARIANT TEXT`; `try.zh-CN VARIANT TEXT` belongs to the one before.
#[inline(never)]
fn offer(scenario: &mut Scenario, item: &Item, language: &Str) -> Parse<()> {
    let mut rest = item.rest;
    let name = rest.name("variant")?;
    if item.tag.is_some() {
        let mut offers = current_step(scenario).offer.iter_mut();
        let offer = offers.find(|(variant, _)| &**variant == name);
        let (_, texts) = offer.ok_or_else(|| misplaced(item, "try"))?;
        return add_text(texts, item, language, rest.text());
    }
    if !scenario.variants.iter().any(|variant| &*variant.name == name) {
        let known = scenario.variants.iter().map(|variant| &*variant.name);
        return Err(item.rest.unknown(Kind::Variant, known));
    }
    let step = current_step(scenario);
    if step.offer.iter().any(|(variant, _)| &**variant == name) {
        return Err(item.start.error(Kind::Twice, Vec::new()));
    }
    let mut texts = Texts::default();
    add_text(&mut texts, item, language, rest.text())?;
    step.offer.push((name.into(), texts));
    Ok(())
}

/// `predict QUESTION [answer] [right*]`.
fn predict(scenario: &mut Scenario, item: &Item, language: &Str) -> Parse<()> {
    let (question, answers) = question(item.rest)?;
    let step = current_step(scenario);
    if item.tag.is_some() {
        let predict = step.predict.as_mut().ok_or_else(|| misplaced(item, "predict"))?;
        let rights = predict.options.iter().map(|(_, right)| *right);
        if !rights.eq(answers.iter().map(|(_, right)| *right)) {
            let right = |option: &(Texts, bool)| if option.1 { "[*]" } else { "[]" };
            let wanted: Vec<&str> = predict.options.iter().map(right).collect();
            return Err(item.rest.expected(&[&wanted.join(" ")]));
        }
        add_text(&mut predict.question, item, language, &question)?;
        for (option, (text, _)) in predict.options.iter_mut().zip(answers) {
            add_text(&mut option.0, item, language, &text)?;
        }
        return Ok(());
    }
    if step.predict.is_some() {
        return Err(item.start.error(Kind::Twice, Vec::new()));
    }
    if answers.len() < 2 || !answers.iter().any(|(_, right)| *right) {
        return Err(item.rest.expected(&["[answer] [right answer*]"]));
    }
    let mut predict = Predict { question: Texts::default(), options: Vec::new() };
    add_text(&mut predict.question, item, language, &question)?;
    for (text, right) in answers {
        let mut texts = Texts::default();
        add_text(&mut texts, item, language, &text)?;
        predict.options.push((texts, right));
    }
    step.predict = Some(predict);
    Ok(())
}

/// Splits a question from its answers.
fn question(mut cursor: Cursor) -> Parse<(String, Vec<(String, bool)>)> {
    let (question, _) = until(&mut cursor, '[');
    if question.is_empty() {
        return Err(cursor.expected(&["question"]));
    }
    let mut answers = Vec::new();
    while cursor.eat("[") {
        let (answer, right) = until(&mut cursor, ']');
        if answer.is_empty() || !cursor.touches("]") {
            return Err(cursor.expected(&["answer]"]));
        }
        answers.push((answer, right));
    }
    cursor.end()?;
    Ok((question, answers))
}

/// Takes text up to an unescaped `end`; says whether an unescaped `*` stood last.
fn until(cursor: &mut Cursor, end: char) -> (String, bool) {
    let mut text = String::new();
    let (mut escaped, mut star) = (false, false);
    let rest = cursor.rest();
    let mut length = rest.len();
    for (place, c) in rest.char_indices() {
        if c == end && !escaped {
            length = place;
            break;
        }
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        if escaped && !"[]*\\".contains(c) {
            text.push('\\');
        }
        star = c == '*' && !escaped;
        text.push(c);
        escaped = false;
    }
    if escaped {
        text.push('\\');
    }
    cursor.skip(length);
    let star = star && end == ']';
    if star {
        text.pop();
    }
    (text.trim().into(), star)
}
