//! The chart of operations: one lane for each client, a bar from each call to its return.

use netsplit_core::base::{Id, Time, Value};
use netsplit_core::check::linearizable::{Fault, Finding};
use netsplit_core::facts::Fact;
use netsplit_core::history::OpRecord;
use netsplit_core::op::{Access, OpId, Outcome};
use netsplit_core::run::Run;

use super::layout::Frame;

/// More bars than that are one band for each client.
const BARS: usize = 240;
/// How many changes of facts are looked through for the commit of one operation.
const LOOKED_THROUGH: usize = 20_000;
/// Operations of one client that overlap lie on so many rows.
const ROWS: usize = 3;

/// The bar of one operation, as far as it has come at the cursor.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Which.
    pub op: OpId,
    /// Whose.
    pub client: Id,
    /// The event that a click looks at: its return or, while it waits, its call.
    pub event: u32,
    /// Where it begins and ends, in pixels.
    pub span: (f64, f64),
    /// Its middle, in pixels.
    pub y: f64,
    /// Its height, in pixels.
    pub height: f64,
    /// What came of it.
    pub state: State,
    /// Where it took effect, in pixels: where a node first knew its entry to be committed.
    pub point: Option<f64>,
    /// Its part in what contradicts, if lamp C is broken.
    pub culprit: Option<Culprit>,
}

/// What came of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing yet.
    Waiting,
    /// The answer came.
    Answered,
    /// It was refused and took no effect.
    Refused,
    /// The client gave up; it may or may not have taken effect.
    Unknown,
}

/// The part of an operation in a broken history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Culprit {
    /// Its answer fits no order.
    Contradicts,
    /// That answer contradicts it.
    Contradicted,
}

/// The bars of the window, and whether there are too many to draw.
pub fn bars(run: &Run, frame: &Frame, finding: &Finding) -> (Vec<Bar>, bool) {
    let window = frame.axis.window;
    let ended = |op: &OpRecord| op.end.as_ref().filter(|end| end.event < run.cursor()).cloned();
    let n = run.world().n_ops() as usize;
    let seen = run.trace().history.iter().take(n).filter(|(_, op)| {
        op.called <= window.to && ended(op).is_none_or(|end| end.at >= window.from)
    });
    let fault = match finding {
        Finding::Broken(fault) => Some(fault),
        _ => None,
    };
    let mut bars: Vec<Bar> = Vec::new();
    for (op, record) in seen {
        let Some(lane) = frame.lanes.of(record.client) else { continue };
        let end = ended(record);
        let until = end.as_ref().map_or(run.at(), |end| end.at);
        let state = match end.as_ref().map(|end| &end.outcome) {
            None => State::Waiting,
            Some(Outcome::Ok(_)) => State::Answered,
            Some(Outcome::Fail(_)) => State::Refused,
            Some(Outcome::Unknown) => State::Unknown,
        };
        let (begin, stop) = (frame.axis.x_inside(record.called), frame.axis.x_inside(until));
        bars.push(Bar {
            op,
            client: record.client,
            event: end.as_ref().map_or(record.call, |end| end.event),
            span: (begin, stop.max(begin + 3.0)),
            y: lane.y,
            height: 11.0,
            state,
            point: None,
            culprit: fault.and_then(|fault| part(fault, op)),
        });
    }
    if bars.len() > BARS {
        return (bars, true);
    }
    apart(&mut bars);
    for bar in &mut bars {
        let record = run.trace().history.get(bar.op);
        let at = record.and_then(|record| committed(run, record));
        bar.point =
            at.filter(|at| (window.from..=window.to).contains(at)).map(|at| frame.axis.x(at));
    }
    (bars, false)
}

fn part(fault: &Fault, op: OpId) -> Option<Culprit> {
    match op {
        op if op == fault.op => Some(Culprit::Contradicts),
        op if Some(op) == fault.against => Some(Culprit::Contradicted),
        _ => None,
    }
}

/// Bars of one client that overlap lie above each other.
fn apart(bars: &mut [Bar]) {
    let mut rows: Vec<(Id, [f64; ROWS])> = Vec::new();
    let mut placed = Vec::new();
    for bar in bars.iter() {
        let known = rows.iter().position(|(client, _)| *client == bar.client);
        let place = known.unwrap_or_else(|| {
            rows.push((bar.client, [f64::MIN; ROWS]));
            rows.len() - 1
        });
        let ends = &mut rows[place].1;
        let row = ends.iter().position(|end| *end <= bar.span.0 + 0.5).unwrap_or(ROWS - 1);
        ends[row] = bar.span.1;
        placed.push((place, row));
    }
    let n_rows = |place: usize| {
        let of = placed.iter().filter(|(other, _)| *other == place).map(|(_, row)| row + 1);
        of.max().unwrap_or(1) as f64
    };
    let heights: Vec<f64> = (0..rows.len()).map(n_rows).collect();
    for (bar, (place, row)) in bars.iter_mut().zip(&placed) {
        let n = heights[*place];
        if n > 1.0 {
            bar.height = 7.0;
            bar.y += (*row as f64 - (n - 1.0) / 2.0) * 9.0;
        }
    }
}

/// When a node first knew the entry of a write to be committed, up to the cursor and before the
/// write's end: no later than that it took effect, and no answer can tell an earlier instant.
pub fn committed(run: &Run, record: &OpRecord) -> Option<Time> {
    let spec = run.world().cast().entry.ops.iter().find(|spec| spec.verb == record.op.verb)?;
    let value = record.op.arg(0);
    if spec.access == Access::Read || value == Value::Nil {
        return None;
    }
    let until = record.end.as_ref().map_or(u32::MAX, |end| end.event).min(run.cursor());
    let facts = &run.trace().facts;
    let first = facts.partition_point(|change| change.event < record.call);
    let since = facts.iter_from(first).take(LOOKED_THROUGH);
    let mut changes = since.take_while(|change| change.event < until);
    let commit = changes.find(|change| match &change.fact {
        Fact::Entry { value: entry, committed, .. } => {
            change.holds && *committed && *entry == value
        }
        _ => false,
    });
    commit.map(|change| change.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spacetime::axis::{Axis, Window};
    use crate::spacetime::lanes::Lanes;
    use crate::spacetime::tests::recorded;

    fn frame(run: &Run) -> Frame {
        let cast = run.world().cast();
        let (nodes, clients): (Vec<Id>, Vec<Id>) = cast.ids().partition(|&id| cast.is_role(id));
        let window = Window { from: Time::ZERO, to: Time::ms(1000) };
        Frame {
            axis: Axis { window, left: 0.0, right: 1000.0 },
            lanes: Lanes::new(&nodes, &clients, &[], 600.0),
        }
    }

    #[test]
    fn a_bar_goes_from_call_to_return_with_the_commit_in_it() {
        let mut run = recorded("at 300 c1 put(x, 1)\n", 1000);
        let end = run.trace().history.iter().next().and_then(|(_, op)| op.end.clone());
        let end = end.expect("it is answered");
        run.seek(Time::ms(1000));
        let (drawn, dense) = bars(&run, &frame(&run), &Finding::Linearizable);
        assert!(!dense && drawn.len() == 1);
        let bar = &drawn[0];
        assert_eq!((bar.state, bar.event, bar.span.0), (State::Answered, end.event, 300.0));
        let point = bar.point.expect("raft commits");
        assert!(bar.span.0 < point && point < bar.span.1, "{bar:?}");
        run.seek(Time::ms(305));
        let (drawn, _) = bars(&run, &frame(&run), &Finding::Linearizable);
        assert_eq!(
            (drawn[0].state, drawn[0].point, drawn[0].span.1),
            (State::Waiting, None, 305.0)
        );
        run.seek(Time::ms(200));
        assert!(bars(&run, &frame(&run), &Finding::Linearizable).0.is_empty());
    }

    #[test]
    fn what_overlaps_lies_apart_and_culprits_are_marked() {
        let mut run = recorded("at 1 c1 put(x, 1)\nat 2 c1 put(x, 2)\n", 100);
        run.seek(Time::ms(90));
        let fault = Fault { key: "x".into(), op: OpId(1), against: Some(OpId(0)) };
        let (drawn, _) = bars(&run, &frame(&run), &Finding::Broken(fault));
        assert_eq!(drawn.len(), 2);
        assert!((drawn[0].y - drawn[1].y).abs() >= drawn[0].height);
        let parts: Vec<_> = drawn.iter().map(|bar| bar.culprit).collect();
        assert_eq!(parts, [Some(Culprit::Contradicted), Some(Culprit::Contradicts)]);
    }
}
