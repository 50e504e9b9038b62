//! A random story as a scenario's text: what clients ask, what fails, and a calm at the end.

use std::fmt::Write;

use super::common::dice::Dice;

/// How many interventions a story has before the calm.
const INTERVENTIONS: usize = 8;
const CLIENTS: u64 = 6;
/// Nothing is asked and nothing fails any more from here on.
const CALM: u64 = 9_000;
const END: u64 = 12_000;

/// A story and how many interventions there are in it.
pub struct Story {
    pub text: String,
    pub interventions: usize,
}

/// The story of `seed` in a system of these servers. Some of the interventions are `switches`, if
/// there are any.
pub fn draw(system: &str, servers: &[String], switches: &[String], seed: u64) -> Story {
    let mut dice = Dice::new(seed + 1_000_000);
    let latency = dice.pick(&["10", "1..30", "5..200"]);
    let mut text = format!("system {system} clients={CLIENTS} latency={latency} end={END}\n");
    let _ = writeln!(text, "seed {seed}");
    for client in 1..=CLIENTS {
        operations(&mut text, &mut dice, client, servers);
    }
    for _ in 0..INTERVENTIONS {
        let at = dice.between(500, CALM - 500);
        let what = match switches.len() as u64 {
            n if n > 0 && dice.below(4) == 0 => switches[dice.below(n) as usize].clone(),
            _ => format!("{} maybe", intervention(&mut dice, servers)),
        };
        let _ = writeln!(text, "at {at} {what}");
    }
    calm(&mut text, servers);
    Story { text, interventions: INTERVENTIONS }
}

/// What a client asks: one thing after another, of two keys, at any server. Values are unique.
fn operations(text: &mut String, dice: &mut Dice, client: u64, servers: &[String]) {
    let mut at = dice.between(0, 900);
    let mut nth = 0;
    while at < CALM - 1_500 {
        let (server, key) = (one(dice, servers), dice.pick(&["x", "x", "y"]));
        nth += 1;
        let value = 100 * client + nth;
        let _ = match dice.below(5) {
            0 => writeln!(text, "at {at} c{client}@{server} put({key}, {value})"),
            _ => writeln!(text, "at {at} c{client}@{server} get({key})"),
        };
        at += dice.between(1_200, 2_000);
    }
}

fn one<'a>(dice: &mut Dice, servers: &'a [String]) -> &'a str {
    &servers[dice.below(servers.len() as u64) as usize]
}

fn intervention(dice: &mut Dice, servers: &[String]) -> String {
    let (here, there) = (one(dice, servers), one(dice, servers));
    match dice.below(16) {
        0..=4 => partition(dice, servers),
        5 if here != there => format!("cut {here}->{there}"),
        6 if here != there => format!("loss {here}--{there} 0.{}", dice.below(10)),
        7 if here != there => format!("latency {here}->{there} {}", dice.between(1, 1_500)),
        8 => format!("crash {here}"),
        9 => format!("restart {here}"),
        10 => format!("pause {here} {}", dice.between(10, 2_000)),
        11 if here != there => format!("duplication {here}--{there} 0.{}", dice.below(10)),
        _ => "heal".into(),
    }
}

/// Servers on two sides, at least one on each.
fn partition(dice: &mut Dice, servers: &[String]) -> String {
    let side = dice.between(1, (1 << servers.len()) - 1);
    let members = |of: u64| {
        let members = servers.iter().enumerate().filter(|(n, _)| (side >> n) & 1 == of);
        members.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ")
    };
    format!("partition {{{}}} | {{{}}}", members(0), members(1))
}

/// Everybody runs and every message arrives.
fn calm(text: &mut String, servers: &[String]) {
    let all = servers.join(", ");
    let _ = writeln!(text, "at {CALM} heal maybe");
    let _ = writeln!(text, "at {CALM} loss {{{all}}}--{{{all}}} 0");
    let _ = writeln!(text, "at {CALM} latency {{{all}}}--{{{all}}} 10");
    for server in servers {
        let _ = writeln!(text, "at {CALM} resume {server} maybe\nat {CALM} restart {server} maybe");
    }
}
