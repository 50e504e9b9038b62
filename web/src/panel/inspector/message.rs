//! A message: what it carries, where it is, and what became of it.

use netsplit_core::base::Time;
use netsplit_core::describe::Pen;
use netsplit_core::kernel::action::{Action, Handling, Trigger};
use netsplit_core::run::Run;
use netsplit_core::run::trace::{Fate, Loss, MessageRecord};
use netsplit_core::scenario::ast::Line;
use yew::prelude::*;

use super::rows::{self, Field};
use crate::panel::lesson::prose::hue;
use crate::panel::menu::use_menu_button;
use crate::part::part_of;
use crate::session::{Thing, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

#[derive(Clone, PartialEq)]
struct View {
    kind: &'static str,
    way: String,
    epoch: u64,
}

/// Kind, from, to, and what is known of it.
#[hook]
pub fn use_message_view(number: u32) -> Html {
    let words = use_words();
    let topics = &[Topic::Step, Topic::Selection, Topic::Lesson, Topic::Locale];
    let view = use_watch(topics, move |model| view(words, &model.loaded.as_ref()?.run, number));
    let Some(view) = view else {
        return html! { <p class="quiet">{ words.say("message.not-yet") }</p> };
    };
    html! {
        <>
            <div class="thing-head">
                <h2 class={hue(view.epoch)}>{ view.kind }</h2>
                <span class="thing-role">{ &view.way }</span>
                { part_of(use_menu_button, Thing::Message(number)) }
            </div>
            { part_of(use_message_rows, number) }
        </>
    }
}

/// When it was sent, what has become of it, and what it carries or carried.
#[hook]
pub fn use_message_rows(number: u32) -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale];
    let journey = use_watch(topics, move |model| {
        let run = &model.loaded.as_ref()?.run;
        let record = run.trace().messages.get(number as usize)?;
        (number < run.world().n_messages()).then(|| journey(words, run, number, record))
    });
    let edition = use_watch(&[Topic::Lesson], |model| model.loaded.as_ref().map(|l| l.edition));
    // Found once and not on every step: what a message carries is simulated anew.
    let fields = use_memo((number, edition, words, journey.is_some()), |&(number, .., known)| {
        session.read(|model| {
            let loaded = model.loaded.as_ref().filter(|_| known);
            loaded.map(|loaded| carried(words, &loaded.run, number)).unwrap_or_default()
        })
    });
    html! {
        <>
            { rows::draw(&journey.unwrap_or_default()) }
            if !fields.is_empty() {
                <section>
                    <h3>{ words.say("message.carries") }</h3>
                    { rows::draw(&fields) }
                </section>
            }
        </>
    }
}

fn view(words: Words, run: &Run, number: u32) -> Option<View> {
    let world = run.world();
    let record = run.trace().messages.get(number as usize)?;
    if number >= world.n_messages() {
        return None;
    }
    let cast = world.cast();
    Some(View {
        kind: record.kind,
        way: format!("{} → {}", words.who(cast, record.from), words.who(cast, record.to)),
        epoch: record.epoch,
    })
}

fn carried(words: Words, run: &Run, number: u32) -> Vec<Field> {
    let Some(flight) = run.message(number) else { return Vec::new() };
    let cast = run.world().cast();
    let names = |id| words.who(cast, id);
    let mut pen = Pen::new(0, &names);
    flight.packet.describe(&mut pen);
    let rows = pen.finish().memory;
    rows.into_iter().map(|row| Field::paper(words, cast.entry.id, row.name, row.text)).collect()
}

fn journey(words: Words, run: &Run, number: u32, record: &MessageRecord) -> Vec<Field> {
    let held = is_held(run, number);
    let mut fields = vec![Field::page(words, "sent", words.at(record.at))];
    let fate = fate(words, run, number, record);
    if !matches!(record.fate, Fate::Lost(at, _) if at <= run.at()) && !held {
        fields.push(Field::page(words, "due", words.at(record.due)));
    }
    fields.push(Field::page(words, "fate", fate));
    if record.duplicate {
        fields.push(Field::page(words, "copy", words.say("message.second")));
    }
    fields
}

fn is_held(run: &Run, number: u32) -> bool {
    run.world().held().iter().any(|flight| flight.id == number)
}

/// What became of a message, as far as the cursor knows.
pub fn fate(words: Words, run: &Run, number: u32, record: &MessageRecord) -> String {
    match record.fate {
        Fate::Arrived(event) if event < run.cursor() => words.say("fate.arrived"),
        Fate::Lost(at, how) if at <= run.at() => {
            words.fill(loss(run, at, how), &[("at", &words.at(at))])
        }
        _ if is_held(run, number) => words.say("fate.held"),
        _ => {
            let left = words.span(record.due.since(run.at()));
            words.fill("fate.flying", &[("left", &left)])
        }
    }
}

fn loss(run: &Run, at: Time, how: Loss) -> &'static str {
    match how {
        Loss::Cut => "fate.lost.cut",
        Loss::Chance => "fate.lost.chance",
        Loss::Hand if by_learner(run, at) => "fate.lost.you",
        Loss::Hand => "fate.lost.hand",
        Loss::Down => "fate.lost.down",
        Loss::Unsent => "fate.lost.unsent",
    }
}

/// Whether the learner dropped messages at an instant.
fn by_learner(run: &Run, at: Time) -> bool {
    let drops = |line: &Line| matches!(line.action, Action::Handle(Handling::Drop, _));
    run.own().iter().any(|line| line.trigger == Trigger::At(at) && drops(line))
}
