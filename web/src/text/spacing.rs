//! The spaces that a Chinese reader expects and no author types: a narrow one between Han and
//! digits, which also keeps them on one line, and a thin one between Han and Latin letters.

use std::borrow::Cow;

/// Several names in a row: Han wants a comma, where others want a space.
pub fn listed(names: &[String]) -> String {
    let han = names.iter().any(|name| name.contains(is_han));
    names.join(if han { "、" } else { " " })
}

/// The sentence with its spaces, where the language wants them.
pub fn spaced(locale: &str, text: &str) -> String {
    if !locale.starts_with("zh") {
        return text.into();
    }
    let text = tightened(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut last = ' ';
    for c in text.chars() {
        out.extend(gap(last, c));
        out.push(c);
        last = c;
    }
    out
}

/// Without the spaces that an author typed between Han and the rest, or before a name that turned
/// out to be Han.
fn tightened(text: &str) -> Cow<'_, str> {
    if !text.contains(' ') {
        return text.into();
    }
    let chars: Vec<char> = text.chars().collect();
    let keeps = |place: usize| {
        let around = place.checked_sub(1).map(|before| chars[before]).zip(chars.get(place + 1));
        let parts = |(a, b): (char, char)| gap(a, b).is_none() && !(is_han(a) && is_han(b));
        chars[place] != ' ' || around.is_none_or(|(a, &b)| parts((a, b)))
    };
    (0..chars.len()).filter(|&place| keeps(place)).map(|place| chars[place]).collect()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn gap(a: char, b: char) -> Option<char> {
    let other = match (is_han(a), is_han(b)) {
        (true, false) => b,
        (false, true) => a,
        _ => return None,
    };
    match other {
        c if c.is_ascii_digit() => Some('\u{202f}'),
        c if c.is_ascii_alphabetic() => Some('\u{2009}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_keeps_its_distance() {
        assert_eq!(spaced("zh-CN", "神父 已崩溃"), "神父已崩溃");
        assert_eq!(listed(&["新娘".into(), "新郎".into()]), "新娘、新郎");
        assert_eq!(listed(&["n1".into(), "n2".into()]), "n1 n2");
        assert_eq!(spaced("zh-CN", "一共2份"), "一共\u{202f}2\u{202f}份");
        assert_eq!(spaced("zh-CN", "一共 2 份"), "一共\u{202f}2\u{202f}份");
        assert_eq!(spaced("zh-CN", "节点n1 在"), "节点\u{2009}n1\u{202f}在");
        assert_eq!(spaced("zh-CN", "n1 n2 不答复"), "n1 n2\u{202f}不答复");
        assert_eq!(spaced("en", "一共2份"), "一共2份");
    }
}
