//! Netsplit's page.

mod app;
mod scene;
mod session;
mod stage;
mod text;
mod timeline;

fn main() {
    console_error_panic_hook::set_once();
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let place = document.get_element_by_id("app").expect("index.html has the page's place");
    yew::Renderer::<app::Page>::with_root(place).render();
}
