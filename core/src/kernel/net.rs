//! The network: who reaches whom, how fast and how well.

use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Id, Map, Ppm, Set, Span};

/// A link in one direction.
pub type Link = (Id, Id);

/// The state of every link.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Net {
    n: usize,
    /// Whether the link `from * n + to` is cut by itself.
    cut: Vec<bool>,
    /// The island of each participant, while a partition is in force; `None` for those that keep
    /// all their links.
    island: Vec<Option<u8>>,
    latency: (Span, Span),
    latencies: Map<Link, (Span, Span)>,
    losses: Map<Link, Ppm>,
    duplications: Map<Link, Ppm>,
    fifo: bool,
    /// Links whose order differs from `fifo`.
    odd: Set<Link>,
}

impl Net {
    /// A whole network of `n` participants.
    pub fn new(n: usize, latency: (Span, Span), fifo: bool) -> Net {
        Net {
            n,
            cut: vec![false; n * n],
            island: vec![None; n],
            latency,
            latencies: Map::default(),
            losses: Map::default(),
            duplications: Map::default(),
            fifo,
            odd: Set::default(),
        }
    }

    /// Whether nothing passes from `a` to `b`.
    pub fn is_cut(&self, (a, b): Link) -> bool {
        self.cut[a.index() * self.n + b.index()] || self.parted((a, b))
    }

    fn parted(&self, (a, b): Link) -> bool {
        match (self.island[a.index()], self.island[b.index()]) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        }
    }

    /// Every cut link, sorted.
    pub fn cuts(&self) -> Vec<Link> {
        let all = (0..self.n).flat_map(|a| (0..self.n).map(move |b| (Id::at(a), Id::at(b))));
        all.filter(|&(a, b)| a != b && self.is_cut((a, b))).collect()
    }

    /// The islands of the partition in force; none when there is none.
    pub fn islands(&self) -> Vec<Vec<Id>> {
        let mut islands: Vec<Vec<Id>> = Vec::new();
        for (index, island) in self.island.iter().enumerate() {
            let Some(island) = *island else { continue };
            let island = usize::from(island);
            if islands.len() <= island {
                islands.resize(island + 1, Vec::new());
            }
            islands[island].push(Id::at(index));
        }
        islands.retain(|island| !island.is_empty());
        islands
    }

    /// Parts these groups from each other; says whether anything changed.
    pub fn part(&mut self, groups: &[Vec<Id>]) -> bool {
        let mut island = vec![None; self.n];
        for (number, group) in groups.iter().enumerate() {
            for id in group {
                island[id.index()] = Some(number as u8);
            }
        }
        let changed = island != self.island;
        self.island = island;
        changed
    }

    /// Cuts a link by itself; says whether it was whole.
    pub fn cut(&mut self, (a, b): Link) -> bool {
        let was_cut = self.is_cut((a, b));
        self.cut[a.index() * self.n + b.index()] = true;
        !was_cut
    }

    /// Repairs everything; says whether anything was cut.
    pub fn heal(&mut self) -> bool {
        let any = self.island.iter().any(Option::is_some) || self.cut.contains(&true);
        self.island.fill(None);
        self.cut.fill(false);
        any
    }

    /// Repairs everything, and chance loses and doubles nothing any more.
    pub fn mend(&mut self) {
        self.heal();
        self.losses.clear();
        self.duplications.clear();
    }

    /// Repairs single links, also where a partition cut them; says whether any was cut.
    pub fn heal_links(&mut self, links: &[Link]) -> bool {
        let any = links.iter().any(|&link| self.is_cut(link));
        if links.iter().any(|&link| self.parted(link)) {
            for (a, b) in self.cuts() {
                self.cut[a.index() * self.n + b.index()] = true;
            }
            self.island.fill(None);
        }
        for (a, b) in links {
            self.cut[a.index() * self.n + b.index()] = false;
        }
        any
    }

    /// How long a message takes on a link, from and to.
    pub fn latency(&self, link: Link) -> (Span, Span) {
        self.latencies.get(&link).copied().unwrap_or(self.latency)
    }

    /// Sets how long messages take.
    pub fn set_latency(&mut self, link: Link, latency: (Span, Span)) {
        self.latencies.insert(link, latency);
    }

    /// The probability that a message is lost.
    pub fn loss(&self, link: Link) -> Ppm {
        self.losses.get(&link).copied().unwrap_or(Ppm(0))
    }

    /// Sets the probability that a message is lost.
    pub fn set_loss(&mut self, link: Link, loss: Ppm) {
        self.losses.insert(link, loss);
    }

    /// The probability that a message arrives twice.
    pub fn duplication(&self, link: Link) -> Ppm {
        self.duplications.get(&link).copied().unwrap_or(Ppm(0))
    }

    /// Sets the probability that a message arrives twice.
    pub fn set_duplication(&mut self, link: Link, duplication: Ppm) {
        self.duplications.insert(link, duplication);
    }

    /// Whether messages of a link arrive in the order of sending.
    pub fn is_fifo(&self, link: Link) -> bool {
        self.fifo != self.odd.contains(&link)
    }

    /// Lets messages of a link overtake each other, or not.
    pub fn set_fifo(&mut self, link: Link, fifo: bool) {
        if fifo == self.fifo {
            self.odd.remove(&link);
        } else {
            self.odd.insert(link);
        }
    }
}
