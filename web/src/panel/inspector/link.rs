//! A link in one direction.

use netsplit_core::base::Id;
use netsplit_core::run::Run;
use yew::prelude::*;

use super::rows::{self, Field};
use crate::panel::menu::use_menu_button;
use crate::part::part_of;
use crate::session::{Thing, Topic, use_watch};
use crate::words::{Words, use_words};

/// Latency, loss, order, and whether it is cut.
#[hook]
pub fn use_link_view(link: (Id, Id)) -> Html {
    let (from, to) = link;
    let words = use_words();
    let topics = &[Topic::Step, Topic::Selection, Topic::Lesson, Topic::Locale];
    let view = use_watch(topics, move |model| {
        let run = &model.loaded.as_ref()?.run;
        let n = run.world().cast().names.len();
        (from.index() < n && to.index() < n).then(|| view(words, run, (from, to)))
    });
    let Some((title, fields)) = view else { return html! {} };
    html! {
        <>
            <div class="thing-head">
                <h2>{ title }</h2>
                { part_of(use_menu_button, Thing::Link(from, to)) }
            </div>
            { rows::draw(&fields) }
        </>
    }
}

fn view(words: Words, run: &Run, link: (Id, Id)) -> (String, Vec<Field>) {
    let world = run.world();
    let (net, cast) = (world.net(), world.cast());
    let state = |cut: bool| words.say(if cut { "link.cut" } else { "link.whole" });
    let (low, high) = net.latency(link);
    let latency = if low == high { format!("{low} ms") } else { format!("{low}..{high} ms") };
    let order = if net.is_fifo(link) { "link.fifo" } else { "link.free" };
    let flying = world.flights().filter(|flight| (flight.from, flight.to) == link).count();
    let back = (link.1, link.0);
    let fields = vec![
        Field::page(words, "link-state", state(net.is_cut(link))),
        Field::page(words, "link-back", state(net.is_cut(back))),
        Field::page(words, "latency", latency),
        Field::page(words, "loss", percent(net.loss(link))),
        Field::page(words, "duplication", percent(net.duplication(link))),
        Field::page(words, "order", words.say(order)),
        Field::page(words, "flying", flying.to_string()),
    ];
    (format!("{} → {}", words.who(cast, link.0), words.who(cast, link.1)), fields)
}

fn percent(ratio: netsplit_core::base::Ppm) -> String {
    let hundredths = ratio.0 / 100;
    match hundredths % 100 {
        0 => format!("{} %", hundredths / 100),
        rest => format!("{}.{rest:02} %", hundredths / 100),
    }
}
