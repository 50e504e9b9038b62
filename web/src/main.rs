//! Netsplit's page.

#[cfg(feature = "demo")]
mod demo;
mod scene;
mod session;
mod stage;
mod text;

use yew::prelude::*;

#[component]
fn Page() -> Html {
    let clicks = use_state(|| 0u32);
    let onclick = {
        let clicks = clicks.clone();
        Callback::from(move |_| clicks.set(*clicks + 1))
    };
    html! {
        <main class="app">
            <h1>{ "Netsplit" }</h1>
            <button {onclick}>{ format!("{} clicks", *clicks) }</button>
        </main>
    }
}

fn main() {
    console_error_panic_hook::set_once();
    #[cfg(feature = "demo")]
    if demo::start() {
        return;
    }
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let place = document.get_element_by_id("app").expect("index.html has the page's place");
    yew::Renderer::<Page>::with_root(place).render();
}
