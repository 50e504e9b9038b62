//! The index of lessons, fetched once per language.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_core::base::Map;
use yew::prelude::*;

use super::fetch;

/// One lesson of the index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `family/name`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// One sentence.
    pub about: String,
    /// Which system runs; empty for a card.
    pub system: String,
    /// How many steps its story has.
    pub n_steps: u32,
}

/// Every lesson, in the order of the courses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Index {
    /// The lessons.
    pub entries: Vec<Entry>,
}

impl Entry {
    /// The first part of the id.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

impl Index {
    /// Reads the lines of the index: id, title, sentence, system and steps between tabs. Missing
    /// fields are empty.
    pub fn parse(text: &str) -> Index {
        let entry = |line: &str| {
            let mut fields = line.split('\t').map(str::trim);
            let mut next = || fields.next().unwrap_or_default().to_string();
            let (id, title, about, system) = (next(), next(), next(), next());
            let n_steps = next().parse().unwrap_or(0);
            Entry { id, title, about, system, n_steps }
        };
        let entries = text.lines().map(entry).filter(|entry| !entry.id.is_empty());
        Index { entries: entries.collect() }
    }

    /// The families in the order of their first lesson, each with its lessons.
    pub fn families(&self) -> Vec<(&str, Vec<&Entry>)> {
        let mut families: Vec<(&str, Vec<&Entry>)> = Vec::new();
        for entry in &self.entries {
            match families.iter_mut().find(|(family, _)| *family == entry.family()) {
                Some((_, lessons)) => lessons.push(entry),
                None => families.push((entry.family(), vec![entry])),
            }
        }
        families
    }

    /// The lesson that follows `id` in its family.
    pub fn next_in_family(&self, id: &str) -> Option<&Entry> {
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        let family = self.entries[place].family();
        self.entries[place + 1..].iter().find(|entry| entry.family() == family)
    }

    /// Without those that do not contain all the words.
    pub fn search(&self, words: &str) -> Index {
        let words: Vec<String> = words.split_whitespace().map(str::to_ascii_lowercase).collect();
        let fits = |entry: &&Entry| {
            let text = format!("{} {} {}", entry.id, entry.title, entry.about).to_ascii_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        Index { entries: self.entries.iter().filter(fits).cloned().collect() }
    }
}

thread_local! {
    static KNOWN: RefCell<Map<&'static str, Rc<Index>>> = RefCell::default();
}

/// The index in a language; `None` while it is fetched.
#[hook]
pub fn use_index(locale: &'static str) -> Option<Rc<Index>> {
    let update = use_force_update();
    let known = KNOWN.with(|known| known.borrow().get(&locale).cloned());
    use_effect_with((locale, known.is_some()), move |&(locale, is_known)| {
        if is_known {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let text = fetch::text(&format!("lessons/index.{locale}.txt")).await;
            // Without an index there is an empty gallery, which says so.
            let index = Rc::new(Index::parse(&text.unwrap_or_default()));
            KNOWN.with(|known| known.borrow_mut().insert(locale, index));
            update.force_update();
        });
    });
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "raft/a\tA\tOne.\traft\t3\nlocks/b\tB\nraft/c\tC\tMajority.\traft\t2\n\n";

    #[test]
    fn lines_become_families_in_their_order() {
        let index = Index::parse(TEXT);
        let families: Vec<_> = index.families().iter().map(|(f, l)| (*f, l.len())).collect();
        assert_eq!(families, [("raft", 2), ("locks", 1)]);
        assert_eq!(index.entries[0].n_steps, 3);
        assert_eq!(index.next_in_family("raft/a").map(|next| next.id.as_str()), Some("raft/c"));
        assert_eq!(index.next_in_family("raft/c"), None);
    }

    #[test]
    fn search_wants_every_word() {
        let index = Index::parse(TEXT);
        assert_eq!(index.search("RAFT major").entries.len(), 1);
        assert_eq!(index.search("").entries.len(), 3);
        assert!(index.search("raft zzz").entries.is_empty());
    }
}
