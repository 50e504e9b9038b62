//! "Here, the next time": what happens at the very firing of a rule. A line of the learner's that
//! waits for the rule, and so meets the moment whatever else is changed.

use netsplit_core::base::Id;
use netsplit_core::kernel::action::{Action as Intervention, Group, Target, Trigger};
use netsplit_core::run::Run;
use netsplit_core::scenario::ast::Line;
use yew::prelude::*;

use super::line::EventLine;
use crate::icon::draw_icon;
use crate::session::{Action, Session};
use crate::words::Words;

/// What can happen at a firing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// The node crashes before anybody hears of the step.
    CrashUnheard,
    Crash,
    Pause,
    CutOff,
}

const OFFERS: [(What, &str); 4] = [
    (What::CrashUnheard, "break-at.crash-unheard"),
    (What::Crash, "break-at.crash"),
    (What::Pause, "break-at.pause"),
    (What::CutOff, "break-at.cut-off"),
];

/// The buttons that make a line of an event's weightiest rule; nothing where no rule fired.
pub fn breakpoint(words: Words, session: &Session, event: &EventLine) -> Html {
    if event.said.is_empty() {
        return Html::default();
    }
    let number = event.event;
    let button = |(what, key): (What, &str)| {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            let line = session.read(|model| line(model.run()?, number, what));
            if let Some(line) = line {
                session.dispatch(Action::Add(Box::new(line)));
            }
        });
        html! { <button type="button" class="button" {onclick}>{ words.say(key) }</button> }
    };
    html! {
        <details class="break-at">
            <summary title={words.say("break-at.about")}>
                { draw_icon("break-at") }{ words.say("break-at") }
            </summary>
            <div>{ for OFFERS.into_iter().map(button) }</div>
        </details>
    }
}

/// The line for this firing: of this rule, at this node, the time that it was.
fn line(run: &Run, event: u32, what: What) -> Option<Line> {
    let trace = run.trace();
    let node = trace.events.get(event as usize)?.node;
    let cast = run.world().cast();
    let rule = trace.fired_in(event).max_by_key(|fired| fired.rule.weight)?.rule;
    let at_node = |event: &u32| trace.events[*event as usize].node == node;
    let here = (0..=event).filter(at_node);
    let fired = here.flat_map(|event| trace.fired_in(event)).filter(|it| it.rule.id == rule.id);
    let trigger = Trigger::When {
        rule: rule.id,
        node: cast.is_role(node).then_some(Target::Node(node)),
        nth: fired.count() as u32,
        before_send: what == What::CrashUnheard,
    };
    let action = match what {
        What::CrashUnheard | What::Crash => Intervention::Crash(vec![Target::Node(node)]),
        What::Pause => Intervention::Pause(vec![Target::Node(node)], None),
        What::CutOff => cut_off(run, node),
    };
    Some(Line { label: None, trigger, action, own: true, maybe: true, only: None })
}

/// The node alone on one side, all other nodes on the other.
fn cut_off(run: &Run, node: Id) -> Intervention {
    let cast = run.world().cast();
    let others = cast.ids().filter(|&id| cast.is_role(id) && id != node);
    let others = others.map(Target::Node).collect();
    Intervention::Partition(vec![Group::Targets(vec![Target::Node(node)]), Group::Targets(others)])
}
