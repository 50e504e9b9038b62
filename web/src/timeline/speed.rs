//! How fast time passes.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::session::{Action, Topic, use_session, use_watch};
use crate::words::use_words;

/// The speeds that are one click away, in virtual milliseconds per second.
const NEAR: [u32; 3] = [200, 50, 10];
/// All of them, the slowest first.
pub const ALL: [u32; 14] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10_000, 100_000, 1_000_000];

/// Three speeds, and a list of all.
#[hook]
pub fn use_speed() -> Html {
    let words = use_words();
    let session = use_session();
    let now = use_watch(&[Topic::Playback], |model| model.playback.ms_per_s);
    let onchange = {
        let session = session.clone();
        Callback::from(move |event: Event| {
            let list = event.target().and_then(|list| list.dyn_into::<HtmlSelectElement>().ok());
            if let Some(speed) = list.and_then(|list| list.value().parse().ok()) {
                session.dispatch(Action::Speed(speed));
            }
        })
    };
    html! {
        <div class="speed" role="group" aria-label={words.say("speed")}>
            <span class="caption" aria-hidden="true">{ words.say("speed") }</span>
            <div class="segments">
                { for NEAR.iter().map(|&speed| {
                    let session = session.clone();
                    let onclick = Callback::from(move |_| session.dispatch(Action::Speed(speed)));
                    html! {
                        <button type="button" aria-pressed={(speed == now).to_string()} {onclick}
                            title={words.fill("speed.one", &[("n", &ratio(speed))])}>
                            { ratio(speed) }
                        </button>
                    }
                }) }
                <select aria-label={words.say("speed.all")} {onchange}
                    class={classes!((!NEAR.contains(&now)).then_some("on"))}>
                    { for ALL.iter().map(|&speed| html! {
                        <option value={speed.to_string()} selected={speed == now}>
                            { ratio(speed) }
                        </option>
                    }) }
                </select>
            </div>
        </div>
    }
}

/// The speed that is one step faster (`1`) or slower (`-1`).
pub fn neighbour(now: u32, by: isize) -> u32 {
    let place = ALL.partition_point(|&speed| speed < now);
    ALL[place.saturating_add_signed(by).min(ALL.len() - 1)]
}

/// A speed as readers know it: `1/20`, `1×`.
fn ratio(ms_per_s: u32) -> String {
    if ms_per_s < 1000 {
        format!("1/{}", 1000 / ms_per_s)
    } else {
        format!("{}×", ms_per_s / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_read_as_parts_of_real_time() {
        assert_eq!(ratio(50), "1/20");
        assert_eq!(ratio(2000), "2×");
    }

    #[test]
    fn neighbours_stop_at_the_ends() {
        assert_eq!(neighbour(50, 1), 100);
        assert_eq!(neighbour(50, -1), 20);
        assert_eq!(neighbour(1, -1), 1);
        assert_eq!(neighbour(1_000_000, 1), 1_000_000);
    }
}
