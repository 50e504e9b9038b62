//! How far the question of an operation has come: what happened because of it by way of messages
//! alone. Who wonders why a client waits looks at the ends of it: what was lost, what is still
//! under way, who has refused.
//!
//! Less than the causal future ([`super::cone`]), in which everything is that a node did after it
//! had heard of the operation, whatever for.

use alloc::vec::Vec;

use super::trace::{Trace, What};
use crate::history::OpRecord;
use crate::op::OpId;

/// How many events after the call are looked at.
const LOOK: u32 = 4000;

/// What an operation has brought about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Errand {
    /// The events, its call first, in order.
    pub events: Vec<u32>,
    /// The messages that were sent in them, by their place in [`Trace::messages`], in order.
    pub messages: Vec<u32>,
}

impl Errand {
    /// What the operation `id` has brought about before event `until`.
    pub fn of(trace: &Trace, id: OpId, op: &OpRecord, until: u32) -> Errand {
        let until = until.min(trace.events.len() as u32).min(op.call.saturating_add(LOOK));
        let mut events = Vec::from([op.call]);
        for event in op.call + 1..until {
            let record = &trace.events[event as usize];
            let belongs = match record.what {
                What::Deliver { .. } => events.binary_search(&record.cause).is_ok(),
                What::Call(of) | What::Impatient(of) => of == id,
                _ => false,
            };
            if belongs {
                events.push(event);
            }
        }
        let begin = |event: u32| {
            let record = trace.events.get(event as usize);
            record.map_or(trace.messages.len() as u32, |record| record.messages)
        };
        let sent = begin(op.call)..begin(until);
        let its_own = |message: &u32| {
            let sent = trace.messages[*message as usize].sent;
            events.binary_search(&sent).is_ok()
        };
        let messages = sent.filter(its_own).collect();
        Errand { events, messages }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols;
    use crate::run::play;
    use crate::run::trace::Fate;
    use crate::scenario::Scenario;

    /// What the question of the operation labelled `w` sent, and whether it arrived.
    fn sent(text: &str) -> Vec<(&'static str, bool)> {
        let run = play(Scenario::parse(text, protocols::ALL).expect("it is right"));
        let trace = run.trace();
        let mut ops = trace.history.iter();
        let (id, op) = ops.find(|(_, op)| op.label.as_deref() == Some("w")).expect("it was called");
        let errand = Errand::of(trace, id, op, u32::MAX);
        let told = errand.messages.iter().map(|&message| {
            let message = &trace.messages[message as usize];
            (message.kind, matches!(message.fate, Fate::Arrived(_)))
        });
        told.collect()
    }

    #[test]
    fn it_ends_where_a_message_is_lost() {
        let text = "system cap clients=2 end=200\nat 10 partition {a, c1, c2} | {c}\n\
                    at 15 c1@a put(x, 1)\nat 20 w: c2@b put(x, 2)\n";
        let open = "system cap clients=2 end=200\nat 15 c1@a put(y, 1)\nat 20 w: c2@b put(x, 2)\n";
        // b is in no group of the partition, so it reaches everybody; a does not reach c.
        assert!(sent(text).iter().any(|(_, arrived)| !arrived));
        assert!(sent(open).iter().all(|(_, arrived)| *arrived));
        assert_eq!(sent(open).first(), Some(&("request", true)));
        assert_eq!(sent(open).last(), Some(&("reply", true)));
    }

    #[test]
    fn what_others_ask_for_is_no_part_of_it() {
        let alone = "system cap clients=1 end=200\nat 20 w: c1@b put(x, 2)\n";
        let busy = "system cap clients=2 end=200\nat 15 c2@a put(y, 1)\nat 20 w: c1@b put(x, 2)\n";
        assert_eq!(sent(alone), sent(busy));
    }
}
