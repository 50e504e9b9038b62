//! How long the links are that carry a whole lesson without its narration.

use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::link::{Address, short_digest};

use crate::library;

/// What half of the links may have at most, in characters from `#` on.
const MEDIAN: usize = 450;
/// What any of them may have.
const LONGEST: usize = 2000;
/// How many of the longest are named.
const NAMED: usize = 5;

/// A link's length, and what it opens: a lesson, or one of its variants.
type Row = (usize, String);

/// Prints the longest links of the lessons and of their variants; says whether all keep to the
/// figures.
pub fn run(args: &[String]) -> Result<bool, String> {
    if let Some(arg) = args.first() {
        return Err(format!("`links` measures all lessons and takes no {arg}."));
    }
    let (mut lessons, mut variants) = (Vec::new(), Vec::new());
    for (name, text) in library::lessons()? {
        let scenario = library::parse(&text, &name)?;
        lessons.push((length(&scenario), name.clone()));
        let told = |variant: &str| scenario.variant(variant).map(|run| length(&run));
        let named = scenario.variants.iter().filter_map(|v| Some((told(&v.name)?, &v.name)));
        variants.extend(named.map(|(length, variant)| (length, format!("{name}, {variant}"))));
    }
    Ok(report("lessons", lessons) & report("variants", variants))
}

/// The length of the link that the share dialog makes of `scenario`, played to its end, once a
/// setting of it was changed: the text without narration, and the mark of the run's digest. While
/// it is as told, its name is the link.
fn length(scenario: &Scenario) -> usize {
    let mark = ("d".into(), short_digest(play(scenario.clone()).digest()));
    Address { params: vec![mark], ..scenario.link() }.to_string().chars().count()
}

fn report(what: &str, mut rows: Vec<Row>) -> bool {
    rows.sort_by(|a, b| b.cmp(a));
    let (median, longest) = figures(&rows);
    println!("{:>10}  of the link; {} {what}", "characters", rows.len());
    for (length, name) in rows.iter().take(NAMED) {
        println!("{length:>10}  {name}");
    }
    println!("{median:>10}  at the median, {MEDIAN} wanted");
    println!("{longest:>10}  at the most, {LONGEST} wanted\n");
    median <= MEDIAN && longest <= LONGEST
}

/// The median, of an even number the longer one, and the longest, of rows from the longest down.
fn figures(rows: &[Row]) -> (usize, usize) {
    let at = |place: usize| rows.get(place).map_or(0, |(length, _)| *length);
    (at(rows.len().saturating_sub(1) / 2), at(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use netsplit_core::scenario::link::Subject;

    fn rows(lengths: &[usize]) -> Vec<Row> {
        lengths.iter().map(|&length| (length, String::new())).collect()
    }

    #[test]
    fn the_median_is_the_longer_of_two() {
        assert_eq!(figures(&rows(&[9, 7, 3, 1])), (7, 9));
        assert_eq!(figures(&rows(&[9, 7, 3])), (7, 9));
        assert_eq!(figures(&[]), (0, 0));
    }

    #[test]
    fn either_figure_fails_the_report() {
        assert!(report("lessons", rows(&[LONGEST, MEDIAN, MEDIAN])));
        assert!(!report("lessons", rows(&[LONGEST + 1, MEDIAN, MEDIAN])));
        assert!(!report("lessons", rows(&[MEDIAN + 1, MEDIAN + 1, 1])));
    }

    #[test]
    fn a_link_is_measured_with_its_mark_and_without_narration() {
        let text = "scenario raft/x\nsystem raft nodes=3 end=200\n";
        let told = format!("{text}title A\nstep 0 B\nsay {}\n", "word ".repeat(100));
        let parse = |text: &str| library::parse(text, "here").expect("a scenario");
        let bare = length(&parse(text));
        assert_eq!(length(&parse(&told)), bare);
        assert_eq!(bare, parse(text).link().to_string().len() + "&d=1234".len());
        let address = Address::parse(&parse(&told).link().to_string()).expect("our own link");
        assert!(matches!(address.subject, Subject::Text(text) if !text.contains("word")));
    }

    #[test]
    fn the_lessons_keep_to_the_figures() {
        assert_eq!(run(&[]), Ok(true));
    }
}
