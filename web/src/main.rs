//! Netsplit's page.

#[cfg(feature = "demo")]
mod demo;
pub mod scene;
pub mod stage;

fn main() {
    console_error_panic_hook::set_once();
    #[cfg(feature = "demo")]
    demo::start();
}
