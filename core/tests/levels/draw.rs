//! Small random histories, the same for the same seed.

use netsplit_core::base::Value;
use netsplit_core::op::{OpId, Outcome};

use crate::common::dice::Dice;
use crate::common::history::{Build, append, get, put};

/// What may come up.
#[derive(Clone, Copy)]
pub struct Rules {
    /// How many operations.
    pub n_ops: u64,
    /// Whether two writes may have one value, and operations may read and write at once.
    pub doubles: bool,
}

const KEYS: [&str; 2] = ["x", "y"];

/// Three clients on two keys and an adversary who answers what somebody asked to write, or nil.
pub fn draw(seed: u64, rules: Rules) -> Build {
    let mut dice = Dice::new(seed);
    let n_keys = 1 + dice.below(2);
    let mut h = Build::default();
    let mut open: [Option<(OpId, u64)>; 3] = [None; 3];
    let mut written: [Vec<String>; 2] = Default::default();
    let (mut n_ops, mut sessions) = (0, [0; 3]);
    let mut steps = 0;
    while n_ops < rules.n_ops || steps < 2 * rules.n_ops {
        steps += 1;
        let client = dice.below(3) as u16;
        let slot = usize::from(client);
        if dice.below(12) == 0 {
            h.tell(client, dice.below(3) as u16);
        }
        let Some((op, key)) = open[slot].take() else {
            if n_ops == rules.n_ops {
                continue;
            }
            n_ops += 1;
            let key = dice.below(n_keys);
            let name = KEYS[key as usize];
            let fresh = if rules.doubles { dice.below(3) } else { n_ops }.to_string();
            let what = match dice.below(if rules.doubles { 5 } else { 4 }) {
                0 | 1 => get(name),
                4 => append(name, &fresh),
                _ => {
                    written[key as usize].push(fresh.clone());
                    put(name, &fresh)
                }
            };
            let op = h.call(client, what);
            sessions[slot] += u32::from(dice.below(6) == 0);
            h.history.get_mut(op).unwrap().session = sessions[slot];
            open[slot] = Some((op, key));
            continue;
        };
        let known = &written[key as usize];
        let verb = h.history.get(op).unwrap().op.verb;
        let any = match dice.below(1 + 2 * known.len() as u64) {
            0 => Value::Nil,
            n => Value::text(&known[n as usize % known.len()]),
        };
        let outcome = match (dice.below(10), verb) {
            (0, _) => Outcome::Unknown,
            // A value that was refused and is written later would come from the future.
            (1, _) if !rules.doubles => Outcome::Fail("refused"),
            (_, "put") => Outcome::Ok(Value::Nil),
            _ => Outcome::Ok(any),
        };
        h.end(op, outcome);
    }
    h
}

/// Clients that write to one log, and read of copies that lag behind it but show what the client
/// wrote and read before: sequentially consistent, and not linearizable. Each key has its copies.
pub fn lagging(seed: u64, n_ops: u32, n_clients: u16) -> Build {
    let mut dice = Dice::new(seed);
    let mut h = Build::default();
    let mut log: Vec<(usize, Value)> = Vec::new();
    let mut seen = vec![0; usize::from(n_clients)];
    for n in 0..n_ops {
        let (client, key) = (dice.below(n_clients.into()) as u16, dice.below(2) as usize);
        let seen = &mut seen[usize::from(client)];
        if dice.below(2) == 0 {
            let value = n.to_string();
            let op = h.call(client, put(KEYS[key], &value));
            log.push((key, Value::text(&value)));
            *seen = log.len();
            h.end(op, if dice.below(20) == 0 { Outcome::Unknown } else { Outcome::Ok(Value::Nil) });
        } else {
            *seen += dice.below((log.len() - *seen).min(10) as u64 + 1) as usize;
            let newest = log[..*seen].iter().rev().find(|(of, _)| *of == key);
            let value = newest.map_or(Value::Nil, |(_, value)| value.clone());
            h.whole(client, get(KEYS[key]), value);
        }
    }
    h
}
