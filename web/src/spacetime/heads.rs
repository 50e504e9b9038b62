//! The heads of the lanes: who it is and what it is now. A click selects.

use netsplit_core::base::Id;
use netsplit_core::describe::Tone;
use yew::prelude::*;

use super::layout::Frame;
use super::shared::Shared;
use crate::icon;
use crate::scene::mark::epoch_class;
use crate::scene::text::{num, sans_fit};
use crate::scene::view::Phase;
use crate::session::{Action, Loaded, Model, Session, Thing, Topic, use_session, use_watch};
use crate::words::use_words;

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
    let x = if narrow { 26.0 } else { 42.0 };
    let room = left - x - 6.0;
    let epoch = head.epoch.filter(|_| head.runs).map(|epoch| epoch.to_string());
    let ring = if narrow { (13.0, 9.5) } else { (20.0, 13.0) };
    html! {
        <g {class} role="button" tabindex="0" aria-pressed={head.selected.to_string()}
            aria-label={format!("{} {}", head.name, head.role)} {onclick} {onkeydown}
            transform={format!("translate(0 {})", num(y))}>
            <rect class="head-box" x="2" y="-19" width={num(left - 8.0)} height="38" rx="5" />
            if head.client {
                <path class="diamond" d={diamond(ring.0, ring.1)} />
            } else {
                <circle class="ring" cx={num(ring.0)} r={num(ring.1)} />
                if let Some(epoch) = epoch {
                    <text class="ring-number" x={num(ring.0)} y="4">{ epoch }</text>
                }
            }
            if narrow {
                <text class="head-name" x={num(x)} y="5">{ sans_fit(&head.name, 13.0, room) }</text>
            } else {
                <text class="head-name" x={num(x)} y="-2">{ sans_fit(&head.name, 15.0, room) }</text>
                <text class="head-role" x={num(x)} y="13">{ sans_fit(&head.role, 12.0, room) }</text>
            }
            if head.leads && !narrow {
                <path class="pennant" transform={format!("translate({} -16) scale(0.85)", num(left - 26.0))}
                    d={icon::path("flag")} />
            }
        </g>
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
        client: false,
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
    clients.map(move |id| Head {
        id,
        name: loaded.name(model.locale, id),
        role: String::new(),
        epoch: None,
        leads: false,
        runs: true,
        client: true,
        selected: selected(id),
    })
}
