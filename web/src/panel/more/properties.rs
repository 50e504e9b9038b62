//! What the paper promises, and whether it holds up to the cursor.

use netsplit_core::base::Time;
use netsplit_core::protocol::When;
use netsplit_core::run::Run;
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::panel::past::look_at;
use crate::session::{Topic, use_session, use_watch};
use crate::words::{Words, use_words};

#[derive(Clone, PartialEq)]
struct View {
    name: String,
    says: String,
    cite: &'static str,
    always: bool,
    broken: Option<(u32, Time)>,
}

/// The protocol's properties.
#[hook]
pub fn use_properties() -> Html {
    let words = use_words();
    let session = use_session();
    let views = use_watch(&[Topic::Step, Topic::Lesson, Topic::Locale], move |model| {
        model.run().map(|run| views(words, run)).unwrap_or_default()
    });
    if views.is_empty() {
        return html! {};
    }
    let property = |view: &View| {
        let state = match (view.broken, view.always) {
            (Some(_), _) => ("close", "is-broken", words.say("property.broken")),
            (None, true) => ("check", "is-holding", words.say("property.holds")),
            (None, false) => ("clock", "is-later", words.say("property.later")),
        };
        let jump = view.broken.map(|(event, at)| {
            let session = session.clone();
            let onclick = Callback::from(move |_| look_at(&session, event));
            let text = words.fill("event.look", &[("at", &words.at(at))]);
            html! { <button type="button" class="text-link" {onclick}>{ text }</button> }
        });
        html! {
            <li class={classes!("property", state.1)}>
                { draw_icon(state.0) }
                <div>
                    <b>{ &view.name }</b>{ " " }<span class="property-state">{ state.2 }</span>
                    { " " }{ jump }
                    <p>{ &view.says }{ " " }<cite>{ view.cite }</cite></p>
                </div>
            </li>
        }
    };
    html! {
        <section>
            <h3>{ words.say("properties") }</h3>
            <ul class="properties">{ for views.iter().map(property) }</ul>
        </section>
    }
}

fn views(words: Words, run: &Run) -> Vec<View> {
    let entry = run.world().cast().entry;
    let names = (entry.properties)();
    let broken = |place: usize| {
        let mut found = run.trace().broken.iter().filter(|(_, known)| *known == place);
        let event = found.find(|(event, _)| *event < run.cursor())?.0;
        run.trace().events.get(event as usize).map(|record| (event, record.at))
    };
    let view = |(place, property): (usize, &netsplit_core::machine::PropertyName)| {
        let key = format!("prop.{}.says", property.id);
        View {
            name: words.word(entry.id, "prop", property.id),
            says: words.system(entry.id, &key, &[]).unwrap_or_default(),
            cite: property.cite,
            always: property.when == When::Always,
            broken: broken(place),
        }
    };
    names.iter().enumerate().map(view).collect()
}
