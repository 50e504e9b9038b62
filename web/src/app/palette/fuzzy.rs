//! Letters in order, not necessarily next to each other.

use netsplit_core::base::sort_by_key;

use super::commands::Command;

/// The commands that fit what was typed, the best first; all of them, in their order, when nothing
/// was.
pub fn best(all: &[Command], typed: &str, n: usize) -> Vec<Command> {
    let mut found: Vec<(i32, &Command)> = all
        .iter()
        .filter_map(|command| {
            let text = format!("{} {}", command.title, command.about);
            score(typed, &text).map(|score| (score, command))
        })
        .collect();
    sort_by_key(&mut found, |(score, _)| -score);
    found.into_iter().take(n).map(|(_, command)| command.clone()).collect()
}

/// How well `typed` fits: more for letters that begin words and that follow each other, less for
/// what comes late. `None` when a letter is missing.
fn score(typed: &str, text: &str) -> Option<i32> {
    let text: Vec<char> = text.to_ascii_lowercase().chars().collect();
    let (mut from, mut total) = (0, 0);
    let mut last = None;
    for letter in typed.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()) {
        let place = from + text[from..].iter().position(|&c| c == letter)?;
        let begins = place == 0 || !in_word(text[place - 1]);
        total += if last == Some(place.wrapping_sub(1)) { 6 } else { 0 };
        total += if begins { 4 } else { 0 };
        total -= (place - from).min(8) as i32 / 2;
        last = Some(place);
        from = place + 1;
    }
    Some(total)
}

/// Whether a character is part of a word. Beyond ASCII all are: the page's titles have no marks
/// there that would stand against a word.
fn in_word(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_must_come_in_order() {
        assert!(score("crn1", "Crash n1").is_some());
        assert!(score("1n", "Crash n1").is_none());
        assert!(score("", "anything").is_some());
        assert!(score("崩溃", "崩溃 n1").is_some());
    }

    #[test]
    fn beginnings_and_runs_count_more() {
        assert!(score("cr", "Crash n1") > score("cr", "Increase the rate"));
        assert!(score("play", "Play") > score("play", "Pull away"));
    }
}
