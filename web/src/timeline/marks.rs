//! What was done to the world, and when: the marks above the rail.

use netsplit_core::base::{Time, sort_by_key};
use netsplit_core::kernel::action::{Action, Handling, Trigger};
use netsplit_core::run::Run;
use netsplit_core::run::trace::What;
use netsplit_core::scenario::ast::Line;

/// So many events are looked through for lines that wait for something else than an instant.
pub const LOOKED_THROUGH: u32 = 50_000;

/// One mark.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// Which line of the run's scenario.
    pub line: u32,
    /// Its icon.
    pub icon: &'static str,
    /// Whether the learner did it.
    pub own: bool,
    /// Whether it had no effect.
    pub idle: bool,
    /// What it does, in the reader's words.
    pub said: String,
}

/// The marks of a run in the order of time, and the stretches in which it was parted. What waits
/// for something else than an instant is marked when it has happened.
pub fn marks(run: &Run, lines: &[&Line]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if let (Trigger::At(at), Some(icon)) = (&line.trigger, icon(line)) {
            marks.push(Mark {
                at: *at,
                line: place as u32,
                icon,
                own: line.own,
                ..Mark::default()
            });
        }
    }
    let waits = |line: &&Line| {
        matches!(line.trigger, Trigger::After(..) | Trigger::When { .. }) && icon(line).is_some()
    };
    if lines.iter().any(&waits) {
        let trace = run.trace();
        for event in 0..run.cursor().min(LOOKED_THROUGH) {
            let Some(record) = trace.events.get(event as usize) else { break };
            let What::Act { line, idle } = &record.what else { continue };
            let Some(told) = lines.get(*line as usize).filter(|line| waits(line)) else { continue };
            let Some(icon) = icon(told) else { continue };
            let idle = idle.is_some();
            marks.push(Mark {
                at: record.at,
                line: *line,
                icon,
                own: told.own,
                idle,
                ..Mark::default()
            });
        }
    }
    sort_by_key(&mut marks, |mark| mark.at);
    marks
}

/// From when to when a partition was, or will be, in force.
pub fn partitions(lines: &[&Line], end: Time) -> Vec<(Time, Time)> {
    let mut timed: Vec<(Time, bool)> = Vec::new();
    for line in lines {
        if let Trigger::At(at) = line.trigger {
            match line.action {
                Action::Partition(_) => timed.push((at, true)),
                Action::Heal(None) => timed.push((at, false)),
                _ => {}
            }
        }
    }
    sort_by_key(&mut timed, |(at, _)| *at);
    let mut spans = Vec::new();
    let mut since = None;
    for (at, begins) in timed {
        match (begins, since) {
            (true, None) => since = Some(at),
            (false, Some(from)) => {
                spans.push((from, at));
                since = None;
            }
            _ => {}
        }
    }
    spans.extend(since.map(|from| (from, end)));
    spans
}

/// The icon of a line, if it deserves a mark: what the script asks of clients does not, what the
/// learner asks does.
pub fn icon(line: &Line) -> Option<&'static str> {
    Some(match &line.action {
        Action::Ask(_) | Action::EndSession(_) | Action::Tell { .. } if !line.own => return None,
        Action::Pin(..) if !line.own => return None,
        Action::Ask(_) | Action::EndSession(_) | Action::Tell { .. } => "client",
        Action::Partition(_) | Action::Cut(_) => "cut",
        Action::Heal(_) => "heal",
        Action::Crash(_) | Action::Kill(_) | Action::Wipe(_) => "crash",
        Action::Restart(_) => "restart",
        Action::Pause(..) | Action::Resume(_) => "freeze",
        Action::Jump(..) | Action::Drift(..) | Action::Pin(..) | Action::Force(..) => "jump",
        Action::Handle(Handling::Drop, _) => "drop",
        Action::Handle(..) | Action::Release(_) => "request",
        _ => "knob",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: u64, action: Action) -> Line {
        Line { trigger: Trigger::At(Time::ms(at)), action, ..template() }
    }

    fn template() -> Line {
        let text = "system raft nodes=3 clients=1 end=1000\nat 1 heal\n";
        let scenario =
            netsplit_core::scenario::Scenario::parse(text, netsplit_core::protocols::ALL);
        scenario.expect("a scenario").lines[0].clone()
    }

    #[test]
    fn partitions_last_until_they_are_healed() {
        let lines = [
            line(500, Action::Partition(Vec::new())),
            line(700, Action::Partition(Vec::new())),
            line(100, Action::Heal(None)),
            line(800, Action::Heal(None)),
            line(900, Action::Partition(Vec::new())),
        ];
        let ms = |spans: Vec<(Time, Time)>| -> Vec<(u64, u64)> {
            spans.iter().map(|(from, to)| (from.0 / 1000, to.0 / 1000)).collect()
        };
        let lines: Vec<&Line> = lines.iter().collect();
        assert_eq!(ms(partitions(&lines, Time::ms(1000))), [(500, 800), (900, 1000)]);
    }

    #[test]
    fn the_script_s_own_operations_have_no_mark() {
        let text = "system raft nodes=3 clients=1 end=1000\n\
                    at 100 c1 put(x, 1)\nat 300 crash n1\nat 200 heal maybe\n";
        let scenario =
            netsplit_core::scenario::Scenario::parse(text, netsplit_core::protocols::ALL);
        let run = Run::new(scenario.expect("a scenario"));
        let icons: Vec<_> =
            marks(&run, &run.lines().collect::<Vec<_>>()).iter().map(|mark| mark.icon).collect();
        assert_eq!(icons, ["heal", "crash"]);
    }
}
