//! A node or a client.

use netsplit_core::base::{Id, Span};
use netsplit_core::describe::{Cell, Dots, Strip};
use netsplit_core::history::OpRecord;
use netsplit_core::kernel::{Person, Phase};
use netsplit_core::op::Outcome;
use netsplit_core::run::Run;
use yew::prelude::*;

use super::answers::{self, Answers};
use super::rows::{self, Field};
use crate::icon::draw_icon;
use crate::panel::lesson::prose::hue;
use crate::panel::menu::use_menu_button;
use crate::panel::why::reason::{self, Reason};
use crate::panel::{acts, past};
use crate::part::part_of;
use crate::session::{Action, Session, Thing, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// How many entries of a log the inspector shows; the last ones.
const CELLS: usize = 200;

/// Everything about a node, as plain data.
#[derive(Clone, PartialEq, Debug)]
struct View {
    name: String,
    role: String,
    phase: Phase,
    epoch: Option<u64>,
    flags: Vec<String>,
    disk: Vec<Field>,
    memory: Vec<Field>,
    kernel: Vec<Field>,
    strips: Vec<Strip>,
    dots: Option<(String, Dots)>,
    names: Vec<String>,
    timers: Vec<(String, Span, u32)>,
    ops: Vec<(String, String, &'static str)>,
    reasons: Vec<Reason>,
    answers: Option<Answers>,
}

/// Every field of a node: disk and memory apart, clocks, timers, inbox, whole log.
#[hook]
pub fn use_node_view(id: Id) -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Selection, Topic::Lesson, Topic::Locale, Topic::Probed];
    let view = use_watch(topics, move |model| {
        let loaded = model.loaded.as_ref()?;
        let known = id.index() < loaded.run.world().cast().names.len();
        known.then(|| View {
            answers: answers::of(words, loaded, id),
            ..view(words, &loaded.run, id)
        })
    });
    let Some(view) = view else { return html! {} };
    html! {
        <>
            { head(&view, id) }
            { why(words, &session, &view.reasons) }
            { dots(words, &view) }
            { answers::draw(words, &view.answers) }
            if !view.disk.is_empty() || !view.strips.is_empty() {
                <section class="half is-disk">
                    <h3>{ draw_icon("disk") }{ words.say("inspector.disk") }</h3>
                    { rows::draw(&view.disk) }
                    { for view.strips.iter().map(|strip| log(words, strip)) }
                </section>
            }
            if view.phase == Phase::Down {
                <p class="quiet">{ words.say("inspector.no-memory") }</p>
            } else if !view.memory.is_empty() {
                <section class="half is-memory">
                    <h3>{ draw_icon("memory") }{ words.say("inspector.memory") }</h3>
                    { rows::draw(&view.memory) }
                </section>
            }
            { timers(words, &view) }
            { operations(words, &view) }
            <section>
                <h3>{ draw_icon("clock") }{ words.say("inspector.kernel") }</h3>
                { rows::draw(&view.kernel) }
            </section>
        </>
    }
}

fn view(words: Words, run: &Run, id: Id) -> View {
    let world = run.world();
    let cast = world.cast();
    let system = cast.entry.id;
    let person = world.person(id);
    let portrait = past::portrait(world, id, CELLS);
    let paper = |rows: &[netsplit_core::describe::Row]| {
        let field = |row: &netsplit_core::describe::Row| {
            Field::paper(words, system, row.name, row.text.clone())
        };
        rows.iter().map(field).collect()
    };
    let left = |armed: &netsplit_core::kernel::Armed| {
        let whole = armed.due.since(armed.at).0.max(1);
        let left = armed.due.since(run.at());
        let name = acts::timer_word(words, cast, armed.key);
        (name, left, (u128::from(left.0) * 100 / u128::from(whole)) as u32)
    };
    let dots = portrait.dots.clone();
    View {
        name: words.who(cast, id),
        role: role(words, run, id, portrait.role),
        phase: person.phase,
        epoch: portrait.epoch,
        flags: portrait.flags.iter().map(|flag| words.word(system, "flag", flag)).collect(),
        disk: paper(&portrait.disk),
        memory: paper(&portrait.memory),
        kernel: kernel(words, run, person, id),
        strips: portrait.strips,
        dots: dots.map(|dots| (words.word(system, "dots", dots.name), dots)),
        names: cast.ids().map(|id| words.who(cast, id)).collect(),
        timers: person.timers.iter().map(left).collect(),
        ops: operations_of(words, run, id),
        reasons: reason::of_node(words, run, id),
        answers: None,
    }
}

fn role(words: Words, run: &Run, id: Id, role: &str) -> String {
    match run.world().person(id).phase {
        Phase::Down => words.say("inspector.down"),
        Phase::New => words.say("inspector.new"),
        _ if !run.world().cast().is_role(id) => words.say("inspector.client"),
        Phase::Paused => {
            let role = words.word(run.world().cast().entry.id, "role", role);
            words.fill("inspector.paused", &[("role", &role)])
        }
        Phase::Up => words.word(run.world().cast().entry.id, "role", role),
    }
}

/// What the kernel keeps: clocks, disk, inbox.
fn kernel(words: Words, run: &Run, person: &Person, id: Id) -> Vec<Field> {
    let now = run.at();
    let clock = &person.clock;
    let mut fields = vec![
        Field::page(words, "mono", words.at(clock.mono(now))),
        Field::page(words, "wall", words.at(clock.wall(now))),
    ];
    if clock.rate() != netsplit_core::base::Ppm::ONE {
        fields.push(Field::page(words, "rate", format!("× {}", clock.rate())));
    }
    if run.world().cast().is_role(id) {
        fields.push(Field::page(words, "disk-mode", acts::disk_mode(words, person.disk.mode)));
    }
    fields.push(Field::page(words, "inbox", person.inbox.len().to_string()));
    if person.service.0 > 0 {
        fields.push(Field::page(words, "service", words.span(person.service)));
    }
    fields.push(Field::page(words, "lives", person.life.to_string()));
    fields
}

fn operations_of(words: Words, run: &Run, id: Id) -> Vec<(String, String, &'static str)> {
    let own = past::called(run).rev().filter(|(_, op)| op.client == id).take(6);
    own.map(|(_, op)| {
        let (state, class) = state_of(words, run, op);
        (op.op.to_string(), state, class)
    })
    .collect()
}

fn state_of(words: Words, run: &Run, op: &OpRecord) -> (String, &'static str) {
    let Some(end) = past::end(run, op) else {
        let time = words.span(past::ago(run, op.called));
        return (words.fill("operation.waiting", &[("time", &time)]), "is-waiting");
    };
    let time = words.span(end.at.since(op.called));
    match &end.outcome {
        Outcome::Ok(value) => {
            let values = [("value", value.to_string()), ("time", time)];
            let values = values.each_ref().map(|(key, text)| (*key, text.as_str()));
            (words.fill("operation.answered", &values), "is-answered")
        }
        Outcome::Fail(reason) => {
            let reason = words.word(run.world().cast().entry.id, "fail", reason);
            (words.fill("operation.refused", &[("reason", &reason)]), "is-refused")
        }
        Outcome::Unknown => (words.fill("operation.unknown", &[("time", &time)]), "is-unknown"),
    }
}

fn head(view: &View, id: Id) -> Html {
    html! {
        <div class="thing-head">
            if let Some(epoch) = view.epoch {
                <span class={classes!("epoch-ring", hue(epoch))}>{ epoch }</span>
            }
            <h2>{ &view.name }</h2>
            <span class="thing-role">{ &view.role }</span>
            { for view.flags.iter().map(|flag| html! { <span class="warning">{ flag }</span> }) }
            { part_of(use_menu_button, Thing::Node(id)) }
        </div>
    }
}

fn dots(words: Words, view: &View) -> Html {
    let Some((what, dots)) = &view.dots else { return html! {} };
    let n = dots.yes.len().to_string();
    let needed = dots.needed.to_string();
    let text = words.fill("inspector.dots", &[("n", &n), ("needed", &needed), ("what", what)]);
    let dot = |id: &Id| {
        let yes = dots.yes.contains(id);
        let name = view.names.get(id.index()).cloned().unwrap_or_default();
        html! {
            <li class={if yes { "is-yes" } else { "is-no" }}>
                { draw_icon(if yes { "check" } else { "bar" }) }{ name }
            </li>
        }
    };
    html! {
        <section class="count-dots">
            <p>{ text }</p>
            <ul>{ for dots.of.iter().map(dot) }</ul>
        </section>
    }
}

fn log(words: Words, strip: &Strip) -> Html {
    let n = strip.total.to_string();
    let hidden = strip.total.saturating_sub(strip.cells.len() as u64);
    html! {
        <div class="log">
            <h4>{ words.fill("inspector.log", &[("name", strip.name), ("n", &n)]) }</h4>
            if strip.compacted > 0 {
                <p class="aside">
                    { words.fill("inspector.compacted", &[("n", &strip.compacted.to_string())]) }
                </p>
            }
            if hidden > 0 {
                <p class="aside">
                    { words.fill("inspector.hidden", &[("n", &hidden.to_string())]) }
                </p>
            }
            <ol class="log-cells">{ for strip.cells.iter().map(|cell| entry(words, cell)) }</ol>
        </div>
    }
}

fn entry(words: Words, cell: &Cell) -> Html {
    let (class, key) = match cell.committed {
        true => ("is-committed", "inspector.committed"),
        false => ("is-uncommitted", "inspector.uncommitted"),
    };
    html! {
        <li class={hue(cell.epoch)}>
            <span class="log-place">{ cell.index }<i>{ format!("t{}", cell.epoch) }</i></span>
            <code class={classes!("chip", class, hue(cell.epoch))} title={words.say(key)}>
                { &cell.text }
            </code>
            <span class="hidden-name">{ words.say(key) }</span>
        </li>
    }
}

fn timers(words: Words, view: &View) -> Html {
    if view.timers.is_empty() {
        return html! {};
    }
    let timer = |(name, left, percent): &(String, Span, u32)| {
        html! {
            <li>
                <span>{ name }</span>
                <meter min="0" max="100" value={percent.to_string()} aria-hidden="true" />
                <b>{ words.span(*left) }</b>
            </li>
        }
    };
    html! {
        <section>
            <h3>{ draw_icon("clock") }{ words.say("inspector.timers") }</h3>
            <ul class="timers">{ for view.timers.iter().map(timer) }</ul>
        </section>
    }
}

fn operations(words: Words, view: &View) -> Html {
    if view.ops.is_empty() {
        return html! {};
    }
    let op = |(op, state, class): &(String, String, &'static str)| {
        html! {
            <li class={*class}><code>{ op }</code><span>{ state }</span></li>
        }
    };
    html! {
        <section>
            <h3>{ draw_icon("client") }{ words.say("inspector.operations") }</h3>
            <ul class="operations">{ for view.ops.iter().map(op) }</ul>
        </section>
    }
}

/// The answers to "why did nothing happen", the most pressing first, each with the way to its
/// event.
pub fn why(words: Words, session: &Session, reasons: &[Reason]) -> Html {
    let answer = |reason: &Reason| {
        let look = reason.event.map(|event| {
            let session = session.clone();
            let onclick = Callback::from(move |_| {
                session.dispatch(Action::Select(Some(Thing::Event(event))))
            });
            html! {
                <button type="button" class="text-link" {onclick}>{ words.say("why.look") }</button>
            }
        });
        html! { <li>{ &reason.text }{ " " }{ look }</li> }
    };
    if reasons.is_empty() {
        return html! {};
    }
    html! {
        <section class="why-box">
            <h3>{ words.say("why.title") }</h3>
            <ul>{ for reasons.iter().map(answer) }</ul>
        </section>
    }
}
