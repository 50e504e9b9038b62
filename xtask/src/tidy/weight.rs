//! Calls that read harmlessly and bring a table of the standard library into the page.

use super::{at, code::without_comment};

/// Each call with what it brings and what does the same.
const HEAVY: &[(&str, &str)] = &[
    ("parse::<f64>", "the powers of five are 10 KB; `text::number` reads decimals"),
    ("parse::<f32>", "the powers of five are 10 KB; `text::number` reads decimals"),
    ("to_lowercase", "the letters of all scripts are 24 KB; use `to_ascii_lowercase`"),
    ("to_uppercase", "the letters of all scripts are 24 KB; use `to_ascii_uppercase`"),
    ("is_alphanumeric", "it brings tables of all scripts; use `is_ascii_alphanumeric`"),
    ("is_alphabetic", "it brings tables of all scripts; use `is_ascii_alphabetic`"),
    ("is_numeric", "it brings tables of all scripts; use `is_ascii_digit`"),
    (".sin()", "the functions of angles are 8 KB; `scene::layout::arrange` has small ones"),
    (".cos()", "the functions of angles are 8 KB; `scene::layout::arrange` has small ones"),
    (".sin_cos()", "the functions of angles are 8 KB; `scene::layout::arrange` has small ones"),
    (".powf(", "powers are 2 KB; multiply, or take `sqrt`"),
    (".log10()", "logarithms are 2 KB; multiply until it is enough"),
    (".ln()", "logarithms are 2 KB; multiply until it is enough"),
    (".hypot(", "it is a slow function of the library; `Point::distance` has `sqrt`"),
];

/// Refuses heavy calls in what the page is made of; tests may use them.
pub fn check(path: &str, text: &str) -> Vec<String> {
    let of_page = path.starts_with("core/src/") || path.starts_with("web/src/");
    if !of_page || !path.ends_with(".rs") || path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    let mut found = Vec::new();
    for (index, line) in code.enumerate() {
        let line = without_comment(line);
        for (call, reason) in HEAVY.iter().filter(|(call, _)| line.contains(call)) {
            found.push(at(path, index, format!("`{call}` makes the page heavy: {reason}.")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_calls_are_refused_where_the_page_would_have_them() {
        let line = "let key = name.to_lowercase();";
        assert_eq!(check("web/src/a.rs", line).len(), 1);
        assert_eq!(check("core/src/a.rs", "words.map(str::to_lowercase)").len(), 1);
        assert_eq!(check("core/src/a.rs", "let n: f64 = text.parse::<f64>()?;").len(), 1);
        assert_eq!(check("xtask/src/a.rs", line).len(), 0);
        assert_eq!(check("web/src/scene/tests.rs", line).len(), 0);
        assert_eq!(check("web/src/a.rs", &format!("#[cfg(test)]\n{line}")).len(), 0);
    }

    #[test]
    fn their_small_sisters_are_welcome() {
        assert_eq!(check("web/src/a.rs", "key.to_ascii_lowercase() // to_lowercase").len(), 0);
        assert_eq!(check("web/src/a.rs", "c.is_ascii_alphanumeric() && turn.cos > 0.0").len(), 0);
    }
}
