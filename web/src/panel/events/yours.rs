//! The learner's own lines: what each does and when, to be moved and taken away one by one.

use netsplit_core::base::{Span, Time};
use netsplit_core::kernel::Cast;
use netsplit_core::kernel::action::{Target, Trigger};
use netsplit_core::scenario::ast::Line;
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::panel::acts;
use crate::session::{Action, Model, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// How far a timed line moves at once.
const STEP: Span = Span::ms(10);

#[derive(Clone, PartialEq)]
struct Yours {
    lines: Vec<Line>,
    said: Vec<(String, String)>,
}

/// The lines of all runs that stand, where there are any.
#[hook]
pub fn use_yours() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Own, Topic::Lesson, Topic::Locale, Topic::Step];
    let yours = use_watch(topics, move |model| yours(words, model));
    let Some(Yours { lines, said }) = yours else { return Html::default() };
    let button = |icon: &'static str, key: &str, next: Option<Vec<Line>>| {
        let (session, label) = (session.clone(), words.say(key));
        let disabled = next.is_none();
        let onclick = Callback::from(move |_| {
            if let Some(next) = &next {
                session.dispatch(Action::Own(next.clone()));
            }
        });
        html! {
            <button type="button" class="btn square" title={label.clone()} aria-label={label}
                {disabled} {onclick}>{ draw_icon(icon) }</button>
        }
    };
    html! {
        <section class="yours" aria-label={words.say("yours")}>
            <h3>{ words.say("yours") }</h3>
            <ul>
                { for said.iter().enumerate().map(|(place, (when, what))| html! {
                    <li>
                        <span><b>{ what }</b>{ " " }<small>{ when }</small></span>
                        { button("back", "yours.earlier", moved(&lines, place, STEP, false)) }
                        { button("chevron", "yours.later", moved(&lines, place, STEP, true)) }
                        { button("close", "yours.remove", Some(without(&lines, place))) }
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn yours(words: Words, model: &Model) -> Option<Yours> {
    let loaded = model.loaded.as_ref()?;
    let lines = loaded.own().to_vec();
    let cast = loaded.run.world().cast();
    // Lines of another pane alone may name whom this one has not.
    let is_here = |line: &Line| line.only.as_ref().is_none_or(|pane| *pane == loaded.pane());
    let what = |line: &Line| match is_here(line) {
        true => acts::sentence(words, cast, &line.action),
        false => words.say("yours.elsewhere"),
    };
    let said: Vec<_> = lines.iter().map(|line| (when(words, cast, line), what(line))).collect();
    (!said.is_empty()).then_some(Yours { lines, said })
}

/// When a line runs, in words.
pub fn when(words: Words, cast: &Cast, line: &Line) -> String {
    match &line.trigger {
        Trigger::At(at) => words.at(*at),
        Trigger::Every { from, .. } => words.at(*from),
        Trigger::After(label, _) => words.fill("yours.after", &[("op", label)]),
        Trigger::When { rule, node, nth, before_send } => {
            let who = match node {
                Some(Target::Node(id)) => words.who(cast, *id),
                Some(Target::Role(role)) => role.to_string(),
                None => String::new(),
            };
            let key = if *before_send { "yours.when.unheard" } else { "yours.when" };
            words.fill(key, &[("rule", rule), ("who", &*who), ("nth", &nth.to_string())])
        }
    }
}

/// The lines with one later or earlier by so much; of a rule, at another firing.
pub fn moved(lines: &[Line], place: usize, step: Span, later: bool) -> Option<Vec<Line>> {
    let mut lines = lines.to_vec();
    match &mut lines[place].trigger {
        Trigger::At(at) if later => *at += step,
        Trigger::At(at) => *at = Time(at.0.checked_sub(step.0)?),
        Trigger::When { nth, .. } if later => *nth += 1,
        Trigger::When { nth, .. } if *nth > 1 => *nth -= 1,
        _ => return None,
    }
    Some(lines)
}

/// The lines but one.
pub fn without(lines: &[Line], place: usize) -> Vec<Line> {
    let mut lines = lines.to_vec();
    lines.remove(place);
    lines
}

#[cfg(test)]
mod tests {
    use netsplit_core::protocols;
    use netsplit_core::scenario::Scenario;

    use super::*;

    #[test]
    fn lines_move_and_go() {
        let text = "system raft nodes=3 clients=1 end=1000\n+ at 5 crash n1\n\
                    + when leader.elected@n2 nth 1 crash n2 maybe\n";
        let lines = Scenario::parse(text, protocols::ALL).map(|scenario| scenario.lines);
        let Ok(lines) = lines else { panic!("a scenario: {lines:?}") };
        assert_eq!(moved(&lines, 0, STEP, false), None, "there is nothing before the beginning");
        assert_eq!(moved(&lines, 1, STEP, false), None, "there is nothing before the first firing");
        let later = moved(&lines, 0, STEP, true).expect("later");
        assert_eq!(later[0].trigger, Trigger::At(Time::ms(15)));
        assert_eq!(moved(&later, 0, STEP, false), Some(lines.clone()));
        let next = moved(&lines, 1, STEP, true).expect("the next firing");
        assert_eq!(moved(&next, 1, STEP, false), Some(lines.clone()));
        assert_eq!(without(&lines, 0), lines[1..]);
    }
}
