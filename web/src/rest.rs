//! The page's wasm comes in two modules on one memory (`xtask/src/split/` cuts it): the first has
//! what the first lesson needs, the rest is fetched when it is wanted. Nobody else here needs to
//! know: a function that is still missing fetches the rest before it runs.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Tells boot.js what the rest is to be joined to, and waits for it if the page's address asks
    /// for more than the first lesson.
    #[wasm_bindgen(catch, js_namespace = netsplitRest)]
    async fn begin(exports: JsValue) -> Result<(), JsValue>;

    /// Whether somebody is here who wants more than the first lesson as it stands at first.
    #[wasm_bindgen(js_namespace = netsplitRest)]
    fn is_wanted() -> bool;

    /// Waits until somebody was, and the rest has come. Presses wait on until `is_settled` has been
    /// called as often.
    #[wasm_bindgen(js_namespace = netsplitRest)]
    async fn arrival();

    /// What was to be done on arrival is done.
    #[wasm_bindgen(js_namespace = netsplitRest)]
    fn is_settled();

    /// Fetches the rest and waits: what a missing function does first. The name is known to xtask.
    #[wasm_bindgen(js_namespace = netsplitRest)]
    fn load_rest();
}

/// Whether only the first lesson is looked at, and nobody has come near yet.
pub fn is_untouched() -> bool {
    !is_wanted()
}

/// Does something when somebody has come near and the rest is here; what was pressed waits for it.
pub fn on_arrival(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        arrival().await;
        work.await;
        is_settled();
    });
}

/// Runs `start` as soon as everything is there that the page's address asks for.
pub fn begin_with(start: fn()) {
    wasm_bindgen_futures::spawn_local(async move {
        if begin(wasm_bindgen::exports()).await.is_err() {
            // It did not arrive by the quiet way. Once more, and then there is a sentence about it.
            load_rest();
        }
        start();
    });
}
