//! Why something is so, or why nothing happens: read from the world, the history and the trace, in
//! words that every system shares.

use netsplit_core::base::{Id, Span, Time, Value};
use netsplit_core::describe::Dots;
use netsplit_core::facts::Fact;
use netsplit_core::history::OpRecord;
use netsplit_core::kernel::{Packet, Phase, World};
use netsplit_core::op::OpId;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;
use netsplit_core::run::errand::Errand;
use netsplit_core::run::trace::{Fate, MessageRecord};

use crate::panel::{acts, past};
use crate::words::Words;

/// One answer, and the event that it rests upon.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// The event that one may look at.
    pub event: Option<u32>,
}

impl Reason {
    fn new(text: String) -> Reason {
        Reason { text, event: None }
    }
}

/// The one sentence for the present moment.
pub fn now(words: Words, run: &Run) -> String {
    let asks = Asks::of(words, run);
    let found = asks.ended();
    let found = found.or_else(|| asks.everybody_down());
    let found = found.or_else(|| past::waiting(run).find_map(|(id, op)| asks.obstacle(id, op)));
    let found = found.or_else(|| past::roles(run.world()).find_map(|id| asks.quorum(id)));
    let found = found.or_else(|| asks.just_happened());
    let found = found.or_else(|| asks.next_timer(None));
    found.map_or_else(|| words.say("why.nothing-yet"), |reason| reason.text)
}

/// Everything that keeps a node from going on, the most pressing first.
pub fn of_node(words: Words, run: &Run, id: Id) -> Vec<Reason> {
    let asks = Asks::of(words, run);
    let mut found: Vec<Reason> = asks.phase(id).into_iter().collect();
    found.extend(asks.islands(id));
    found.extend(asks.quorum(id));
    found.extend(asks.last_refusals(id, 2));
    let own = past::waiting(run).filter(|(_, op)| op.client == id || asks.asked(op) == Some(id));
    found.extend(own.take(3).map(|(op, record)| asks.waits(op, record)));
    found.extend(asks.held(id));
    found.extend(asks.behind(id));
    found.extend(asks.next_timer(Some(id)));
    if found.is_empty() {
        found.push(Reason::new(words.fill("why.idle", &[("who", asks.name(id))])));
    }
    found
}

/// Why the whole run is where it is.
pub fn of_all(words: Words, run: &Run) -> Vec<Reason> {
    let asks = Asks::of(words, run);
    let mut found: Vec<Reason> = asks.ended().into_iter().collect();
    found.extend(asks.everybody_down());
    found.extend(past::waiting(run).take(4).map(|(id, op)| asks.waits(id, op)));
    found.extend(past::roles(run.world()).filter_map(|id| asks.quorum(id)));
    found.extend(asks.next_timer(None));
    found
}

struct Asks<'a> {
    words: Words,
    run: &'a Run,
    world: &'a World,
    names: Vec<String>,
}

impl<'a> Asks<'a> {
    fn of(words: Words, run: &'a Run) -> Asks<'a> {
        let world = run.world();
        let cast = world.cast();
        let names = cast.ids().map(|id| words.who(cast, id)).collect();
        Asks { words, run, world, names }
    }

    fn name(&self, id: Id) -> &str {
        self.names.get(id.index()).map_or("?", |name| name)
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> Option<Reason> {
        Some(Reason::new(self.words.fill(key, values)))
    }

    fn ended(&self) -> Option<Reason> {
        if self.world.stopped().is_some() {
            return self.fill("why.limit", &[]);
        }
        (self.run.at() >= self.world.end())
            .then(|| self.fill("why.ended", &[("at", &self.words.at(self.world.end()))]))?
    }

    fn everybody_down(&self) -> Option<Reason> {
        let mut roles = past::roles(self.world);
        let all = roles.all(|id| self.world.person(id).phase == Phase::Down);
        all.then(|| self.fill("why.all-down", &[]))?
    }

    /// Whom an operation's present attempt asks.
    fn asked(&self, op: &OpRecord) -> Option<Id> {
        past::attempt(self.run, op).map(|attempt| attempt.node)
    }

    /// Why an operation waits, in any case.
    fn waits(&self, id: OpId, op: &OpRecord) -> Reason {
        self.obstacle(id, op).unwrap_or_else(|| {
            let asked = self.asked(op).map_or_else(String::new, |node| self.name(node).into());
            let time = self.words.span(past::ago(self.run, op.called));
            let text = self.words.fill(
                "why.waits",
                &[
                    ("who", self.name(op.client)),
                    ("op", &op.op.to_string()),
                    ("node", &asked),
                    ("time", &time),
                ],
            );
            Reason { text, event: Some(op.call) }
        })
    }

    /// What stands in the way of an operation, if something does.
    fn obstacle(&self, id: OpId, op: &OpRecord) -> Option<Reason> {
        let reason = self.blocked(id, op)?;
        let (who, what) = (self.name(op.client), op.op.to_string());
        let values = [("who", who), ("op", what.as_str()), ("why", reason.text.as_str())];
        let text = self.words.fill("why.op", &values);
        Some(Reason { text, event: reason.event.or(Some(op.call)) })
    }

    fn blocked(&self, id: OpId, op: &OpRecord) -> Option<Reason> {
        if let Some(reason) = self.phase(op.client) {
            return Some(reason);
        }
        let asked = self.asked(op)?;
        let (client, node) = (self.name(op.client), self.name(asked));
        let net = self.world.net();
        let errand = Errand::of(self.run.trace(), id, op, self.run.cursor());
        if self.on_its_way(id) {
            return self.under_way(&errand);
        }
        if asked != op.client && net.is_cut((op.client, asked)) {
            return self.fill("why.cut", &[("from", client), ("to", node)]);
        }
        if let Some(reason) = self.phase(asked) {
            return Some(reason);
        }
        let holder = self.held_by_another(op);
        let copies = holder.or_else(|| self.copies(op, asked)).or_else(|| self.quorum(asked));
        let refusal = copies.or_else(|| self.came_to(&errand));
        let refusal = refusal.or_else(|| self.refusal(asked, op.call));
        if refusal.is_some() {
            return refusal;
        }
        net.is_cut((asked, op.client))
            .then(|| self.fill("why.cut", &[("from", node), ("to", client)]))?
    }

    /// How far an operation has come beyond whom it asked: a node that waits for others because of
    /// it, one that refused, a message that was lost or takes long.
    fn came_to(&self, errand: &Errand) -> Option<Reason> {
        let trace = self.run.trace();
        let mut nodes: Vec<Id> = Vec::new();
        for &event in errand.events.iter().rev() {
            let node = trace.events[event as usize].node;
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        let quorum = nodes.into_iter().find_map(|id| self.quorum(id));
        let refused = || {
            let mut events = errand.events.iter().rev();
            events.find_map(|&event| self.refused_in(trace.events[event as usize].node, event))
        };
        quorum.or_else(refused).or_else(|| self.under_way(errand)).or_else(|| self.lost(errand))
    }

    /// Of an operation's messages that have not arrived, the one that takes longest.
    fn under_way(&self, errand: &Errand) -> Option<Reason> {
        let (at, cursor) = (self.run.at(), self.run.cursor());
        let flies = |message: &&MessageRecord| match message.fate {
            Fate::Flying => true,
            Fate::Arrived(event) => event >= cursor,
            Fate::Lost(lost, _) => lost > at,
        };
        let of = errand.messages.iter().map(|&n| &self.run.trace().messages[n as usize]);
        let message = of.filter(flies).max_by_key(|message| message.due)?;
        self.message("why.under-way", message, message.due.since(at))
    }

    /// The last of an operation's messages that was lost.
    fn lost(&self, errand: &Errand) -> Option<Reason> {
        let at = self.run.at();
        let mut of = errand.messages.iter().rev().map(|&n| &self.run.trace().messages[n as usize]);
        of.find_map(|message| match message.fate {
            Fate::Lost(lost, _) if lost <= at => {
                self.message("why.lost", message, past::ago(self.run, lost))
            }
            _ => None,
        })
    }

    fn message(&self, key: &str, message: &MessageRecord, time: Span) -> Option<Reason> {
        let kind = self.words.word(self.world.cast().entry.id, "kind", message.kind);
        let (from, to) = (self.name(message.from), self.name(message.to));
        let time = self.words.span(time);
        let values = [("from", from), ("to", to), ("kind", &kind), ("time", &time)];
        let text = self.words.fill(key, &values);
        Some(Reason { text, event: Some(message.sent) })
    }

    fn on_its_way(&self, id: OpId) -> bool {
        self.world.flights().any(|flight| match &flight.packet {
            Packet::Request(request) => request.ticket.op == id,
            Packet::Reply(ticket, _) => ticket.op == id,
            _ => false,
        })
    }

    fn phase(&self, id: Id) -> Option<Reason> {
        let key = match self.world.person(id).phase {
            Phase::Up => return None,
            Phase::Down => "why.down",
            Phase::Paused => "why.paused",
            Phase::New => "why.new",
        };
        self.fill(key, &[("who", self.name(id))])
    }

    /// A resource that the operation names, and that somebody else holds.
    fn held_by_another(&self, op: &OpRecord) -> Option<Reason> {
        past::roles(self.world).flat_map(|id| past::facts(self.world, id)).find_map(|fact| {
            let Fact::Holds { resource, holder, token, .. } = fact else { return None };
            if resource != op.op.key || holder == op.client {
                return None;
            }
            let token = if token == 0 { String::new() } else { format!(" #{token}") };
            let values = [("what", &*resource), ("who", self.name(holder)), ("token", &token)];
            self.fill("why.held-by", &values)
        })
    }

    /// On how many nodes the entry of an operation is.
    fn copies(&self, op: &OpRecord, asked: Id) -> Option<Reason> {
        let value = op.op.arg(0);
        if value == Value::Nil {
            return None;
        }
        let (holders, committed) = past::holders(self.run, op.call, &value);
        if holders.is_empty() || committed {
            return None;
        }
        // Of those who may hold it: where roles differ, not all of them keep entries.
        let roles = &self.world.cast().setup.roles;
        let part = |id: &Id| roles.get(id.index()).map(|role| role.part);
        let keeps = |id: &Id| part(id) == part(&holders[0]);
        let of = past::roles(self.world).filter(keeps).count().to_string();
        let n = holders.len().to_string();
        let on = self.words.names(self.world.cast(), &holders);
        let reached = past::reaches(self.world, asked);
        let reached_n = reached.iter().filter(|id| keeps(id)).count().to_string();
        let (value, node) = (value.to_string(), self.name(asked));
        self.fill(
            "why.copies",
            &[
                ("value", &value),
                ("on", &on),
                ("n", &n),
                ("of", &of),
                ("node", node),
                ("reached", &reached_n),
            ],
        )
    }

    /// A quorum that a node counts towards and has not reached.
    fn quorum(&self, id: Id) -> Option<Reason> {
        if !past::is_up(self.world, id) {
            return None;
        }
        let dots: Dots = past::portrait(self.world, id, 0).dots?;
        if dots.yes.len() as u64 >= dots.needed {
            return None;
        }
        let what = self.words.word(self.world.cast().entry.id, "dots", dots.name);
        let (n, needed) = (dots.yes.len().to_string(), dots.needed.to_string());
        let of = dots.of.len().to_string();
        let reached = past::reaches(self.world, id);
        let reached = dots.of.iter().filter(|of| reached.contains(of)).count().to_string();
        let values = [
            ("who", self.name(id)),
            ("n", &n),
            ("needed", &needed),
            ("of", &of),
            ("what", &what),
            ("reached", &reached),
        ];
        self.fill("why.quorum", &values)
    }

    /// Who is out of a node's reach.
    fn islands(&self, id: Id) -> Option<Reason> {
        if !self.world.cast().is_role(id) || !past::is_up(self.world, id) {
            return None;
        }
        let reached = past::reaches(self.world, id);
        let of = self.world.cast().n_roles();
        if reached.len() == of {
            return None;
        }
        let names = self.words.names(self.world.cast(), &reached);
        let (n, of) = (reached.len().to_string(), of.to_string());
        self.fill("why.reach", &[("who", self.name(id)), ("n", &n), ("of", &of), ("names", &names)])
    }

    /// A datum of which a node has an older copy than others of its part, or none. Where no
    /// operation has a sequential model, equal names do not make one datum.
    fn behind(&self, id: Id) -> Option<Reason> {
        self.world.cast().entry.ops.iter().find(|op| op.model.is_some())?;
        let roles = &self.world.cast().setup.roles;
        let part = roles.get(id.index()).filter(|_| past::is_up(self.world, id))?.part;
        let peers = past::roles(self.world)
            .filter(|&node| roles[node.index()].part == part && past::is_up(self.world, node));
        let copies: Vec<(Id, Vec<Fact>)> =
            peers.map(|node| (node, past::facts(self.world, node))).collect();
        let version = |facts: &[Fact], wanted: &str| {
            facts.iter().find_map(|fact| match fact {
                Fact::Copy { key, version, .. } if **key == *wanted => Some(*version),
                _ => None,
            })
        };
        let own = &copies.iter().find(|(node, _)| *node == id)?.1;
        let newer = copies.iter().flat_map(|(_, facts)| facts).find_map(|fact| match fact {
            Fact::Copy { key, version: theirs, .. } if version(own, key) < Some(*theirs) => {
                Some(key)
            }
            _ => None,
        })?;
        let newest = copies.iter().filter_map(|(_, facts)| version(facts, newer)).max();
        let has =
            |(node, facts): &(Id, Vec<Fact>)| (version(facts, newer) == newest).then_some(*node);
        let on: Vec<Id> = copies.iter().filter_map(has).collect();
        let (n, of) = (on.len().to_string(), copies.len().to_string());
        let on = self.words.names(self.world.cast(), &on);
        let values = [("who", self.name(id)), ("key", newer), ("on", &on), ("n", &n), ("of", &of)];
        self.fill("why.behind", &values)
    }

    /// The last refusals at a node up to the cursor, newest first.
    fn last_refusals(&self, id: Id, n: usize) -> Vec<Reason> {
        let trace = self.run.trace();
        let from = self.run.cursor().saturating_sub(4000);
        let events = (from..self.run.cursor()).rev();
        let at = events.filter(|&event| trace.events[event as usize].node == id);
        at.filter_map(|event| self.refused_in(id, event)).take(n).collect()
    }

    fn refusal(&self, id: Id, since: u32) -> Option<Reason> {
        self.last_refusals(id, 1).into_iter().find(|reason| reason.event >= Some(since))
    }

    fn refused_in(&self, id: Id, event: u32) -> Option<Reason> {
        let mut fired = self.run.trace().fired_in(event);
        let refusal = fired.find(|fired| fired.rule.weight == Weight::Refusal)?;
        let text = self.words.rule(self.world.cast(), id, refusal);
        Some(Reason { text, event: Some(event) })
    }

    /// The last thing that a learner would want to know.
    fn just_happened(&self) -> Option<Reason> {
        let trace = self.run.trace();
        let from = self.run.cursor().saturating_sub(400);
        (from..self.run.cursor()).rev().find_map(|event| {
            let record = trace.events.get(event as usize)?;
            let fired = trace.fired_in(event).max_by_key(|fired| fired.rule.weight)?;
            if fired.rule.weight == Weight::Routine {
                return None;
            }
            let text = self.words.rule(self.world.cast(), record.node, fired);
            Some(Reason { text, event: Some(event) })
        })
    }

    fn held(&self, id: Id) -> Option<Reason> {
        let n = self.world.held().iter().filter(|f| f.to == id || f.from == id).count();
        (n > 0).then(|| Reason::new(self.words.count("why.held", n)))
    }

    /// The timer that runs out next, of one node or of all.
    fn next_timer(&self, of: Option<Id>) -> Option<Reason> {
        let nodes = past::roles(self.world).filter(|&id| of.is_none_or(|of| of == id));
        let running = nodes.filter(|&id| past::is_up(self.world, id));
        let timers = running.flat_map(|id| {
            self.world.person(id).timers.iter().map(move |armed| (armed.due, id, armed.key))
        });
        let (due, id, key) = timers.min_by_key(|(due, id, _)| (*due, *id))?;
        let left: Span = due.since(self.run.at().max(Time::ZERO));
        let timer = acts::timer_word(self.words, self.world.cast(), key);
        let left = self.words.span(left);
        self.fill("why.timer", &[("who", self.name(id)), ("timer", &timer), ("left", &left)])
    }
}
