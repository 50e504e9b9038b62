//! The inspector: everything about the one thing that is selected.

mod link;
mod message;
mod node;
mod rows;

use yew::prelude::*;

use self::link::LinkView;
use self::message::MessageView;
use self::node::NodeView;
pub use self::node::Why;
use super::words::use_words;
use crate::session::{Thing, Topic, use_watch};

/// What is selected: a node, a client, a message, a link or an event.
#[component]
pub fn NodeTab() -> Html {
    let words = use_words();
    let topics = &[Topic::Selection, Topic::Lesson];
    let thing =
        use_watch(topics, |model| model.loaded.as_ref().and(model.selection.last().cloned()));
    let body = match thing {
        Some(Thing::Node(id)) => html! { <NodeView {id} /> },
        Some(Thing::Message(number)) => html! { <MessageView {number} /> },
        Some(Thing::Link(from, to)) => html! { <LinkView {from} {to} /> },
        Some(Thing::Event(event)) => html! { <super::events::EventView {event} /> },
        #[allow(unreachable_patterns)]
        Some(_) | None => html! { <Nothing text={words.say("inspector.none")} /> },
    };
    html! { <div class="scroll inspector">{ body }</div> }
}

#[derive(Properties, PartialEq)]
struct NothingProps {
    text: String,
}

/// Nothing is selected: everybody to choose from.
#[component]
fn Nothing(props: &NothingProps) -> Html {
    let session = crate::session::use_session();
    let cast = use_watch(&[Topic::Lesson], |model| {
        let world = model.loaded.as_ref().map(|loaded| loaded.run.world());
        world.map(|world| world.cast().names.clone()).unwrap_or_default()
    });
    let button = |(place, name): (usize, &netsplit_core::base::Str)| {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            let thing = Thing::Node(netsplit_core::base::Id::at(place));
            session.dispatch(crate::session::Action::Select(Some(thing)));
        });
        html! { <button type="button" class="button" {onclick}>{ &**name }</button> }
    };
    html! {
        <>
            <p class="quiet">{ &props.text }</p>
            <div class="everybody">{ for cast.iter().enumerate().map(button) }</div>
        </>
    }
}
