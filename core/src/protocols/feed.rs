//! What a server owes the others: the writes that it took, in order. Each is told some time after
//! it was taken, and told again until it is acknowledged.

use alloc::vec::Vec;

use crate::base::Id;

/// How far the others are. Writes count from 1; the log itself is its owner's.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Feed {
    /// Up to which write the delay is over.
    due: u64,
    peers: Vec<Peer>,
}

/// How far one is. Invariant: `acknowledged <= sent`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Peer {
    id: Id,
    sent: u64,
    acknowledged: u64,
}

/// What one of the others is to be told: the writes `first ..= last`, none when they are the same
/// but for one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parcel {
    /// Who.
    pub to: Id,
    /// From which write on.
    pub first: u64,
    /// Up to which.
    pub last: u64,
}

impl Feed {
    /// Of a server that has just started: it knows nothing of the others, and whatever its log
    /// holds, up to `last`, is due.
    pub fn new(others: impl IntoIterator<Item = Id>, last: u64) -> Feed {
        let peer = |id| Peer { id, sent: 0, acknowledged: 0 };
        Feed { due: last, peers: others.into_iter().map(peer).collect() }
    }

    /// Up to which write the delay is over.
    pub fn due(&self) -> u64 {
        self.due
    }

    /// The delay of a write is over, and so that of all before it. What is to be told now.
    pub fn release(&mut self, index: u64) -> Vec<Parcel> {
        self.due = self.due.max(index);
        let due = self.due;
        let unsent = self.peers.iter_mut().filter(|peer| peer.sent < due);
        let parcel = |peer: &mut Peer| {
            let first = peer.sent + 1;
            peer.sent = due;
            Parcel { to: peer.id, first, last: due }
        };
        unsent.map(parcel).collect()
    }

    /// What is due and not acknowledged, to be told again. `all`: also to those that lack nothing.
    pub fn again(&mut self, all: bool) -> Vec<Parcel> {
        let due = self.due;
        let wanting = self.peers.iter_mut().filter(|peer| all || peer.acknowledged < due);
        let parcel = |peer: &mut Peer| {
            peer.sent = due;
            Parcel { to: peer.id, first: peer.acknowledged + 1, last: due }
        };
        wanting.map(parcel).collect()
    }

    /// Somebody has everything up to `index`, as it says now: a disk that was wiped says less than
    /// before.
    pub fn heard(&mut self, from: Id, index: u64) {
        for peer in self.peers.iter_mut().filter(|peer| peer.id == from) {
            peer.acknowledged = index;
            peer.sent = peer.sent.max(index);
        }
    }

    /// Who has acknowledged everything up to `index`.
    pub fn holders(&self, index: u64) -> Vec<Id> {
        let holders = self.peers.iter().filter(|peer| peer.acknowledged >= index);
        holders.map(|peer| peer.id).collect()
    }

    /// Whether somebody lacks something that is due.
    pub fn is_behind(&self) -> bool {
        self.peers.iter().any(|peer| peer.acknowledged < self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(parcels: Vec<Parcel>) -> Vec<(u16, u64, u64)> {
        parcels.into_iter().map(|Parcel { to, first, last }| (to.0, first, last)).collect()
    }

    #[test]
    fn each_write_is_sent_once_and_again_until_acknowledged() {
        let mut feed = Feed::new([Id(1), Id(2)], 0);
        assert!(!feed.is_behind());
        assert_eq!(told(feed.release(1)), [(1, 1, 1), (2, 1, 1)]);
        // A later write overtakes an earlier one's delay and takes it along.
        assert_eq!(told(feed.release(3)), [(1, 2, 3), (2, 2, 3)]);
        assert!(feed.release(2).is_empty());
        feed.heard(Id(1), 3);
        assert_eq!(feed.holders(3), [Id(1)]);
        assert_eq!(told(feed.again(false)), [(2, 1, 3)]);
        assert_eq!(told(feed.again(true)), [(1, 4, 3), (2, 1, 3)]);
    }

    #[test]
    fn who_lost_its_disk_is_told_everything_again() {
        let mut feed = Feed::new([Id(1)], 0);
        feed.release(2);
        feed.heard(Id(1), 2);
        assert!(!feed.is_behind());
        feed.heard(Id(1), 0);
        assert_eq!(told(feed.again(false)), [(1, 1, 2)]);
    }
}
