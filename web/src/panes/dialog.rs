//! "Compare with ...": what the run can stand beside.

use yew::prelude::*;

/// The dialog; open while the session says so.
#[hook]
pub fn use_compare_dialog() -> Html {
    Html::default()
}
