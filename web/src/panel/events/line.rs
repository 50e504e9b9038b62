//! An event of the trace as a line to read.

use netsplit_core::base::Time;
use netsplit_core::describe::Shape;
use netsplit_core::kernel::Cast;
use netsplit_core::op::OpId;
use netsplit_core::rule::Weight;
use netsplit_core::run::trace::{EventRecord, Idle, Limit, MessageRecord, NOBODY, What};
use netsplit_core::run::{Run, Trace};
use netsplit_core::scenario::ast::Line;

use crate::panel::acts;
use crate::words::Words;

/// One event: when, who and what, and why.
#[derive(Clone, PartialEq)]
pub struct EventLine {
    /// Its number in the trace.
    pub event: u32,
    /// When.
    pub at: Time,
    /// How to mark it.
    pub mark: Mark,
    /// Who and what.
    pub head: String,
    /// What the rules say that fired.
    pub said: Vec<Said>,
    /// The event that brought it about.
    pub cause: Option<u32>,
    /// What that was.
    pub because: String,
    /// Why an intervention had no effect.
    pub idle: Option<String>,
}

/// What a rule says.
#[derive(Clone, PartialEq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// Paper and section.
    pub cite: &'static str,
    /// How much it says to a learner.
    pub weight: Weight,
}

/// What kind of event it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A node starts.
    Boot,
    /// A message arrives.
    Message(Shape),
    /// A timer runs out.
    Timer,
    /// A client begins, or loses patience.
    Client,
    /// The script does something.
    Lesson,
    /// The learner does something.
    Own,
    /// Anything else.
    Other,
}

/// The line of an event; `None` for one that is not recorded.
pub fn of(words: Words, run: &Run, event: u32) -> Option<EventLine> {
    let trace = run.trace();
    let record = trace.events.get(event as usize)?;
    let cast = run.world().cast();
    let said = trace.fired_in(event).map(|fired| Said {
        text: words.rule(cast, record.node, fired),
        cite: fired.rule.cite,
        weight: fired.rule.weight,
    });
    let idle = match record.what {
        What::Act { idle: Some(idle), .. } => Some(words.say(why_idle(idle))),
        _ => None,
    };
    Some(EventLine {
        event,
        at: record.at,
        mark: mark(run, record),
        head: head(words, run, record),
        said: said.collect(),
        because: cause(trace, record).map_or_else(String::new, |cause| head(words, run, cause)),
        cause: cause(trace, record).map(|_| record.cause),
        idle,
    })
}

fn cause<'a>(trace: &'a Trace, record: &EventRecord) -> Option<&'a EventRecord> {
    let caused = record.cause != NOBODY;
    caused.then(|| trace.events.get(record.cause as usize)).flatten()
}

/// Who and what, in few words.
pub fn head(words: Words, run: &Run, record: &EventRecord) -> String {
    let cast = run.world().cast();
    let me = &*words.who(cast, record.node);
    match &record.what {
        What::Boot => words.fill("event.boot", &[("who", me)]),
        What::Deliver { message } => match run.trace().messages.get(*message as usize) {
            Some(message) => way(words, cast, message),
            None => String::new(),
        },
        What::Timeout(key) => {
            let timer = acts::timer_word(words, cast, *key);
            words.fill("event.timeout", &[("who", me), ("timer", &timer)])
        }
        What::Call(op) => of_op(words, run, "event.call", *op),
        What::Impatient(op) => of_op(words, run, "event.impatient", *op),
        What::Told { from } => {
            words.fill("event.told", &[("who", me), ("from", &words.who(cast, *from))])
        }
        What::Configured(key) => {
            let knob = cast.entry.knobs.get(key.0).map_or("?", |knob| knob.name);
            words.fill("event.configured", &[("who", me), ("knob", knob)])
        }
        What::Act { line, .. } => act(words, run, cast, *line),
        What::Resume => words.fill("event.resume", &[("who", me)]),
        What::Limit(limit) => words.say(limit_key(*limit)),
    }
}

/// The script's line of this number: the story's first, then the learner's.
pub fn line(run: &Run, line: u32) -> Option<&Line> {
    let told = &run.story().lines;
    let line = line as usize;
    told.get(line).or_else(|| run.own().get(line.checked_sub(told.len())?))
}

/// What a message is, and from whom to whom.
pub fn way(words: Words, cast: &Cast, message: &MessageRecord) -> String {
    let (from, to) = (words.who(cast, message.from), words.who(cast, message.to));
    format!("{}  {from} → {to}", message.kind)
}

fn act(words: Words, run: &Run, cast: &Cast, number: u32) -> String {
    let Some(line) = line(run, number) else { return String::new() };
    let what = acts::sentence(words, cast, &line.action);
    if line.own { words.fill("event.you", &[("what", &what)]) } else { what }
}

fn of_op(words: Words, run: &Run, key: &str, op: OpId) -> String {
    let Some(record) = run.trace().history.get(op) else { return String::new() };
    let who = words.who(run.world().cast(), record.client);
    words.fill(key, &[("who", &who), ("op", &record.op.to_string())])
}

fn mark(run: &Run, record: &EventRecord) -> Mark {
    match &record.what {
        What::Boot => Mark::Boot,
        What::Deliver { message } => {
            let message = run.trace().messages.get(*message as usize);
            message.map_or(Mark::Other, |message| Mark::Message(message.shape))
        }
        What::Timeout(_) => Mark::Timer,
        What::Call(_) | What::Impatient(_) => Mark::Client,
        What::Act { line: number, .. } => match line(run, *number) {
            Some(line) if line.own => Mark::Own,
            _ => Mark::Lesson,
        },
        _ => Mark::Other,
    }
}

fn limit_key(limit: Limit) -> &'static str {
    match limit {
        Limit::Events => "limit.events",
        Limit::EventsPerInstant => "limit.instant",
        Limit::InFlight => "limit.flying",
        Limit::Operations => "limit.operations",
    }
}

fn why_idle(idle: Idle) -> &'static str {
    match idle {
        Idle::NobodyPlays => "idle.nobody-plays",
        Idle::IsDown => "idle.is-down",
        Idle::IsUp => "idle.is-up",
        Idle::NotPaused => "idle.not-paused",
        Idle::IsPaused => "idle.is-paused",
        Idle::NotArmed => "idle.not-armed",
        Idle::NoMessage => "idle.no-message",
        Idle::NotCut => "idle.not-cut",
        Idle::AlreadySo => "idle.already-so",
        Idle::NoClient => "idle.no-client",
    }
}
