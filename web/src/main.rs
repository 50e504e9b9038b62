//! Netsplit's page.

mod app;
#[cfg(feature = "demo")]
mod demo;
mod embed;
mod explore;
mod gallery;
mod icon;
mod panel;
mod panes;
mod part;
mod rest;
mod room;
mod scene;
mod session;
mod share;
mod spacetime;
mod stage;
mod styles;
mod text;
mod timeline;
mod words;

fn main() {
    console_error_panic_hook::set_once();
    #[cfg(feature = "demo")]
    if demo::start() {
        return;
    }
    rest::begin_with(|| {
        let Some(window) = web_sys::window() else { return explore::serve() };
        let document = window.document().expect("a page");
        let place = document.get_element_by_id("app").expect("index.html has the page's place");
        yew::Renderer::<app::Page>::with_root(place).render();
    });
}
