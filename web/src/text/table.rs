//! One table of words.

use netsplit_core::base::Map;

/// The sentences of one file by their keys.
#[derive(Default)]
pub struct Table(Map<String, String>);

impl Table {
    /// Reads `key = text` lines; what is not such a line is left out.
    pub fn parse(text: &str) -> Table {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once('='));
        let mut table = Table::default();
        for (key, text) in pairs {
            table.0.insert(key.trim().into(), text.trim().into());
        }
        table
    }

    /// The sentence of this key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let place = self.0.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
        Some(&self.0[place].1)
    }
}

/// Puts values in the places of their names; a name without a value stays visible.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, later)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name.trim()) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = later;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_sentences() {
        let table = Table::parse("# words\n\na.b = One = 1 \nnoise\nc=\n");
        assert_eq!(table.get("a.b"), Some("One = 1"));
        assert_eq!(table.get("c"), Some(""));
        assert_eq!(table.get("noise"), None);
    }

    #[test]
    fn places_are_filled_once() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{a", &[("a", "1")]), "{a");
        assert_eq!(fill("{groups}", &[]), "{groups}");
    }
}
