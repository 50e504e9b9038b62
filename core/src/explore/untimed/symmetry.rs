//! Symmetry (Clarke, Enders, Filkorn and Jha, *Exploiting Symmetry in Temporal Logic Model
//! Checking*, FMSD 1996): states that differ only by the names of interchangeable participants are
//! one. The least fingerprint under all their permutations stands for all.

use alloc::vec;
use alloc::vec::Vec;

use super::scope::Asked;
use crate::base::{Id, Value};
use crate::kernel::Cast;
use crate::op::ArgKind;
use crate::scenario::Scenario;

/// More permutations than these cost more than they save.
pub const MOST: usize = 24;

/// Who is interchangeable.
#[derive(Clone, Debug)]
pub struct Symmetry {
    /// The names of everybody under each permutation; the first, empty, changes nothing.
    pub permutations: Vec<Vec<Id>>,
}

/// Nobody is.
impl Default for Symmetry {
    fn default() -> Symmetry {
        Symmetry { permutations: vec![Vec::new()] }
    }
}

impl Symmetry {
    /// The groups that a system names, where neither a setting of a single node, nor what is given
    /// on its disk, nor whom a client asks, or about whom, tells one from another.
    pub fn new(cast: &Cast, asks: &[Asked], base: &Scenario) -> Symmetry {
        let n = cast.names.len();
        let known = |id: &Id| {
            let set = base.system.settings.iter().any(|(node, ..)| *node == Some(*id));
            let given = base.given.iter().any(|(node, ..)| node == id);
            let asked = asks.iter().any(|asked| {
                // A client of the kernel that is sent to nobody asks the first.
                let first = asked.via.is_none() && !cast.is_role(asked.client) && *id == Id(0);
                first || asked.via == Some(*id) || asked.client == *id || names(cast, asked, *id)
            });
            set || given || asked
        };
        let mut all: Vec<Vec<Id>> = vec![(0..n).map(Id::at).collect()];
        for group in (cast.entry.alike)(&cast.setup) {
            let alike: Vec<Id> = group.into_iter().filter(|id| !known(id)).collect();
            let more: Vec<Vec<Id>> = orders(&alike)
                .iter()
                .flat_map(|order| all.iter().map(|names| renamed(names, &alike, order)))
                .collect();
            if more.len() <= MOST {
                all = more;
            }
        }
        let same: Vec<Id> = (0..n).map(Id::at).collect();
        all.retain(|names| *names != same);
        all.insert(0, Vec::new());
        Symmetry { permutations: all }
    }
}

/// Whether an operation is about a participant.
fn names(cast: &Cast, asked: &Asked, id: Id) -> bool {
    let spec = cast.entry.ops.iter().find(|spec| spec.verb == asked.op.verb);
    let takes = |kind| spec.is_some_and(|spec| spec.args.iter().any(|arg| arg.kind == kind));
    takes(ArgKind::Nodes) || takes(ArgKind::Node) && asked.op.args.contains(&number(id))
}

fn number(id: Id) -> Value {
    Value::Int(id.0.into())
}

fn renamed(names: &[Id], group: &[Id], order: &[Id]) -> Vec<Id> {
    let mut names = names.to_vec();
    for (id, name) in group.iter().zip(order) {
        names[id.index()] = *name;
    }
    names
}

/// Every order of some.
fn orders(ids: &[Id]) -> Vec<Vec<Id>> {
    if ids.len() > 4 {
        return vec![ids.to_vec()];
    }
    let Some((first, rest)) = ids.split_first() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for order in orders(rest) {
        for place in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(place, *first);
            all.push(longer);
        }
    }
    all
}
