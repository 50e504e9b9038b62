//! Times as a reader expects them; the same in both languages.

use netsplit_core::base::{Span, Time};

/// Seconds with three decimals: `1.530`.
pub fn seconds(at: Time) -> String {
    let ms = at.0 / 1000;
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// A length of time in the unit that fits: `40 µs`, `82 ms`, `2.000 s`.
pub fn span(span: Span) -> String {
    match span.0 {
        0 => "0 ms".into(),
        us @ 1..1_000 => format!("{us} µs"),
        us @ 1_000..1_000_000 => format!("{} ms", (us + 500) / 1000),
        us => format!("{} s", seconds(Time(us))),
    }
}

/// A count, with a narrow space between thousands.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_alike_everywhere() {
        assert_eq!(seconds(Time::ms(1530)), "1.530");
        assert_eq!(span(Span::ms(82)), "82 ms");
        assert_eq!(span(Span::ms(2000)), "2.000 s");
        assert_eq!(span(Span(40)), "40 µs");
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_194_428), "1\u{202f}194\u{202f}428");
    }
}
