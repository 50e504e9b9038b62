//! A message: what it carries, where it is, and what became of it.

use netsplit_core::describe::Pen;
use netsplit_core::kernel::Flight;
use netsplit_core::run::Run;
use netsplit_core::run::trace::{Fate, Loss, MessageRecord};
use yew::prelude::*;

use super::rows::{self, Field};
use crate::panel::lesson::prose::hue;
use crate::panel::menu::use_menu_button;
use crate::part::part_of;
use crate::session::{Thing, Topic, use_watch};
use crate::words::{Words, use_words};

#[derive(Clone, PartialEq)]
struct View {
    kind: &'static str,
    way: String,
    epoch: u64,
    fields: Vec<Field>,
    journey: Vec<Field>,
}

/// Kind, fields, from, to, sent, due and fate.
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
            { rows::draw(&view.journey) }
            if !view.fields.is_empty() {
                <section>
                    <h3>{ words.say("message.carries") }</h3>
                    { rows::draw(&view.fields) }
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
    let held = world.held().iter().find(|flight| flight.id == number);
    let flight = held.or_else(|| world.flights().find(|flight| flight.id == number));
    Some(View {
        kind: record.kind,
        way: format!("{} → {}", cast.name(record.from), cast.name(record.to)),
        epoch: record.epoch,
        fields: flight.map(|flight| carried(words, run, flight)).unwrap_or_default(),
        journey: journey(words, run, record, held.is_some()),
    })
}

fn carried(words: Words, run: &Run, flight: &Flight) -> Vec<Field> {
    let cast = run.world().cast();
    let names = |id| cast.name(id).to_string();
    let mut pen = Pen::new(0, &names);
    flight.packet.describe(&mut pen);
    let rows = pen.finish().memory;
    rows.into_iter().map(|row| Field::paper(words, cast.entry.id, row.name, row.text)).collect()
}

fn journey(words: Words, run: &Run, record: &MessageRecord, held: bool) -> Vec<Field> {
    let mut fields = vec![Field::page(words, "sent", words.at(record.at))];
    let fate = fate(words, run, record, held);
    if !matches!(record.fate, Fate::Lost(at, _) if at <= run.at()) && !held {
        fields.push(Field::page(words, "due", words.at(record.due)));
    }
    fields.push(Field::page(words, "fate", fate));
    if record.duplicate {
        fields.push(Field::page(words, "copy", words.say("message.second")));
    }
    fields
}

/// What became of a message, as far as the cursor knows.
fn fate(words: Words, run: &Run, record: &MessageRecord, held: bool) -> String {
    match record.fate {
        Fate::Arrived(event) if event < run.cursor() => words.say("fate.arrived"),
        Fate::Lost(at, how) if at <= run.at() => words.fill(loss(how), &[("at", &words.at(at))]),
        _ if held => words.say("fate.held"),
        _ => {
            let left = words.span(record.due.since(run.at()));
            words.fill("fate.flying", &[("left", &left)])
        }
    }
}

fn loss(how: Loss) -> &'static str {
    match how {
        Loss::Cut => "fate.lost.cut",
        Loss::Chance => "fate.lost.chance",
        Loss::Hand => "fate.lost.hand",
        Loss::Down => "fate.lost.down",
        Loss::Unsent => "fate.lost.unsent",
    }
}
