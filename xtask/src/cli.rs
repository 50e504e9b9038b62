//! Arguments, read by hand: words and `--flags`, nothing more.

use crate::Outcome;

/// The arguments not yet read.
pub struct Args {
    left: Vec<String>,
}

impl Args {
    pub fn from_env() -> Self {
        Self { left: std::env::args().skip(1).collect() }
    }

    /// The next argument, whatever it is.
    pub fn word(&mut self) -> Option<String> {
        (!self.left.is_empty()).then(|| self.left.remove(0))
    }

    /// Whether `name` was given.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|arg| arg != name);
        self.left.len() < before
    }

    /// The value of `--name value` or `--name=value`, as often as it is given.
    pub fn values(&mut self, name: &str) -> Outcome<Vec<String>> {
        let mut values = Vec::new();
        let mut rest = Vec::new();
        let mut args = std::mem::take(&mut self.left).into_iter();
        while let Some(arg) = args.next() {
            if arg == name {
                values.push(args.next().ok_or(format!("`{name}` wants a value after it."))?);
            } else if let Some(value) = arg.strip_prefix(name).and_then(|v| v.strip_prefix('=')) {
                values.push(value.to_owned());
            } else {
                rest.push(arg);
            }
        }
        self.left = rest;
        Ok(values)
    }

    /// The last value of `--name`, if any.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        Ok(self.values(name)?.pop())
    }

    /// The port of `--port`, or `default`.
    pub fn port(&mut self, default: u16) -> Outcome<u16> {
        match self.value("--port")? {
            None => Ok(default),
            Some(text) => text
                .parse()
                .ok()
                .filter(|port| *port > 0)
                .ok_or(format!("`--port` wants a number from 1 to 65535, not `{text}`.")),
        }
    }

    /// Refuses whatever nobody has read.
    pub fn finish(&mut self) -> Outcome {
        match self.word() {
            None => Ok(()),
            Some(arg) => Err(format!("`{arg}` means nothing here; `--help` tells what does.")),
        }
    }
}

/// The word of `known` that is at most two slips away from `typed`.
pub fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (slips(typed, word), word))
        .filter(|(slips, _)| *slips <= 2)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out or changed to make `b` of `a` (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args { left: line.split_whitespace().map(str::to_owned).collect() }
    }

    #[test]
    fn flags_and_values_are_read_in_any_order() {
        let mut args = args("--open --port 81 --only=size --only tidy");
        assert_eq!(args.values("--only"), Ok(vec!["size".to_owned(), "tidy".to_owned()]));
        assert_eq!(args.port(8080), Ok(81));
        assert!(args.flag("--open"));
        assert_eq!(args.finish(), Ok(()));
    }

    #[test]
    fn what_nobody_reads_is_refused() {
        assert!(args("--prot 81").finish().unwrap_err().contains("`--prot`"));
        assert!(args("--port").port(1).unwrap_err().contains("wants a value"));
        assert!(args("--port 0").port(1).unwrap_err().contains("1 to 65535"));
        assert!(args("--port 70000").port(1).unwrap_err().contains("70000"));
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips("serve", "serve"), 0);
        assert_eq!(slips("sevre", "serve"), 2);
        assert_eq!(slips("", "size"), 4);
        assert_eq!(nearest("tst", ["serve", "test"].into_iter()), Some("test"));
    }
}
