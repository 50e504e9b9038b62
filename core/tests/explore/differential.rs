//! Raft beside TiKV's `raft` 0.7: the same stimuli, and at rest the same terms, votes, logs and
//! commit indexes. Which stimuli come is drawn by what TiKV's nodes are, and told to ours as a
//! scenario.
//!
//! Only who reaches a majority stands for election: a server of TiKV's that leads in vain does not
//! hear of higher terms from those that it calls, and ours does.

use netsplit_core::base::{Id, Time};
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::kernel::World;
use netsplit_core::run::Run;
use raft::eraftpb::Message;
use raft::storage::MemStorage;
use raft::{Config, RawNode, StateRole};

use super::scenario;

const NODES: usize = 5;
/// How many actions a story has, and how far apart they are, in ms.
const ACTIONS: u64 = 24;
const APART: u64 = 400;
const STORIES: u64 = 40;

/// What a node is at rest: its term, whom it voted for, the terms of its entries, what it knows to
/// be committed.
#[derive(PartialEq, Eq, Debug)]
struct AtRest {
    term: u64,
    vote: Option<u16>,
    log: Vec<u64>,
    committed: u64,
}

/// TiKV's nodes, and who is cut off from the others.
struct Theirs {
    nodes: Vec<RawNode<MemStorage>>,
    apart: Vec<usize>,
}

impl Theirs {
    fn new() -> Theirs {
        let logger = slog::Logger::root(slog::Discard, slog::o!());
        let voters: Vec<u64> = (1..=NODES as u64).collect();
        let node = |&id: &u64| {
            let config =
                Config { id, election_tick: 1_000_000, heartbeat_tick: 1, ..Config::default() };
            let storage = MemStorage::new_with_conf_state((voters.clone(), vec![]));
            RawNode::new(&config, storage, &logger).expect("a valid configuration")
        };
        Theirs { nodes: voters.iter().map(node).collect(), apart: Vec::new() }
    }

    fn reaches(&self, a: usize, b: usize) -> bool {
        self.apart.contains(&a) == self.apart.contains(&b)
    }

    /// Everything that was sent arrives, until nothing more is sent; some heartbeats follow.
    fn settle(&mut self) {
        for _ in 0..6 {
            let mut sent = self.ready();
            while !sent.is_empty() {
                for message in sent {
                    let (from, to) = (message.from as usize - 1, message.to as usize - 1);
                    if self.reaches(from, to) {
                        // What is out of date is refused.
                        let _ = self.nodes[to].step(message);
                    }
                }
                sent = self.ready();
            }
            for node in self.nodes.iter_mut().filter(|node| node.raft.state == StateRole::Leader) {
                node.tick();
            }
        }
    }

    fn ready(&mut self) -> Vec<Message> {
        let mut sent = Vec::new();
        for node in &mut self.nodes {
            while node.has_ready() {
                let mut ready = node.ready();
                sent.extend(ready.take_messages());
                {
                    let mut store = node.mut_store().wl();
                    store.append(ready.entries()).expect("entries follow the log");
                    if let Some(state) = ready.hs() {
                        store.set_hardstate(state.clone());
                    }
                }
                sent.extend(ready.take_persisted_messages());
                let mut light = node.advance(ready);
                sent.extend(light.take_messages());
                node.advance_apply();
            }
        }
        sent
    }

    fn leads(&self, place: usize) -> bool {
        self.nodes[place].raft.state == StateRole::Leader
    }

    fn at_rest(&self, place: usize) -> AtRest {
        let raft = &self.nodes[place].raft;
        let log = 1..=raft.raft_log.last_index();
        AtRest {
            term: raft.term,
            vote: raft.vote.checked_sub(1).map(|id| id as u16),
            log: log.map(|index| raft.raft_log.term(index).expect("it is there")).collect(),
            committed: raft.raft_log.committed,
        }
    }
}

/// Chance that is the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Something that happens to both: done to TiKV's, and the line that does it to ours.
fn act(theirs: &mut Theirs, dice: &mut Dice, nth: u64) -> String {
    let near: Vec<usize> = (0..NODES).filter(|place| !theirs.apart.contains(place)).collect();
    let leader = near.iter().copied().find(|place| theirs.leads(*place));
    let name = |place: usize| format!("n{}", place + 1);
    let stand = |theirs: &mut Theirs, place: usize| {
        theirs.nodes[place].campaign().expect("it may stand");
        format!("force {}.election", name(place))
    };
    let Some(leader) = leader else {
        // Until somebody leads, the servers of the majority stand in turn.
        return stand(theirs, near[nth as usize % near.len()]);
    };
    match dice.below(6) {
        0 if near.iter().any(|place| *place != leader) => {
            let others: Vec<usize> = near.iter().copied().filter(|p| *p != leader).collect();
            let place = others[dice.below(others.len())];
            stand(theirs, place)
        }
        1 if theirs.apart.is_empty() => {
            let first = dice.below(NODES);
            let mut apart = vec![first, (first + 1 + dice.below(NODES - 1)) % NODES];
            apart.truncate(1 + dice.below(2));
            let all = |inside: bool| {
                let members = (0..NODES).filter(|place| apart.contains(place) == inside);
                members.map(name).collect::<Vec<_>>().join(", ")
            };
            let line = format!("partition {{{}}} | {{{}}}", all(true), all(false));
            theirs.apart = apart;
            line
        }
        2 if !theirs.apart.is_empty() => {
            theirs.apart.clear();
            "heal".into()
        }
        _ => {
            // Who was cut off while leading takes writes too.
            let leaders: Vec<usize> = (0..NODES).filter(|place| theirs.leads(*place)).collect();
            let place = leaders[dice.below(leaders.len())];
            theirs.nodes[place].propose(vec![], nth.to_le_bytes().into()).expect("it leads");
            format!("c1@{} put(x, {nth}) timeout=50 redirect=no", name(place))
        }
    }
}

fn ours(world: &World, place: usize) -> AtRest {
    let (id, mut facts) = (Id::at(place), Facts::default());
    world.machine().facts(id, &mut facts);
    let term = facts.facts().iter().find_map(|fact| match fact {
        Fact::Role { epoch, .. } => Some(*epoch),
        _ => None,
    });
    let log = facts.logs().iter().find(|log| log.log == "log").expect("a server reports its log");
    let epoch = |index| match world.machine().entry(id, log.log, index) {
        Some(Fact::Entry { epoch, .. }) => epoch,
        _ => panic!("entry {index} is there"),
    };
    let names = |id: Id| world.cast().name(id).to_owned();
    let mut pen = netsplit_core::describe::Pen::new(99, &names);
    world.machine().describe(id, &mut pen);
    let portrait = pen.finish();
    let vote = portrait.disk.iter().find(|row| row.name == "votedFor").expect("a row of its disk");
    AtRest {
        term: term.unwrap_or(0),
        vote: world.cast().find(&vote.text).map(|id| id.0),
        log: (1..=log.last).map(epoch).collect(),
        committed: log.committed,
    }
}

#[test]
fn at_rest_raft_is_what_tikv_is() {
    let (mut terms, mut cut) = (0, 0);
    for seed in 0..STORIES {
        let (mut theirs, mut dice) = (Theirs::new(), Dice(seed));
        let end = (ACTIONS + 2) * APART;
        let mut text = format!("system raft clients=1 latency=5 election=60000 end={end}\n");
        let mut expected = Vec::new();
        for nth in 0..ACTIONS {
            let line = act(&mut theirs, &mut dice, nth);
            cut += usize::from(line.starts_with("partition"));
            text += &format!("at {} {line} maybe\n", (nth + 1) * APART);
            theirs.settle();
            expected.push((0..NODES).map(|place| theirs.at_rest(place)).collect::<Vec<_>>());
        }
        let mut run = Run::new(scenario(&text));
        for (nth, expected) in expected.iter().enumerate() {
            run.seek(Time::ms((nth as u64 + 2) * APART - 1));
            let found: Vec<AtRest> = (0..NODES).map(|place| ours(run.world(), place)).collect();
            assert_eq!(&found, expected, "story {seed}, after action {nth}:\n{text}");
        }
        terms += theirs.nodes[0].raft.term;
    }
    // The stories are not empty.
    assert!(terms > STORIES * 3 && cut > STORIES as usize, "{terms} terms, {cut} partitions");
}
