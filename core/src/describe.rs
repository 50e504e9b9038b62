//! The few marks that a view may draw of a node or a message. A protocol says what there is to
//! see; whether that is a card, a table or a sentence is the view's business.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::base::{Id, Span, Time};

/// What a tone means; the view gives it a colour and, so that colour is never the only mark, a
/// shape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Leads.
    Lead,
    /// Wants to lead.
    Seek,
    /// Follows.
    Follow,
    /// Holds what was asked for.
    Accept,
    /// Was refused, or refuses.
    Refuse,
    /// Acts on knowledge that may be old.
    Doubt,
}

/// A picture of one node, as plain data.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Portrait {
    /// What the node is at this moment, as a key of the system's texts (`leader`).
    pub role: &'static str,
    /// How to mark it.
    pub tone: Tone,
    /// Term, ballot, epoch; `None` for a system without.
    pub epoch: Option<u64>,
    /// What the disk holds, in the paper's order.
    pub disk: Vec<Row>,
    /// What memory holds, in the paper's order.
    pub memory: Vec<Row>,
    /// Logs.
    pub strips: Vec<Strip>,
    /// Who has answered, of those who must (votes, acknowledgements).
    pub dots: Option<Dots>,
    /// Short warnings on the card, as keys of the system's texts (`old-term`).
    pub flags: Vec<&'static str>,
}

/// A field of the state: its name in the paper and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The paper's spelling (`currentTerm`).
    pub name: &'static str,
    /// The value, printed.
    pub text: String,
    /// Whether it belongs on the card, where there is room for one or two.
    pub on_card: bool,
}

/// A log, drawn as cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strip {
    /// Which log.
    pub name: &'static str,
    /// Everything up to here is in a snapshot; 0 when nothing is.
    pub compacted: u64,
    /// How many entries there are after that.
    pub total: u64,
    /// The last entries, at most as many as the view asked for.
    pub cells: Vec<Cell>,
}

/// One entry of a strip.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Its place in the log.
    pub index: u64,
    /// The epoch that it was made in, which gives it its hue.
    pub epoch: u64,
    /// What it says, printed short.
    pub text: String,
    /// Whether the node knows it committed.
    pub committed: bool,
}

/// Who has answered, of those who must.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dots {
    /// What is counted, as a key of the system's texts (`votes`).
    pub name: &'static str,
    /// Who is asked.
    pub of: Vec<Id>,
    /// Who said yes.
    pub yes: Vec<Id>,
    /// How many must.
    pub needed: u64,
}

/// What a message is to the protocol; the view draws each as a shape of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// Asks something of the receiver.
    Request,
    /// Answers yes, or with what was asked.
    Answer,
    /// Answers no.
    Refusal,
    /// Says only "I am here".
    Heartbeat,
    /// A client's operation, or its result.
    Client,
}

/// Takes down a portrait. The view fixes how many cells of a log it can show, and how
/// participants are called.
pub struct Pen<'a> {
    portrait: Portrait,
    cells: usize,
    names: &'a dyn Fn(Id) -> String,
}

impl<'a> Pen<'a> {
    /// A pen for a view that shows up to `cells` entries of a log and calls participants as
    /// `names` says.
    pub fn new(cells: usize, names: &'a dyn Fn(Id) -> String) -> Pen<'a> {
        Pen { portrait: Portrait::default(), cells, names }
    }

    /// What was drawn.
    pub fn finish(self) -> Portrait {
        self.portrait
    }

    /// What `id` is called.
    pub fn name(&self, id: Id) -> String {
        (self.names)(id)
    }

    /// The role, its tone and its epoch.
    pub fn role(&mut self, role: &'static str, tone: Tone, epoch: Option<u64>) {
        self.portrait.role = role;
        self.portrait.tone = tone;
        self.portrait.epoch = epoch;
    }

    /// A field that the disk holds.
    pub fn disk(&mut self, name: &'static str, value: impl Shown) {
        let row = self.row(name, &value, false);
        self.portrait.disk.push(row);
    }

    /// A field that memory holds.
    pub fn memory(&mut self, name: &'static str, value: impl Shown) {
        let row = self.row(name, &value, false);
        self.portrait.memory.push(row);
    }

    /// A field of memory that belongs on the card.
    pub fn memory_on_card(&mut self, name: &'static str, value: impl Shown) {
        let row = self.row(name, &value, true);
        self.portrait.memory.push(row);
    }

    /// A field of the disk that belongs on the card.
    pub fn disk_on_card(&mut self, name: &'static str, value: impl Shown) {
        let row = self.row(name, &value, true);
        self.portrait.disk.push(row);
    }

    /// A log of the entries `first ..= last`; `cell` is asked for the last ones only.
    pub fn strip(
        &mut self,
        name: &'static str,
        first: u64,
        last: u64,
        mut cell: impl FnMut(u64) -> Option<Cell>,
    ) {
        let from = first.max((last + 1).saturating_sub(self.cells as u64));
        let cells = (from..=last).filter_map(&mut cell).collect();
        let compacted = first.saturating_sub(1);
        self.portrait.strips.push(Strip { name, compacted, total: last - compacted, cells });
    }

    /// Who has answered.
    pub fn dots(&mut self, dots: Dots) {
        self.portrait.dots = Some(dots);
    }

    /// A short warning on the card.
    pub fn flag(&mut self, flag: &'static str) {
        self.portrait.flags.push(flag);
    }

    fn row(&self, name: &'static str, value: &dyn Shown, on_card: bool) -> Row {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = value.show(self, &mut text);
        Row { name, text, on_card }
    }
}

/// What may be printed as a field's value.
pub trait Shown {
    /// Prints the value; participants by the names that `pen` knows.
    fn show(&self, pen: &Pen, out: &mut dyn fmt::Write) -> fmt::Result;
}

macro_rules! shown_as_displayed {
    ($($kind:ty)*) => {$(
        impl Shown for $kind {
            fn show(&self, _: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
                write!(out, "{self}")
            }
        }
    )*};
}

shown_as_displayed!(u64 u32 u8 i64 bool &str String crate::base::Value);

impl Shown for Id {
    fn show(&self, pen: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        out.write_str(&pen.name(*self))
    }
}

impl Shown for Span {
    fn show(&self, _: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self} ms")
    }
}

impl Shown for Time {
    fn show(&self, _: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self} ms")
    }
}

impl<T: Shown> Shown for Option<T> {
    fn show(&self, pen: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        match self {
            Some(value) => value.show(pen, out),
            None => out.write_str("–"),
        }
    }
}

impl Shown for &[Id] {
    fn show(&self, pen: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        for (i, id) in self.iter().enumerate() {
            if i > 0 {
                out.write_str(" ")?;
            }
            id.show(pen, out)?;
        }
        if self.is_empty() { out.write_str("–") } else { Ok(()) }
    }
}

impl<T: Shown> Shown for &[(Id, T)] {
    fn show(&self, pen: &Pen, out: &mut dyn fmt::Write) -> fmt::Result {
        for (i, (id, value)) in self.iter().enumerate() {
            let comma = if i == 0 { "" } else { "  " };
            write!(out, "{comma}{}: ", pen.name(*id))?;
            value.show(pen, out)?;
        }
        Ok(())
    }
}
