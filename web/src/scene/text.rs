//! Numbers as attributes, and how wide words will be: the scene has no font to ask.

/// Adds `value` with at most one decimal, which is as fine as an attribute needs.
pub fn push_num(out: &mut String, value: f64) {
    let tenths = (value * 10.0).round() as i64;
    if tenths < 0 {
        out.push('-');
    }
    let whole = (tenths / 10).unsigned_abs();
    push_whole(out, whole);
    let rest = (tenths % 10).unsigned_abs();
    if rest != 0 {
        out.push('.');
        push_whole(out, rest);
    }
}

/// The number as an attribute.
pub fn num(value: f64) -> String {
    let mut out = String::new();
    push_num(&mut out, value);
    out
}

/// Adds the letters of a path, each with its numbers: `&[("M", &[1.0, 2.0])]`.
pub fn path(steps: &[(char, &[f64])]) -> String {
    let mut out = String::new();
    for (letter, numbers) in steps {
        out.push(*letter);
        for (i, number) in numbers.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            push_num(&mut out, *number);
        }
    }
    out
}

/// The words' width in the page's sans face at `size` pixels, estimated.
pub fn sans_width(words: &str, size: f64) -> f64 {
    words.chars().map(|c| sans_share(c) * size).sum()
}

/// The words' width in the page's monospace at `size` pixels, estimated.
pub fn mono_width(words: &str, size: f64) -> f64 {
    words.chars().map(|c| if is_wide(c) { size } else { 0.61 * size }).sum()
}

/// As much of `words` as fits into `width` in monospace, with an ellipsis where some is cut.
pub fn mono_fit(words: &str, size: f64, width: f64) -> String {
    fit(words, width / size, |c| if is_wide(c) { 1.0 } else { 0.61 })
}

/// As much of `words` as fits into `width` in the page's sans face.
pub fn sans_fit(words: &str, size: f64, width: f64) -> String {
    fit(words, width / size, sans_share)
}

/// As much of `words` as fits into `room`, where each letter takes its `share`.
fn fit(words: &str, room: f64, share: fn(char) -> f64) -> String {
    // What was measured and given just that room fits, however it was rounded.
    let room = room + 1e-6;
    if words.chars().map(share).sum::<f64>() <= room {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut used = share('…');
    for c in words.chars() {
        used += share(c);
        if used > room {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn push_whole(out: &mut String, value: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    for digit in &digits[at..] {
        out.push(char::from(*digit));
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}')
}

fn sans_share(c: char) -> f64 {
    match c {
        _ if is_wide(c) => 1.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '|' | '!' | '\'' => 0.28,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '\u{2009}' | '\u{202f}' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.86,
        'A'..='Z' => 0.68,
        _ => 0.57,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_decimal() {
        assert_eq!(num(12.0), "12");
        assert_eq!(num(-0.26), "-0.3");
        assert_eq!(num(1064.04), "1064");
        assert_eq!(num(-0.04), "0");
    }

    #[test]
    fn words_are_cut_to_fit() {
        assert_eq!(mono_fit("x=0", 12.0, 40.0), "x=0");
        assert_eq!(mono_fit("x=caigoudan", 12.0, 60.0), "x=caigo…");
        for word in ["log", "own", "owner", "holder", "commitIndex", "决定"] {
            assert_eq!(mono_fit(word, 11.0, mono_width(word, 11.0)), word);
        }
        assert!(mono_width("x=菜狗蛋", 12.0) > mono_width("x=abc", 12.0));
    }
}
