//! Numbers as people type them, without floats.

use netsplit_core::base::{Ppm, Span};

/// Milliseconds with up to three decimals, up to an hour.
pub fn span(text: &str) -> Option<Span> {
    let us = decimal(text, 3)?;
    (us <= 3_600_000_000).then_some(Span(us))
}

/// A share in percent with up to two decimals, from 0 to 100.
pub fn percent(text: &str) -> Option<Ppm> {
    let hundredths = decimal(text.trim().trim_end_matches('%').trim_end(), 2)?;
    (hundredths <= 10_000).then_some(Ppm(hundredths as u32 * 100))
}

/// A ratio with up to six decimals.
pub fn ratio(text: &str) -> Option<Ppm> {
    u32::try_from(decimal(text, 6)?).ok().map(Ppm)
}

/// A decimal as a whole number of its last place, which is the `places`th.
pub fn decimal(text: &str, places: usize) -> Option<u64> {
    let text = text.trim();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let too_long = whole.len() > 10 || rest.len() > places;
    if whole.is_empty() || too_long || !digits(whole) || !digits(rest) {
        return None;
    }
    format!("{whole}{rest:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        assert_eq!(span("12.5"), Some(Span(12_500)));
        assert_eq!(span(" 500 "), Some(Span(500_000)));
        assert_eq!(span("0.0001"), None);
        assert_eq!(span("-1"), None);
        assert_eq!(span(""), None);
        assert_eq!(percent("30 %"), Some(Ppm(300_000)));
        assert_eq!(percent("100.01"), None);
        assert_eq!(ratio("1.1"), Some(Ppm(1_100_000)));
    }
}
