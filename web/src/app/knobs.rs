//! The settings of the system that runs. Live ones change it like any other act of the learner's;
//! the others begin the run anew.

use netsplit_core::base::Id;
use netsplit_core::kernel::action::{Action as Intervention, Target};
use netsplit_core::knob::{Key, Kind, Knob, Setting};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::session::{Action, Loaded, Session, Topic, use_session, use_watch};
use crate::text;
use crate::words::{Words, use_words};

/// One setting as it is now.
#[derive(Clone, PartialEq)]
struct Shown {
    key: Key,
    kind: Kind,
    live: bool,
    per_node: bool,
    name: String,
    setting: Setting,
    /// The nodes whose setting is another one.
    others: Vec<String>,
}

/// What the whole form shows.
#[derive(Clone, PartialEq)]
struct Form {
    nodes: Vec<(Id, String)>,
    knobs: Vec<Shown>,
}

/// The form.
#[hook]
pub fn use_knobs() -> Html {
    let words = use_words();
    let session = use_session();
    let scope = use_state(|| None::<Id>);
    let chosen = *scope;
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale];
    let form = use_watch(topics, move |model| {
        model.loaded.as_ref().map(|loaded| form(loaded, model.locale, chosen))
    });
    let Some(form) = form else { return Html::default() };
    if form.knobs.is_empty() {
        return html! { <p class="quiet">{ words.say("knobs.none") }</p> };
    }
    let onchange = {
        let scope = scope.clone();
        Callback::from(move |event: Event| {
            let list: HtmlSelectElement = event.target_unchecked_into();
            scope.set(list.value().parse().ok().map(Id));
        })
    };
    let per_node = form.knobs.iter().any(|shown| shown.per_node);
    html! {
        <fieldset class="knobs">
            <legend>{ words.say("knobs") }</legend>
            if per_node {
                <label class="knob-row">
                    <span>{ words.say("knobs.scope") }</span>
                    <select {onchange}>
                        <option value="" selected={chosen.is_none()}>
                            { words.say("knobs.everybody") }
                        </option>
                        { for form.nodes.iter().map(|(id, name)| html! {
                            <option value={id.0.to_string()} selected={chosen == Some(*id)}>
                                { name }
                            </option>
                        }) }
                    </select>
                </label>
            }
            { for form.knobs.iter().filter(|shown| chosen.is_none() || shown.per_node).map(|shown| {
                row(words, &session, chosen, shown)
            }) }
        </fieldset>
    }
}

fn form(loaded: &Loaded, locale: &str, scope: Option<Id>) -> Form {
    let world = loaded.run.world();
    let cast = world.cast();
    let ids: Vec<Id> = cast.ids().filter(|&id| cast.is_role(id)).collect();
    let shown = |(place, knob): (usize, &'static Knob)| {
        let key = Key(place);
        let of = |id: Id| world.knobs(id).get(key);
        let setting = scope.or(ids.first().copied()).map_or(knob.default, of);
        let others = ids.iter().filter(|&&id| of(id) != setting);
        let others = if scope.is_none() {
            others.map(|&id| loaded.name(locale, id)).collect()
        } else {
            Vec::new()
        };
        let name = text::system(locale, cast.entry.id, &format!("knob.{}", knob.name), &[]);
        Shown {
            key,
            kind: knob.kind,
            live: knob.live,
            // What begins the run anew begins it for everybody.
            per_node: knob.per_node && knob.live,
            name: name.unwrap_or_else(|| knob.name.into()),
            setting,
            others,
        }
    };
    Form {
        nodes: ids.iter().map(|&id| (id, loaded.name(locale, id))).collect(),
        knobs: cast.entry.knobs.iter().enumerate().map(shown).collect(),
    }
}

fn row(words: Words, session: &Session, scope: Option<Id>, shown: &Shown) -> Html {
    let when = words.say(if shown.live { "knobs.live" } else { "knobs.fixed" });
    let change = {
        let (session, key, live) = (session.clone(), shown.key, shown.live);
        Callback::from(move |setting: Setting| {
            session.dispatch(if live {
                Action::Do(Intervention::Set(scope.map(Target::Node), key, setting))
            } else {
                Action::Restart(key, setting)
            });
        })
    };
    html! {
        <div class="knob-row" title={when.clone()}>
            <span>
                { &shown.name }
                <small>
                    if !shown.live { { when } }
                    if !shown.others.is_empty() {
                        { words.fill("knobs.differs", &[("names", &shown.others.join(" "))]) }
                    }
                </small>
            </span>
            { control(words, shown, change) }
        </div>
    }
}

fn control(words: Words, shown: &Shown, change: Callback<Setting>) -> Html {
    let Setting(a, b) = shown.setting;
    let name = shown.name.clone();
    match shown.kind {
        Kind::Switch => {
            let onchange = Callback::from(move |event: Event| {
                let on = u64::from(event.target_unchecked_into::<HtmlInputElement>().checked());
                change.emit(Setting(on, on));
            });
            html! {
                <input type="checkbox" role="switch" aria-label={name} checked={a != 0}
                    {onchange} />
            }
        }
        Kind::Choice(options) => {
            let onchange = Callback::from(move |event: Event| {
                let list: HtmlSelectElement = event.target_unchecked_into();
                let place = u64::try_from(list.selected_index()).unwrap_or(0);
                change.emit(Setting(place, place));
            });
            html! {
                <select aria-label={name} {onchange}>
                    { for options.iter().enumerate().map(|(place, word)| html! {
                        <option selected={place as u64 == a}>{ *word }</option>
                    }) }
                </select>
            }
        }
        Kind::Count(low, high) => {
            number(name, a, (low, high), change.reform(|value| Setting(value, value)))
        }
        Kind::Ms(low, high) => {
            let change = change.reform(|ms: u64| Setting(ms * 1000, ms * 1000));
            let field = number(name, a / 1000, (low, high), change);
            html! { <span class="knob-pair">{ field }{ " ms" }</span> }
        }
        Kind::MsRange(low, high) => {
            let from = change.clone().reform(move |ms: u64| Setting(ms * 1000, b.max(ms * 1000)));
            let to = change.reform(move |ms: u64| Setting(a.min(ms * 1000), ms * 1000));
            let label = |end: &str| format!("{name}, {}", words.say(end));
            html! {
                <span class="knob-pair">
                    { number(label("knobs.from"), a / 1000, (low, high), from) }
                    { "…" }
                    { number(label("knobs.to"), b / 1000, (low, high), to) }
                    { " ms" }
                </span>
            }
        }
    }
}

/// A field for a whole number; what is out of range is brought into it.
fn number(label: String, value: u64, (low, high): (u64, u64), change: Callback<u64>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        match field.value().parse::<u64>() {
            Ok(number) => change.emit(number.clamp(low, high)),
            Err(_) => field.set_value(&value.to_string()),
        }
    });
    html! {
        <input type="number" aria-label={label} min={low.to_string()} max={high.to_string()}
            value={value.to_string()} {onchange} />
    }
}
