//! What a search tries to break: sentences that verdict tokens measure. The list is closed; what it
//! lacks is asked for by tokens, or by the name of a property of the system.

use alloc::format;
use alloc::vec::Vec;

use super::calm;
use super::refusal::Refusal;
use crate::base::{Span, Str, Time};
use crate::check::evidence::Evidence;
use crate::check::tokens::evaluate;
use crate::check::view::View;
use crate::facts::Fact;
use crate::machine::System;
use crate::op::Access;
use crate::protocol::{Part, When};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::scenario::ast::{Arg, Compare, Expect, Moment, Token};

/// A sentence about a run that a search tries to make false.
#[derive(PartialEq, Eq, Debug)]
pub struct Property {
    /// What requests call it.
    pub id: &'static str,
    /// The sentence in English.
    pub en: &'static str,
    /// The sentence in Chinese.
    pub zh: &'static str,
    /// What a run without faults must show for it to say anything.
    reads: Reads,
    /// How it is measured.
    by: By,
}

/// What a property needs a run to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reads {
    /// Operations that write, by a sequential model.
    Writes,
    /// Operations with a sequential model.
    Models,
    /// Clients that believe to hold something.
    Beliefs,
    /// Something that locks protect.
    Resource,
    /// Decisions, or entries of logs.
    Decisions,
    /// States of transactions.
    Transactions,
    /// Copies, or entries of logs.
    Copies,
    /// Anything that can be asked.
    Operations,
}

/// How a property is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    /// This token holds at the end.
    Token(&'static str),
    /// This token holds at the end of a run in which all that serve are up then: what is only down
    /// is not lost.
    Recovered(&'static str),
    /// This token holds at the end of a run that was whole and quiet for [`PATIENCE`].
    Quiet(&'static str),
    /// Nobody is in an uncertain state for longer than [`PATIENCE`], and no lock is stuck.
    Nobody,
    /// What is asked once the faults have ended is answered within [`PATIENCE`].
    Answers,
}

/// How long somebody waits until that counts as for ever.
pub const PATIENCE: Span = Span::ms(2000);

/// The states in which a participant of a transaction can do nothing by itself.
const UNCERTAIN: [&str; 3] = ["ready", "precommit", "wait"];

/// Every property, in the order in which a page offers them.
pub static PROPERTIES: &[Property] = &[
    Property {
        id: "kept",
        en: "No acknowledged write is lost",
        zh: "已确认的写入不会丢失",
        reads: Reads::Writes,
        by: By::Recovered("lostack(0)"),
    },
    Property {
        id: "agree",
        en: "No two decide differently",
        zh: "没有两个节点做出不同的决定",
        reads: Reads::Decisions,
        by: By::Token("agree(ok)"),
    },
    Property {
        id: "exclusive",
        en: "Two clients never hold the lock",
        zh: "不会有两个客户端同时持有锁",
        reads: Reads::Beliefs,
        by: By::Token("mutex(ok)"),
    },
    Property {
        id: "intact",
        en: "What the lock protects is never corrupted",
        zh: "锁保护的资源不会被写坏",
        reads: Reads::Resource,
        by: By::Token("resource(ok)"),
    },
    Property {
        id: "linearizable",
        en: "Clients see what one copy would show them",
        zh: "客户端看到的始终像是只有一份数据",
        reads: Reads::Models,
        by: By::Token("lin(ok)"),
    },
    Property {
        id: "final",
        en: "What was decided stays decided",
        zh: "决定一旦做出就不再更改",
        reads: Reads::Transactions,
        by: By::Token("ac2(ok)"),
    },
    Property {
        id: "unanimous",
        en: "Nobody commits what somebody voted against",
        zh: "有人投反对票就没有人提交",
        reads: Reads::Transactions,
        by: By::Token("ac3(ok)"),
    },
    Property {
        id: "unblocked",
        en: "Nobody blocks for ever",
        zh: "没有人会永远阻塞",
        reads: Reads::Operations,
        by: By::Nobody,
    },
    Property {
        id: "answers",
        en: "Once the faults have ended and a majority is connected, requests are answered",
        zh: "故障结束、多数派连通之后，请求会得到答复",
        reads: Reads::Operations,
        by: By::Answers,
    },
    Property {
        id: "converges",
        en: "Once the faults have ended, all copies become the same",
        zh: "故障结束之后，所有副本趋于一致",
        reads: Reads::Copies,
        by: By::Quiet("conv(ok)"),
    },
];

/// What a search looks for in runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// One of the properties breaks.
    Breaks(&'static Property),
    /// Not all of these tokens hold at the end.
    Fails(Vec<Token>),
    /// All of these tokens hold at the end, such as those of a goal.
    Reaches(Vec<Token>),
}

impl Wanted {
    /// What a word means for `scenario`: a property of [`PROPERTIES`], a property of the system,
    /// tokens that are to fail (`mutex(ok)`), or tokens that are to hold (`reach blocked(..)`).
    ///
    /// # Errors
    ///
    /// When it is none of these.
    pub fn named(text: &str, scenario: &Scenario) -> Result<Wanted, Refusal> {
        let text = text.trim();
        if let Some(property) = PROPERTIES.iter().find(|property| property.id == text) {
            return Ok(Wanted::Breaks(property));
        }
        if (scenario.system.entry.properties)().iter().any(|property| property.id == text) {
            return tokens(&format!("property({text}, ok)"), scenario).map(Wanted::Fails);
        }
        match text.strip_prefix("reach ") {
            Some(wanted) => tokens(wanted, scenario).map(Wanted::Reaches),
            None => tokens(text, scenario).map(Wanted::Fails),
        }
    }

    /// Whether it says anything about a run, which had no faults.
    pub(super) fn applies(&self, run: &Run) -> bool {
        match self {
            Wanted::Breaks(property) => property.reads.something(run),
            _ => true,
        }
    }

    /// Whether it asks something of who is left when not everybody recovers.
    pub(super) fn leaves_failures(&self) -> bool {
        match self {
            Wanted::Breaks(property) => matches!(property.by, By::Nobody | By::Answers),
            Wanted::Reaches(_) => true,
            Wanted::Fails(_) => false,
        }
    }

    /// Whether it is about what comes after the faults, so that none may come later.
    pub(super) fn needs_calm(&self, system: &System) -> bool {
        match self {
            Wanted::Breaks(property) => matches!(property.by, By::Answers | By::Quiet(_)),
            Wanted::Fails(tokens) => tokens.iter().any(|token| is_for_the_end(token, system)),
            Wanted::Reaches(_) => false,
        }
    }

    /// Whether the run, which has come to its end, is one that is sought: the tokens that say so.
    /// None is named where a failing token has no opposite.
    pub fn shown_by(&self, run: &Run) -> Option<Vec<Token>> {
        if calm::is_careless(run) {
            return None;
        }
        let evidence = Evidence::of(run);
        match self {
            Wanted::Breaks(property) => match property.by {
                By::Recovered(_) if !calm::all_are_up(&evidence) => None,
                By::Quiet(_) if !calm::is_quiet(&evidence) => None,
                By::Token(text) | By::Recovered(text) | By::Quiet(text) => {
                    failing(&evidence, &tokens(text, run.story()).ok()?)
                }
                By::Nobody => waits(&evidence),
                By::Answers => calm::unanswered(&evidence),
            },
            Wanted::Fails(tokens) => {
                let owed = calm::is_quiet(&evidence) || !self.needs_calm(run.head().cast().entry);
                if owed { failing(&evidence, tokens) } else { None }
            }
            Wanted::Reaches(tokens) => {
                let holds = |token| evaluate(&evidence, token, Moment::End).holds();
                tokens.iter().all(holds).then(|| tokens.clone())
            }
        }
    }

    /// What requests call it, and reports too.
    pub fn id(&self) -> &'static str {
        match self {
            Wanted::Breaks(property) => property.id,
            Wanted::Fails(_) => "tokens",
            Wanted::Reaches(_) => "reach",
        }
    }
}

/// The properties that say something about a system, by a run of it without faults.
pub fn applying(run: &Run) -> impl Iterator<Item = &'static Property> + '_ {
    PROPERTIES.iter().filter(|property| property.reads.something(run))
}

/// Whether a token is about a property of the system that must come true once the faults have
/// ended.
fn is_for_the_end(token: &Token, system: &System) -> bool {
    let ("property", Some(Arg::Word(id))) = (token.name, token.args.first()) else { return false };
    let properties = (system.properties)();
    properties.iter().any(|p| *p.id == **id && p.when == When::Eventually)
}

fn tokens(text: &str, scenario: &Scenario) -> Result<Vec<Token>, Refusal> {
    let expects = scenario.parse_expects(&format!("end: {text}"));
    let refused = |_| Refusal::NoSuchProperty(text.into());
    let tokens: Vec<Token> = expects.map_err(refused)?.into_iter().flat_map(tokens_of).collect();
    if tokens.is_empty() { Err(Refusal::NoSuchProperty(text.into())) } else { Ok(tokens) }
}

fn tokens_of(expect: Expect) -> Vec<Token> {
    expect.tokens
}

/// The opposite of the first token that does not hold; none of one without an opposite.
fn failing(evidence: &Evidence, tokens: &[Token]) -> Option<Vec<Token>> {
    use crate::check::tokens::Verdict::Fails;
    let fails = |token: &&Token| matches!(evaluate(evidence, token, Moment::End), Fails { .. });
    let failed = tokens.iter().find(fails)?;
    Some(opposite(failed).into_iter().collect())
}

/// The token that holds where this one does not.
fn opposite(token: &Token) -> Option<Token> {
    let mut opposite = token.clone();
    for arg in &mut opposite.args {
        match arg {
            Arg::Word(word) if &**word == "ok" => *word = "violated".into(),
            Arg::Number(compare, n) if (*compare, *n) == (Compare::Equal, 0) => {
                (*compare, *n) = (Compare::AtLeast, 1);
            }
            _ => continue,
        }
        if matches!(token.name, "conv") {
            opposite.args = Vec::from([Arg::Word("diverged".into())]);
        }
        if matches!(token.name, "resource") {
            opposite.args = Vec::from([Arg::Word("corrupted".into())]);
        }
        return Some(opposite);
    }
    None
}

/// Who is in an uncertain state for too long at the end, or which lock is stuck.
fn waits(evidence: &Evidence) -> Option<Vec<Token>> {
    let view = View::after(evidence, evidence.trace.events.len() as u32);
    for (id, node) in view.alive() {
        for fact in &node.facts {
            let Fact::Decision { state, .. } = fact else { continue };
            if UNCERTAIN.contains(state) {
                let (nodes, state) = (Vec::from([id]), Str::from(*state));
                let span = Arg::Span(Compare::AtLeast, PATIENCE);
                let args = Vec::from([Arg::Nodes(nodes), Arg::Word(state), span]);
                let token = Token { name: "blocked", args };
                if evaluate(evidence, &token, Moment::End).holds() {
                    return Some(Vec::from([token]));
                }
            }
        }
    }
    for resource in granted(evidence) {
        let args = Vec::from([Arg::Word("stuck".into()), Arg::Value(resource)]);
        let token = Token { name: "lock", args };
        // A grant that is on its way to its client is none that nobody knows of.
        let for_long =
            Moment::Within(Time(evidence.end.0.saturating_sub(PATIENCE.0)), evidence.end);
        if evidence.end.0 >= PATIENCE.0 && evaluate(evidence, &token, for_long).holds() {
            return Some(Vec::from([token]));
        }
    }
    None
}

/// What was ever granted.
fn granted(evidence: &Evidence) -> Vec<Str> {
    let mut resources: Vec<Str> = Vec::new();
    for change in evidence.trace.facts.iter() {
        if let Fact::Holds { resource, .. } = &change.fact
            && !resources.contains(resource)
        {
            resources.push(resource.clone());
        }
    }
    resources
}

impl Reads {
    /// Whether a run shows it.
    fn something(self, run: &Run) -> bool {
        let entry = run.head().cast().entry;
        let modelled = |writes: bool| {
            let writes = |access| !writes || matches!(access, Access::Write | Access::Both);
            entry.ops.iter().any(|spec| spec.model.is_some() && writes(spec.access))
        };
        let any =
            |wanted: fn(&Fact) -> bool| run.trace().facts.iter().any(|change| wanted(&change.fact));
        match self {
            Reads::Writes => modelled(true),
            Reads::Models => modelled(false),
            Reads::Beliefs => any(|fact| matches!(fact, Fact::Believes { .. })),
            Reads::Resource => {
                run.head().cast().setup.roles.iter().any(|role| role.part == Part::Resource)
            }
            Reads::Decisions => {
                any(|fact| matches!(fact, Fact::Decision { .. } | Fact::Entry { .. }))
            }
            Reads::Transactions => any(|fact| matches!(fact, Fact::Decision { .. })),
            Reads::Copies => any(|fact| matches!(fact, Fact::Copy { .. } | Fact::Entry { .. })),
            Reads::Operations => !entry.ops.is_empty(),
        }
    }
}

/// The tokens that a run must be expected to show besides, lest it count as failing for another
/// reason: properties of the system that broke on the way.
pub(super) fn broken_besides(run: &Run) -> Vec<Token> {
    let properties = (run.head().cast().entry.properties)();
    let broken = run.trace().broken.iter().map(|&(_, place)| properties[place]);
    let always = broken.filter(|property| property.when == When::Always);
    let word = |text: &str| Arg::Word(text.into());
    let token = |id| Token { name: "property", args: Vec::from([word(id), word("violated")]) };
    always.map(|property| token(property.id)).collect()
}

/// A sentence for people who read English, whatever is sought.
impl core::fmt::Display for Wanted {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        let names = |tokens: &[Token]| {
            let names: Vec<&str> = tokens.iter().map(|token| token.name).collect();
            names.join(", ")
        };
        match self {
            Wanted::Breaks(property) => f.write_str(property.en),
            Wanted::Fails(tokens) => write!(f, "It stays so: {}", names(tokens)),
            Wanted::Reaches(tokens) => write!(f, "It never comes to: {}", names(tokens)),
        }
    }
}
