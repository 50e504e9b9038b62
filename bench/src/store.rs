//! A seeded generator of histories of a key-value store: 1,700 operations of 50 clients on 10 keys
//! (`put`, `get`, `append`, `cas`), all clients busy all the time, so that five operations on each
//! key overlap on average. Some are refused, some given up, some never end. Every history is
//! linearizable by construction, or has one read that answers what was overwritten before it was
//! called.

use netsplit_core::base::{Id, Value};
use netsplit_core::check::linearizable::{Finding, System, check};
use netsplit_core::history::{Act, History};
use netsplit_core::op::{Op, Outcome};
use netsplit_core::protocols::raft::store::OPS;

/// Operations of a history.
pub const OPERATIONS: usize = 1700;
/// Clients that ask at the same time.
pub const CLIENTS: usize = 50;
/// Keys, asked for equally often.
pub const KEYS: u64 = 10;
/// The longest that an operation takes, in ticks; the mean is half of it.
const LONGEST: u64 = 200;

/// An operation, with the instants at which it is called, takes effect and ends.
struct Deed {
    client: usize,
    key: u64,
    verb: &'static str,
    call: u64,
    effect: Option<u64>,
    end: Option<u64>,
    /// How it ends, unless well.
    fate: Option<Outcome>,
    args: Vec<Value>,
    answer: Value,
    /// The place, in the order of effects on its key, of the write whose state a read shows.
    shows: usize,
}

/// Numbers by chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % n
    }

    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }
}

/// The history of this seed.
pub fn history(seed: u64, linearizable: bool) -> History {
    let mut chance = Chance(seed);
    let mut deeds = plan(&mut chance);
    let lost = (0..KEYS).filter_map(|key| carry_out(&mut deeds, key, &mut chance)).collect();
    if !linearizable {
        let stale: Vec<(usize, Value)> = lost;
        assert!(!stale.is_empty(), "some read comes after two writes, one after another");
        let (place, value) = stale[chance.below(stale.len() as u64) as usize].clone();
        deeds[place].answer = value;
    }
    take_down(&deeds)
}

/// Who asks for what, and when.
fn plan(chance: &mut Chance) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut free = [0_u64; CLIENTS];
    for n in 0..OPERATIONS {
        let client = n % CLIENTS;
        let call = free[client] + chance.below(LONGEST / 10);
        let took = 2 + chance.below(LONGEST - 1);
        let verb = match chance.below(20) {
            0..8 => "get",
            8..12 => "put",
            12..17 => "append",
            _ => "cas",
        };
        let mut deed = Deed {
            client,
            key: chance.below(KEYS),
            verb,
            call,
            effect: Some(call + 1 + chance.below(took - 1)),
            end: Some(call + took),
            fate: None,
            args: Vec::new(),
            answer: Value::Nil,
            shows: 0,
        };
        free[client] = call + took;
        match chance.below(100) {
            0..2 => (deed.fate, deed.effect) = (Some(Outcome::Fail("refused")), None),
            2..4 => {
                // Its client gave up; it takes effect at any later time, or never.
                let late = call + took + chance.below(2 * LONGEST);
                deed.fate = Some(Outcome::Unknown);
                deed.effect = if chance.percent(50) { Some(late) } else { None };
            }
            4 if n + CLIENTS >= OPERATIONS => deed.end = None,
            _ => {}
        }
        deeds.push(deed);
    }
    deeds
}

/// Lets the operations on a key take effect, one after another. Answers a read that could be made
/// stale, with the answer that it would then give.
fn carry_out(deeds: &mut [Deed], key: u64, chance: &mut Chance) -> Option<(usize, Value)> {
    let mut order: Vec<usize> = (0..deeds.len()).filter(|&n| deeds[n].key == key).collect();
    order.sort_by_key(|&n| (deeds[n].effect.unwrap_or(deeds[n].call), n));
    let mut state = Value::Nil;
    // Every state of the key, with the write that made it.
    let mut states: Vec<(Value, usize)> = Vec::new();
    let mut reads = Vec::new();
    for n in order {
        let known = states.len();
        let deed = &mut deeds[n];
        let fresh = Value::Int(n as i64);
        // A client compares with what was there lately, mostly with what is there.
        let back = chance.below(5).saturating_sub(2) as usize;
        let expected =
            states.len().checked_sub(1 + back).map_or(Value::Nil, |at| states[at].0.clone());
        deed.args = match deed.verb {
            "get" => vec![],
            "cas" => vec![expected, fresh],
            _ => vec![fresh],
        };
        if deed.effect.is_none() {
            continue;
        }
        let op = Op { verb: deed.verb, key: "".into(), args: deed.args.clone() };
        let model = OPS.iter().find(|spec| spec.verb == deed.verb).and_then(|spec| spec.model);
        let (next, answer) = model.expect("the store knows its operations")(&state, &op);
        deed.answer = answer;
        if next != state {
            states.push((next.clone(), n));
            state = next;
        }
        if deed.verb == "get" && deed.fate.is_none() && deed.end.is_some() {
            deed.shows = known;
            reads.push(n);
        }
    }
    let stale = |&read: &usize| {
        let called = deeds[read].call;
        let ended = |n: usize| deeds[n].end.filter(|_| deeds[n].fate.is_none());
        // A state whose writer ended before the writer of a later one was called, which ended
        // before the read was called: no order of the operations shows it to the read.
        let gone = |place: &usize| {
            let made = ended(states[*place].1);
            made.is_some_and(|made| {
                states[place + 1..].iter().any(|(_, n)| {
                    deeds[*n].call > made && ended(*n).is_some_and(|end| end < called)
                })
            })
        };
        let place = (0..deeds[read].shows).rev().find(gone)?;
        Some((read, states[place].0.clone()))
    };
    let stale: Vec<(usize, Value)> = reads.iter().filter_map(stale).collect();
    let n = chance.below(stale.len().max(1) as u64) as usize;
    stale.into_iter().nth(n)
}

/// The calls and ends in their order.
fn take_down(deeds: &[Deed]) -> History {
    let mut marks: Vec<(u64, bool, usize)> = Vec::new();
    for (n, deed) in deeds.iter().enumerate() {
        marks.push((deed.call, false, n));
        marks.extend(deed.end.map(|end| (end, true, n)));
    }
    // A client that is answered asks again at the same instant, if it does.
    marks.sort_unstable_by_key(|&(at, ends, n)| (at, !ends, n));
    let acts = marks.into_iter().map(|(_, ends, n)| {
        let deed = &deeds[n];
        let client = Id(deed.client as u16);
        let well = || Outcome::Ok(deed.answer.clone());
        if ends {
            return Act::End(client, deed.fate.clone().unwrap_or_else(well));
        }
        let key = format!("k{}", deed.key).as_str().into();
        Act::Call(client, Op { verb: deed.verb, key, args: deed.args.clone() })
    });
    History::of(acts).expect("clients take turns")
}

/// What the checker finds.
pub fn finding(history: &History) -> Finding {
    check(&System { ops: OPS, given: [].into() }, history, u32::MAX, None)
}
