//! Short ways to write down a view.

use std::rc::Rc;

use netsplit_core::base::{Id, Time};
use netsplit_core::describe::{Cell, Portrait, Row, Shape, Strip, Tone};
use netsplit_core::protocol::Part;

use crate::scene::view::{
    ClientView, FlightView, IslandView, NodeView, OpState, OpView, Phase, TimerView, Words,
};

/// Words in English or Chinese.
pub fn say(chinese: bool, english: &str, other: &str) -> String {
    if chinese { other } else { english }.to_owned()
}

pub fn words(chinese: bool) -> Rc<Words> {
    let four = |english: [&str; 4], other: [&str; 4]| {
        if chinese { other } else { english }.map(str::to_owned)
    };
    Rc::new(Words {
        read: four(
            ["fresh", "stale", "no answer", "answers"],
            ["最新", "陈旧", "无答复", "有答复"],
        ),
        write: four(
            ["kept", "may be lost", "no answer", "answers"],
            ["保得住", "可能丢", "无答复", "有答复"],
        ),
        waiting: say(chinese, "waiting ", "已等 "),
        waiting_unit: say(chinese, " s", "\u{202f}s"),
    })
}

/// A peer with a term, and a log whose entries are `(term, text)`, of which some are committed.
pub fn peer(id: u16, term: u64, log: &[(u64, &str)], committed: usize) -> NodeView {
    let cells = log
        .iter()
        .enumerate()
        .map(|(i, (epoch, text))| cell(i as u64 + 1, *epoch, text, i < committed))
        .collect::<Vec<_>>();
    let applied = log[..committed].last().map_or("–", |entry| entry.1);
    let portrait = Portrait {
        role: "follower",
        tone: Tone::Follow,
        epoch: Some(term),
        memory: vec![row("commit", &committed.to_string()), row("state", applied)],
        strips: vec![Strip { name: "log", compacted: 0, total: cells.len() as u64, cells }],
        ..Portrait::default()
    };
    let election = timer("election", 1_440, 1_440 + 150 + u64::from(id) * 17);
    NodeView {
        timers: vec![election],
        ..node(id, &format!("n{}", id + 1), Part::Peer, "follower", portrait)
    }
}

pub fn node(id: u16, name: &str, part: Part, role: &str, portrait: Portrait) -> NodeView {
    NodeView {
        id: Id(id),
        name: name.to_owned(),
        part,
        phase: Phase::Up,
        role: role.to_owned(),
        portrait,
        fields: Vec::new(),
        flags: Vec::new(),
        timers: Vec::new(),
        ports: None,
        answers: Default::default(),
        skew: None,
        doubtful: false,
        overwritten: Vec::new(),
    }
}

pub fn cell(index: u64, epoch: u64, text: &str, committed: bool) -> Cell {
    Cell { index, epoch, text: text.to_owned(), committed }
}

pub fn row(name: &'static str, text: &str) -> Row {
    Row { name, text: text.to_owned(), on_card: true }
}

pub fn timer(name: &str, armed_ms: u64, due_ms: u64) -> TimerView {
    TimerView { name: name.to_owned(), armed_at: Time::ms(armed_ms), due: Time::ms(due_ms) }
}

pub fn client(id: u16, name: &str, asks: u16, ops: Vec<OpView>) -> ClientView {
    let asks = Some(Id(asks));
    ClientView { id: Id(id), name: name.to_owned(), phase: Phase::Up, home: asks, asks, ops }
}

pub fn op(text: &str, brief: &str, since_ms: u64, state: OpState, note: String) -> OpView {
    OpView {
        text: text.to_owned(),
        brief: brief.to_owned(),
        since: Time::ms(since_ms),
        state,
        note,
    }
}

pub fn island(members: &[u16], title: String, note: String, brief: String) -> IslandView {
    IslandView { members: members.iter().map(|id| Id(*id)).collect(), title, note, brief }
}

/// A message, its way in microseconds.
pub fn flight(
    number: u32,
    (from, to): (u16, u16),
    (sent, due): (u64, u64),
    label: &str,
    shape: Shape,
    epoch: u64,
) -> FlightView {
    FlightView {
        number,
        from: Id(from),
        to: Id(to),
        sent: Time(sent),
        due: Time(due),
        label: label.to_owned(),
        shape,
        epoch,
        duplicate: false,
        held: false,
    }
}

/// Every link between the groups, both ways, sorted.
pub fn cuts_between(groups: &[&[u16]]) -> Vec<(Id, Id)> {
    let mut cuts = Vec::new();
    for (i, one) in groups.iter().enumerate() {
        for other in &groups[i + 1..] {
            for a in *one {
                for b in *other {
                    cuts.extend([(Id(*a), Id(*b)), (Id(*b), Id(*a))]);
                }
            }
        }
    }
    cuts.sort_unstable();
    cuts
}
