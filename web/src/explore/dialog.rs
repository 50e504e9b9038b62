//! The dialog: what to break, with which faults, how far it has come, and what was found.

use std::rc::Rc;

use netsplit_core::explore::{Bound, Bounds, Progress, Property, Stage, applying};
use netsplit_core::kernel::action::Action as Intervention;
use netsplit_core::protocols;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::Line;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::order::Order;
use super::report::Report;
use super::seeker::Seeker;
use crate::app::{Modal, use_close};
use crate::part::part;
use crate::session::{Action, Notice, Session, Story, use_session};
use crate::styles::use_styles;
use crate::text::units;
use crate::words::{Words, use_words};

/// Where the styles are, beside the page.
const STYLES: &str = "explore.css";
/// What a page may take: memory in MiB, and distinct states in thousands.
const ROOM: &str = "memory=96 states=1500";
/// How many runs can be asked for.
const RUNS: [u64; 3] = [2_000, 20_000, 200_000];
/// The most of one kind of fault that the dialog offers.
const MOST: u32 = 20;

/// The dialog.
#[hook]
pub fn use_break_dialog() -> Html {
    let words = use_words();
    let onclose = use_close();
    html! {
        <Modal title={words.say("break.title")} class="break-dialog" {onclose}>
            { part(use_search) }
        </Modal>
    }
}

/// What is chosen.
#[derive(Clone, PartialEq)]
struct Chosen {
    property: &'static str,
    bounds: Bounds,
    /// So many runs; every state where `None`.
    runs: Option<u64>,
    /// Whether what the story's clients ask is asked.
    asks: bool,
}

/// What a search says, and how long it took to say so, in milliseconds.
type Heard = Option<(Report, f64)>;

#[hook]
fn use_search() -> Html {
    let words = use_words();
    let session = use_session();
    let ready = use_styles(STYLES);
    let story = {
        let session = session.clone();
        use_memo((), move |()| session.read(|model| model.run().map(|run| run.story().clone())))
    };
    let properties = {
        let story = story.clone();
        use_memo((), move |()| {
            let story = (*story).as_ref().map(|story| searched(story, false));
            story.as_ref().map(applying).unwrap_or_default()
        })
    };
    let chosen = {
        let first = properties.first().map_or("", |property| property.id);
        use_state(|| Chosen {
            property: first,
            bounds: Bounds::default(),
            runs: Some(RUNS[1]),
            asks: false,
        })
    };
    let heard = use_state(|| Heard::None);
    let seeker = use_mut_ref(|| None::<Seeker>);
    let Some(story) = (*story).clone().filter(|_| ready) else { return Html::default() };
    let has_asks = story.lines.iter().any(is_asked);
    if properties.is_empty() {
        return html! { <p>{ words.say("break.nothing") }</p> };
    }
    let begin = {
        let (chosen, heard, seeker) = (chosen.clone(), heard.clone(), seeker.clone());
        Callback::from(move |_| {
            let order = Order {
                property: chosen.property.into(),
                bounds: format!("{} {ROOM}", bounded(&chosen.bounds)),
                seeds: chosen.runs,
                scenario: searched(&story, chosen.asks).to_string(),
            };
            let (began, set) = (now(), heard.setter());
            set.set(Some((Report::Going(Progress::default()), 0.0)));
            let tell = move |report| set.set(Some((report, now() - began)));
            *seeker.borrow_mut() = Some(Seeker::begin(order, tell));
        })
    };
    let stop = {
        let (heard, seeker) = (heard.clone(), seeker.clone());
        Callback::from(move |_| {
            seeker.borrow_mut().take();
            heard.set(None);
        })
    };
    let goes_on = matches!(&*heard, Some((Report::Going(_), _)));
    html! {
        <>
            { form(words, &chosen, &properties, has_asks, goes_on) }
            <div class="break-foot">
                if goes_on {
                    <button type="button" class="btn framed" onclick={stop}>
                        { words.say("break.stop") }
                    </button>
                } else {
                    <button type="button" class="btn primary" onclick={begin}>
                        { words.say("break.begin") }
                    </button>
                }
            </div>
            <div class="break-report" role="status">
                if let Some((report, ms)) = &*heard {
                    { told(words, &session, &chosen, report, *ms) }
                }
            </div>
        </>
    }
}

/// The system of a run, its settings and clients, and nothing that happens, but what is asked if
/// that stays.
fn searched(story: &Scenario, asks: bool) -> Scenario {
    let mut searched = story.without_narration();
    searched.lines.retain(|line| asks && is_asked(line));
    searched.variants.clear();
    searched.compare.clear();
    searched.expects.clear();
    searched
}

/// Whether a line of the story is no fault: a client asks, a node starts.
fn is_asked(line: &Line) -> bool {
    matches!(line.action, Intervention::Ask(_) | Intervention::Restart(_))
}

/// The bounds that the dialog offers.
fn offered(bounds: &Bounds) -> impl Iterator<Item = (Bound, u32)> + '_ {
    bounds.faults().chain([(Bound::Operations, bounds.get(Bound::Operations))])
}

fn bounded(bounds: &Bounds) -> String {
    let bounds: Vec<String> =
        offered(bounds).map(|(bound, n)| format!("{}={n}", bound.word())).collect();
    bounds.join(" ")
}

fn form(
    words: Words,
    chosen: &UseStateHandle<Chosen>,
    properties: &Rc<Vec<&'static Property>>,
    has_asks: bool,
    disabled: bool,
) -> Html {
    let choose = {
        let (chosen, properties) = (chosen.clone(), properties.clone());
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let place = select.map_or(0, |select| select.selected_index()).max(0) as usize;
            if let Some(property) = properties.get(place) {
                chosen.set(Chosen { property: property.id, ..(*chosen).clone() });
            }
        })
    };
    let runs = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let place = select.map_or(0, |select| select.selected_index()).max(0) as usize;
            chosen.set(Chosen { runs: RUNS.get(place).copied(), ..(*chosen).clone() });
        })
    };
    let keep = {
        let chosen = chosen.clone();
        Callback::from(move |_: Event| {
            chosen.set(Chosen { asks: !chosen.asks, ..(*chosen).clone() });
        })
    };
    let said = |property: &Property| match words.locale() {
        "zh-CN" => property.zh,
        _ => property.en,
    };
    html! {
        <fieldset class="break-form" {disabled}>
            <label class="break-row">
                <span>{ words.say("break.property") }</span>
                <select onchange={choose}>
                    { for properties.iter().map(|property| html! {
                        <option selected={property.id == chosen.property}>
                            { said(property) }
                        </option>
                    }) }
                </select>
            </label>
            <fieldset class="break-faults">
                <legend>{ words.say("break.faults") }</legend>
                { for offered(&chosen.bounds).map(|(bound, n)| fault(words, chosen, bound, n)) }
            </fieldset>
            if has_asks {
                <label class="break-keep">
                    <input type="checkbox" checked={chosen.asks} onchange={keep} />
                    <span>{ words.say("break.keep") }</span>
                </label>
            }
            <label class="break-row">
                <span>{ words.say("break.mode") }</span>
                <select onchange={runs}>
                    { for RUNS.iter().map(|&runs| html! {
                        <option selected={chosen.runs == Some(runs)}>
                            { words.fill("break.runs", &[("n", &units::count(runs))]) }
                        </option>
                    }) }
                    <option selected={chosen.runs.is_none()}>{ words.say("break.states") }</option>
                </select>
            </label>
        </fieldset>
    }
}

fn fault(words: Words, chosen: &UseStateHandle<Chosen>, bound: Bound, n: u32) -> Html {
    let chosen = chosen.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let number = input.and_then(|input| input.value().parse::<u32>().ok()).unwrap_or(0);
        let bounds = chosen.bounds.clone().with(bound, number.min(MOST));
        chosen.set(Chosen { bounds, ..(*chosen).clone() });
    });
    html! {
        <label>
            <span>{ words.say(&format!("break.{}", bound.word())) }</span>
            <input type="number" min="0" max={MOST.to_string()} value={n.to_string()} {onchange} />
        </label>
    }
}

fn told(words: Words, session: &Session, chosen: &Chosen, report: &Report, ms: f64) -> Html {
    match report {
        Report::Going(progress) => going(words, chosen, progress, ms),
        Report::Done(progress, None) => {
            let key = match (chosen.runs.is_some(), progress.cut_short) {
                (true, _) => "break.none.runs",
                (false, false) => "break.none.states",
                (false, true) => "break.none.cut-short",
            };
            let (n, depth) = (units::count(progress.tried), progress.depth.to_string());
            let values = [("n", &*n), ("bounds", &*bounds_said(words, chosen)), ("depth", &*depth)];
            html! { <p>{ words.fill(key, &values) }</p> }
        }
        Report::Done(progress, Some(text)) => found(words, session, progress, text, ms),
        Report::Refused(key, told, smaller) => {
            let sentence = words.say(&format!("break.refused.{key}"));
            // A reason that the page has no words for is told as core tells it.
            let sentence =
                if sentence.contains("break.refused.") { told.clone() } else { sentence };
            html! {
                <p class="is-failed">
                    { sentence }
                    if !smaller.is_empty() {
                        { " " }{ words.fill("break.smaller", &[("bounds", smaller)]) }
                    }
                </p>
            }
        }
        Report::Died(told) => html! {
            <p class="is-failed">{ words.fill("break.died", &[("told", told)]) }</p>
        },
    }
}

fn bounds_said(words: Words, chosen: &Chosen) -> String {
    let some = chosen.bounds.faults().filter(|(_, n)| *n > 0);
    let said: Vec<String> = some
        .map(|(bound, n)| format!("{} {n}", words.say(&format!("break.{}", bound.word()))))
        .collect();
    if said.is_empty() { words.say("break.no-faults") } else { said.join(", ") }
}

fn going(words: Words, chosen: &Chosen, progress: &Progress, ms: f64) -> Html {
    let rate = if ms > 0.0 { progress.tried as f64 * 1000.0 / ms } else { 0.0 };
    let (n, rate) = (units::count(progress.tried), units::count(rate as u64));
    let (lines, left) = (progress.lines.to_string(), units::count(progress.left));
    let depth = progress.depth.to_string();
    let values =
        [("n", &*n), ("rate", &*rate), ("lines", &*lines), ("left", &*left), ("depth", &*depth)];
    let key = match (progress.stage, chosen.runs) {
        (Stage::Shrinking, _) => "break.shrinking",
        (_, Some(_)) => "break.going.runs",
        (_, None) => "break.going.states",
    };
    let all = progress.tried + progress.left;
    html! {
        <>
            <p>{ words.fill(key, &values) }</p>
            if progress.stage == Stage::Searching && chosen.runs.is_some() && all > 0 {
                <progress max={all.to_string()} value={progress.tried.to_string()} />
            } else {
                <progress />
            }
        </>
    }
}

fn found(words: Words, session: &Session, progress: &Progress, text: &str, ms: f64) -> Html {
    let Ok(scenario) = Scenario::parse(text, protocols::ALL) else { return Html::default() };
    let lines: Vec<String> = scenario.lines.iter().map(|line| scenario.print_line(line)).collect();
    let (n, seconds) = (units::count(progress.tried), format!("{:.1}", ms / 1000.0));
    let values = [("n", &*n), ("seconds", &*seconds), ("lines", &*lines.len().to_string())];
    let told = words.fill("break.found", &values);
    let open = {
        let session = session.clone();
        Callback::from(move |_| {
            session.dispatch(Action::Dialog(None));
            session.dispatch(Action::Found(Box::new(Story::new(scenario.clone()))));
            session.dispatch(Action::Notice(Some(Notice::note("notice.aside"))));
        })
    };
    html! {
        <>
            <p><b>{ told }</b></p>
            <pre class="break-lines">{ lines.join("\n") }</pre>
            <button type="button" class="btn primary" onclick={open}>
                { words.say("break.open") }
            </button>
            <p class="quiet">{ words.say("break.open.about") }</p>
        </>
    }
}

fn now() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0.0, |performance| performance.now())
}
