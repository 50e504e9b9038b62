//! One file rules every colour: static/tokens.css. Elsewhere a colour is a mistake.

use super::at;

const EXTENSIONS: &[&str] = &[".css", ".rs", ".js", ".mjs", ".html"];

const FUNCTIONS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "oklch(", "oklab(", "lab("];

/// The names that slip in; system colours and `transparent` may stay.
const NAMES: &[&str] = &[
    "black", "white", "red", "green", "blue", "grey", "gray", "silver", "orange", "yellow",
    "purple", "pink", "brown", "teal", "navy",
];

pub fn check(path: &str, text: &str) -> Vec<String> {
    let ours = path.starts_with("web/") || path.starts_with("static/");
    // Examples of embedding are pages of somebody else's site.
    let exempt = path == "static/tokens.css" || path.starts_with("static/examples/");
    if !ours || exempt || !EXTENSIONS.iter().any(|extension| path.ends_with(extension)) {
        return Vec::new();
    }
    let css = path.ends_with(".css");
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let colour = hex(line, css).or_else(|| function(line)).or_else(|| name(line, css));
        if let Some(colour) = colour {
            let sentence = format!(
                "`{colour}` is a colour; give it a name in static/tokens.css and use `var(--name)`."
            );
            found.push(at(path, index, sentence));
        }
    }
    found
}

/// `#` and 3, 4, 6 or 8 hexadecimal digits, unless it is a selector.
fn hex(line: &str, css: bool) -> Option<&str> {
    if css && line.trim_end().ends_with(['{', ',']) && !line.contains(": ") {
        return None;
    }
    line.match_indices('#').find_map(|(start, _)| {
        let digits = line[start + 1..].find(|c: char| !c.is_ascii_hexdigit());
        let end = digits.map_or(line.len(), |digits| start + 1 + digits);
        let before = line[..start].chars().next_back();
        let after = line[end..].chars().next();
        let alone = before.is_none_or(|c| !c.is_alphanumeric() && !"&/".contains(c))
            && after.is_none_or(|c| !c.is_alphanumeric() && !"-_/=".contains(c));
        let length = matches!(end - start, 4 | 5 | 7 | 9);
        (alone && length).then(|| &line[start..end])
    })
}

fn function(line: &str) -> Option<&str> {
    FUNCTIONS.iter().find_map(|function| {
        let start = line.find(function)?;
        let before = line[..start].chars().next_back();
        // A colour of literals, not one derived from a token, and not the end of a longer name.
        let literal =
            line[start + function.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let whole = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        (literal && whole).then(|| function.trim_end_matches('('))
    })
}

/// A colour's name as a value of a property that takes colours.
fn name(line: &str, css: bool) -> Option<&str> {
    if !css {
        return None;
    }
    let (property, value) = line.trim().split_once(": ")?;
    let coloured = ["color", "background", "fill", "stroke", "border", "outline", "shadow"];
    if !coloured.iter().any(|word| property.contains(word)) {
        return None;
    }
    value.split([' ', ',', ';', '(', ')']).find(|word| NAMES.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, line: &str) -> usize {
        check(path, line).len()
    }

    #[test]
    fn colours_outside_the_tokens_are_found() {
        assert_eq!(count("static/style.css", "  color: #fffdf8;"), 1);
        assert_eq!(count("static/style.css", "  color: rgb(1 2 3);"), 1);
        assert_eq!(count("static/style.css", "  border: 1px solid red;"), 1);
        assert_eq!(count("web/src/stage/node.rs", "attr(\"fill\", \"#0af\")"), 1);
        assert_eq!(count("static/tokens.css", "  --ink: #1d2a33;"), 0);
    }

    #[test]
    fn what_only_looks_like_a_colour_is_left_alone() {
        assert_eq!(count("static/style.css", "#add {"), 0);
        assert_eq!(count("static/style.css", "  color: var(--ink);"), 0);
        assert_eq!(count("static/style.css", "  color: rgb(from var(--ink) r g b / 50%);"), 0);
        assert_eq!(count("static/style.css", "  white-space: nowrap;"), 0);
        assert_eq!(count("web/src/link.rs", "let link = \"#s=1.abc\";"), 0);
        assert_eq!(count("web/src/link.rs", "#[derive(Clone)] \"#/raft/caiyang\""), 0);
        assert_eq!(count("web/src/a.rs", "\"&#123;\""), 0);
        assert_eq!(count("core/src/a.rs", "\"#123456\""), 0);
    }
}
