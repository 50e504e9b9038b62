//! What a hand or the script does, as a sentence.

use netsplit_core::base::Span;
use netsplit_core::kernel::Cast;
use netsplit_core::kernel::action::{
    Action, Ask, DiskMode, Group, Handling, LinkSet, Selector, Target, Which,
};
use netsplit_core::knob::{Key, Kind, Setting};
use netsplit_core::protocol::TimerKey;

use crate::text;
use crate::words::Words;

/// What an action does, in few words.
pub fn sentence(words: Words, cast: &Cast, action: &Action) -> String {
    Teller { words, cast }.tell(action)
}

/// What a timer is for, in the system's words where it has some.
pub fn timer_word(words: Words, cast: &Cast, key: TimerKey) -> String {
    let name = cast.entry.timers.get(usize::from(key.name)).copied().unwrap_or("?");
    let word = words.word(cast.entry.id, "timer", name);
    if key.number == 0 { word } else { format!("{word} #{}", key.number) }
}

/// A knob's value as scripts write it.
pub fn setting(kind: Kind, Setting(a, b): Setting) -> String {
    match kind {
        Kind::Count(..) => a.to_string(),
        Kind::Ms(..) => format!("{} ms", Span(a)),
        Kind::MsRange(..) if a == b => format!("{} ms", Span(a)),
        Kind::MsRange(..) => format!("{}..{} ms", Span(a), Span(b)),
        Kind::Switch => if a == 0 { "off" } else { "on" }.into(),
        Kind::Choice(words) => words.get(a as usize).copied().unwrap_or("?").into(),
    }
}

/// A way of writing to disk, in words.
pub fn disk_mode(words: Words, mode: DiskMode) -> String {
    match mode {
        DiskMode::Sync(Span(0)) => words.say("disk.instant"),
        DiskMode::Sync(span) => words.fill("disk.sync", &[("time", &words.span(span))]),
        DiskMode::Every(span) => words.fill("disk.every", &[("time", &words.span(span))]),
        DiskMode::None => words.say("disk.none"),
    }
}

struct Teller<'a> {
    words: Words,
    cast: &'a Cast,
}

impl Teller<'_> {
    fn tell(&self, action: &Action) -> String {
        let who = |key: &str, who: &[Target]| self.fill(key, &[("who", &self.targets(who))]);
        let one = |key: &str, target: &Target, more: (&str, String)| {
            self.fill(key, &[("who", &self.target(target)), (more.0, &more.1)])
        };
        let on = |key: &str, links: &LinkSet, more: (&str, String)| {
            self.fill(key, &[("links", &self.links(links)), (more.0, &more.1)])
        };
        let some = |key: &str, who: &[Target], more: (&str, String)| {
            self.fill(key, &[("who", &self.targets(who)), (more.0, &more.1)])
        };
        let none = || ("", String::new());
        let span = |span: Span| ("time", self.words.span(span));
        match action {
            Action::Ask(ask) => self.ask(ask),
            Action::Partition(groups) => {
                let groups: Vec<_> = groups.iter().map(|group| self.group(group)).collect();
                self.fill("act.partition", &[("groups", &groups.join(" | "))])
            }
            Action::Heal(None) => self.words.say("act.heal"),
            Action::Heal(Some(links)) => on("act.heal-links", links, none()),
            Action::Cut(links) => on("act.cut", links, none()),
            Action::Latency(links, min, max) if min == max => {
                on("act.latency", links, ("time", format!("{min} ms")))
            }
            Action::Latency(links, min, max) => {
                on("act.latency", links, ("time", format!("{min}..{max} ms")))
            }
            Action::Loss(links, ratio) => on("act.loss", links, ("ratio", ratio.to_string())),
            Action::Duplication(links, ratio) => {
                on("act.duplication", links, ("ratio", ratio.to_string()))
            }
            Action::Reorder(links, true) => on("act.reorder", links, none()),
            Action::Reorder(links, false) => on("act.in-order", links, none()),
            Action::Handle(handling, selector) => self.handle(*handling, selector),
            Action::Release(None) => self.words.say("act.release-all"),
            Action::Release(Some((links, _))) => on("act.release", links, none()),
            Action::Crash(targets) => who("act.crash", targets),
            Action::Kill(targets) => who("act.kill", targets),
            Action::Restart(targets) => who("act.restart", targets),
            Action::Wipe(targets) => who("act.wipe", targets),
            Action::Pause(targets, None) => who("act.pause", targets),
            Action::Pause(targets, Some(time)) => some("act.pause-for", targets, span(*time)),
            Action::Resume(targets) => who("act.resume", targets),
            Action::Jump(target, forward, time) => {
                let sign = if *forward { "+" } else { "−" };
                one("act.jump", target, ("time", format!("{sign}{}", self.words.span(*time))))
            }
            Action::Drift(target, rate) => one("act.drift", target, ("rate", rate.to_string())),
            Action::Service(targets, time) => some("act.service", targets, span(*time)),
            Action::Disk(targets, mode) => {
                some("act.disk", targets, ("mode", disk_mode(self.words, *mode)))
            }
            Action::Pin(target, key, _, time) => {
                let values = [
                    ("who", self.target(target)),
                    ("timer", timer_word(self.words, self.cast, *key)),
                    ("time", self.words.span(*time)),
                ];
                self.fill("act.pin", &values.each_ref().map(|(key, text)| (*key, text.as_str())))
            }
            Action::Force(target, key) => {
                one("act.force", target, ("timer", timer_word(self.words, self.cast, *key)))
            }
            Action::Set(target, key, value) => self.set(target.as_ref(), *key, *value),
            Action::Tell { from, to, text } => {
                let (from, to) = (self.target(from), self.target(to));
                self.fill("act.tell", &[("from", &from), ("to", &to), ("text", text)])
            }
            Action::EndSession(target) => one("act.end-session", target, none()),
        }
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(key, values)
    }

    fn ask(&self, ask: &Ask) -> String {
        let (who, op) = (self.target(&ask.client), ask.op.to_string());
        if ask.via.is_empty() {
            return self.fill("act.ask", &[("who", &who), ("op", &op)]);
        }
        let via = self.targets(&ask.via);
        self.fill("act.ask-at", &[("who", &who), ("op", &op), ("node", &via)])
    }

    fn handle(&self, handling: Handling, selector: &Selector) -> String {
        let key = match handling {
            Handling::Drop => "act.drop",
            Handling::Hold => "act.hold",
            Handling::Duplicate => "act.duplicate",
            Handling::Delay(_) => "act.delay",
            Handling::Deliver => "act.deliver",
        };
        let time = match handling {
            Handling::Delay(time) => self.words.span(time),
            _ => String::new(),
        };
        let any = self.words.say("act.any-message");
        let kind = selector.kind.map_or(any, Into::into);
        let which = match selector.which {
            Which::Next(1) | Which::Flying(_) => kind,
            Which::Next(n) => format!("{n} × {kind}"),
            Which::All => self.fill("act.every-message", &[("kind", &kind)]),
        };
        let links = self.links(&selector.links);
        self.fill(key, &[("message", &which), ("links", &links), ("time", &time)])
    }

    fn set(&self, target: Option<&Target>, key: Key, value: Setting) -> String {
        let Some(knob) = self.cast.entry.knobs.get(key.0) else {
            return String::new();
        };
        let value = setting(knob.kind, value);
        let values = [("knob", knob.name), ("value", value.as_str())];
        match target {
            None => self.fill("act.set", &values),
            Some(target) => {
                let who = self.target(target);
                self.fill("act.set-at", &[values[0], values[1], ("who", &who)])
            }
        }
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Node(id) => self.words.who(self.cast, *id),
            Target::Role(role) => self.words.word(self.cast.entry.id, "role", role),
        }
    }

    fn targets(&self, targets: &[Target]) -> String {
        text::listed(&targets.iter().map(|target| self.target(target)).collect::<Vec<_>>())
    }

    fn group(&self, group: &Group) -> String {
        match group {
            Group::Targets(targets) => self.targets(targets),
            #[allow(unreachable_patterns)]
            _ => self.words.say("act.rest"),
        }
    }

    fn links(&self, links: &LinkSet) -> String {
        let arrow = if links.both_ways { "—" } else { "→" };
        format!("{} {arrow} {}", self.targets(&links.from), self.targets(&links.to))
    }
}
