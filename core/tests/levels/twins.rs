//! The dumb twins: each level as its definition says it, by trying everything.

use std::rc::Rc;

use netsplit_core::base::{Id, Value};
use netsplit_core::check::levels::Guarantee;
use netsplit_core::history::History;
use netsplit_core::op::{Access, Model, Op, Outcome};

use crate::common::history::OPS;

/// An operation that counts.
#[derive(Clone, Debug)]
pub struct Item {
    pub client: Id,
    pub session: u32,
    pub op: Rc<Op>,
    pub call: u32,
    /// The event of its good end, and the answer.
    pub end: Option<(u32, Value)>,
}

impl Item {
    fn is_read(&self) -> bool {
        OPS.iter().any(|spec| spec.verb == self.op.verb && spec.access == Access::Read)
    }

    fn model(&self) -> Model {
        OPS.iter().find(|spec| spec.verb == self.op.verb).unwrap().model.unwrap()
    }

    fn answer(&self) -> Option<&Value> {
        self.end.as_ref().map(|(_, answer)| answer)
    }

    fn ended_before(&self, event: u32) -> bool {
        self.end.as_ref().is_some_and(|(end, _)| *end < event)
    }

    /// Whether this client does the other after this.
    fn is_followed_by(&self, other: &Item) -> bool {
        self.client == other.client && self.ended_before(other.call)
    }
}

/// What counts of the first `events` events.
pub fn items(history: &History, events: u32) -> Vec<Item> {
    let mut items = Vec::new();
    for (_, record) in history.iter().filter(|(_, record)| record.call < events) {
        let end = record.end.as_ref().map(|end| (end.event, &end.outcome));
        let end = match end {
            // It took no effect, whether that is known yet or not.
            Some((_, Outcome::Fail(_))) => continue,
            Some((event, Outcome::Ok(answer))) => Some((event, answer.clone())),
            _ => None,
        };
        let end = end.filter(|(event, _)| *event < events);
        let (client, session) = (record.client, record.session);
        let item = Item { client, session, op: record.op.clone(), call: record.call, end };
        if !item.is_read() || item.end.is_some() {
            items.push(item);
        }
    }
    items
}

/// The write that a read shows: `None` for nil; an error when nobody had asked for it.
fn source(items: &[Item], read: &Item) -> Result<Option<usize>, ()> {
    let answer = read.answer().unwrap();
    if *answer == Value::Nil {
        return Ok(None);
    }
    let wrote = |item: &Item| {
        !item.is_read()
            && item.op.key == read.op.key
            && item.op.arg(0) == *answer
            && item.call < read.end.as_ref().unwrap().0
    };
    items.iter().position(wrote).map(Some).ok_or(())
}

fn all_explained(items: &[Item]) -> bool {
    items.iter().filter(|item| item.is_read()).all(|read| source(items, read).is_ok())
}

/// Each read returns the value of a write that was called before its end, such that no other lies
/// wholly between the two.
pub fn regular(history: &History, events: u32) -> bool {
    let items = items(history, events);
    items.iter().filter(|item| item.is_read()).all(|read| {
        let of_key = |item: &&Item| !item.is_read() && item.op.key == read.op.key;
        let before = |from: u32| {
            let mut others = items.iter().filter(of_key);
            others.any(|other| other.call >= from && other.ended_before(read.call))
        };
        let right = |write: &Item| {
            write.call < read.end.as_ref().unwrap().0
                && write.op.arg(0) == *read.answer().unwrap()
                && !write.end.as_ref().is_some_and(|(end, _)| before(*end))
        };
        items.iter().filter(of_key).any(right)
            || *read.answer().unwrap() == Value::Nil && !before(0)
    })
}

/// Some order of some of `items` that has all that ended, keeps `before`, and answers right.
/// `judged` says whose answers count.
fn some_order(items: &[Item], before: &dyn Fn(usize, usize) -> bool, judged: &[bool]) -> bool {
    let rest: Vec<usize> = (0..items.len()).collect();
    extend(items, before, judged, &rest, &[])
}

fn extend(
    items: &[Item],
    before: &dyn Fn(usize, usize) -> bool,
    judged: &[bool],
    rest: &[usize],
    data: &[(String, Value)],
) -> bool {
    if rest.iter().all(|&place| items[place].end.is_none()) {
        return true;
    }
    rest.iter().any(|&place| {
        if rest.iter().any(|&other| other != place && before(other, place)) {
            return false;
        }
        let item = &items[place];
        let now = data.iter().find(|(key, _)| *key == *item.op.key);
        let now = now.map_or(Value::Nil, |(_, value)| value.clone());
        let (next, answer) = item.model()(&now, &item.op);
        if judged[place] && item.answer().is_some_and(|known| *known != answer) {
            return false;
        }
        let mut data = data.to_vec();
        data.retain(|(key, _)| *key != *item.op.key);
        data.push((item.op.key.to_string(), next));
        let rest: Vec<usize> = rest.iter().copied().filter(|&other| other != place).collect();
        extend(items, before, judged, &rest, &data)
    })
}

/// One order for all. `unique`: an answer that nobody had asked to write yet is wrong.
pub fn sequential(history: &History, events: u32, unique: bool) -> bool {
    let items = items(history, events);
    if unique && !all_explained(&items) {
        return false;
    }
    let before = |a: usize, b: usize| items[a].is_followed_by(&items[b]);
    some_order(&items, &before, &vec![true; items.len()])
}

/// Whether each operation comes before each other, in the order that causes make.
fn causes(history: &History, items: &[Item], sessions: bool) -> Vec<Vec<bool>> {
    let told: Vec<_> = if sessions { vec![] } else { history.told.clone() };
    let n = items.len();
    let mut before = vec![vec![false; n + told.len()]; n + told.len()];
    for a in 0..n {
        for b in 0..n {
            let shows = items[b].is_read() && source(items, &items[b]) == Ok(Some(a));
            let same = !sessions || items[a].session == items[b].session;
            before[a][b] = shows || same && items[a].is_followed_by(&items[b]);
        }
        for (place, told) in told.iter().enumerate() {
            before[a][n + place] = items[a].client == told.from && items[a].ended_before(told.said);
            before[n + place][a] = items[a].client == told.to && told.heard < items[a].call;
        }
    }
    for (a, one) in told.iter().enumerate() {
        for (b, other) in told.iter().enumerate() {
            before[n + a][n + b] = one.to == other.from && one.heard < other.said;
        }
    }
    let n = before.len();
    for via in 0..n {
        for a in 0..n {
            for b in 0..n {
                before[a][b] |= before[a][via] && before[via][b];
            }
        }
    }
    before
}

/// For each client an order of all writes and its own reads that keeps causes.
pub fn causal(history: &History, events: u32) -> bool {
    let items = items(history, events);
    if !all_explained(&items) {
        return false;
    }
    let causes = causes(history, &items, false);
    (0..3).all(|client| {
        let seen = |item: &Item| !item.is_read() || item.client == Id(client);
        let places: Vec<usize> = (0..items.len()).filter(|&place| seen(&items[place])).collect();
        let of: Vec<Item> = places.iter().map(|&place| items[place].clone()).collect();
        let judged: Vec<bool> = of.iter().map(Item::is_read).collect();
        some_order(&of, &|a, b| causes[places[a]][places[b]], &judged)
    })
}

/// Each guarantee as a sentence about two, three or four operations.
pub fn session(history: &History, events: u32, guarantee: Guarantee) -> bool {
    let items = items(history, events);
    if !all_explained(&items) {
        return false;
    }
    let causes = causes(history, &items, true);
    let shows = |read: usize| source(&items, &items[read]).unwrap();
    let key = |place: usize| &items[place].op.key;
    // Whether what `shown` says is older than the write: nil is older than every write.
    let older = |shown: Option<usize>, write: usize| shown.is_none_or(|shown| causes[shown][write]);
    let follows = |a: usize, b: usize| {
        items[a].is_followed_by(&items[b]) && items[a].session == items[b].session
    };
    let all = || 0..items.len();
    let reads = || all().filter(|&place| items[place].is_read());
    let writes = || all().filter(|&place| !items[place].is_read());
    !reads().any(|read| {
        let shown = shows(read);
        // What a write that the session saw before the read requires the read to show.
        let misses = |led: usize, by: usize| {
            key(led) == key(read)
                && (older(shown, led) || shown == Some(led) && key(by) == key(led))
        };
        let seen = || reads().filter(|&other| follows(other, read)).filter_map(shows);
        match guarantee {
            Guarantee::ReadYourWrites => {
                writes().any(|own| follows(own, read) && key(own) == key(read) && older(shown, own))
            }
            Guarantee::MonotonicReads => reads().any(|other| {
                let Some(then) = shows(other) else { return false };
                let mut known = all().filter(|&place| {
                    let same = if items[place].is_read() {
                        shows(place) == shown
                    } else {
                        Some(place) == shown
                    };
                    same && follows(place, other) && key(place) == key(read)
                });
                follows(other, read)
                    && key(other) == key(read)
                    && (older(shown, then)
                        || shown != Some(then)
                            && known.next().is_some()
                            && !causes[then][shown.unwrap()])
            }),
            Guarantee::MonotonicWrites => {
                seen().any(|by| writes().any(|led| follows(led, by) && misses(led, by)))
            }
            Guarantee::WritesFollowReads => seen().any(|by| {
                let mut led = reads().filter(|&led| follows(led, by)).filter_map(shows);
                led.any(|led| misses(led, by))
            }),
        }
    })
}
