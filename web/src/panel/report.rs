//! What is wrong with a text, in the reader's language.

use netsplit_core::scenario::Error;

use crate::words::Words;

/// Where a text is wrong, and what could stand there.
pub fn sentence(words: Words, error: &Error) -> String {
    let expected = error.expected.join(", ");
    let suggestion = error.suggestion.as_deref().unwrap_or_default();
    let values = [("found", &*error.found), ("expected", &*expected), ("suggestion", suggestion)];
    let mut said = words.fill(error.kind.key(), &values);
    if !suggestion.is_empty() {
        said = words.fill("scenario.nearest", &[("said", &said), ("suggestion", suggestion)]);
    }
    let (line, column) = (error.line.to_string(), error.column.to_string());
    match error.line {
        0 => said,
        _ => words.fill("scenario.place", &[("line", &line), ("column", &column), ("said", &said)]),
    }
}
