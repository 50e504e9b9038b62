//! Draws the parts of a lock.

use crate::describe::{Pen, Tone};
use crate::protocol::Node;

use super::service::Service;
use super::state::{Disk, Memory};
use super::{Lock, Locking, client, resource};

pub(super) fn node<L: Lock>(node: &Node<Locking<L>>, pen: &mut Pen) {
    match (&node.disk, &node.memory) {
        (Disk::Server(disk), Memory::Server(memory)) => {
            L::Service::describe(disk, Some(memory), pen)
        }
        (Disk::Resource(disk), _) => resource::describe(disk, pen),
        (_, Memory::Client(client)) => client::describe(client, pen),
        _ => {}
    }
}

pub(super) fn disk<S: Service>(disk: &Disk<S>, pen: &mut Pen) {
    match disk {
        Disk::Server(disk) => S::describe(disk, None, pen),
        Disk::Resource(disk) => resource::describe(disk, pen),
        Disk::Client => {}
    }
    pen.role("down", Tone::Plain, None);
}
