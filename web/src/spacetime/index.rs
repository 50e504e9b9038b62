//! What the nodes were, from when to when: folded once as the recording grows.

use netsplit_core::base::{Id, Time};
use netsplit_core::facts::Fact;
use netsplit_core::kernel::Phase;
use netsplit_core::run::Trace;

/// What a lane shows of a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Role {
    /// Whether the node leads.
    pub leads: bool,
    /// Whether it wants to lead.
    pub seeks: bool,
    /// In which epoch; 0 for a system without.
    pub epoch: u64,
}

/// The roles of every node in the order of time.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Index {
    edition: u32,
    facts: usize,
    roles: Vec<Vec<(Time, Role)>>,
}

/// A stretch of a lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
    /// Whether the node runs.
    pub phase: Phase,
    /// What it is.
    pub role: Role,
}

impl Index {
    /// Takes in what was recorded since; begins anew with another edition of the script.
    pub fn extend(&mut self, trace: &Trace, edition: u32) {
        if self.edition != edition || self.facts > trace.facts.len() {
            *self = Index { edition, ..Index::default() };
        }
        for change in trace.facts.iter_from(self.facts) {
            let Fact::Role { name, epoch } = &change.fact else { continue };
            let place = change.node.index();
            if self.roles.len() <= place {
                self.roles.resize(place + 1, Vec::new());
            }
            if change.holds {
                let (leads, seeks) = (*name == "leader", name.ends_with("candidate"));
                self.roles[place].push((change.at, Role { leads, seeks, epoch: *epoch }));
            }
        }
        self.facts = trace.facts.len();
    }

    /// What a participant is from an instant on.
    pub fn role(&self, node: Id, at: Time) -> Role {
        self.roles.get(node.index()).map_or(Role::default(), |roles| latest(roles, at))
    }

    /// The stretches of a node's lane between two instants.
    pub fn stretches(&self, trace: &Trace, node: Id, from: Time, to: Time) -> Vec<Stretch> {
        let none = Vec::new();
        let roles = self.roles.get(node.index()).unwrap_or(&none);
        let role_at = |at: Time| latest(roles, at);
        let phases: Vec<(Time, Phase)> = {
            let of = trace.phases.iter().filter(|record| record.node == node);
            of.map(|record| (record.at, record.phase)).collect()
        };
        let phase_at = |at: Time| {
            let place = phases.partition_point(|(since, _)| *since <= at);
            place.checked_sub(1).map_or(Phase::New, |place| phases[place].1)
        };
        let inside = |at: &Time| from < *at && *at < to;
        let first = roles.partition_point(|(at, _)| *at <= from);
        let changes = roles[first..].iter().map(|(at, _)| *at).take_while(|at| *at < to);
        let mut turns: Vec<Time> = changes.collect();
        turns.extend(phases.iter().map(|(at, _)| *at).filter(inside));
        turns.push(from);
        turns.sort_unstable();
        turns.dedup();
        let ends = turns.iter().skip(1).copied().chain([to]);
        let mut stretches: Vec<Stretch> = Vec::new();
        for (&from, to) in turns.iter().zip(ends) {
            let (phase, role) = (phase_at(from), role_at(from));
            match stretches.last_mut() {
                Some(last) if last.phase == phase && last.role == role => last.to = to,
                _ => stretches.push(Stretch { from, to, phase, role }),
            }
        }
        stretches
    }
}

fn latest(roles: &[(Time, Role)], at: Time) -> Role {
    let place = roles.partition_point(|(since, _)| *since <= at);
    place.checked_sub(1).map_or(Role::default(), |place| roles[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spacetime::tests::recorded;

    #[test]
    fn a_lane_tells_who_led_and_who_was_down() {
        let run = recorded("at 400 crash n1\nat 500 restart n1\n", 1000);
        let mut index = Index::default();
        index.extend(run.trace(), 0);
        let lane = index.stretches(run.trace(), Id(0), Time::ZERO, Time::ms(1000));
        assert!(lane.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!((lane[0].from, lane[lane.len() - 1].to), (Time::ZERO, Time::ms(1000)));
        let led = lane.iter().find(|stretch| stretch.role.leads).expect("n1 leads");
        assert_eq!((led.phase, led.role.epoch), (Phase::Up, 1));
        let down: Vec<_> = lane.iter().filter(|stretch| stretch.phase == Phase::Down).collect();
        assert_eq!(down.len(), 1);
        assert_eq!((down[0].from, down[0].to), (Time::ms(400), Time::ms(500)));
        let part = index.stretches(run.trace(), Id(0), Time::ms(450), Time::ms(460));
        assert_eq!((part.len(), part[0].phase), (1, Phase::Down));
    }
}
