//! What a node would answer to a read and to a write.

use netsplit_core::base::Id;
use yew::prelude::*;

use crate::scene::view::Port;
use crate::session::{Loaded, shown};
use crate::words::Words;

/// As plain data.
#[derive(Clone, PartialEq, Debug)]
pub struct Answers {
    /// When the node was asked.
    at: String,
    /// For R and W, what the port shows, and a sentence.
    ports: [(Port, String); 2],
}

/// What a node would answer, where it was asked.
pub fn of(words: Words, loaded: &Loaded, id: Id) -> Option<Answers> {
    let (ports, at) = loaded.ports(id)?;
    let ((read, write), [says_read, says_write]) =
        (shown(ports), loaded.answers(words.locale(), id)?);
    Some(Answers { at: words.at(at), ports: [(read, says_read), (write, says_write)] })
}

/// One line a port.
pub fn draw(words: Words, answers: &Option<Answers>) -> Html {
    let Some(Answers { at, ports: [read, write] }) = answers else { return html! {} };
    let port = |letter: &'static str, name: &str, (port, says): &(Port, String)| {
        html! {
            <li class={class(*port)}>
                <b aria-hidden="true">{ letter }</b>
                <span class="hidden-name">{ words.say(name) }</span>
                <span>{ says }</span>
            </li>
        }
    };
    html! {
        <section>
            <h3>{ words.fill("inspector.answers", &[("at", at)]) }</h3>
            <ul class="ports">
                { port("R", "inspector.read", read) }
                { port("W", "inspector.write", write) }
            </ul>
        </section>
    }
}

fn class(port: Port) -> &'static str {
    match port {
        Port::Good => "is-good",
        Port::Doubtful => "is-doubtful",
        Port::Silent => "is-silent",
        Port::Open => "is-open",
    }
}
