//! The verdict tokens as `tokens.md` part 6 defines them: names and argument types.

/// The type of a token's argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Param {
    /// One of these words.
    Words(&'static [&'static str]),
    /// A word of the system's (a role, a mark, a state, a reason).
    Word,
    /// A count, compared, or a statistic over seeds.
    Count,
    /// A span, compared.
    Span,
    /// A ratio, compared.
    Ratio,
    /// A value that a client wrote.
    Value,
    /// A datum or resource.
    Key,
    /// A participant.
    Node,
    /// One participant or several.
    Nodes,
    /// The label of an operation.
    Op,
    /// Operations: a label, a verb or a client.
    Ops,
    /// `n1->n2`, with `*` for anybody.
    Links,
    /// A message kind.
    Kind,
    /// A rule, and with `@n1` a node.
    Rule,
    /// A property.
    Property,
}

/// The definition of a token.
#[derive(Debug)]
pub struct Def {
    /// Its name.
    pub name: &'static str,
    /// The lists of arguments that it takes.
    pub forms: &'static [&'static [Param]],
    /// Whether it is a check that must see the run from its beginning.
    pub whole: bool,
}

use Param::{
    Count, Key, Kind, Links, Node, Nodes, Op, Ops, Property, Ratio, Rule, Span, Value, Word, Words,
};

const VERDICT: Param = Words(&["ok", "violated"]);
const STATISTIC: Param = Words(&["min", "median", "p99", "max"]);
const PRESENCE: Param = Words(&["present", "absent"]);

const fn states(name: &'static str, forms: &'static [&'static [Param]]) -> Def {
    Def { name, forms, whole: false }
}

const fn checks(name: &'static str, forms: &'static [&'static [Param]]) -> Def {
    Def { name, forms, whole: true }
}

const KEYED: &[&[Param]] = &[&[VERDICT], &[VERDICT, Key]];
const SESSION: &[&[Param]] = &[&[VERDICT], &[VERDICT, Node]];
const PLAIN: &[&[Param]] = &[&[VERDICT]];
const COUNTED: &[&[Param]] = &[&[Count]];
const COUNTED_OPS: &[&[Param]] = &[&[Count], &[Ops, Count]];

/// Every token, in the order of `tokens.md`.
pub static TOKENS: &[Def] = &[
    checks("lin", KEYED),
    checks("seqc", KEYED),
    checks("regular", KEYED),
    checks("causal", PLAIN),
    checks("ryw", SESSION),
    checks("mr", SESSION),
    checks("mw", SESSION),
    checks("wfr", SESSION),
    checks("cap", &[&[Words(&["never-both"])]]),
    states("ack", &[&[Op], &[Op, Value]]),
    states("fail", &[&[Op], &[Op, Word]]),
    states("unknown", &[&[Op]]),
    states("timeout", &[&[Op]]),
    states("pending", &[&[Op]]),
    states("acks", COUNTED_OPS),
    states("fails", COUNTED_OPS),
    states("unknowns", COUNTED_OPS),
    states("uptime", &[&[Ratio], &[Ops, Ratio]]),
    states("latency", &[&[Span], &[STATISTIC, Span], &[Ops, Span], &[Ops, STATISTIC, Span]]),
    states("throughput", COUNTED_OPS),
    states("avail", &[&[Words(&["full"])], &[Words(&["lost"]), Nodes]]),
    states("load", &[&[Node, Count]]),
    states("degraded", COUNTED),
    states("effect", &[&[Op, Count]]),
    states("rtt", COUNTED_OPS),
    states("msgs", &[&[Count], &[Kind, Count]]),
    states("sent", &[&[Links, Kind, Count]]),
    states("zxid", &[&[Op, Count, Count]]),
    states("leader", &[&[Words(&["none"])], &[Nodes]]),
    states("term", COUNTED),
    states("epoch", COUNTED),
    states("elections", COUNTED),
    states("leaders_per_term", COUNTED),
    states("noleader", &[&[Span]]),
    states("livelock", COUNTED),
    states("state", &[&[Nodes, Word]]),
    states("seen", &[&[Word, Count]]),
    states("committed", &[&[Value], &[Value, Nodes], &[Value, Count]]),
    states("uncommitted", &[&[Value], &[Value, Nodes]]),
    states("absent", &[&[Value], &[Value, Nodes]]),
    states("overwritten", &[&[Value], &[Value, Nodes]]),
    states("lostack", COUNTED),
    states("value", &[&[Key, Value], &[Key, Value, Nodes]]),
    checks("agree", PLAIN),
    checks("valid", PLAIN),
    states("decided", &[&[Value]]),
    states("decides", &[&[Span]]),
    states("conv", &[&[Words(&["ok"])], &[Words(&["ok"]), Span], &[Words(&["diverged"])]]),
    states("stale", &[&[Words(&["none"])], &[Words(&["max"]), Span], &[Node, Span], &[Op, Span]]),
    states("window", &[&[Span]]),
    states(
        "lock",
        &[&[Words(&["free", "stuck"])], &[Words(&["free", "stuck"]), Key], &[Node], &[Node, Key]],
    ),
    states("mutex", &[&[VERDICT], &[VERDICT, Nodes], &[VERDICT, Key], &[VERDICT, Nodes, Key]]),
    states("resource", &[&[Words(&["ok", "corrupted"])]]),
    states("fence", COUNTED),
    checks("ac1", PLAIN),
    checks("ac2", PLAIN),
    checks("ac3", PLAIN),
    checks("ac4", PLAIN),
    checks("ac5", PLAIN),
    states("outcome", &[&[Nodes, OUTCOME], &[Nodes, OUTCOME, Count]]),
    states("blocked", &[&[Nodes, Word, Span]]),
    states("locked", &[&[Key, Span]]),
    states("heuristic", COUNTED),
    states("conserve", PLAIN),
    states("oversold", COUNTED),
    states("dup", COUNTED),
    states("lost", COUNTED),
    states("notify", COUNTED),
    states("registry", &[&[Node, Key, PRESENCE]]),
    states("znode", &[&[Key, PRESENCE]]),
    states("session", &[&[SESSION_STATE], &[SESSION_STATE, Node]]),
    states("selfpres", &[&[Words(&["on", "off"])]]),
    checks("order", PLAIN),
    checks("property", &[&[Property, VERDICT]]),
    states("fired", &[&[Rule, Count]]),
    states("detected", &[&[Word], &[Word, Count], &[Word, Node], &[Word, Node, Count]]),
    states("mark", &[&[Node, Word, Count]]),
    states("members", &[&[Node, Nodes], &[Node, Nodes, Word]]),
    states("idle", COUNTED),
    states("card", &[&[]]),
];

const OUTCOME: Param = Words(&["commit", "abort", "undecided"]);
const SESSION_STATE: Param = Words(&["kept", "lost", "expired"]);

/// The definition of the token of this name.
pub fn find(name: &str) -> Option<&'static Def> {
    TOKENS.iter().find(|def| def.name == name)
}
