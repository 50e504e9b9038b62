//! A random story as a scenario's text, so that a failure is a lesson at once.

use std::fmt::Write;

use netsplit_core::base::mix;

/// How many interventions a story has.
const INTERVENTIONS: usize = 8;
const CLIENTS: u64 = 6;
const END: u64 = 9_000;

/// A story and how many interventions there are in it.
pub struct Story {
    pub text: String,
    pub interventions: usize,
}

/// Numbers without end, from a seed.
struct Dice(u64);

impl Dice {
    /// A number below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.0 = mix(self.0.wrapping_add(0x9e37_79b9_7f4a_7c15));
        self.0 % n
    }

    fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

fn replica(n: u64) -> char {
    (b'a' + n as u8) as char
}

impl Story {
    /// The story of `seed` under these policies: the first one of the run is drawn, and it is
    /// switched on the way when there are several.
    pub fn draw(policies: &[&str], seed: u64) -> Story {
        let mut dice = Dice(mix(seed + 1));
        let nodes = dice.between(2, 6);
        let policy = dice.pick(policies);
        let jitter = dice.pick(&["10", "1..30", "5..200"]);
        let mut text = format!("system cap nodes={nodes} policy={policy} clients={CLIENTS} ");
        let _ = writeln!(text, "latency={jitter} end={END}\nseed {seed}");
        for client in 1..=CLIENTS {
            operations(&mut text, &mut dice, client, nodes);
        }
        let mut interventions = 0;
        while interventions < INTERVENTIONS {
            let at = dice.between(500, END - 500);
            if policies.len() > 1 && dice.below(4) == 0 {
                let _ = writeln!(text, "at {at} set policy={}", dice.pick(policies));
            } else {
                let _ = writeln!(text, "at {at} {} maybe", intervention(&mut dice, nodes));
            }
            interventions += 1;
        }
        Story { text, interventions }
    }
}

/// What a client asks: one thing after another, of two keys, at any replica. Values are unique.
fn operations(text: &mut String, dice: &mut Dice, client: u64, nodes: u64) {
    let mut at = dice.between(0, 900);
    let mut nth = 0;
    while at < END - 1_500 {
        let (node, key) = (replica(dice.below(nodes)), dice.pick(&["x", "x", "y"]));
        nth += 1;
        let value = 100 * client + nth;
        let _ = match dice.below(5) {
            0 => writeln!(text, "at {at} c{client}@{node} put({key}, {value})"),
            _ => writeln!(text, "at {at} c{client}@{node} get({key})"),
        };
        at += dice.between(1_200, 2_000);
    }
}

fn intervention(dice: &mut Dice, nodes: u64) -> String {
    let (one, other) = (replica(dice.below(nodes)), replica(dice.below(nodes)));
    match dice.below(12) {
        0..=3 => partition(dice, nodes),
        4 if one != other => format!("cut {one}->{other}"),
        5 if one != other => format!("loss {one}--{other} 0.{}", dice.below(10)),
        6 if one != other => format!("latency {one}->{other} {}", dice.between(1, 1_500)),
        7 => format!("crash {one}"),
        8 => format!("restart {one}"),
        9 => format!("pause {one} {}", dice.between(10, 2_000)),
        _ => "heal".into(),
    }
}

/// Replicas on two sides, at least one on each.
fn partition(dice: &mut Dice, nodes: u64) -> String {
    let side = dice.between(1, (1 << nodes) - 1);
    let members = |of: u64| {
        let names = (0..nodes).filter(|n| (side >> n) & 1 == of).map(|n| replica(n).to_string());
        names.collect::<Vec<_>>().join(", ")
    };
    format!("partition {{{}}} | {{{}}}", members(0), members(1))
}
