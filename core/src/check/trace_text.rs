//! The recording as text: one line an event, with its rules and what it sent.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::evidence::Evidence;
use crate::base::Time;
use crate::rule::{Field, Fired};
use crate::run::trace::{EventRecord, Fate, Loss, MessageRecord, What};

/// The events of `range`, one line each: when, where, what, the rules that fired, what was sent.
pub fn trace_text(evidence: &Evidence, range: Range<u32>) -> String {
    let mut text = String::new();
    for number in range {
        if let Some(event) = evidence.trace.events.get(number as usize) {
            line(evidence, number, event, &mut text);
        }
    }
    text
}

fn line(evidence: &Evidence, number: u32, event: &EventRecord, text: &mut String) {
    let place = match event.what {
        What::Act { .. } | What::Limit(_) => "",
        _ => evidence.cast.name(event.node),
    };
    let at = event.at.to_string();
    text.push_str(&format!("{at:>9}  {place:<4} {}\n", what(evidence, event)));
    for fired in evidence.trace.fired_in(number) {
        text.push_str(&format!("{:>17}{}\n", "| ", rule(evidence, fired)));
    }
    for (_, message) in evidence.trace.sent_in(number) {
        text.push_str(&format!("{:>17}{}\n", "> ", sent(evidence, message)));
    }
}

fn what(evidence: &Evidence, event: &EventRecord) -> String {
    let name = |id| evidence.cast.name(id);
    let entry = evidence.cast.entry;
    match &event.what {
        What::Boot => "starts".into(),
        What::Deliver { message } => {
            let message = &evidence.trace.messages[*message as usize];
            format!("receives {} from {}", message.kind, name(message.from))
        }
        What::Timeout(key) => {
            let timer = entry.timers.get(usize::from(key.name)).unwrap_or(&"?");
            match key.number {
                0 => format!("timer {timer} runs out"),
                number => format!("timer {timer}#{number} runs out"),
            }
        }
        What::Call(op) => format!("is asked for {}", evidence.name_op(*op)),
        What::Impatient(op) => format!("waits no longer for {}", evidence.name_op(*op)),
        What::Told { from } => format!("is told something by {}", name(*from)),
        What::Configured(key) => {
            let knob = entry.knobs.get(key.0).map_or("?", |knob| knob.name);
            format!("{knob} changes")
        }
        What::Act { line, idle } => {
            let label = evidence.lines.get(*line as usize).and_then(|line| line.label.as_ref());
            let label = label.map_or(String::new(), |label| format!(" ({label})"));
            match idle {
                None => format!("line {} of the script{label}", line + 1),
                Some(why) => {
                    format!("line {} of the script{label} had no effect: {why:?}", line + 1)
                }
            }
        }
        What::Resume => "goes on after its pause".into(),
        What::Limit(limit) => format!("the run ends at a limit: {limit:?}"),
    }
}

fn rule(evidence: &Evidence, fired: &Fired) -> String {
    let fields: Vec<String> = fired
        .fields()
        .map(|(name, field, arg)| match field {
            Field::Int => format!("{name}={arg}"),
            Field::Node => format!("{name}={}", evidence.cast.name(crate::base::Id(arg as u16))),
            Field::Time => format!("{name}={}", Time(arg)),
            Field::Flag => format!("{name}={}", arg != 0),
        })
        .collect();
    format!("{} {}", fired.rule.id, fields.join(" ")).trim_end().into()
}

fn sent(evidence: &Evidence, message: &MessageRecord) -> String {
    let fate = match message.fate {
        Fate::Flying => ", never arrived".into(),
        Fate::Arrived(event) => {
            let at = evidence.trace.events.get(event as usize).map_or(message.due, |e| e.at);
            format!(", arrives {at}")
        }
        Fate::Lost(at, loss) => {
            let how = match loss {
                Loss::Cut => "by a cut",
                Loss::Chance => "by chance",
                Loss::Hand => "by hand",
                Loss::Down => "because the receiver was down",
                Loss::Unsent => "because it never left",
            };
            format!(", lost {at} {how}")
        }
    };
    format!("{} to {}{fate}", message.kind, evidence.cast.name(message.to))
}
