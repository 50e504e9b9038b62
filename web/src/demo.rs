//! `?demo=NAME`: a sample of the scene on a stage of its own, for whoever works on the stage.
//! `&play` plays its instant over and over, `&lang=zh-CN` and `&theme=dark` do what they say,
//! `&foot=52` covers the foot, `&cut` takes up the tool that cuts.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_core::base::Time;
use wasm_bindgen::JsValue;
use web_sys::{UrlSearchParams, Window};

use crate::scene::mark::Thing;
use crate::scene::sample;
use crate::stage::{Callbacks, Spoken, Stage, Tap, Tool, Touch};

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

/// Starts the demonstration that the address asks for, if it asks for one.
pub fn start() -> bool {
    let window = web_sys::window().expect("a page has a window");
    let search = window.location().search().unwrap_or_default();
    let Ok(asked) = UrlSearchParams::new_with_str(&search) else { return false };
    let Some(name) = asked.get("demo") else { return false };
    show(&window, &asked, &name);
    true
}

fn show(window: &Window, asked: &UrlSearchParams, name: &str) {
    let document = window.document().expect("a window has a document");
    let page = document.document_element().expect("a document has a root");
    let lang = asked.get("lang").unwrap_or_else(|| "en".to_owned());
    let _ = page.set_attribute("lang", &lang);
    let _ = page.set_attribute("data-theme", &asked.get("theme").unwrap_or_default());
    let root = document.get_element_by_id("app").expect("the page has a place for itself");
    let chinese = lang.starts_with("zh");
    let Some(view) = sample::named(name, chinese) else { return };
    let stage = Stage::mount(&root, callbacks());
    if let Some(foot) = asked.get("foot").and_then(|foot| foot.parse().ok()) {
        stage.foot(foot);
    }
    if asked.has("cut") {
        stage.tool(Tool::Cut);
    }
    let at = view.at;
    let whole = sample::named("whole", chinese).filter(|_| asked.has("glide"));
    let view = Rc::new(view);
    if let Some(whole) = whole {
        stage.show(Rc::new(whole));
    }
    stage.show(view.clone());
    if let Some(speed) = asked.get("play") {
        let per_ms = speed.parse::<u64>().unwrap_or(50);
        stage.play(move |ms| Time(at.0 - 8_000 + (ms * per_ms as f64) as u64 % 16_000));
    }
    STAGE.with(|held| held.replace(Some(stage)));
}

fn callbacks() -> Callbacks {
    Callbacks {
        touch: Box::new(|tap| {
            report(&format!("touch {:?} {:?}", tap.what, tap.by));
            select(tap);
        }),
        stroke: Box::new(|cutting| report(&format!("stroke {cutting:?}"))),
        name: Box::new(|spoken| match spoken {
            Spoken::One(thing) => format!("{thing:?}"),
            group => format!("{group:?}"),
        }),
    }
}

fn select(tap: Tap) {
    let thing = match tap.what {
        Touch::Node(id) => Some(Thing::Node(id)),
        Touch::Client(id) => Some(Thing::Client(id)),
        Touch::Link(a, b) => Some(Thing::Link(a, b)),
        Touch::Message(number) => Some(Thing::Message(number)),
        Touch::Ground => None,
    };
    STAGE.with(|held| {
        if let Some(stage) = &*held.borrow() {
            stage.select(thing.as_slice());
        }
    });
}

fn report(line: &str) {
    let console = js_sys::Reflect::get(&js_sys::global(), &"console".into());
    let log = console.and_then(|console| {
        let log = js_sys::Reflect::get(&console, &"log".into())?;
        Ok((console, log))
    });
    if let Ok((console, log)) = log {
        let function: js_sys::Function = log.into();
        let _ = function.call1(&console, &JsValue::from_str(line));
    }
}
