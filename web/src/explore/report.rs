//! What a search says of itself, as the text that a worker sends.

use netsplit_core::explore::{Progress, Refusal, Search, Stage};

/// Where a search stands.
#[derive(Clone, PartialEq, Debug)]
pub enum Report {
    /// It goes on.
    Going(Progress),
    /// It is done: what was found, as the text of a scenario, if anything was.
    Done(Progress, Option<String>),
    /// It did not begin: the key of the sentence, the sentence in English, bounds that would do.
    Refused(String, String, String),
    /// It broke off: what it said.
    Died(String),
}

impl Report {
    /// After a slice.
    pub fn of(search: &Search) -> Report {
        let progress = search.progress();
        match progress.stage {
            Stage::Done => Report::Done(progress, search.found().map(|found| found.to_string())),
            _ => Report::Going(progress),
        }
    }

    /// Of a search that does not begin.
    pub fn refusal(refusal: &Refusal) -> Report {
        let smaller = refusal.smaller().map(ToString::to_string).unwrap_or_default();
        Report::Refused(refusal.key().into(), refusal.to_string(), smaller)
    }

    /// In one text.
    pub fn text(&self) -> String {
        match self {
            Report::Going(progress) => format!("going {}", numbers(progress)),
            Report::Done(progress, None) => format!("none {}", numbers(progress)),
            Report::Done(progress, Some(found)) => format!("found {}\n{found}", numbers(progress)),
            Report::Refused(key, told, smaller) => format!("refused {key}\n{told}\n{smaller}"),
            Report::Died(told) => format!("died {told}"),
        }
    }

    /// What [`Report::text`] wrote.
    pub fn read(text: &str) -> Option<Report> {
        let (word, rest) = text.split_once(' ')?;
        Some(match word {
            "going" => Report::Going(progress(rest)?),
            "none" => Report::Done(progress(rest)?, None),
            "found" => {
                let (first, found) = rest.split_once('\n')?;
                Report::Done(progress(first)?, Some(found.into()))
            }
            "refused" => {
                let mut lines = rest.splitn(3, '\n').map(String::from);
                Report::Refused(lines.next()?, lines.next()?, lines.next()?)
            }
            "died" => Report::Died(rest.into()),
            _ => return None,
        })
    }
}

fn numbers(at: &Progress) -> String {
    let shrinking = u64::from(at.stage == Stage::Shrinking);
    let (cut_short, depth) = (u64::from(at.cut_short), u64::from(at.depth));
    let (false_alarms, lines) = (u64::from(at.false_alarms), u64::from(at.lines));
    let all =
        [shrinking, at.tried, at.steps, at.left, depth, at.bytes, cut_short, false_alarms, lines];
    all.map(|number| number.to_string()).join(" ")
}

fn progress(numbers: &str) -> Option<Progress> {
    let numbers: Vec<u64> = numbers.split(' ').map_while(|number| number.parse().ok()).collect();
    let [shrinking, tried, steps, left, depth, bytes, cut_short, false_alarms, lines] =
        numbers.try_into().ok()?;
    let stage = if shrinking == 1 { Stage::Shrinking } else { Stage::Searching };
    let (depth, lines) = (u32::try_from(depth).ok()?, u32::try_from(lines).ok()?);
    let false_alarms = u32::try_from(false_alarms).ok()?;
    let cut_short = cut_short == 1;
    Some(Progress { stage, tried, steps, left, depth, bytes, cut_short, false_alarms, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_was_written() {
        let progress =
            Progress { tried: 12, steps: 3400, left: 5, lines: 7, ..Progress::default() };
        let reports = [
            Report::Going(progress),
            Report::Done(progress, None),
            Report::Done(progress, Some("system raft end=1\nat 1 heal\n".into())),
            Report::Refused("too-large".into(), "So much.".into(), "states=1".into()),
            Report::Died("out of memory".into()),
        ];
        for report in reports {
            assert_eq!(Report::read(&report.text()), Some(report));
        }
        assert_eq!(Report::read("going 1 2"), None);
        assert_eq!(Report::read("nonsense"), None);
    }
}
