//! Operations: what clients ask, and what they can know of the answer.

use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::base::{Id, Str, Value};

/// A kind of operation that a system offers.
#[derive(Debug)]
pub struct OpSpec {
    /// The word that scripts use (`put`).
    pub verb: &'static str,
    /// What it takes, in order.
    pub args: &'static [ArgSpec],
    /// Whether it reads, writes or both.
    pub access: Access,
    /// What one copy that executes operations one after another would do; `None` for an
    /// operation that no sequential model describes.
    pub model: Option<Model>,
}

/// The name and type of an operation's argument.
#[derive(Debug)]
pub struct ArgSpec {
    /// What it is called in help and menus.
    pub name: &'static str,
    /// Its type.
    pub kind: ArgKind,
}

/// The type of an operation's argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArgKind {
    /// Which datum or resource; at most one per operation, and the first.
    Key,
    /// A value.
    Value,
    /// A participant.
    Node,
    /// Participants, `{n1 n2 n4}`.
    Nodes,
    /// Any number of values, none included; the last of an operation's arguments, never the first.
    Values,
}

/// What an operation does to the datum that it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Leaves it as it is.
    Read,
    /// May change it, and answers nothing of it.
    Write,
    /// May change it, and its answer depends on it.
    Both,
    /// Concerns the system, not a datum (membership, administration).
    Admin,
}

/// A sequential specification: the state of one datum before, the operation; the state after and
/// the answer. Pure.
pub type Model = fn(&Value, &Op) -> (Value, Value);

/// Whether all that one system offers another offers too, by the same words and with the same
/// arguments.
pub fn covers(more: &[OpSpec], fewer: &[OpSpec]) -> bool {
    let kinds = |spec: &'static [ArgSpec]| spec.iter().map(|arg| arg.kind);
    let same = |a: &OpSpec, b: &OpSpec| a.verb == b.verb && kinds(a.args).eq(kinds(b.args));
    fewer.iter().all(|a| more.iter().any(|b| same(a, b)))
}

/// One operation, as asked.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Op {
    /// Which kind.
    pub verb: &'static str,
    /// The datum or resource; empty when the operation names none.
    pub key: Str,
    /// The arguments after the key. A node is its number; nodes are a list of numbers.
    pub args: Vec<Value>,
}

impl Op {
    /// The argument at `place` after the key; `Nil` when there is none.
    pub fn arg(&self, place: usize) -> Value {
        self.args.get(place).cloned().unwrap_or_default()
    }
}

impl Op {
    /// The operation as sentences print it, with participants by name: `remove(n4)`. `specs` are
    /// those of its system.
    pub fn told(&self, specs: &[OpSpec], name: &dyn Fn(Id) -> String) -> String {
        let spec = specs.iter().find(|spec| spec.verb == self.verb);
        let kinds = spec.into_iter().flat_map(|spec| spec.args).map(|arg| arg.kind);
        let mut kinds = kinds.filter(|kind| *kind != ArgKind::Key);
        let node = |value: &Value| match value {
            Value::Int(number) => {
                u16::try_from(*number).map_or_else(|_| value.to_string(), |id| name(Id(id)))
            }
            _ => value.to_string(),
        };
        let key = (!self.key.is_empty()).then(|| self.key.to_string());
        let args = self.args.iter().map(|arg| match (kinds.next(), arg) {
            (Some(ArgKind::Node), arg) => node(arg),
            (Some(ArgKind::Nodes), Value::List(all)) => {
                alloc::format!("{{{}}}", all.iter().map(node).collect::<Vec<_>>().join(", "))
            }
            _ => arg.to_string(),
        });
        let args: Vec<String> = key.into_iter().chain(args).collect();
        alloc::format!("{}({})", self.verb, args.join(", "))
    }
}

/// Participants as their numbers; [`Op::told`] names them.
impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}({}", self.verb, self.key)?;
        for (place, arg) in self.args.iter().enumerate() {
            let comma = if place == 0 && self.key.is_empty() { "" } else { ", " };
            write!(f, "{comma}{arg}")?;
        }
        f.write_str(")")
    }
}

/// The place of an operation in the run's history.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OpId(pub u32);

/// What the client knows when an operation has ended.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// It took effect once, and this is the answer.
    Ok(Value),
    /// It took no effect, for this reason (a key of the system's texts).
    Fail(&'static str),
    /// It may or may not have taken effect, now or later.
    Unknown,
}

/// What a node answers to a request.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Reply {
    /// The operation took effect; its answer.
    Ok(Value),
    /// It took no effect, for this reason (a key of the system's texts).
    Fail(&'static str),
    /// It took no effect here; another node may do it, if one is known.
    Redirect(Option<Id>),
    /// A client that is a role of the system stopped waiting for its service: the operation may or
    /// may not have taken effect, now or later.
    Unknown,
}

/// A request as it reaches a node.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    /// What is asked.
    pub op: Rc<Op>,
    /// Whom to answer.
    pub ticket: Ticket,
    /// The client's number for this operation; a retry of the same operation carries it again.
    pub serial: u64,
    /// Which session of the client, from 0.
    pub session: u32,
    /// At a client that is a role of the system: the server that the script tells it to ask.
    pub asks: Option<Id>,
}

/// Whom to answer: kept by a protocol from request to reply.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ticket {
    /// Who asks.
    pub client: Id,
    /// The operation in the history.
    pub op: OpId,
    /// Which attempt at it, from 1.
    pub attempt: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARGS: [ArgSpec; 3] = [
        ArgSpec { name: "key", kind: ArgKind::Key },
        ArgSpec { name: "server", kind: ArgKind::Node },
        ArgSpec { name: "servers", kind: ArgKind::Nodes },
    ];

    fn spec(verb: &'static str, args: &'static [ArgSpec]) -> OpSpec {
        OpSpec { verb, args, access: Access::Admin, model: None }
    }

    #[test]
    fn participants_are_told_by_name_and_values_as_they_are() {
        let specs = [spec("move", &ARGS), spec("remove", &ARGS[1..2]), spec("put", &ARGS[..1])];
        let told = |verb, key: &str, args: &[Value]| {
            let op = Op { verb, key: key.into(), args: args.to_vec() };
            op.told(&specs, &|id| alloc::format!("n{}", id.0 + 1))
        };
        let all = Value::List([0, 4].map(Value::Int).into());
        assert_eq!(told("remove", "", &[Value::Int(3)]), "remove(n4)");
        assert_eq!(told("move", "x", &[Value::Int(0), all]), "move(x, n1, {n1, n5})");
        assert_eq!(told("put", "x", &[Value::Int(3)]), "put(x, 3)");
        assert_eq!(told("other", "", &[]), "other()");
    }
}
