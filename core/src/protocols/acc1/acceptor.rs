//! An acceptor: it accepts the first value that it is sent, and nothing else, ever.

use crate::base::{Id, Value};
use crate::protocol::Part;

use super::message::Msg;
use super::{Cx, Disk, all, rules};

/// A proposer proposes. The learner hears what is accepted, the proposer gets its answer.
pub fn on_propose(cx: &mut Cx, disk: &mut Disk, from: Id, value: &Value) {
    match &disk.accepted {
        Some(accepted) if accepted != value => {
            cx.rule(&rules::ACCEPT_DENY, [&from]);
            return cx.send(from, Msg::Refused(accepted.clone()));
        }
        Some(_) => cx.rule(&rules::ACCEPT_AGAIN, [&from]),
        None => {
            cx.rule(&rules::ACCEPT, [&from]);
            disk.accepted = Some(value.clone());
        }
    }
    let learners = all(cx.setup, Part::Resource);
    cx.send_all(learners.chain([from]), Msg::Accepted(value.clone()));
}
