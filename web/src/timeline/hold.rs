//! The learner's own marks in hand: above the rail they are dragged, moved by keys and taken away.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use netsplit_core::base::Span;
use netsplit_core::scenario::ast::Line;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::own::{Aim, Own, Places, own, places};
use super::scale::Scale;
use crate::icon::draw_icon;
use crate::panel::events::yours::{moved, without};
use crate::session::{Action, Model, Session, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// A hand that moves less than so many pixels has only pressed.
const DRAGGED_PX: f64 = 4.0;
/// Marks of what has not happened stand so far apart, from the end of the rail.
const WAITING_PX: f64 = 26.0;
/// Half the width of what opens at a mark.
const MENU_PX: f64 = 152.0;

/// A mark under a hand.
struct Held {
    place: usize,
    places: Places,
    from: f64,
    aim: Option<Aim>,
}

/// What the handlers of a mark share.
#[derive(Clone)]
struct Hand {
    words: Words,
    session: Session,
    scale: Scale,
    held: Rc<RefCell<Option<Held>>>,
    /// Which mark is dragged, and where to.
    aimed: UseStateHandle<Option<(usize, Aim)>>,
    /// Which mark has its menu open.
    open: UseStateHandle<Option<usize>>,
}

/// A button for each of the learner's marks, over its drawing.
#[hook]
pub fn use_own_marks(scale: Scale) -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Own, Topic::Step, Topic::Lesson, Topic::Locale];
    let marks = use_watch(topics, move |model| own(words, model));
    let hand = Hand {
        words,
        session,
        scale,
        held: use_mut_ref(|| None),
        aimed: use_state(|| None),
        open: use_state(|| None),
    };
    let row = use_node_ref();
    {
        let row = row.clone();
        use_effect(move || stand(&row));
    }
    if marks.is_empty() {
        return Html::default();
    }
    let waiting = marks.iter().filter(|mark| mark.at.is_none()).count();
    let mut n_waiting = 0;
    let buttons = marks.iter().map(|mark| {
        let x = mark.at.map_or_else(
            || {
                n_waiting += 1;
                scale.right() - WAITING_PX * (waiting - n_waiting) as f64
            },
            |at| scale.x(at),
        );
        button(&hand, mark, x)
    });
    html! {
        <div class="own-marks" ref={row} role="group" aria-label={words.say("yours")}>
            { for buttons }
            { ghost(&hand, &marks) }
        </div>
    }
}

/// Puts everything on the row where it says; the page allows no style in its text.
fn stand(row: &NodeRef) {
    let Some(row) = row.cast::<Element>() else { return };
    let Ok(all) = row.query_selector_all("[data-x]") else { return };
    for place in 0..all.length() {
        let it = all.get(place).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let Some((it, x)) = it.and_then(|it| Some((it.clone(), it.get_attribute("data-x")?)))
        else {
            continue;
        };
        // Where it cannot be put, it can still be reached by keys.
        let _ = it.style().set_property("left", &format!("{x}px"));
    }
}

fn button(hand: &Hand, mark: &Own, x: f64) -> Html {
    let place = mark.place;
    let is_open = *hand.open == Some(place);
    let is_held = hand.aimed.is_some_and(|(held, _)| held == place);
    let class = classes!(
        "own-mark",
        mark.at.is_none().then_some("is-waiting"),
        is_held.then_some("is-held"),
    );
    let name = hand.words.fill("own.name", &[("what", &mark.what), ("when", &mark.when)]);
    let title = hand.words.fill("own.title", &[("name", &name)]);
    html! {
        <>
            <button type="button" {class} data-x={format!("{x:.1}")} {title}
                data-own={place.to_string()} aria-label={name} aria-haspopup="true"
                aria-expanded={is_open.to_string()}
                aria-keyshortcuts="ArrowLeft ArrowRight Enter Delete"
                onpointerdown={hand.grasp(place, x)} onpointermove={hand.drag()}
                onpointerup={hand.drop(true)} onpointercancel={hand.drop(false)}
                onclick={hand.press(place)} onkeydown={hand.keys(mark)}>
                if mark.at.is_none() { { draw_icon(mark.icon) } }
            </button>
            if is_open { { menu(hand, mark, x) } }
        </>
    }
}

/// Where the mark in hand would stand.
fn ghost(hand: &Hand, marks: &[Own]) -> Html {
    let Some((place, aim)) = *hand.aimed else { return Html::default() };
    let Some(mark) = marks.iter().find(|mark| mark.place == place) else { return Html::default() };
    let said = match aim {
        Aim::At(at) => hand.words.at(at),
        Aim::Firing(nth, Some(at)) => {
            let (nth, at) = (nth.to_string(), hand.words.at(at));
            hand.words.fill("own.firing", &[("nth", &nth), ("at", &at)])
        }
        Aim::Firing(nth, None) => hand.words.fill("own.next-firing", &[("nth", &nth.to_string())]),
    };
    let x = aim.x(hand.scale);
    let side = (x > hand.scale.width / 2.0).then_some("is-left");
    html! {
        <div class={classes!("own-ghost", side)} data-x={format!("{x:.1}")}
            aria-hidden="true">{ draw_icon(mark.icon) }<span>{ said }</span></div>
    }
}

fn menu(hand: &Hand, mark: &Own, x: f64) -> Html {
    let words = hand.words;
    let place = mark.place;
    let step = |icon: &'static str, key: &str, later: bool| {
        let (stepped, label) = (hand.stepped(place, 1, later), words.say(key));
        let disabled = stepped.is_none();
        let hand = hand.clone();
        let onclick = Callback::from(move |_| {
            if let Some(lines) = &stepped {
                hand.open.set(hand.take(lines.clone(), place));
            }
        });
        html! {
            <button type="button" class="btn square" title={label.clone()} aria-label={label}
                {disabled} {onclick}>{ draw_icon(icon) }</button>
        }
    };
    let look = mark.at.map(|at| {
        let hand = hand.clone();
        let onclick = Callback::from(move |_| {
            hand.open.set(None);
            hand.session.dispatch(Action::Seek(at));
        });
        html! {
            <button type="button" class="btn" {onclick}>{ words.say("own.look") }</button>
        }
    });
    let remove = {
        let (hand, what) = (hand.clone(), mark.what.clone());
        Callback::from(move |_: MouseEvent| hand.remove(place, &what))
    };
    let onkeydown = {
        let open = hand.open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                open.set(None);
                focus(place);
            }
        })
    };
    let onfocusout = {
        let open = hand.open.clone();
        Callback::from(move |event: FocusEvent| {
            let at = event.related_target().and_then(|at| at.dyn_into::<Element>().ok());
            if at.is_some_and(|at| at.closest(".own-menu, .own-mark").ok().flatten().is_none()) {
                open.set(None);
            }
        })
    };
    let left = x.clamp(MENU_PX, (hand.scale.width - MENU_PX).max(MENU_PX));
    html! {
        <div class="own-menu" role="group" aria-label={mark.what.clone()}
            data-x={format!("{left:.1}")} {onkeydown} {onfocusout}>
            <p><b>{ &mark.what }</b>{ " " }<small>{ &mark.when }</small></p>
            <div>
                { step("back", "yours.earlier", false) }
                { step("chevron", "yours.later", true) }
                { for look }
                <button type="button" class="btn" onclick={remove}>
                    { draw_icon("close") }{ words.say("yours.remove") }
                </button>
            </div>
        </div>
    }
}

impl Hand {
    fn grasp(&self, place: usize, x: f64) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let places = hand.session.read(|model| places(model, place));
            let Some(places) = places.filter(|_| event.button() == 0) else { return };
            if let Some(mark) = event.target().and_then(|mark| mark.dyn_into::<Element>().ok()) {
                // Without a capture a fast drag ends at the edge of the mark, which is bearable.
                let _ = mark.set_pointer_capture(event.pointer_id());
            }
            let from = f64::from(event.client_x()) - x;
            hand.held.replace(Some(Held { place, places, from, aim: None }));
        })
    }

    fn drag(&self) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let mut held = hand.held.borrow_mut();
            let Some(held) = &mut *held else { return };
            let x = f64::from(event.client_x()) - held.from;
            let began = hand.own_x(held.place).is_none_or(|from| (x - from).abs() > DRAGGED_PX);
            if held.aim.is_none() && !began {
                return;
            }
            held.aim = held.places.aim(hand.scale, x);
            hand.aimed.set(held.aim.map(|aim| (held.place, aim)));
        })
    }

    /// Where a mark stands.
    fn own_x(&self, place: usize) -> Option<f64> {
        find(place)?.get_attribute("data-x")?.parse().ok()
    }

    /// What was dragged stays where it was dragged to, or where it stood.
    fn drop(&self, stays: bool) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |_: PointerEvent| {
            let aim = hand.held.borrow().as_ref().and_then(|held| Some((held.place, held.aim?)));
            let Some((place, aim)) = aim else {
                hand.held.replace(None);
                return;
            };
            hand.aimed.set(None);
            hand.open.set(None);
            let lines = hand.lines();
            if let (true, Some(lines)) = (stays, aim.taken(&lines, place)) {
                hand.take(lines, place);
            }
        })
    }

    /// Opens the menu of a mark, or closes it; a drag ends with a press too.
    fn press(&self, place: usize) -> Callback<MouseEvent> {
        let hand = self.clone();
        Callback::from(move |_: MouseEvent| {
            if hand.held.take().is_some_and(|held| held.aim.is_some()) {
                return;
            }
            hand.open.set((*hand.open != Some(place)).then_some(place));
        })
    }

    fn keys(&self, mark: &Own) -> Callback<KeyboardEvent> {
        let (hand, place, at, what) = (self.clone(), mark.place, mark.at, mark.what.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            match &*key {
                "ArrowLeft" | "ArrowRight" | "PageUp" | "PageDown" => {
                    let times = if key.starts_with("Page") { 10 } else { 1 };
                    let later = matches!(&*key, "ArrowRight" | "PageUp");
                    if let Some(lines) = hand.stepped(place, times, later) {
                        hand.take(lines, place);
                    }
                }
                "Delete" | "Backspace" => hand.remove(place, &what),
                "Enter" => {
                    if let Some(at) = at {
                        hand.session.dispatch(Action::Seek(at));
                    }
                }
                "Escape" if hand.open.is_some() || hand.aimed.is_some() => {
                    hand.held.replace(None);
                    hand.aimed.set(None);
                    hand.open.set(None);
                }
                _ => return,
            }
            event.prevent_default();
        })
    }

    fn lines(&self) -> Vec<Line> {
        let own = |model: &Model| model.loaded.as_ref().map(|loaded| loaded.own().to_vec());
        self.session.read(own).unwrap_or_default()
    }

    /// The lines with one so many steps later or earlier; of a rule, firings.
    fn stepped(&self, place: usize, times: u64, later: bool) -> Option<Vec<Line>> {
        let lines = self.lines();
        let step = Span(self.scale.grain().0 * times);
        lines.get(place)?;
        moved(&lines, place, step, later)
    }

    /// Takes lines of which the one at `place` is another, says so, and keeps it in focus. Answers
    /// its place then.
    fn take(&self, lines: Vec<Line>, place: usize) -> Option<usize> {
        let line = lines.get(place)?.clone();
        self.session.dispatch(Action::Own(lines));
        let there = self.lines().iter().position(|known| *known == line);
        let (words, marks) = (self.words, self.session.read(|model| own(self.words, model)));
        if let Some(mark) = marks.iter().find(|mark| Some(mark.place) == there) {
            let values = [("what", &*mark.what), ("when", &*mark.when)];
            self.session.dispatch(Action::Announce(words.fill("own.moved", &values)));
            focus(mark.place);
        }
        there
    }

    fn remove(&self, place: usize, what: &str) {
        self.open.set(None);
        self.session.dispatch(Action::Own(without(&self.lines(), place)));
        let said = self.words.fill("own.removed", &[("what", what)]);
        self.session.dispatch(Action::Announce(said));
        focus(place);
    }
}

/// The focus goes to a mark once it is drawn; where there is none, to one that is left, or to the
/// rail.
fn focus(place: usize) {
    let give = move || {
        let left = || query("[data-own]").or_else(|| query(".track"));
        if let Some(mark) = find(place).or_else(left) {
            // It may be gone by now.
            let _ = mark.focus();
        }
    };
    Timeout::new(0, give).forget();
}

fn find(place: usize) -> Option<HtmlElement> {
    query(&format!("[data-own='{place}']"))
}

fn query(selector: &str) -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.query_selector(selector).ok()??.dyn_into().ok()
}
