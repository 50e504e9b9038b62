//! A scenario as a tree. Parsing resolves every name against the system's tables, so that what is
//! here can run; printing gives the canonical text back.

use alloc::vec::Vec;

use crate::base::{Id, Span, Str, Time};
use crate::kernel::action::{Action, DiskMode, Trigger};
use crate::knob::{Key, Setting};
use crate::machine::Entry;
use crate::protocol::Given;

/// Text in the languages that a scenario speaks, in the order of the file; the first is the
/// fallback. Tags are `en` and `zh-CN`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Texts(pub Vec<(Str, Str)>);

impl Texts {
    /// The text in `locale`, or in the first language that there is; empty when there is none.
    pub fn get(&self, locale: &str) -> &str {
        let wanted = self.0.iter().find(|(tag, _)| &**tag == locale);
        wanted.or(self.0.first()).map_or("", |(_, text)| text)
    }
}

/// A whole scenario.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Scenario {
    /// `family/name`; empty for one that was never named.
    pub name: Str,
    /// The language of the untagged texts.
    pub language: Str,
    /// What it is called.
    pub title: Texts,
    /// One sentence for the gallery.
    pub about: Texts,
    /// The rows of the claims list that it shows.
    pub claims: Vec<Str>,
    /// What runs, and how long.
    pub system: System,
    /// The weather.
    pub seed: u64,
    /// The seeds `first ..= last` of a scenario that runs many times; verdicts are aggregates.
    pub seeds: Option<(u64, u64)>,
    /// What is on disks before the first boot.
    pub given: Vec<(Id, Str, Given)>,
    /// What happens, in the order of the file.
    pub lines: Vec<Line>,
    /// What is told, in the order of time.
    pub steps: Vec<Step>,
    /// Other runs of the same story.
    pub variants: Vec<Variant>,
    /// Which runs stand side by side, in this order: none, or two to four.
    pub compare: Vec<Pane>,
    /// What must come out.
    pub expects: Vec<Expect>,
}

/// What runs, and how long.
#[derive(Clone, Debug)]
pub struct System {
    /// The registry's line.
    pub entry: &'static Entry,
    /// Settings that differ from the defaults, of the cluster or of one node.
    pub settings: Vec<(Option<Id>, Key, Setting)>,
    /// How many kernel clients.
    pub clients: u16,
    /// When the run ends.
    pub end: Time,
    /// The latency of every link in one direction, from and to; 10 ms when nothing is said.
    pub latency: (Span, Span),
    /// How every disk writes; `Sync(0)` when nothing is said.
    pub disk: DiskMode,
    /// What participants are called in the story, where it has names of its own.
    pub names: Vec<(Id, Texts)>,
}

impl PartialEq for System {
    fn eq(&self, other: &System) -> bool {
        self.entry.id == other.entry.id
            && self.settings == other.settings
            && self.clients == other.clients
            && self.end == other.end
            && self.latency == other.latency
            && self.disk == other.disk
            && self.names == other.names
    }
}

impl Eq for System {}

impl core::hash::Hash for System {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.entry.id.hash(state);
        self.settings.hash(state);
        (self.clients, self.end, self.latency, self.disk).hash(state);
        self.names.hash(state);
    }
}

/// One line of the script.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Line {
    /// What variants call it.
    pub label: Option<Str>,
    /// When it runs.
    pub trigger: Trigger,
    /// What it does.
    pub action: Action,
    /// Whether the learner added it.
    pub own: bool,
    /// Whether it may have no effect.
    pub maybe: bool,
    /// The one run that it belongs to, whose participants it names; every run when `None`.
    pub only: Option<Pane>,
}

/// One of the runs that a scenario tells of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Pane {
    /// The story as told.
    Told,
    /// The variant of this name.
    Variant(Str),
}

impl Pane {
    /// What scripts call the story as told.
    pub const TOLD: &'static str = "told";

    /// What scripts call it.
    pub fn name(&self) -> &str {
        match self {
            Pane::Told => Pane::TOLD,
            Pane::Variant(name) => name,
        }
    }

    /// What scripts call `name`.
    pub fn named(name: &str) -> Pane {
        if name == Pane::TOLD { Pane::Told } else { Pane::Variant(name.into()) }
    }
}

/// One step of the story: the run pauses here, and this is told.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Step {
    /// When.
    pub at: Time,
    /// Its heading.
    pub title: Texts,
    /// Its paragraphs.
    pub say: Vec<Texts>,
    /// Where to look.
    pub look: Texts,
    /// A question to answer before going on.
    pub predict: Option<Predict>,
    /// What came of the prediction of the step before, in words.
    pub explain: Texts,
    /// A variant that the step offers to run, by its name, and what the button says.
    pub offer: Vec<(Str, Texts)>,
    /// What the learner is asked to bring about by hand, and the tokens that say that it is done.
    pub goal: Option<(Texts, Vec<Token>)>,
}

/// A question with answers to choose from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Predict {
    /// The question.
    pub question: Texts,
    /// The answers, and whether each is right.
    pub options: Vec<(Texts, bool)>,
}

/// Another run of the same story.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Variant {
    /// What expectations and links call it.
    pub name: Str,
    /// What the page calls it.
    pub title: Texts,
    /// How it differs.
    pub edits: Vec<Edit>,
}

/// How a variant differs from the story as told.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Edit {
    /// A setting, of the cluster or of one node.
    Set(Option<Id>, Key, Setting),
    /// Another weather.
    Seed(u64),
    /// Another end.
    End(Time),
    /// These lines do not run.
    Remove(Str),
    /// These lines run instead of the labelled one.
    Replace(Str, Vec<Line>),
    /// This line runs too.
    Add(Line),
    /// Another latency of all links.
    Latency(Span, Span),
    /// Another disk mode of all nodes.
    Disk(DiskMode),
    /// Another system. Its settings begin from its own defaults.
    System(System),
}

/// What must come out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Expect {
    /// Of which variant; of the story as told when `None`.
    pub variant: Option<Str>,
    /// When.
    pub moment: Moment,
    /// What. All of them must hold.
    pub tokens: Vec<Token>,
}

/// When an expectation is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Moment {
    /// After the last event.
    End,
    /// After every event up to this instant.
    At(Time),
    /// After every event before this instant.
    Before(Time),
    /// Of the operations that were called from the first instant to the second, both included.
    Within(Time, Time),
    /// True at this instant or at one before.
    By(Time),
}

/// One verdict token with its arguments, `latency(w1, <=50)`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Token {
    /// Its name, one of those that `tokens.md` defines.
    pub name: &'static str,
    /// Its arguments in order, checked against its definition.
    pub args: Vec<Arg>,
}

/// An argument of a token.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Arg {
    /// A word of the token's own (`ok`, `violated`, `free`, a role or a message kind).
    Word(Str),
    /// A value that a client wrote, or a key.
    Value(Str),
    /// A participant.
    Node(Id),
    /// Several participants.
    Nodes(Vec<Id>),
    /// Links from any of the first to any of the second; an empty side means anybody.
    Links(Vec<Id>, Vec<Id>),
    /// A labelled operation.
    Op(Str),
    /// A number, compared.
    Number(Compare, u64),
    /// A length of time, compared.
    Span(Compare, Span),
    /// A part of a whole in parts per million, compared.
    Ratio(Compare, u32),
    /// A statistic over seeds, compared: `median<=2`.
    Aggregate(Aggregate, Compare, u64),
}

/// How a measured number is compared with the one that is expected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Compare {
    /// `2`
    Equal,
    /// `<2`
    Less,
    /// `<=2`
    AtMost,
    /// `>2`
    More,
    /// `>=2`
    AtLeast,
}

impl Compare {
    /// Whether `measured` compares so with `expected`.
    pub fn holds<T: Ord>(self, measured: T, expected: T) -> bool {
        match self {
            Compare::Equal => measured == expected,
            Compare::Less => measured < expected,
            Compare::AtMost => measured <= expected,
            Compare::More => measured > expected,
            Compare::AtLeast => measured >= expected,
        }
    }
}

/// A statistic over the runs of many seeds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Aggregate {
    /// Half of the runs have no more.
    Median,
    /// No run has less.
    Min,
    /// No run has more.
    Max,
    /// As a last, further argument of any token: the share of the runs, in whole percent rounded
    /// down, in which the token without it holds.
    Percent,
}
