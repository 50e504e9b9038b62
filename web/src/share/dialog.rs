//! The share dialog.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::copy::use_copy_button;
use super::link::{self, Options};
use super::recipes::{self, Links};
use crate::icon::draw_icon;
use crate::part::part_of;
use crate::session::{Action, Dialog, Theme, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// The height of a frame that shows everything, in CSS pixels.
const HEIGHT: u32 = 520;

/// Link, frame, recipes and text; open while the session says so.
#[hook]
pub fn use_share_dialog() -> Html {
    let session = use_session();
    let open = use_watch(&[Topic::Layout], |model| {
        model.dialog.filter(|dialog| matches!(dialog, Dialog::Share | Dialog::Embed))
    });
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(open.is_some(), move |&open| {
            let Some(dialog) = place.cast::<HtmlDialogElement>() else { return };
            match (open, dialog.open()) {
                // A dialog that cannot be modal is still there to read.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        });
    }
    let onclose = {
        let session = session.clone();
        Callback::from(move |_: Event| {
            if session.read(|model| matches!(model.dialog, Some(Dialog::Share | Dialog::Embed))) {
                session.dispatch(Action::Dialog(None));
            }
        })
    };
    html! {
        <dialog class="share" ref={place} aria-labelledby="share-title" {onclose}>
            if let Some(open) = open { { part_of(use_content, open == Dialog::Embed) } }
        </dialog>
    }
}

#[hook]
fn use_content(embed: bool) -> Html {
    let words = use_words();
    let session = use_session();
    let options = use_state(Options::default);
    let tool = use_state(|| if embed { "iframe" } else { "link" });
    let chosen = *options;
    let topics = &[Topic::Lesson, Topic::Step, Topic::Locale];
    let shared = use_watch(topics, move |model| {
        let loaded = model.loaded.as_ref()?;
        let title = loaded.told.title.get(words.locale()).to_string();
        Some((links(&link::address(loaded, chosen).to_string(), title, chosen), link::text(loaded)))
    });
    let close = Callback::from(move |_: MouseEvent| session.dispatch(Action::Dialog(None)));
    let Some((links, text)) = shared else { return html! {} };
    let code = match *tool {
        "link" => links.page.clone(),
        "text" => text,
        "url" => links.frame.clone(),
        tool => recipes::recipe(tool, &links),
    };
    html! {
        <>
            <div class="share-head">
                <h2 id="share-title">{ words.say("share.title") }</h2>
                <button type="button" class="button ghost" onclick={close}
                    aria-label={words.say("share.close")}>{ draw_icon("close") }</button>
            </div>
            { choices(words, &options) }
            { tabs(words, &tool) }
            { pasted(words, *tool, &code) }
            if *tool != "text" {
                <details class="preview" open={embed}>
                    <summary>{ words.say("share.preview") }</summary>
                    <iframe src={links.frame.clone()} title={links.title.clone()} loading="lazy"
                        width="100%" height={HEIGHT.to_string()} />
                </details>
            }
        </>
    }
}

fn links(fragment: &str, title: String, options: Options) -> Links {
    let base = link::base();
    let folder = &base[..base.rfind('/').map_or(0, |end| end + 1)];
    let theme = match options.theme {
        Some(Theme::Light) => Some("light"),
        Some(Theme::Dark) => Some("dark"),
        _ => None,
    };
    Links {
        page: format!("{base}{fragment}"),
        frame: format!("{base}?embed{fragment}"),
        picture: format!("{folder}figure.svg"),
        script: format!("{folder}embed.js"),
        scenario: fragment.trim_start_matches('#').into(),
        title: if title.is_empty() { "Netsplit".into() } else { title },
        locale: options.locale,
        theme,
        height: HEIGHT,
    }
}

fn choices(words: Words, options: &UseStateHandle<Options>) -> Html {
    let at = {
        let options = options.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            options.set(Options { at: input.is_some_and(|input| input.checked()), ..*options });
        })
    };
    let locale = {
        let options = options.clone();
        Callback::from(move |event: Event| {
            let locale = crate::text::LOCALES.into_iter().find(|tag| *tag == selected(&event));
            options.set(Options { locale, ..*options });
        })
    };
    let theme = {
        let options = options.clone();
        Callback::from(move |event: Event| {
            let theme = match selected(&event).as_str() {
                "light" => Some(Theme::Light),
                "dark" => Some(Theme::Dark),
                _ => None,
            };
            options.set(Options { theme, ..*options });
        })
    };
    html! {
        <div class="share-options">
            <label><input type="checkbox" checked={options.at} onchange={at} />
                { words.say("share.at") }</label>
            <label>{ words.say("share.language") }
                <select onchange={locale}>
                    <option value="" selected={options.locale.is_none()}>
                        { words.say("share.readers") }</option>
                    <option value="en">{ "English" }</option>
                    <option value="zh-CN">{ "简体中文" }</option>
                </select></label>
            <label>{ words.say("share.theme") }
                <select onchange={theme}>
                    <option value="" selected={options.theme.is_none()}>
                        { words.say("share.readers") }</option>
                    <option value="light">{ words.say("share.light") }</option>
                    <option value="dark">{ words.say("share.dark") }</option>
                </select></label>
        </div>
    }
}

fn selected(event: &Event) -> String {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default()
}

fn tabs(words: Words, tool: &UseStateHandle<&'static str>) -> Html {
    let button = |(key, name): (&'static str, String)| {
        let on = **tool == key;
        let tool = tool.clone();
        let onclick = Callback::from(move |_| tool.set(key));
        html! {
            <button type="button" aria-pressed={on.to_string()} {onclick}>{ name }</button>
        }
    };
    let first = [("link", words.say("share.link")), ("text", words.say("share.text"))];
    let tools = recipes::TOOLS.into_iter().map(|(key, name)| (key, name.to_string()));
    let last = [("url", words.say("share.url"))];
    html! {
        <div class="filters" role="group" aria-label={words.say("share.for")}>
            { for first.into_iter().chain(tools).chain(last).map(button) }
        </div>
    }
}

fn pasted(words: Words, tool: &str, code: &str) -> Html {
    let rows = code.lines().count().max(code.chars().count() / 70 + 1).clamp(2, 14).to_string();
    let n = code.chars().count();
    let wrap = if tool == "text" { "off" } else { "soft" };
    html! {
        <div class="pasted">
            <textarea class="text-box" readonly=true spellcheck="false" {rows} {wrap}
                value={code.to_string()} aria-label={words.say("share.code")} />
            <div class="form-ends">
                <span class="aside">{ words.count("share.characters", n) }{ " " }
                    { words.say(&format!("share.note.{}", note(tool))) }</span>
                { part_of(use_copy_button, code.to_string()) }
            </div>
        </div>
    }
}

/// Which remark belongs to a tool.
fn note(tool: &str) -> &str {
    match tool {
        "link" | "text" | "url" | "element" | "myst" | "docusaurus" | "hugo" | "reveal" => tool,
        "markdown" => "picture",
        _ => "frame",
    }
}
