//! What assistive technology calls the things on the stage: the same that the eye sees.

use crate::scene::View;
use crate::scene::mark::Thing;
use crate::scene::view::{ClientView, FlightView, NodeView, OpState, Phase};
use crate::stage::Spoken;
use crate::text::{self, units};

/// The name of a part of the stage, in the reader's language.
pub fn name(locale: &str, view: &View, what: Spoken) -> String {
    let say = |key: &str, values: &[(&str, &str)]| text::page(locale, key, values);
    let thing = match what {
        Spoken::Stage => return say("stage", &[]),
        Spoken::Nodes => return say("stage.nodes", &[]),
        Spoken::Links => return say("stage.links", &[]),
        Spoken::Messages => return say("stage.messages", &[]),
        Spoken::One(thing) => thing,
    };
    let words = match thing {
        Thing::Node(id) => {
            view.nodes.iter().find(|node| node.id == id).map(|node| of_node(locale, node))
        }
        Thing::Client(id) => view.clients.iter().find(|client| client.id == id).map(of_client),
        Thing::Message(number) => {
            let found = view.flights.iter().find(|flight| flight.number == number);
            found.map(|flight| of_message(locale, view, flight))
        }
        Thing::Link(a, b) => {
            let cut = view.cuts.contains(&(a, b)) || view.cuts.contains(&(b, a));
            let key = if cut { "stage.link.cut" } else { "stage.link" };
            let (a, b) = (name_of(view, a), name_of(view, b));
            Some(say(key, &[("a", &a), ("b", &b)]))
        }
    };
    words.unwrap_or_default()
}

fn of_node(locale: &str, node: &NodeView) -> String {
    let say = |key: &str, values: &[(&str, &str)]| text::page(locale, key, values);
    let mut parts = vec![node.name.clone(), node.role.clone()];
    if let Some(epoch) = node.portrait.epoch {
        parts.push(say("stage.epoch", &[("n", &epoch.to_string())]));
    }
    for strip in &node.portrait.strips {
        let committed = strip.cells.iter().filter(|cell| cell.committed).map(|cell| cell.index);
        let committed = committed.max().unwrap_or(strip.compacted).to_string();
        let total = (strip.compacted + strip.total).to_string();
        parts.push(say("stage.log", &[("n", &total), ("committed", &committed)]));
    }
    parts.extend(node.flags.iter().map(|flag| flag.text.clone()));
    if let Some(skew) = &node.skew {
        parts.push(say("stage.skew", &[("by", skew)]));
    }
    if node.phase == Phase::Up
        && let Some(timer) = node.timers.first()
    {
        parts.push(timer.name.clone());
    }
    let mut told = parts.join(", ");
    if node.phase == Phase::Up && node.ports.is_some() {
        told.push_str(". ");
        told.push_str(&node.answers.join(" "));
    }
    told
}

fn of_client(client: &ClientView) -> String {
    let mut parts = vec![client.name.clone()];
    if let Some(op) = client.ops.last() {
        parts.push(op.text.clone());
        let note = if op.state == OpState::Waiting { "…" } else { &op.note };
        parts.push(note.into());
    }
    parts.join(", ")
}

fn of_message(locale: &str, view: &View, flight: &FlightView) -> String {
    let (from, to) = (name_of(view, flight.from), name_of(view, flight.to));
    let time = units::span(flight.due.since(view.at));
    let key = if flight.held { "stage.message.held" } else { "stage.message" };
    let values = [("kind", &*flight.label), ("from", &from), ("to", &to), ("time", &time)];
    text::page(locale, key, &values)
}

fn name_of(view: &View, id: netsplit_core::base::Id) -> String {
    let node = view.nodes.iter().find(|node| node.id == id).map(|node| &node.name);
    let client = view.clients.iter().find(|client| client.id == id).map(|client| &client.name);
    node.or(client).cloned().unwrap_or_default()
}
