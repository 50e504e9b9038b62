//! What is wrong with a text, in the reader's language.

use netsplit_core::scenario::Error;

use crate::words::Words;

/// Where a text is wrong, and what could stand there.
pub fn sentence(words: Words, error: &Error) -> String {
    let expected: Vec<&str> = error.expected.iter().map(|word| &**word).collect();
    let suggestion = error.suggestion.as_deref().unwrap_or_default();
    let values =
        [("found", &*error.found), ("expected", &expected.join(", ")), ("suggestion", suggestion)];
    let what = words.fill(error.kind.key(), &values);
    let mean = match suggestion {
        "" => String::new(),
        word => words.fill("source.mean", &[("word", word)]),
    };
    let (line, column) = (error.line.to_string(), error.column.to_string());
    let at = [("line", line.as_str()), ("column", &column), ("what", &what), ("mean", &mean)];
    words.fill("source.error", &at)
}
