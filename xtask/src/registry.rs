//! The list of systems in core, read as text: `protocols::ALL`, one line each.

use crate::{Outcome, paths};

/// Where every system is one line.
pub const FILE: &str = "core/src/protocols/mod.rs";
const LIST_BEGINS: &str = "pub static ALL: &[&Entry] = &[";
const LIST_ENDS: &str = "];";

/// The file's text.
pub fn read() -> Outcome<String> {
    std::fs::read_to_string(paths::root().join(FILE)).map_err(|error| format!("{FILE}: {error}."))
}

/// The entries of the list in their order, as they are written: `&entry::<raft::Raft>()`.
pub fn entries(registry: &str) -> Outcome<Vec<String>> {
    let list = registry.split_once(LIST_BEGINS).and_then(|(_, rest)| rest.split_once(LIST_ENDS));
    let Some((list, _)) = list else {
        return Err(format!("{FILE} has no line `{LIST_BEGINS}`; tell registry.rs the new one."));
    };
    let code = list.lines().map(|line| line.split("//").next().unwrap_or(""));
    let code: String = code.collect();
    Ok(code.split(',').map(str::trim).filter(|e| !e.is_empty()).map(str::to_owned).collect())
}

/// The registry with one entry less; the module stays, and the linker leaves it out.
pub fn without(registry: &str, entry: &str) -> String {
    let kept: Vec<String> =
        entries(registry).unwrap_or_default().into_iter().filter(|other| other != entry).collect();
    let (before, rest) = registry.split_once(LIST_BEGINS).unwrap_or((registry, ""));
    let (_, after) = rest.split_once(LIST_ENDS).unwrap_or(("", ""));
    format!("{before}{LIST_BEGINS}{}{LIST_ENDS}{after}", kept.join(", "))
}

/// The module of an entry, which is the system's id.
pub fn name_of(entry: &str) -> &str {
    let path = entry.rsplit_once('<').map_or(entry, |(_, path)| path);
    path.split("::").next().unwrap_or(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRY: &str = "mod raft;\n\
        pub static ALL: &[&Entry] = &[\n    &entry::<raft::Raft>(), // first\n    \
        &entry::<Locking<setnx::SetNx>>(),\n];\n\
        fn find() {}\n";

    #[test]
    fn one_entry_is_left_out_and_the_rest_stays() {
        let (raft, setnx) = ("&entry::<raft::Raft>()", "&entry::<Locking<setnx::SetNx>>()");
        assert_eq!(entries(REGISTRY), Ok(vec![raft.to_owned(), setnx.to_owned()]));
        assert_eq!(name_of(setnx), "setnx");
        let left = without(REGISTRY, raft);
        assert_eq!(entries(&left), Ok(vec![setnx.to_owned()]));
        assert!(left.starts_with("mod raft;") && left.ends_with("];\nfn find() {}\n"));
        assert!(entries("nothing").is_err());
    }
}
