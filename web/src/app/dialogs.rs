//! The dialog that is open. While none is, there is nothing of any.

use yew::prelude::*;

use super::help::use_help;
use super::palette::use_palette;
use crate::explore::use_break_dialog;
use crate::panes::use_compare_dialog;
use crate::part::part;
use crate::session::{Action, Dialog, Topic, use_session, use_watch};

/// The open dialog; that of links is always there, and opens itself.
#[hook]
pub fn use_dialog() -> Html {
    match use_watch(&[Topic::Layout], |model| model.dialog) {
        Some(Dialog::Help) => part(use_help),
        Some(Dialog::Palette) => part(use_palette),
        Some(Dialog::Compare) => part(use_compare_dialog),
        Some(Dialog::Break) => part(use_break_dialog),
        Some(Dialog::Share | Dialog::Embed) | None => Html::default(),
    }
}

/// What closes it.
#[hook]
pub fn use_close() -> Callback<()> {
    let session = use_session();
    Callback::from(move |()| session.dispatch(Action::Dialog(None)))
}
