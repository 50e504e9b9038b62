//! What is left of consistency where linearizability broke, in words.

use netsplit_core::base::Time;
use netsplit_core::check::levels::{Finding, Level, Standing};
use netsplit_core::op::OpId;
use netsplit_core::run::Run;

use crate::words::Words;

/// The strongest levels that the first `events` events still have.
pub fn left(words: Words, standing: &Standing, events: u32) -> String {
    let strongest = standing.at(events);
    let all = |levels: &[Level]| {
        let names: Vec<_> = levels.iter().map(|level| name(words, *level)).collect();
        names.join(if words.locale() == "zh-CN" { "、" } else { ", " })
    };
    let (holds, undecided) = (all(&strongest.holds), all(&strongest.undecided));
    let left = match strongest.holds.is_empty() {
        true if strongest.undecided.is_empty() => words.say("lamp.level.none"),
        true => String::new(),
        false => words.fill("lamp.level.left", &[("levels", &holds)]),
    };
    let open = match undecided.is_empty() {
        true => String::new(),
        false => words.fill("lamp.level.undecided", &[("levels", &undecided)]),
    };
    [left, open].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Below linearizability, the levels that the first `events` events broke: at which operation, and
/// when it ended.
pub fn broken(run: &Run, standing: &Standing, events: u32) -> Vec<(Level, OpId, Time)> {
    let below = standing.breaks().into_iter();
    let below = below.filter(|(event, level)| *event < events && *level != Level::Linearizable);
    let fault = |(event, level): (u32, Level)| match standing.of(level) {
        Finding::Broken(fault) => {
            let at = run.trace().events.get(event as usize).map_or(Time::ZERO, |event| event.at);
            Some((level, fault.op, at))
        }
        _ => None,
    };
    below.filter_map(fault).collect()
}

/// What a level is called.
pub fn name(words: Words, level: Level) -> String {
    words.say(&format!("level.{level:?}"))
}
