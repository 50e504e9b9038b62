//! The list of what Netsplit has to show: `core/claims.tsv`, one row a claim.

use alloc::vec::Vec;

use super::tokens;

/// The list, as text.
pub static CLAIMS: &str = include_str!("../../claims.tsv");

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim<'a> {
    /// As scenarios name it after `claims`.
    pub id: &'a str,
    /// Whose row it is: the id of a system, `lesson` or `twin`.
    pub system: &'a str,
    /// The systems that its scenario runs on; none for a card.
    pub needs: Vec<&'a str>,
    /// The scenario that shows it; `card` for what is told on a card.
    pub scenario: &'a str,
    /// What must come out, as after `expect`; several apart by ` ; `.
    pub expectation: &'a str,
    /// What is claimed.
    pub claim: &'a str,
    /// How the expectation differs from how the row was first written, and why; may be empty.
    pub note: &'a str,
}

impl Claim<'_> {
    /// Whether there is nothing to run.
    pub fn is_card(&self) -> bool {
        self.scenario == "card"
    }

    /// The systems that it waits for, when these are built.
    pub fn waits_for(&self, built: impl Fn(&str) -> bool) -> Vec<&str> {
        self.needs.iter().copied().filter(|system| !built(system)).collect()
    }
}

/// Reads the list.
///
/// # Errors
///
/// The number of the first line that is no row of seven columns.
pub fn parse(text: &str) -> Result<Vec<Claim<'_>>, usize> {
    let mut claims = Vec::new();
    let mut head = true;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, system, needs, scenario, expectation, claim, note] = &columns[..] else {
            return Err(number + 1);
        };
        if core::mem::take(&mut head) {
            continue;
        }
        let needs = needs.split(' ').filter(|system| *system != "-").collect();
        claims.push(Claim { id, system, needs, scenario, expectation, claim, note });
    }
    Ok(claims)
}

/// The first piece of an expectation that no token's definition allows, as far as that can be said
/// without knowing the system.
pub fn odd_token(expectation: &str) -> Option<&str> {
    expectation.split(" ; ").find(|part| {
        let tokens = part.split_once(": ").map_or("", |(_, tokens)| tokens);
        tokens.is_empty() || !split_tokens(tokens).into_iter().all(is_defined)
    })
}

/// Splits tokens at the spaces outside of brackets.
fn split_tokens(text: &str) -> Vec<&str> {
    split_outside(text, ' ')
}

fn split_outside(text: &str, at: char) -> Vec<&str> {
    let mut depth = 0;
    text.split(|c| {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            _ => {}
        }
        c == at && depth == 0
    })
    .collect()
}

fn is_defined(token: &str) -> bool {
    let (name, args) = token.split_once('(').unwrap_or((token, ")"));
    let Some(args) = args.strip_suffix(')') else { return false };
    let count = if args.is_empty() { 0 } else { split_outside(args, ',').len() };
    tokens::find(name).is_some_and(|def| def.forms.iter().any(|form| form.len() == count))
}
