//! The whole page.

use web_sys::Element;
use yew::prelude::*;

use crate::part::{part, part_of};

use super::address::Asked;
use super::background::Background;
use super::dialogs::use_dialog;
use super::header::use_header;
use super::live::use_live;
use super::notice::use_notice_bar;
use super::overlay::use_overlay;
use super::picture::use_picture;
use super::root::use_root;
use super::sheet::use_handle;
use super::tools::{use_legend, use_tools};
use super::{keys, load};
use crate::embed::use_embed_foot;
use crate::gallery::use_gallery;
use crate::panel::{use_lamps, use_node_menu, use_side_panel, use_why_line};
use crate::panes::{use_comparison, use_panes};
use crate::session::{Model, Session, Sheet, Topic, View, use_session, use_watch};
use crate::share::use_share_dialog;
use crate::spacetime::use_spacetime;
use crate::text;
use crate::timeline::use_timeline;
use crate::words::use_words;

/// The page, with its session.
#[component]
pub fn Page() -> Html {
    let session = use_memo((), |()| Session::new(Asked::now().model()));
    html! {
        <ContextProvider<Session> context={(*session).clone()}>
            { part(use_shell) }
        </ContextProvider<Session>>
    }
}

#[hook]
fn use_shell() -> Html {
    let session = use_session();
    let place = use_node_ref();
    use_root();
    let speaks = use_watch(&[Topic::Locale], |model| text::has(text::PAGE, model.locale));
    let (embed, hidden) = use_watch(&[Topic::Layout], |model| (model.embed, model.hidden.clone()));
    let sheet = use_watch(&[Topic::Layout], |model| match model.sheet {
        Sheet::Low => "sheet-low",
        Sheet::Half => "sheet-half",
        Sheet::Full => "sheet-full",
    });
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let locale = session.read(|model| model.locale);
            load::speak(&session, locale);
            load::open(&session);
            let working = place.cast::<Element>().map(|root| {
                let document = root.owner_document().expect("the page is in a document");
                (Background::new(&session, &root), keys::listen(&session, &document))
            });
            move || drop(working)
        });
    }
    let hide = hidden.iter().map(|part| format!("hide-{part}")).collect::<Vec<_>>();
    let gallery = use_watch(&[Topic::Layout], |model| match model.view {
        View::Stage => None,
        View::Gallery => Some("in-gallery"),
        View::Spacetime => Some("in-spacetime"),
    });
    let bare = use_watch(&[Topic::Lesson], |model| model.loaded.is_none()).then_some("is-bare");
    let compares = use_watch(&[Topic::Layout], Model::compares).then_some("in-comparison");
    let class = classes!("app", sheet, embed.then_some("embed"), gallery, bare, compares, hide);
    html! {
        <div {class} ref={place} aria-busy={(!speaks).to_string()}>
            if speaks {
                if embed { { part(use_figure) } } else { { part(use_whole) } }
                { part(use_node_menu) }
                { part(use_live) }
            }
        </div>
    }
}

/// Everything, in the order in which the keyboard goes through it. The parts stand in the grid by
/// themselves; `main` and `aside` are there for those who go from landmark to landmark.
#[hook]
fn use_whole() -> Html {
    let words = use_words();
    html! {
        <>
            { part(use_header) }
            <main class="main">
                { part(use_scene) }
                { part(use_tools) }
                { part(use_timeline) }
                { part(use_lamps) }
            </main>
            <aside class="drawer" aria-label={words.say("panel")}>
                { part(use_handle) }
                { part(use_comparison) }
                <div class="why-area">{ part(use_why_line) }</div>
                <div class="panel">{ part(use_side_panel) }</div>
            </aside>
            { part(use_gallery) }
            { part(use_dialog) }
            { part(use_share_dialog) }
        </>
    }
}

/// A figure in another page: the verdicts, the stage, the time, one line of explanation.
#[hook]
fn use_figure() -> Html {
    html! {
        <>
            <main class="main">
                { part(use_lamps) }
                { part(use_scene) }
                { part(use_timeline) }
            </main>
            { part(use_embed_foot) }
        </>
    }
}

#[hook]
fn use_scene() -> Html {
    let open = use_watch(&[Topic::Layout], |model| model.view == View::Spacetime);
    let side_by_side = use_watch(&[Topic::Layout], Model::compares);
    html! {
        <div class="stage-area">
            if side_by_side { { part(use_panes) } } else { { part_of(use_picture, 0) } }
            { part(use_legend) }
            if open { { part(use_spacetime) } }
            { part(use_overlay) }
            { part(use_notice_bar) }
        </div>
    }
}
