//! `cap` and `syncrep` where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// What the leader took is on its disk, and so is whose it was.
#[test]
fn a_write_asked_again_after_a_crash_is_not_written_again() {
    comes_out(
        "system cap clients=2 end=1500
at 0 w1: c1@a put(x, 1) timeout=300 retry=2
at 15 crash a
at 100 restart a
at 150 w2: c2@a put(x, 2)
expect end: ack(w1) ack(w2) value(x, 2) fired(write.begin, 2) fired(again.taken, 1) lin(ok)",
    );
}

/// The leader is never elected anew: without it the larger side stands still too.
#[test]
fn a_majority_without_the_leader_answers_nobody() {
    comes_out(
        "system cap clients=3 end=2500
at 100 partition {a} | {b, c}
at 200 c1@a put(x, 1)
at 200 c2@b put(x, 2)
at 200 c3@c get(x)
expect end: acks(0) avail(lost, {a, b, c}) lin(ok)",
    );
}

/// A write that was never acknowledged is still one write, and anti-entropy completes it.
#[test]
fn anti_entropy_completes_a_write_of_unknown_outcome() {
    comes_out(
        "system cap policy=all clients=2 end=3000
at 100 partition {a} | {b, c}
at 200 w1: c1@a put(x, 1)
at 1600 heal
at 2500 g1: c2@c get(x)
expect at 1500: unknown(w1) value(x, nil, {b, c})
expect end: ack(g1, 1) value(x, 1, {a, b, c}) lin(ok)",
    );
}

#[test]
fn a_wiped_replica_gets_its_copies_back() {
    comes_out(
        "system cap clients=2 end=2000
at 0 c1@a put(x, 1)
at 100 c1@b put(y, 2)
at 300 wipe c
expect at 310: value(x, nil, c)
expect end: value(x, 1, c) value(y, 2, c) conv(ok)",
    );
}

/// A frozen replica learns of a switch when it thaws, and of what was asked meanwhile.
#[test]
fn a_paused_replica_follows_the_switch_when_it_thaws() {
    comes_out(
        "system cap clients=2 end=2000
at 0 c1@a put(x, 1)
at 100 pause c 500
at 200 set policy=local
at 300 g1: c2@c get(x) timeout=1500
at 400 w2: c1@a put(x, 2)
expect at 550: pending(g1)
expect end: ack(g1) ack(w2) value(x, 2, c)",
    );
}

/// A replica that does not hold a key cannot answer for it, whatever the policy.
#[test]
fn a_key_of_another_shard_is_passed_on_under_every_policy() {
    comes_out(
        "system cap nodes=4 shards=2 policy=local clients=2 end=800
at 0 w1: c1@a put(y, 1)
at 100 g1: c1@b get(y)
at 200 g2: c2@d get(y)
expect end: ack(w1) ack(g1, 1) ack(g2, 1) fired(request.pass-on, 2) value(y, 1, {c, d})",
    );
}

/// A piece of the log that was held up says nothing of what came after it.
#[test]
fn a_late_piece_of_the_log_drops_nothing() {
    comes_out(
        "system syncrep slaves=1 clients=2 end=2500
at 100 hold m->s1 Repl next
at 110 w1: c1@m put(x, 1)
at 150 w2: c2@m put(x, 2)
at 1000 release m->s1
expect at 900: ack(w1) ack(w2)
expect end: fired(repl.truncate, 0) value(x, 2, {m, s1}) conv(ok) lin(ok)",
    );
}

#[test]
fn a_wiped_slave_gets_the_log_back_and_a_wiped_master_empties_its_slaves() {
    comes_out(
        "system syncrep clients=2 end=6000
at 0 c1@m put(x, 1)
at 100 c1@m put(y, 2)
at 200 wipe s1
at 2000 wipe m
at 2100 w3: c2@m put(z, 3) timeout=3000
expect at 1900: value(x, 1, s1) value(y, 2, s1)
expect end: ack(w3) value(x, nil, {s1, s2}) value(z, 3, {m, s1, s2}) conv(ok)",
    );
}

/// The old master comes back to an epoch that is not its own.
#[test]
fn a_crashed_master_comes_back_as_a_slave() {
    comes_out(
        "system syncrep clients=2 end=4000
at 0 w1: c1@m put(x, 1)
at 100 crash m
at 200 p1: c2@s1 promote()
at 300 w2: c2@s1 put(x, 2)
at 1000 restart m
at 3000 w3: c1@m put(x, 3)
expect at 900: ack(w2) leader(s1) value(x, 2, {s1, s2})
expect end: leader(s1) state(m, slave) ack(w3) conv(ok) lin(ok)",
    );
}
