//! One lane for each participant, and where it lies.

use netsplit_core::base::Id;
use netsplit_core::history::History;
use netsplit_core::op::OpId;
use netsplit_core::run::Trace;
use netsplit_core::run::trace::What;

/// Room for the axis and for what was done to the world, at the top.
pub const TOP: f64 = 58.0;
/// Room between two lanes where a partition tears them apart.
const TEAR: f64 = 26.0;
/// Room between the nodes and the chart of operations.
const CHART: f64 = 34.0;
/// Lanes are at least and at most so far apart.
const APART: (f64, f64) = (40.0, 96.0);

/// One lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lane {
    /// Whose.
    pub id: Id,
    /// Where its line lies.
    pub y: f64,
    /// Where its ground begins.
    pub top: f64,
    /// Where its ground ends.
    pub foot: f64,
    /// Whether it is a client's: a lane of the chart.
    pub client: bool,
}

/// All lanes, from the top: nodes, then clients.
#[derive(Clone, PartialEq, Debug)]
pub struct Lanes {
    /// Each of them.
    pub all: Vec<Lane>,
    /// Where the nodes' lanes end.
    pub foot: f64,
    /// How high everything is.
    pub height: f64,
}

impl Lanes {
    /// The lanes of `nodes` and `clients`, of whom `islands` stand together, in a picture that is
    /// to be `height` high.
    pub fn new(nodes: &[Id], clients: &[Id], islands: &[Vec<Id>], height: f64) -> Lanes {
        let mut order = nodes.to_vec();
        let island = |id: Id| islands.iter().position(|members| members.contains(&id));
        order.sort_by_key(|&id| (island(id).unwrap_or(usize::MAX), id));
        let torn = |pair: &[Id]| !islands.is_empty() && island(pair[0]) != island(pair[1]);
        let tears = order.windows(2).filter(|pair| torn(pair)).count() as f64;
        let chart = if clients.is_empty() { 0.0 } else { CHART };
        let n = (nodes.len() + clients.len()).max(1) as f64;
        let room = height - TOP - chart - tears * TEAR - 8.0;
        let apart = (room / n).clamp(APART.0, APART.1);
        let mut all: Vec<Lane> = Vec::new();
        let mut y = TOP;
        for (place, &id) in order.iter().enumerate() {
            if place > 0 && torn(&order[place - 1..=place]) {
                y += TEAR;
            }
            let lane = Lane { id, y: y + apart / 2.0, top: y, foot: y + apart, client: false };
            all.push(lane);
            y += apart;
        }
        let foot = y;
        y += chart;
        for &id in clients {
            all.push(Lane { id, y: y + apart / 2.0, top: y, foot: y + apart, client: true });
            y += apart;
        }
        Lanes { all, foot, height: (y + 8.0).max(height) }
    }

    /// The lane of a participant.
    pub fn of(&self, id: Id) -> Option<&Lane> {
        self.all.iter().find(|lane| lane.id == id)
    }

    /// The lane in which an event happened: a call in that of its client. What else is done to the
    /// world happens in none.
    pub fn of_event(&self, trace: &Trace, event: u32) -> Option<&Lane> {
        let record = trace.events.get(event as usize)?;
        match record.what {
            What::Act { .. } => self.of(caller(&trace.history, event)?),
            What::Limit(_) => None,
            _ => self.of(record.node),
        }
    }

    /// Where the lowest lane ends.
    pub fn bottom(&self) -> f64 {
        self.all.last().map_or(self.foot, |lane| lane.foot)
    }

    /// The lane at a height.
    pub fn at(&self, y: f64) -> Option<&Lane> {
        self.all.iter().find(|lane| (lane.top..lane.foot).contains(&y))
    }
}

/// Whose operation an event calls, if it calls one. Operations are in the order of their calls.
fn caller(history: &History, event: u32) -> Option<Id> {
    let (mut low, mut high) = (0, history.len());
    while low < high {
        let middle = low.midpoint(high);
        if history.get(OpId(middle as u32))?.call < event {
            low = middle + 1
        } else {
            high = middle
        }
    }
    history.get(OpId(low as u32)).filter(|op| op.call == event).map(|op| op.client)
}

/// Who stands together: the islands of the first partition that is recorded.
pub fn islands(trace: &Trace) -> &[Vec<Id>] {
    let first = trace.cuts.iter().find(|cut| cut.islands.len() > 1);
    first.map_or(&[], |cut| &cut.islands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spacetime::tests::recorded;
    use netsplit_core::base::Time;

    #[test]
    fn islands_stand_together_with_room_for_the_tear() {
        let ids: Vec<Id> = (0..4).map(Id).collect();
        let islands = [vec![Id(1), Id(3)], vec![Id(0), Id(2)]];
        let lanes = Lanes::new(&ids[..], &[Id(4)], &islands, 600.0);
        let order: Vec<u16> = lanes.all.iter().map(|lane| lane.id.0).collect();
        assert_eq!(order, [1, 3, 0, 2, 4]);
        let gaps: Vec<f64> = lanes.all.windows(2).map(|w| w[1].top - w[0].foot).collect();
        assert_eq!(gaps, [0.0, TEAR, 0.0, CHART]);
        assert_eq!(lanes.at(lanes.all[2].y).map(|lane| lane.id), Some(Id(0)));
        assert!(lanes.of(Id(4)).is_some_and(|lane| lane.client));
    }

    #[test]
    fn a_call_lies_in_the_lane_of_its_client() {
        let run = recorded("at 300 c1 put(x, 1)\nat 310 crash n2\nat 320 c1 put(x, 2)\n", 600);
        let trace = run.trace();
        let ids: Vec<Id> = (0..3).map(Id).collect();
        let lanes = Lanes::new(&ids, &[Id(3)], &[], 400.0);
        for (_, op) in trace.history.iter() {
            assert_eq!(lanes.of_event(trace, op.call).map(|lane| lane.id), Some(Id(3)));
        }
        let crash = trace.phases.iter().find(|record| record.at == Time::ms(310));
        let crash = crash.expect("n2 crashes").event;
        assert_eq!(lanes.of_event(trace, crash), None);
        assert_eq!(lanes.of_event(trace, 0).map(|lane| lane.id), Some(Id(0)));
    }

    #[test]
    fn many_lanes_make_the_picture_higher() {
        let ids: Vec<Id> = (0..64).map(Id).collect();
        let lanes = Lanes::new(&ids, &[], &[], 400.0);
        assert!(lanes.height > 64.0 * APART.0 && lanes.bottom() <= lanes.height);
    }
}
