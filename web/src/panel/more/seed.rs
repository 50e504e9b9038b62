//! The weather: every delay, loss and timer draw of a run follows from its seed.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::session::{Action, Topic, use_session, use_watch};
use crate::words::use_words;

/// The seed, and the way to another.
#[hook]
pub fn use_seed() -> Html {
    let words = use_words();
    let session = use_session();
    let seeds = use_watch(&[Topic::Lesson, Topic::Step], |model| {
        let loaded = model.loaded.as_ref()?;
        Some((loaded.run.story().seed, loaded.told.seed))
    });
    let Some((seed, told)) = seeds else { return html! {} };
    let set = |seed: u64| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Seed(seed)))
    };
    let fresh = {
        let session = session.clone();
        Callback::from(move |_| session.dispatch(Action::Seed(fresh())))
    };
    let onchange = {
        let session = session.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            if let Some(Ok(seed)) = input.map(|input| input.value().trim().parse()) {
                session.dispatch(Action::Seed(seed));
            }
        })
    };
    html! {
        <section>
            <h3>{ draw_icon("weather") }{ words.say("seed") }</h3>
            <p class="aside">{ words.say("seed.says") }</p>
            <label class="form-field">
                <span>{ words.say("seed.number") }</span>
                <input type="text" inputmode="numeric" autocomplete="off"
                    value={seed.to_string()} {onchange} />
            </label>
            <div class="offers">
                <button type="button" class="button" onclick={fresh}>
                    { words.say("seed.fresh") }
                </button>
                <button type="button" class="button" onclick={set(seed)}>
                    { words.say("seed.same") }
                </button>
                if seed != told {
                    <button type="button" class="button ghost" onclick={set(told)}>
                        { words.fill("seed.told", &[("seed", &told.to_string())]) }
                    </button>
                }
            </div>
        </section>
    }
}

/// A seed from the browser's own source of chance, short enough to read out.
fn fresh() -> u64 {
    getrandom::u64().map_or(1, |bits| bits % 1_000_000)
}
