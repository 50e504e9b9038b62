//! What the parts of a lock keep, and where.

use super::Lock;
use super::client::Client;
use super::resource::Resource;
use super::service::Service;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Disk<S: Service> {
    /// Of a client: nothing. One that restarts has forgotten every lock.
    #[default]
    Client,
    /// Of the resource: everything.
    Resource(Resource),
    /// Of a server.
    Server(S::Disk),
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory<L: Lock> {
    /// Of a client: what it does, and what it believes.
    Client(Client<L>),
    /// Of the resource: nothing.
    Resource,
    /// Of a server.
    Server(<L::Service as Service>::Memory),
}
