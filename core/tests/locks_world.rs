//! Locks where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
use netsplit_core::knob::{Key, Knob};
use netsplit_core::protocols;
use netsplit_core::protocols::lock::{knobs, redis};

fn knobs_of(system: &str) -> &'static [Knob] {
    protocols::find(system).unwrap().knobs
}

/// A key is a place in a table, and several tables begin alike.
#[test]
fn shared_settings_stand_where_their_keys_say() {
    let name = |system, key: Key| knobs_of(system)[key.0].name;
    for system in ["dblock", "setnx", "setnxpx"] {
        assert_eq!(name(system, knobs::CLIENTS), "clients");
        assert_eq!(name(system, knobs::POLL), "poll");
        assert_eq!(name(system, knobs::HOLD), "hold");
        assert_eq!(name(system, knobs::ANSWER), "answer");
        assert_eq!(name(system, knobs::CHECK_LEASE), "check_lease");
        assert_eq!(name(system, knobs::RENEW), "renew");
        assert_eq!(name(system, knobs::FENCING), "fencing");
        assert_eq!(name(system, knobs::MUTEX), "mutex");
    }
    for system in ["setnx", "setnxpx"] {
        assert_eq!(name(system, redis::TTL), "ttl");
        assert_eq!(name(system, redis::AOF), "aof");
    }
}

#[test]
fn messages_are_called_after_their_commands() {
    comes_out(
        "system setnx clients=2 tokens=incr end=400
at 0 c1 lock(l)
at 100 c2 get(l)
at 110 c2 setnx(l, 1)
at 200 c1 unlock(l)
expect end: msgs(SETNX, 2) msgs(EXPIRE, 1) msgs(INCR, 1) msgs(GET, 1) msgs(DEL, 1)
expect end: msgs(Error, 1) msgs(Reply, 5) msgs(SET, 0) msgs(EVAL, 0)",
    );
    comes_out(
        "system setnxpx clients=1 end=600
at 0 c1 work(l)
expect end: msgs(SET, 1) msgs(EVAL, 1) msgs(Read, 1)
expect end: msgs(Content, 1) msgs(Write, 1) msgs(Written, 1)",
    );
    comes_out(
        "system dblock clients=1 standby=on sweep=5000 lag=100 end=400
at 0 c1 lock(m)
at 50 c1 extend(m)
at 100 c1 unlock(m)
expect end: msgs(INSERT, 1) msgs(UPDATE, 1) msgs(DELETE, 1) msgs(Binlog, 1)
expect end: fired(binlog.apply@standby, 1)",
    );
}

/// The first work of c1 outlives its lease, and c1 acquires once more in the meantime. What the
/// first work gives back matches nothing any more, and the second lock can still be released.
#[test]
fn a_client_gives_back_what_it_acquired_for_the_same_work() {
    comes_out(
        "system setnxpx clients=1 ttl=600 hold=700 poll=50 end=1200
at 0 w1: c1 work(l)
at 100 l2: c1 lock(l)
at 1050 u2: c1 unlock(l)
expect at 1000: ack(w1) ack(l2) lock(c1) state(c1, holder) fired(compare.deny, 1)
expect end: ack(u2) lock(free) mutex(ok)",
    );
}

/// Several writes under one lock bring the same number; only a lower one is late.
#[test]
fn a_token_may_come_again() {
    comes_out(
        "system setnxpx clients=1 tokens=script fencing=on end=300
at 0 c1 lock(l)
at 100 c1 write(a)
at 200 c1 write(b)
expect end: acks(write, 2) fence(0) resource(ok) value(s, b)",
    );
}

/// A number that is fetched after the lock may be higher than that of a later holder: the resource
/// cannot tell, and takes a write from a client whose lock is long over.
#[test]
fn a_number_fetched_after_the_lock_does_not_tell_its_age() {
    comes_out(
        "system setnxpx clients=2 tokens=incr fencing=on ttl=1000 end=3000
at 0 c1 lock(l)
at 15 pause c1 2000
at 1500 c2 lock(l)
at 1600 w2: c2 write(new)
at 2500 w1: c1 write(old)
expect end: ack(w2) ack(w1) fence(0) value(s, old) mutex(violated)
expect end: property(mutual-exclusion, violated)",
    );
    comes_out(
        "system setnxpx clients=2 tokens=script fencing=on ttl=1000 end=3000
at 0 c1 lock(l)
at 15 pause c1 2000
at 1500 c2 lock(l)
at 1600 w2: c2 write(new)
at 2500 w1: c1 write(old)
expect end: ack(w2) fail(w1, stale-token) fence(1) value(s, new) mutex(violated)
expect end: property(mutual-exclusion, violated)",
    );
}

/// Keys expire by the wall clock of the server: when it jumps, a lock ends early.
#[test]
fn a_clock_that_jumps_ends_a_lock() {
    comes_out(
        "system setnxpx clients=2 end=400
at 0 l1: c1 lock(l)
at 100 jump redis +30000
at 200 l2: c2 lock(l)
expect end: ack(l2) mutex(violated) fired(key.expired, 1)
expect end: property(mutual-exclusion, violated)",
    );
}

/// A number of rows that the standby never heard of is given out again.
#[test]
fn a_promoted_standby_counts_on_from_what_it_knows() {
    comes_out(
        "system dblock clients=2 standby=on lag=500 fencing=on end=1000
at 0 l1: c1 lock(m)
at 100 crash db
at 200 set primary=standby
at 300 l2: c2 lock(m)
at 400 w2: c2 write(two)
at 500 w1: c1 write(one)
expect end: ack(l1, 1) ack(l2, 1) ack(w2) ack(w1) fence(0) mutex(violated)
expect end: property(mutual-exclusion, violated)",
    );
}

/// When a grant ends is told by the service's own clock.
#[test]
fn a_clock_that_is_put_back_keeps_a_lock_longer() {
    comes_out(
        "system setnxpx clients=2 poll=0 end=38200
at 8000 jump redis -5000
at 8100 l1: c1 lock(l)
at 35000 l2: c2 lock(l)
expect at 35100: fail(l2, nil) lock(c1)
expect end: lock(free) fired(key.expired, 1)",
    );
}
