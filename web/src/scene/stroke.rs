//! A stroke across the stage: which links it crosses, and whether that parts the nodes cleanly.

use netsplit_core::base::{Id, Set, sort};

use super::geometry::{Point, crossing};
use super::layout::Layout;
use super::link::{is_cut, pairs};
use super::view::View;

/// What a stroke cuts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cutting {
    /// The links that it crosses and that are not cut yet, the smaller identity first; those of
    /// clients too.
    pub links: Vec<(Id, Id)>,
    /// Two groups of participants that reach nobody outside any more, when there are exactly two;
    /// clients stand with the node that they ask.
    pub islands: Option<[Vec<Id>; 2]>,
}

/// What the stroke along `line` cuts.
pub fn cutting(view: &View, layout: &Layout, line: &[Point]) -> Cutting {
    let crossed = |a: Id, b: Id| crosses(layout, a, b, line);
    let open = |(a, b): &(Id, Id)| !(is_cut(view, *a, *b) && is_cut(view, *b, *a));
    let between: Vec<(Id, Id)> = pairs(view).into_iter().filter(open).collect();
    let (cut, kept): (Vec<_>, Vec<_>) = between.into_iter().partition(|(a, b)| crossed(*a, *b));
    let mut links = cut;
    let mut homes = Vec::new();
    for client in &view.clients {
        let Some(asks) = client.asks.or(client.home) else { continue };
        let link = (asks.min(client.id), asks.max(client.id));
        if open(&link) && crossed(client.id, asks) {
            links.push(link);
        } else {
            homes.push((client.id, asks));
        }
    }
    sort(&mut links);
    let islands = if links.is_empty() { None } else { islands(view, &kept, &homes) };
    Cutting { links, islands }
}

fn crosses(layout: &Layout, a: Id, b: Id, line: &[Point]) -> bool {
    let Some((from, to)) = layout.way(a, b) else { return false };
    line.windows(2).any(|pair| crossing(from, to, pair[0], pair[1]).is_some())
}

/// The two connected groups that are left, if there are two.
fn islands(view: &View, kept: &[(Id, Id)], homes: &[(Id, Id)]) -> Option<[Vec<Id>; 2]> {
    let everybody: Vec<Id> = view.nodes.iter().map(|node| node.id).collect();
    let first = reached(*everybody.first()?, kept);
    let other = everybody.iter().find(|id| !first.contains(id))?;
    let second = reached(*other, kept);
    if first.len() + second.len() != everybody.len() {
        return None;
    }
    let with_clients = |nodes: Set<Id>| -> Vec<Id> {
        let clients = homes.iter().filter(|(_, asks)| nodes.contains(asks)).map(|(id, _)| *id);
        let all: Set<Id> = clients.chain(nodes.iter().copied()).collect();
        all.into_iter().collect()
    };
    Some([with_clients(first), with_clients(second)])
}

fn reached(from: Id, links: &[(Id, Id)]) -> Set<Id> {
    let mut reached = Set::from_iter([from]);
    loop {
        let before = reached.len();
        for (a, b) in links {
            if reached.contains(a) || reached.contains(b) {
                reached.extend([*a, *b]);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}
