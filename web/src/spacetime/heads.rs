//! The heads of the lanes: who it is and what it is now. A click selects.

use netsplit_core::base::Id;
use netsplit_core::describe::Tone;
use netsplit_core::history::OpRecord;
use netsplit_core::op::OpId;
use netsplit_core::protocol::Part;
use netsplit_core::run::Run;
use yew::prelude::*;

use super::layout::Frame;
use super::shared::Shared;
use crate::icon;
use crate::scene::mark::epoch_class;
use crate::scene::text::{num, sans_fit};
use crate::scene::view::Phase;
use crate::session::{Action, Loaded, Model, Session, Thing, Topic, use_session, use_watch};
use crate::text;
use crate::words::use_words;

/// So many operations are looked through for those that wait.
const LAST: usize = 100;

/// One head.
#[derive(Clone, PartialEq)]
struct Head {
    id: Id,
    name: String,
    role: String,
    epoch: Option<u64>,
    leads: bool,
    runs: bool,
    client: bool,
    selected: bool,
}

/// The heads of all lanes.
#[hook]
pub fn use_heads(given: (Shared<Frame>, Option<Id>)) -> Html {
    let (frame, alone) = given;
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale, Topic::Selection];
    let heads = use_watch(topics, heads);
    let narrow = frame.axis.left < 100.0;
    html! {
        <g class="heads" role="group" aria-label={words.say("stage.nodes")}>
            { for heads.iter().filter_map(|head| {
                let lane = frame.lanes.of(head.id)?;
                let apart = alone.is_some_and(|id| id != head.id);
                Some(draw(&session, head, (lane.y, frame.axis.left), narrow, apart))
            }) }
        </g>
    }
}

fn draw(session: &Session, head: &Head, (y, left): (f64, f64), narrow: bool, apart: bool) -> Html {
    let select = {
        let (session, id, selected) = (session.clone(), head.id, head.selected);
        move || {
            let thing = (!selected).then_some(Thing::Node(id));
            session.dispatch(Action::Select(thing));
        }
    };
    let onclick = {
        let select = select.clone();
        Callback::from(move |_| select())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            select();
        }
    });
    let hue = epoch_class(head.epoch.unwrap_or(0));
    let class = classes!(
        "head-of",
        hue,
        head.selected.then_some("is-selected"),
        apart.then_some("apart"),
        (!head.runs).then_some("is-down"),
    );
    let x = if narrow { 28.0 } else { 52.0 };
    let room = left - x - 6.0;
    let epoch = head.epoch.filter(|_| head.runs).map(|epoch| epoch.to_string());
    let r = if epoch.is_none() {
        8.0
    } else if narrow {
        9.5
    } else {
        13.0
    };
    let ring = (if narrow { 14.0 } else { 29.0 }, r);
    let size = if narrow { 13.0 } else { 15.0 };
    let place = format!("translate(0 {})", num(y));
    let named = if narrow || head.role.is_empty() { "5" } else { "-2" };
    let (box_x, box_width) = if narrow { ("1", left - 4.0) } else { ("9", left - 16.0) };
    html! {
        <>
            <g class={class.clone()} role="button" tabindex="0" transform={place.clone()}
                aria-pressed={head.selected.to_string()} {onclick} {onkeydown}
                aria-label={format!("{} {}", head.name, head.role)}>
                <rect class="head-box" x={box_x} y="-19" width={num(box_width)} height="38"
                    rx="5" />
                <text y={named}>
                    <tspan class="head-name" x={num(x)}>{ sans_fit(&head.name, size, room) }</tspan>
                    if !narrow && !head.role.is_empty() {
                        { " " }
                        <tspan class="head-role" x={num(x)} dy="15">
                            { sans_fit(&head.role, 12.0, room) }
                        </tspan>
                    }
                </text>
            </g>
            <g class={classes!("head-sign", class)} transform={place} aria-hidden="true">
                if head.client {
                    <path class="diamond" d={diamond(ring.0, ring.1)} />
                } else {
                    <circle class="ring" cx={num(ring.0)} r={num(ring.1)} />
                }
                if let Some(epoch) = epoch {
                    <text class="ring-number" x={num(ring.0)} y="4">{ epoch }</text>
                }
                if head.leads && !narrow {
                    <path class="pennant" d={icon::path("flag")}
                        transform={format!("translate({} -16) scale(0.85)", num(left - 30.0))} />
                }
            </g>
        </>
    }
}

fn diamond(x: f64, r: f64) -> String {
    let [left, right, r] = [x - r, x + r, r].map(num);
    let x = num(x);
    format!("M{x} -{r}L{right} 0L{x} {r}L{left} 0z")
}

fn heads(model: &Model) -> Vec<Head> {
    let Some(loaded) = &model.loaded else { return Vec::new() };
    let selected = |id: Id| model.selection.contains(&Thing::Node(id));
    let nodes = model.nodes().into_iter().map(|node| Head {
        id: node.id,
        selected: selected(node.id),
        leads: node.portrait.tone == Tone::Lead && node.phase == Phase::Up,
        runs: node.phase != Phase::Down && node.phase != Phase::NotStarted,
        epoch: node.portrait.epoch,
        name: node.name,
        role: node.role,
        client: node.part == Part::Client,
    });
    nodes.chain(clients(model, loaded, &selected)).collect()
}

fn clients<'a>(
    model: &'a Model,
    loaded: &'a Loaded,
    selected: &'a dyn Fn(Id) -> bool,
) -> impl Iterator<Item = Head> + 'a {
    let cast = loaded.run.world().cast();
    let clients = cast.ids().filter(|&id| !cast.is_role(id));
    let word = text::page(model.locale, "stage.op.waiting", &[]);
    clients.map(move |id| Head {
        id,
        name: loaded.name(model.locale, id),
        role: if waits(&loaded.run, id) { word.clone() } else { String::new() },
        epoch: None,
        leads: false,
        runs: true,
        client: true,
        selected: selected(id),
    })
}

/// Whether one of the last operations of a client has not ended at the cursor.
fn waits(run: &Run, client: Id) -> bool {
    let n = run.world().n_ops() as usize;
    let last =
        (n.saturating_sub(LAST)..n).filter_map(|op| run.trace().history.get(OpId(op as u32)));
    let open = |op: &OpRecord| op.end.as_ref().is_none_or(|end| end.event >= run.cursor());
    last.into_iter().any(|op| op.client == client && open(op))
}
