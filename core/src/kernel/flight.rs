//! Messages under way, and what else is due.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::disk::Untold;
use crate::base::{Id, Time};
use crate::describe::{Pen, Shape};
use crate::op::{OpId, Reply, Request, Ticket};
use crate::protocol::{News, Parcel, TimerKey};

/// A message under way.
#[derive(Clone, Debug)]
pub struct Flight {
    /// Its number in the run.
    pub id: u32,
    /// The event that sent it.
    pub cause: u32,
    /// Who sent it.
    pub from: Id,
    /// To whom.
    pub to: Id,
    /// When.
    pub sent: Time,
    /// When it arrives.
    pub due: Time,
    /// What it carries.
    pub packet: Packet,
    /// Whether it is the second copy.
    pub duplicate: bool,
}

/// What a message carries.
#[derive(Clone, Debug)]
pub enum Packet {
    /// A message of the protocol.
    Parcel(Rc<dyn Parcel>),
    /// A client asks.
    Request(Request),
    /// A node answers.
    Reply(Ticket, Reply),
    /// The connection broke.
    Reset,
}

impl Packet {
    /// The kind, in the paper's spelling; the kernel's own are `request`, `reply`, `reset`.
    pub fn kind(&self) -> &'static str {
        match self {
            Packet::Parcel(parcel) => parcel.kind(),
            Packet::Request(_) => "request",
            Packet::Reply(..) => "reply",
            Packet::Reset => "reset",
        }
    }

    /// What it is to the protocol.
    pub fn shape(&self) -> Shape {
        match self {
            Packet::Parcel(parcel) => parcel.shape(),
            Packet::Request(_) | Packet::Reply(_, Reply::Ok(_)) => Shape::Client,
            Packet::Reply(..) | Packet::Reset => Shape::Refusal,
        }
    }

    /// The sender's epoch; 0 where there is none.
    pub fn epoch(&self) -> u64 {
        match self {
            Packet::Parcel(parcel) => parcel.epoch(),
            _ => 0,
        }
    }

    /// Its fields, as rows of memory.
    pub fn describe(&self, pen: &mut Pen) {
        match self {
            Packet::Parcel(parcel) => parcel.describe(pen),
            Packet::Request(request) => {
                pen.memory("operation", alloc::format!("{}", request.op));
                pen.memory("serial", request.serial);
            }
            Packet::Reply(_, Reply::Ok(value)) => pen.memory("answer", value.clone()),
            Packet::Reply(_, Reply::Fail(reason)) => pen.memory("refused", *reason),
            Packet::Reply(_, Reply::Redirect(to)) => pen.memory("redirect", *to),
            Packet::Reply(_, Reply::Unknown) => {}
            Packet::Reset => {}
        }
    }
}

/// Something that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// When.
    pub at: Time,
    /// At one instant: loopbacks, timers, deliveries.
    pub class: Class,
    /// At one instant and in one class: in the order of queueing.
    pub seq: u64,
    /// What.
    pub item: Item,
}

/// The order of events at one instant, after the script's lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Messages to oneself, and what waited for the end of a pause.
    Loopback,
    /// Timers, of nodes and of the kernel.
    Timer,
    /// Messages from others.
    Delivery,
}

/// What can be due.
#[derive(Clone, Debug)]
pub enum Item {
    /// A message arrives.
    Deliver(Flight),
    /// An armed timer runs out, unless armed anew or disarmed meanwhile.
    Timer {
        /// Of whom.
        node: Id,
        /// Which.
        key: TimerKey,
        /// Which arming.
        arming: u32,
    },
    /// A node hears something outside the system.
    Told {
        /// Who.
        node: Id,
        /// What.
        news: News,
        /// The event that said it.
        cause: u32,
    },
    /// A setting changed at a node.
    Configured {
        /// Which node.
        node: Id,
        /// Which setting.
        key: crate::knob::Key,
        /// The event that changed it.
        cause: u32,
    },
    /// A script asks a node that is a client.
    Call {
        /// Which node.
        node: Id,
        /// What.
        request: Request,
        /// The event that asked.
        cause: u32,
    },
    /// A kernel client's patience with an attempt ends, or its pause before asking again.
    Patience {
        /// Which client.
        client: Id,
        /// With which operation.
        op: OpId,
        /// With which attempt.
        attempt: u16,
    },
    /// A pause ends by itself.
    Resume {
        /// Whose.
        node: Id,
        /// Which pause.
        pause: u32,
    },
    /// A disk has written what a step changed: it is told, and its messages leave.
    Written {
        /// Whose.
        node: Id,
        /// In which life of the node.
        life: u32,
        /// The event of the step.
        cause: u32,
        /// What leaves.
        packets: Vec<(Id, Packet)>,
        /// What is told, if the step changed anything.
        untold: Option<Box<Untold>>,
    },
    /// A disk that syncs every so often does so.
    Sync {
        /// Whose.
        node: Id,
        /// In which mode of the disk.
        mode: u32,
    },
    /// A line of the script that waited for an operation runs.
    Line(u32),
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    #[inline(always)]
    fn partial_cmp(&self, other: &Due) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    /// Reversed, because the heap gives the largest first. The queue spends its time here.
    #[inline(always)]
    fn cmp(&self, other: &Due) -> Ordering {
        let rank = |due: &Due| (due.class as u64) << 62 | due.seq;
        other.at.0.cmp(&self.at.0).then(rank(other).cmp(&rank(self)))
    }
}
