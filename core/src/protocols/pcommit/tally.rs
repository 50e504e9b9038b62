//! What acceptors have said of the instances of one transaction, and what follows from it.

use crate::base::{Id, Map};

use super::State;

/// A value of an instance: what a resource manager wants of its transaction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Proposal {
    /// It is prepared and can commit.
    Prepared,
    /// It cannot, or nobody knows.
    Aborted,
}

/// By instance and acceptor, the ballot and the value that the acceptor accepted last, as far as
/// one has heard.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Tally(Map<(Id, Id), (u64, Proposal)>);

impl Tally {
    /// An acceptor says what it accepted in the instance of `rm`.
    pub fn note(&mut self, rm: Id, acceptor: Id, (ballot, value): (u64, Proposal)) {
        let known = self.0.get_or_insert_with((rm, acceptor), || (ballot, value));
        if known.0 < ballot {
            *known = (ballot, value);
        }
    }

    /// What the instance of `rm` has chosen: what `majority` acceptors accepted in one ballot.
    pub fn chosen(&self, rm: Id, majority: usize) -> Option<Proposal> {
        let of_rm = || self.0.iter().filter(|((of, _), _)| *of == rm).map(|(_, vote)| *vote);
        of_rm().find(|vote| of_rm().filter(|other| other == vote).count() >= majority).map(|v| v.1)
    }

    /// The outcome, once it follows: `Abort` as soon as one instance has chosen `Aborted`, and
    /// which one; `Commit` when all have chosen `Prepared`.
    pub fn outcome(&self, rms: &[Id], majority: usize) -> Option<(State, Id)> {
        let chosen = |rm: &Id| self.chosen(*rm, majority);
        if let Some(no) = rms.iter().find(|rm| chosen(rm) == Some(Proposal::Aborted)) {
            return Some((State::Abort, *no));
        }
        let all = rms.iter().all(|rm| chosen(rm) == Some(Proposal::Prepared));
        rms.first().filter(|_| all).map(|rm| (State::Commit, *rm))
    }

    /// How many instances have chosen.
    pub fn n_chosen(&self, rms: &[Id], majority: usize) -> usize {
        rms.iter().filter(|rm| self.chosen(**rm, majority).is_some()).count()
    }

    /// The acceptors that have spoken, in order.
    pub fn acceptors(&self) -> crate::base::IdSet {
        self.0.keys().map(|(_, acceptor)| *acceptor).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RMS: [Id; 2] = [Id(1), Id(2)];

    fn tally(votes: &[(u16, u16, u64, Proposal)]) -> Tally {
        let mut tally = Tally::default();
        for &(rm, acceptor, ballot, value) in votes {
            tally.note(Id(rm), Id(acceptor), (ballot, value));
        }
        tally
    }

    #[test]
    fn a_majority_must_have_accepted_in_one_ballot() {
        use Proposal::*;
        let apart = tally(&[(1, 7, 0, Prepared), (1, 8, 2, Prepared)]);
        assert_eq!(apart.chosen(Id(1), 2), None);
        let together = tally(&[(1, 7, 2, Prepared), (1, 8, 2, Prepared), (1, 9, 0, Prepared)]);
        assert_eq!(together.chosen(Id(1), 2), Some(Prepared));
    }

    #[test]
    fn what_is_older_does_not_replace_what_is_newer() {
        use Proposal::*;
        let tally = tally(&[(1, 7, 2, Aborted), (1, 7, 0, Prepared), (1, 8, 2, Aborted)]);
        assert_eq!(tally.chosen(Id(1), 2), Some(Aborted));
    }

    #[test]
    fn all_must_be_prepared_and_one_abort_is_enough() {
        use Proposal::*;
        let half = [(1, 7, 0, Prepared), (1, 8, 0, Prepared), (2, 7, 0, Prepared)];
        assert_eq!(tally(&half).outcome(&RMS, 2), None);
        let whole = [half.as_slice(), &[(2, 8, 0, Prepared)]].concat();
        assert_eq!(tally(&whole).outcome(&RMS, 2), Some((State::Commit, Id(1))));
        let no = [(2, 7, 0, Aborted), (2, 8, 0, Aborted)];
        assert_eq!(tally(&no).outcome(&RMS, 2), Some((State::Abort, Id(2))));
    }
}
