//! The inspector: everything about the one thing that is selected.

mod answers;
mod link;
mod message;
mod node;
mod rows;

use yew::prelude::*;

use self::link::use_link_view;
use self::message::use_message_view;
pub use self::message::{fate, use_message_rows};
use self::node::use_node_view;
pub use self::node::why;
use crate::part::part_of;
use crate::session::{Thing, Topic, use_watch};
use crate::words::use_words;

/// What is selected: a node, a client, a message, a link or an event.
#[hook]
pub fn use_node_tab() -> Html {
    let words = use_words();
    let topics = &[Topic::Selection, Topic::Lesson];
    let thing =
        use_watch(topics, |model| model.loaded.as_ref().and(model.selection.last().cloned()));
    let body = match thing {
        Some(Thing::Node(id)) => part_of(use_node_view, id),
        Some(Thing::Message(number)) => part_of(use_message_view, number),
        Some(Thing::Link(from, to)) => part_of(use_link_view, (from, to)),
        Some(Thing::Event(event)) => part_of(super::events::use_event_view, event),
        #[allow(unreachable_patterns)]
        Some(_) | None => part_of(use_nothing, words.say("inspector.none")),
    };
    html! { <div class="scroll inspector">{ body }</div> }
}

/// Nothing is selected: everybody to choose from.
#[hook]
fn use_nothing(text: String) -> Html {
    let session = crate::session::use_session();
    let words = use_words();
    let names: Vec<String> = use_watch(&[Topic::Lesson, Topic::Locale], move |model| {
        let Some(run) = model.run() else { return Vec::new() };
        let cast = run.world().cast();
        cast.ids().map(|id| words.who(cast, id)).collect()
    });
    let button = |(place, name): (usize, &String)| {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            let thing = Thing::Node(netsplit_core::base::Id::at(place));
            session.dispatch(crate::session::Action::Select(Some(thing)));
        });
        html! { <button type="button" class="button" {onclick}>{ name }</button> }
    };
    html! {
        <>
            <p class="quiet">{ &text }</p>
            <div class="everybody">{ for names.iter().enumerate().map(button) }</div>
        </>
    }
}
