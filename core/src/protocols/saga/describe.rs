//! What there is to see of a node, and what is so at it in words that every system shares.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::sec::{Course, Journal, Tale};
use super::service::{Entry, Service};
use super::{Disk, Node, STEPS, Step};
use crate::base::Value;
use crate::describe::{Dots, Pen, Tone};
use crate::facts::{Fact, Facts};

/// How many sagas a list shows.
const SHOWN: usize = 6;
/// How many sagas are reported after their end. What is over changes no more, and a long run has
/// many.
const RECENT: u64 = 32;

impl Entry {
    /// The word for it, at the service of `step`.
    fn word(self, step: Step) -> &'static str {
        match (step, self) {
            (_, Entry::Refused) => "refused",
            (Step::Order, Entry::Done) => "ordered",
            (Step::Order, Entry::Undone) => "cancelled",
            (Step::Pay, Entry::Done) => "paid",
            (Step::Pay, Entry::Undone) => "refunded",
            (Step::Ship, _) => "shipped",
        }
    }
}

/// Draws what the disk holds; the role is how far the latest saga is.
pub fn disk(disk: &Disk, pen: &mut Pen) {
    match disk {
        Disk::Sec(journal) => log(journal, pen),
        Disk::Service(service) => books(service, pen),
    }
}

fn log(journal: &Journal, pen: &mut Pen) {
    let latest = journal.sagas.last().map(|(_, tale)| tale);
    let tone = match latest.map(|tale| tale.course) {
        None => Tone::Plain,
        Some(Course::Forward) => Tone::Seek,
        Some(Course::Ended) => Tone::Accept,
        Some(Course::Turning) => Tone::Doubt,
        Some(Course::Backward | Course::Compensated) => Tone::Refuse,
    };
    pen.role(latest.map_or("sec", |tale| tale.word()), tone, None);
    let all = journal.sagas.iter().map(|(saga, tale)| (saga, tale.word()));
    pen.disk_on_card("log", list(all));
    if latest.is_some_and(|tale| tale.course == Course::Turning) {
        pen.flag("turns-back");
    }
}

fn books(service: &Service, pen: &mut Pen) {
    let latest = service.book.last().map(|(_, entry)| *entry);
    let (role, amount) = match service.step {
        Step::Order => ("orders", "ordered"),
        Step::Pay => ("pays", "purse"),
        Step::Ship => ("ships", "goods"),
    };
    let tone = match latest {
        None => Tone::Plain,
        Some(Entry::Done) => Tone::Accept,
        Some(Entry::Undone | Entry::Refused) => Tone::Refuse,
    };
    pen.role(latest.map_or(role, |entry| entry.word(service.step)), tone, None);
    pen.disk_on_card(amount, service.amount);
    let all = service.book.iter().map(|(saga, entry)| (saga, entry.word(service.step)));
    pen.disk("book", list(all));
}

/// The latest sagas, each with its word.
fn list<'a>(all: impl DoubleEndedIterator<Item = (&'a u64, &'static str)>) -> String {
    let latest = all.rev().take(SHOWN).map(|(saga, word)| format!("#{saga} {word}"));
    let mut latest: Vec<String> = latest.collect();
    latest.reverse();
    if latest.is_empty() { "–".to_string() } else { latest.join(", ") }
}

/// Draws what memory holds, and how far the oldest saga is that still goes forward.
pub fn memory(node: &Node, pen: &mut Pen) {
    let Disk::Sec(journal) = &node.disk else { return };
    pen.memory("waiting", node.memory.waiting.len() as u64);
    let forward = |tale: &&Tale| matches!(tale.course, Course::Forward | Course::Turning);
    if let Some(tale) = journal.sagas.values().find(forward) {
        let yes = STEPS.into_iter().filter(|step| *step < tale.step).map(Step::service).collect();
        let of = STEPS.map(Step::service).to_vec();
        pen.dots(Dots { name: "committed", of, yes, needed: STEPS.len() as u64 });
    }
}

/// Reports a node. What the customer owns, in money and in goods, makes up the total.
pub fn facts(node: &Node, out: &mut Facts) {
    let service = match &node.disk {
        Disk::Sec(journal) => {
            let sagas = journal.sagas.iter();
            return states(sagas.map(|(saga, one)| (*saga, one.is_over(), one.word())), out);
        }
        Disk::Service(service) => service,
    };
    let book = service.book.iter();
    states(book.map(|(saga, entry)| (*saga, true, entry.word(service.step))), out);
    let (key, counts) = match service.step {
        Step::Order => ("ordered", false),
        Step::Pay => ("purse", true),
        Step::Ship => ("goods", true),
    };
    let value = Value::Int(i64::try_from(service.amount).unwrap_or(i64::MAX));
    out.push(Fact::Copy { key: key.into(), value, version: service.book.len() as u64 });
    if counts {
        out.mark("total", node.memory.total);
    }
}

/// Sagas in ascending order, each with whether it is over here.
fn states(sagas: impl DoubleEndedIterator<Item = (u64, bool, &'static str)>, out: &mut Facts) {
    let mut n_over = 0;
    for (tx, over, state) in sagas.rev() {
        n_over += u64::from(over);
        if !over || n_over <= RECENT {
            out.push(Fact::Decision { tx, state });
        }
    }
}
