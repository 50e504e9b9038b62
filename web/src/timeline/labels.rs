//! The words beside the marks, where there is room for them.

use super::marks::Mark;
use super::scale::Scale;
use crate::panel::words::Words;
use crate::text::units::seconds;

/// A mark keeps so much room to each side.
const REACH: f64 = 13.0;

/// What is said of a mark.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// What pointing at it says.
    pub title: String,
    /// What stands beside it.
    pub label: String,
    /// Where that stands and to which side it reaches; `None` where there is no room.
    pub place: Option<(&'static str, &'static str)>,
}

/// What is said of each mark. A label stands right of its mark, or left of it, or not at all; none
/// covers another mark or another label.
pub fn labels(words: Words, scale: Scale, marks: &[(Mark, bool)]) -> Vec<Label> {
    let xs: Vec<f64> = marks.iter().map(|(mark, _)| scale.x(mark.at)).collect();
    let mut free_from = 0.0;
    let mut labels = Vec::new();
    for (place, (mark, past)) in marks.iter().enumerate() {
        let mut label = mark.said.clone();
        if mark.own {
            label = words.fill("mark.own", &[("what", &label)]);
        }
        if !past {
            label = words.fill("mark.planned", &[("what", &label)]);
        }
        let x = xs[place];
        let width = 2.0 * REACH + breadth(&label);
        let before = if place == 0 { scale.left() } else { xs[place - 1] + REACH };
        let after = xs.get(place + 1).map_or(scale.width, |next| next - REACH);
        let side = if x + width <= after {
            free_from = x + width;
            Some(("13", "start"))
        } else if x - width >= f64::max(before, free_from) {
            Some(("-13", "end"))
        } else {
            None
        };
        let title = format!("{} s: {label}", seconds(mark.at));
        labels.push(Label { title, label, place: side });
    }
    labels
}

/// About how wide a text is, at 12 pixels.
pub fn breadth(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 6.4 } else { 12.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use netsplit_core::base::Time;

    #[test]
    fn labels_find_room_or_stay_away() {
        let scale = Scale { end: Time::ms(1000), width: 1040.0 };
        let mark = |ms: u64| {
            let said = "cut n1 n2 from n3".to_string();
            (Mark { at: Time::ms(ms), said, ..Mark::default() }, true)
        };
        let sides = |marks: &[(Mark, bool)]| -> Vec<Option<&str>> {
            let labels = labels(Words::of("en"), scale, marks);
            labels.iter().map(|label| label.place.map(|(_, anchor)| anchor)).collect()
        };
        assert_eq!(sides(&[mark(500)]), [Some("start")]);
        assert_eq!(sides(&[mark(500), mark(550)]), [Some("end"), Some("start")]);
        assert_eq!(sides(&[mark(500), mark(520), mark(540)]), [Some("end"), None, Some("start")]);
        assert_eq!(sides(&[mark(990)]), [Some("end")]);
    }
}
