//! The whole page.

use web_sys::Element;
use yew::prelude::*;

use super::address::Asked;
use super::background::Background;
use super::header::Header;
use super::load;
use super::picture::Picture;
use super::root::use_root;
use super::tools::{Legend, Tools};
use crate::embed::EmbedFoot;
use crate::gallery::Gallery;
use crate::panel::{Lamps, NodeMenu, SidePanel};
use crate::session::{Session, Topic, use_session, use_watch};
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
    let embed = use_watch(&[Topic::Layout], |model| model.embed);
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let locale = session.read(|model| model.locale);
            load::speak(&session, locale);
            load::open(&session);
            let root = place.cast::<Element>();
            let background = root.map(|root| Background::new(&session, &root));
            move || drop(background)
        });
    }
    let class = classes!("app", embed.then_some("embed"));
    html! {
        <div {class} ref={place} aria-busy={(!speaks).to_string()}>
            if speaks {
                if !embed { <Header /> }
                <main class="stage-area">
                    <Picture />
                    if !embed { <Tools /> <Legend /> }
                </main>
                <Lamps />
                <Timeline />
                if embed { <EmbedFoot /> } else { <SidePanel /> <Gallery /> }
                <NodeMenu />
                <ShareDialog />
            }
        </div>
    }
}
