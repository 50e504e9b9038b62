//! What was found, as an ordinary scenario: it says what it shows, so that it passes as a lesson.

use alloc::format;
use alloc::vec::Vec;

use super::property::{Wanted, broken_besides};
use super::random::in_order;
use crate::base::Str;
use crate::kernel::action::{Action, Trigger};
use crate::run::play;
use crate::run::trace::What;
use crate::scenario::Scenario;
use crate::scenario::ast::{Arg, Expect, Line, Moment, Texts, Token};

/// Dresses a run that shows what is wanted: titles, and expectations that it fulfils. `None` when
/// the ordinary kernel does not show it: then it is no finding.
pub fn finding(shrunk: &Scenario, wanted: &Wanted) -> Option<Scenario> {
    let mut found = shrunk.without_narration();
    found.variants.clear();
    found.expects.clear();
    in_order(&mut found.lines);
    let run = play(found.clone());
    let mut tokens = wanted.shown_by(&run)?;
    for token in broken_besides(&run) {
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
    unlabel(&mut found, &tokens);
    let idle = idle_lines(&run);
    for (place, line) in found.lines.iter_mut().enumerate() {
        line.maybe = idle.contains(&(place as u32));
        line.own = false;
    }
    if !tokens.is_empty() {
        found.expects.push(Expect { variant: None, moment: Moment::End, tokens });
    }
    found.name = Str::from(format!("{}/found", found.system.entry.id));
    found.language = "en".into();
    found.title = title(wanted);
    Some(found)
}

/// Operations lose the labels that nothing refers to.
fn unlabel(found: &mut Scenario, tokens: &[Token]) {
    let refers = |label: &Str| {
        let by_token = tokens.iter().any(|token| token.args.contains(&Arg::Op(label.clone())));
        let waits = |line: &Line| matches!(&line.trigger, Trigger::After(own, _) if own == label);
        by_token || found.lines.iter().any(waits)
    };
    let kept: Vec<bool> = found
        .lines
        .iter()
        .map(|line| match &line.action {
            Action::Ask(ask) => ask.label.as_ref().is_some_and(refers),
            _ => false,
        })
        .collect();
    for (line, kept) in found.lines.iter_mut().zip(kept) {
        if let Action::Ask(ask) = &mut line.action
            && !kept
        {
            ask.label = None;
        }
    }
}

/// The lines that had no effect, once or always.
fn idle_lines(run: &crate::run::Run) -> Vec<u32> {
    let events = run.trace().events.iter();
    let idle = events.filter_map(|event| match event.what {
        What::Act { line, idle: Some(_) } => Some(line),
        _ => None,
    });
    idle.collect()
}

fn title(wanted: &Wanted) -> Texts {
    let Wanted::Breaks(property) = wanted else { return Texts::default() };
    let (en, zh) = (format!("Not so: {}", property.en), format!("并非如此：{}", property.zh));
    Texts(Vec::from([("en".into(), en.into()), ("zh-CN".into(), zh.into())]))
}
