//! The whole page.

use web_sys::Element;
use yew::prelude::*;

use super::address::Asked;
use super::background::Background;
use super::header::Header;
use super::help::Help;
use super::live::Live;
use super::notice::NoticeBar;
use super::overlay::Overlay;
use super::palette::Palette;
use super::picture::Picture;
use super::root::use_root;
use super::sheet::Handle;
use super::tools::{Legend, Tools};
use super::words::use_words;
use super::{keys, load};
use crate::embed::EmbedFoot;
use crate::gallery::Gallery;
use crate::panel::{Lamps, NodeMenu, SidePanel, WhyLine};
use crate::session::{Session, Sheet, Topic, View, use_session, use_watch};
use crate::share::ShareDialog;
use crate::text;
use crate::timeline::Timeline;

/// The page, with its session.
#[component]
pub fn Page() -> Html {
    let session = use_memo((), |()| Session::new(Asked::now().model()));
    html! {
        <ContextProvider<Session> context={(*session).clone()}>
            <Shell />
        </ContextProvider<Session>>
    }
}

#[component]
fn Shell() -> Html {
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
    let gallery = use_watch(&[Topic::Layout], |model| model.view == View::Gallery);
    let gallery = gallery.then_some("in-gallery");
    let class = classes!("app", sheet, embed.then_some("embed"), gallery, hide);
    html! {
        <div {class} ref={place} aria-busy={(!speaks).to_string()}>
            if speaks {
                if embed { <Figure /> } else { <Whole /> }
                <NodeMenu />
                <Live />
            }
        </div>
    }
}

/// Everything, in the order in which the keyboard goes through it. The parts stand in the grid by
/// themselves; `main` and `aside` are there for those who go from landmark to landmark.
#[component]
fn Whole() -> Html {
    let words = use_words();
    html! {
        <>
            <Header />
            <main class="main">
                <Scene />
                <Tools />
                <Timeline />
                <Lamps />
            </main>
            <aside class="drawer" aria-label={words.say("panel")}>
                <Handle />
                <div class="why-area"><WhyLine /></div>
                <div class="panel"><SidePanel /></div>
            </aside>
            <Gallery />
            <Help />
            <Palette />
            <ShareDialog />
        </>
    }
}

/// A figure in another page: the verdicts, the stage, the time, one line of explanation.
#[component]
fn Figure() -> Html {
    html! {
        <>
            <main class="main">
                <Lamps />
                <Scene />
                <Timeline />
            </main>
            <EmbedFoot />
        </>
    }
}

#[component]
fn Scene() -> Html {
    html! {
        <div class="stage-area">
            <Picture />
            <Legend />
            <Overlay />
            <NoticeBar />
        </div>
    }
}
