//! What is wrong on purpose: the shortest way to break it, by its rules, and that the ordinary
//! kernel breaks in the same way.

use netsplit_core::explore::{Mode, Order, Wanted};
use netsplit_core::run::play;

use super::{Slowest, request, search, shortest, system_of};

/// The steps of the shortest violation, and that the ordinary kernel shows it too.
fn check(text: &str, property: &str, bounds: &str, expected: &str) {
    let (steps, schedule) = shortest(text, property, bounds);
    assert_eq!(steps, expected.trim_matches('\n'), "\n{schedule}");
    let wanted = Wanted::named(property, &schedule).expect("a property");
    assert!(wanted.shown_by(&play(schedule.clone())).is_some(), "a false alarm:\n{schedule}");
}

/// Without the mistake, every state of the same scope is right.
fn is_right(text: &str, property: &str, bounds: &str) {
    let mode = Mode::Exhaustive(Order::Depth);
    let (found, progress) = search(request(text, property, bounds, mode));
    assert!(found.is_none(), "{}", found.unwrap());
    assert!(!progress.cut_short && progress.false_alarms == 0, "{progress:?}");
}

/// Mistakes, a test each, and a list of all: the scenario, what breaks, within which bounds, and
/// the rules of the shortest way there, a step a line.
macro_rules! mistakes {
    ($($name:ident: $text:expr, $property:expr, $bounds:expr, $steps:expr;)*) => {
        $(#[test]
        fn $name() {
            check($text, $property, $bounds, $steps);
        })*

        const MISTAKES: &[&str] = &[$($text),*];
    };
}

mistakes! {
    a_vote_that_is_forgotten_elects_two:
        "system raft nodes=3 noop=off forget_vote=on end=1000\n",
        "election-safety",
        "crashes=1 timeouts=2 operations=0",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
election.start, vote.grant, vote.counted
vote.grant
vote.counted, leader.elected, heartbeat.send
";
    an_entry_of_an_older_term_is_no_majority:
        "system raft nodes=3 noop=off commit_old_terms=on end=1000
given n1 term=2 log=[1:x=1]
given n2 term=3 log=[2:x=2]
given n3 term=2
",
        "agree",
        "crashes=0 timeouts=2 operations=0",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send, match.advance
append.refuse.log-mismatch
next.back-up
append.store
match.advance, commit.count-old-term, apply
append.nothing-new, commit.learn, apply
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send, match.advance
append.refuse.log-mismatch
next.back-up
append.truncate-conflict, append.store
";
    a_vote_for_any_log_overwrites_what_is_committed:
        "system raft nodes=3 noop=off vote_any_log=on clients=2 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n2 put(x, 2)
",
        "agree",
        "crashes=0 timeouts=2",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
append.leader, request.accept, match.advance
append.nothing-new
append.store
match.advance, commit.advance, apply, request.done
append.nothing-new, commit.learn, apply
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
append.leader, request.accept, match.advance
append.nothing-new
append.truncate-conflict, append.store
";
    a_proposer_that_keeps_its_own_value_is_not_alone:
        "system paxos rules=doc000 learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
",
        "agree",
        "crashes=0 timeouts=0",
        "
prepare
prepare
promise.silent
promise.silent
promise.silent
promise.count
promise.count, propose.own-always
promise.count
accept
promise.silent
accept
accept.count
promise.count, propose.own-always
accept.count, chosen
accept
accept.again
accept.count
accept.count, chosen
";
    a_read_that_writes_nothing_back_may_be_older_than_one_before:
        "system quorum clients=3 repair=off resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
at 0 c3 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.query
read
read.answer
read.answer
read.answer
read.newest, write
store
read.answer
read.newest, read.done
read
read.answer
read.answer
read.newest, read.done
";
    what_an_acceptor_does_not_write_down_it_accepts_twice:
        "system paxos durable=off learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
",
        "agree",
        "crashes=1 timeouts=0",
        "
prepare
prepare
promise
promise
promise
promise
promise.count
promise.count, propose.own
promise.count
promise.count, propose.own
accept
accept
accept
accept.count
accept.count
accept.count, chosen
accept
accept.count, chosen
";
    an_acceptor_that_lies_is_too_many:
        "system paxos a1.lie=on learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
",
        "agree",
        "crashes=0 timeouts=0",
        "
prepare
prepare
promise.lie
promise
promise.lie
promise
promise.count
promise.count, propose.own
promise.count
promise.count, propose.own
accept.lie
accept
accept.lie
accept
accept.count
accept.count, chosen
accept.count
accept.count, chosen
";
    any_server_answers_from_its_own_copy:
        "system raft nodes=3 noop=off reads=any clients=2 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n2 get(x)
",
        "linearizable",
        "crashes=0 timeouts=1",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
append.leader, request.accept, match.advance
append.nothing-new
append.store
match.advance, commit.advance, apply, request.done
read.local
";
    copies_that_answer_alone_are_apart:
        "system cap nodes=3 policy=local clients=2 end=1000
at 0 c1@a put(x, 1)
at 0 c2@b get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.local
read.local
";
    a_replica_that_answers_is_behind:
        "system cons clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2@n2 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write
read
";
    without_read_your_writes_a_client_misses_its_own:
        "system sess nodes=2 clients=1 end=1000
at 0 c1@n1 put(x, 1)
at 10 c1@n2 get(x)
",
        "ryw(ok)",
        "crashes=0 timeouts=0",
        "
write
write.take
done
read
read.answer
done
";
    without_monotonic_reads_a_client_goes_back:
        "system sess nodes=2 clients=2 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n1 get(x)
at 10 c2@n2 get(x)
",
        "mr(ok)",
        "crashes=0 timeouts=0",
        "
write
read
write.take
read.answer
done
read
read.answer
done
";
    without_monotonic_writes_the_second_arrives_first:
        "system sess nodes=3 clients=2 lag=0 end=1000
at 0 c1@n1 put(x, 1)
at 10 c1@n2 put(y, 2)
at 0 c2@n3 get(y)
at 10 c2@n3 get(x)
",
        "mw(ok)",
        "crashes=0 timeouts=1",
        "
write
read
write.take
done
write
write.take
repl
repl.apply
read.answer
done
read
read.answer
done
";
    without_writes_follow_reads_the_answer_comes_before_the_question:
        "system sess nodes=3 clients=3 lag=0 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n1 get(x)
at 10 c2@n2 put(y, 2)
at 0 c3@n3 get(y)
at 10 c3@n3 get(x)
",
        "wfr(ok)",
        "crashes=0 timeouts=1",
        "
write
read
read
write.take
read.answer
done
write
write.take
repl
repl.apply
read.answer
done
read
read.answer
done
";
    a_slave_that_answers_is_ahead_of_the_others:
        "system syncrep reads=any slaves=2 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2@s1 get(x)
at 10 c2@s2 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.log
repl.store
read.slave
read.slave
";
    a_master_that_waits_for_nobody_is_ahead_of_all:
        "system syncrep mode=async reads=any slaves=1 clients=2 end=1000
at 0 c1 put(x, 1)
at 0 c2@s1 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.log, write.done
read.slave
";
    a_slave_that_takes_silence_for_death_is_a_second_master:
        "system syncrep failover=300 mode=async slaves=2 clients=2 end=1000
at 0 c1@m put(x, 1)
at 0 c2@s1 put(x, 2)
",
        "agree",
        "crashes=0 timeouts=1",
        "
write.log, write.done
failover.silence, promote, heartbeat
write.log, write.done
";
    what_nothing_orders_stays_in_the_order_of_arrival:
        "system quorum order=arrival repair=off clients=3 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 put(x, 2)
at 10 c2 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.unordered
store.last
store.last
write.done
read
read.answer
read.answer
read.unordered, read.done
";
    one_answer_and_one_acknowledgement_need_not_meet:
        "system quorum nodes=2 r=1 w=1 repair=off clients=2 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.query
read.answer
read.newest, write
store
write.done
read, read.no-overlap
read.answer
read.newest, read.done
";
    who_decides_alone_decides_otherwise:
        "system twopc rms=2 rm2.heuristic=abort clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        "agree",
        "crashes=0 timeouts=1",
        "
begin
lock.grant, vote.yes
lock.grant, vote.yes
vote.count
vote.count, decide.commit, decision.send, decision.send
heuristic, abort, lock.release
";
    three_phases_as_notes_tell_them_decide_twice:
        "system threepc rms=2 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        "agree",
        "crashes=0 timeouts=2",
        "
begin
vote.yes.unlocked
vote.yes.unlocked
vote.count
vote.count, precommit.send
lock.grant, precommit
ack.timeout.abort
timeout.commit, lock.release
";
    three_phases_with_two_elected_decide_twice:
        "system threepc rules=skeen rms=2 clients=1 end=1000\nat 0 c1 begin(x, 1)\n",
        "agree",
        "crashes=0 timeouts=4",
        "
begin
lock.grant, vote.yes
lock.grant, vote.yes
vote.count
vote.count, precommit.send
ack.timeout.commit
elect
terminate.abort, lock.release
";
    two_orders_that_lock_nothing_sell_the_same_pieces:
        "system acid mode=single isolation=none work=20 clients=2 end=1000
at 0 c1 order(80)
at 0 c2 order(80)
",
        "sum",
        "crashes=0 timeouts=2",
        "
order.read
order.read
order.commit
order.lost-update, order.commit
";
    a_confirm_that_comes_twice_sells_twice:
        "system tcc idempotence=off clients=1 end=1000\nat 0 c1 order(2)\n",
        "stock-adds-up",
        "crashes=0 timeouts=0 duplicates=1",
        "
begin
try.order
try.freeze
try.count
try.count, decide.confirm
confirm.sell
confirm.twice, confirm.unreserved
";
    a_cancel_without_a_try_gives_back_what_nobody_took:
        "system tcc empty_rollback=off clients=1 end=1000\nat 0 c1 order(2)\n",
        "stock-adds-up",
        "crashes=0 timeouts=1",
        "
begin
try.timeout, decide.cancel
cancel.blind, cancel.release
";
    a_refund_that_is_asked_for_twice_is_paid_twice:
        "system saga ship.refuses=on idempotence=off clients=1 end=1000\nat 0 c1 order(30)\n",
        "no-gain",
        "crashes=0 timeouts=1",
        "
saga.begin, step.run
order
step.done, step.run
pay
step.done, step.run
deny.will
step.refused, compensate
refund
resend
compensate.twice, refund
";
    a_lock_in_each_process_excludes_nobody_elsewhere:
        "system dblock mutex=local clients=2 end=1000\nat 0 c1 lock(x)\nat 0 c2 lock(x)\n",
        "exclusive",
        "crashes=0 timeouts=0",
        "
local.granted
local.granted
";
    grants_in_memory_are_gone_with_the_process:
        "system setnx expire=off clients=2 end=1000\nat 0 c1 lock(x)\nat 0 c2 lock(x)\n",
        "exclusive",
        "crashes=1 timeouts=0",
        "
acquire.try
acquire.try
set.done
acquire.granted
boot.empty
set.done
acquire.granted
";
}

#[test]
fn without_the_mistakes_the_same_scopes_are_right() {
    let given = "given n1 term=2 log=[1:x=1]\ngiven n2 term=3 log=[2:x=2]\ngiven n3 term=2\n";
    let raft = "system raft nodes=3 noop=off end=1000\n";
    let bounds = "crashes=0 timeouts=2 operations=0";
    is_right(&format!("{raft}{given}"), "agree", bounds);
    is_right(raft, "election-safety", "crashes=1 timeouts=2 operations=0");
    let abd = "system quorum clients=2 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
at 10 c2 get(x)
";
    is_right(abd, "linearizable", "crashes=0 timeouts=0");
}

/// Where nothing is asked, what is drawn meets several proposers: a second one is what it takes.
#[test]
fn what_a_search_asks_itself_meets_every_proposer() {
    let text =
        "system paxos rules=doc000 learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000\n";
    let mode = Mode::Exhaustive(Order::Breadth);
    let (found, progress) = search(request(text, "agree", "crashes=0 timeouts=0", mode));
    let found = found.unwrap_or_else(|| panic!("nothing in {} states", progress.tried));
    let asked = found.to_string();
    assert!(asked.contains("@p2 propose("), "{asked}");
}

/// What only a disk, a clock or the end of a run shows, sought at random: the scenario, what
/// breaks, within which bounds, a rule that fires on the way, and how many lines the smallest run
/// has.
const AT_RANDOM: &[(&str, &str, &str, &str, usize)] = &[
    (
        "system paxos rules=doc001 clients=2 end=6000\n",
        "agree",
        "losses=3 delays=3",
        "promise.overwrite",
        4,
    ),
    ("system acc1 resend=100 clients=2 end=6000\n", "agree", "wipes=2", "accept", 4),
    ("system twopc disk=none clients=2 end=9000\n", "agree", "crashes=2", "lock.grant", 3),
    (
        "system tcc anti_suspension=off clients=2 end=9000\n",
        "nothing-open",
        "delays=3 losses=2",
        "try.late",
        2,
    ),
    (
        "system gossip nodes=3 gc=0 clients=2 end=9000\n",
        "detected(resurrected-key, 0)",
        "partitions=1 delays=2",
        "resurrect",
        2,
    ),
    ("system dblock sweep=300 clients=2 end=6000\n", "exclusive", "pauses=2", "sweep.delete", 2),
    ("system setnx ttl=500 clients=2 end=6000\n", "own-release", "pauses=2", "del.foreign", 3),
    ("system setnx expire=off clients=2 end=6000\n", "unblocked", "crashes=1", "set.done", 2),
    (
        "system setnxpx ttl=500 release=del clients=2 end=6000\n",
        "own-release",
        "pauses=2",
        "del.foreign",
        3,
    ),
    ("system setnxpx ttl=500 clients=2 end=6000\n", "exclusive", "pauses=2", "set.done", 2),
    (
        "system cons n3.replicate=off clients=2 end=9000\n",
        "converges",
        "losses=1",
        "repl.deny.off",
        1,
    ),
];

/// Who has nothing to switch on that is wrong, and what stands for it.
const WITHOUT_MISTAKES: &[(&str, &str)] =
    &[("pcommit", "its acceptors are Paxos's, whose mistakes are there")];

pub fn systems() -> Vec<&'static str> {
    let texts = MISTAKES.iter().copied().chain(AT_RANDOM.iter().map(|row| row.0));
    texts.map(system_of).chain(WITHOUT_MISTAKES.iter().map(|row| row.0)).collect()
}

#[test]
fn what_only_time_shows_is_found_at_random() {
    let (mut slowest, mut wrong) = (Slowest::default(), String::new());
    for (text, property, bounds, rule, most) in AT_RANDOM {
        let asked = request(text, property, bounds, Mode::Random(0, 5_000));
        let (found, progress) = slowest.time(&format!("{text}{property}"), || search(asked));
        let Some(found) = found else {
            wrong += &format!("{text}{property}: nothing in {} runs\n", progress.tried);
            continue;
        };
        let fires = play(found.clone()).trace().fired.iter().any(|fired| fired.rule.id == *rule);
        if !fires || found.lines.len() != *most {
            wrong += &format!("{} lines, {rule}: {fires}\n{found}\n", found.lines.len());
        }
    }
    slowest.print("mistakes at random");
    assert!(wrong.is_empty(), "{wrong}");
}
