//! The server's loop: expire, execute, answer.

use crate::base::{Id, Str, Time, Value};
use crate::describe::{Pen, Tone};
use crate::facts::Facts;
use crate::knob::Knobs;
use crate::op::Op;
use crate::protocol::Cx;

use super::super::message::Answer;
use super::super::service::{Server, Service};
use super::super::{Lock, Locking, Timer, exactly, holds, word};
use super::{AOF, Redis, Script, Store, rules};

/// The append-only file, as the dictionary that replaying it gives. Empty without `aof`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Dataset(pub Store);

/// The dictionary in memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Volatile(pub Store);

/// One Redis server.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RedisServer;

type CxOf<'a, L> = Cx<'a, Locking<L>>;

impl Service for RedisServer {
    type Command = Redis;
    type Disk = Dataset;
    type Memory = Volatile;

    fn names(_: &Knobs) -> &'static [&'static str] {
        &["redis"]
    }

    fn command(knobs: &Knobs, op: &Op) -> Option<Redis> {
        super::command(knobs, op)
    }

    fn boot<L: Lock<Service = Self>>(cx: &mut CxOf<L>, disk: &Dataset) -> Volatile {
        let mut store = Store::default();
        if cx.knobs.on(AOF) {
            store = disk.0.clone();
            cx.rule(&rules::BOOT_AOF, [&store.keys.len()]);
        } else {
            cx.rule(&rules::BOOT_EMPTY, []);
        }
        expire(cx, &mut store);
        arm(cx, &store);
        Volatile(store)
    }

    fn execute<L: Lock<Service = Self>>(
        cx: &mut CxOf<L>,
        server: Server<Self>,
        asker: Id,
        command: &Redis,
    ) -> Option<Answer> {
        let store = &mut server.memory.0;
        expire(cx, store);
        let answer = run(cx, store, asker, command);
        arm(cx, store);
        save(cx, server);
        Some(answer)
    }

    fn timeout<L: Lock<Service = Self>>(cx: &mut CxOf<L>, server: Server<Self>, timer: Timer) {
        if timer == Timer::Expire {
            expire(cx, &mut server.memory.0);
            arm(cx, &server.memory.0);
            save(cx, server);
        }
    }

    fn facts(_: &Dataset, memory: &Volatile, out: &mut Facts) {
        out.role("server", 0);
        for (key, stored) in memory.0.keys.iter() {
            if let Some(holder) = stored.holder {
                out.push(holds(key, holder, stored.token, stored.expires));
            }
        }
        out.mark("foreign-release", memory.0.foreign);
    }

    fn describe(disk: &Dataset, memory: Option<&Volatile>, pen: &mut Pen) {
        describe(disk, memory, pen);
    }
}

fn run<L: Lock>(cx: &mut CxOf<L>, store: &mut Store, asker: Id, command: &Redis) -> Answer {
    match command {
        Redis::SetNx { surplus: surplus @ 1.., .. } => {
            cx.rule(&rules::SETNX_DENY_ARGUMENTS, [surplus]);
            Err("wrong-number-of-arguments")
        }
        Redis::SetNx { key, value, .. } => match set(cx, store, asker, (key, value, None)) {
            true => Ok(Value::Int(1)),
            false => Err("zero"),
        },
        Redis::SetNxPx { key, value, px } => {
            let expires = cx.wall + *px;
            match set(cx, store, asker, (key, value, Some(expires))) {
                true => Ok(word("OK")),
                false => Err("nil"),
            }
        }
        Redis::Expire { key, px } => {
            if !store.expire_at(key, cx.wall + *px) {
                cx.rule(&rules::EXPIRE_DENY_ABSENT, [&asker]);
                return Err("zero");
            }
            cx.rule(&rules::EXPIRE_SET, [px]);
            Ok(Value::Int(1))
        }
        Redis::Del { key } => delete(cx, store, asker, key),
        Redis::Get { key } => Ok(store.get(key)),
        Redis::Incr { key } => increment(cx, store, asker, key).map(|n| Value::Int(n as i64)),
        Redis::Eval(script) => eval(cx, store, asker, script),
    }
}

fn eval<L: Lock>(cx: &mut CxOf<L>, store: &mut Store, asker: Id, script: &Script) -> Answer {
    match script {
        Script::Acquire { key, value, px } => {
            let expires = cx.wall + *px;
            if !set(cx, store, asker, (key, value, Some(expires))) {
                return Err("nil");
            }
            let token = increment(cx, store, asker, &super::token_key(key))?;
            if let Some(stored) = store.keys.get_mut(key) {
                stored.token = token;
            }
            Ok(Value::Int(token as i64))
        }
        Script::Release { key, value } => {
            compare(cx, store, asker, (key, value))?;
            delete(cx, store, asker, key)
        }
        Script::Extend { key, value, px } => {
            compare(cx, store, asker, (key, value))?;
            store.expire_at(key, cx.wall + *px);
            cx.rule(&rules::EXPIRE_SET, [px]);
            Ok(Value::Int(1))
        }
    }
}

fn set<L: Lock>(
    cx: &mut CxOf<L>,
    store: &mut Store,
    asker: Id,
    (key, value, expires): (&Str, &Value, Option<Time>),
) -> bool {
    if !store.set_if_absent(key, value, asker, expires) {
        let holder = holder(store, key, asker);
        cx.rule(&rules::SET_DENY_EXISTS, [&asker, &holder]);
        return false;
    }
    cx.rule(&rules::SET_DONE, [&asker]);
    if let Some(expires) = expires {
        cx.rule(&rules::EXPIRE_SET, [&expires.since(cx.wall)]);
    }
    true
}

/// Goes on only if `key` holds `value`: nobody deletes or extends the lock of another.
fn compare<L: Lock>(
    cx: &mut CxOf<L>,
    store: &Store,
    asker: Id,
    (key, value): (&Str, &Value),
) -> Result<(), &'static str> {
    match store.keys.get(key) {
        Some(stored) if stored.value == *value => return Ok(()),
        Some(_) => cx.rule(&rules::COMPARE_DENY, [&asker, &holder(store, key, asker)]),
        None => cx.rule(&rules::COMPARE_DENY_ABSENT, [&asker]),
    }
    Err("zero")
}

fn delete<L: Lock>(cx: &mut CxOf<L>, store: &mut Store, asker: Id, key: &Str) -> Answer {
    let Some(stored) = store.delete(key, asker) else {
        cx.rule(&rules::DEL_DENY_ABSENT, [&asker]);
        return Err("zero");
    };
    match stored.holder {
        Some(holder) if holder != asker => cx.rule(&rules::DEL_FOREIGN, [&asker, &holder]),
        _ => cx.rule(&rules::DEL_DONE, [&asker]),
    }
    Ok(Value::Int(1))
}

fn increment<L: Lock>(
    cx: &mut CxOf<L>,
    store: &mut Store,
    asker: Id,
    key: &Str,
) -> Result<u64, &'static str> {
    let Some(n) = store.increment(key) else {
        cx.rule(&rules::INCR_DENY_TYPE, [&asker]);
        return Err("not-an-integer");
    };
    cx.rule(&rules::TOKEN_NEXT, [&asker, &n]);
    Ok(n)
}

/// Who set `key`; the asker itself where nobody did.
fn holder(store: &Store, key: &Str, asker: Id) -> Id {
    store.keys.get(key).and_then(|stored| stored.holder).unwrap_or(asker)
}

fn expire<L: Lock>(cx: &mut CxOf<L>, store: &mut Store) {
    for stored in store.purge(cx.wall) {
        cx.rule(&rules::KEY_EXPIRED, [&stored.holder.unwrap_or(cx.me)]);
    }
}

/// Waits for the key that expires first. The timer runs by the monotonic clock; a jump of the wall
/// clock is noticed with the next command.
fn arm<L: Lock>(cx: &mut CxOf<L>, store: &Store) {
    match store.next_expiry(cx.wall) {
        Some(span) => cx.arm(Timer::Expire, exactly(span)),
        None => cx.disarm(Timer::Expire),
    }
}

fn save<L: Lock>(cx: &CxOf<L>, server: Server<RedisServer>) {
    if cx.knobs.on(AOF) {
        server.disk.0 = server.memory.0.clone();
    }
}

fn describe(disk: &Dataset, memory: Option<&Volatile>, pen: &mut Pen) {
    pen.role("server", Tone::Plain, None);
    let is_held = |memory: &Volatile| memory.0.keys.iter().any(|(_, key)| key.holder.is_some());
    if memory.is_some_and(|memory| !is_held(memory)) {
        pen.memory_on_card("holder", None::<Id>);
        pen.memory_on_card("expires", None::<Time>);
    }
    for (key, stored) in memory.iter().flat_map(|memory| memory.0.keys.iter()) {
        pen.memory("key", &**key);
        pen.memory("value", stored.value.clone());
        if let Some(holder) = stored.holder {
            pen.memory_on_card("holder", holder);
            pen.memory_on_card("expires", stored.expires);
        }
        if stored.holder.is_some() && stored.expires.is_none() {
            pen.flag("no-expiry");
        }
    }
    for (key, stored) in disk.0.keys.iter() {
        pen.disk("key", &**key);
        pen.disk("value", stored.value.clone());
        pen.disk("expires", stored.expires);
    }
}
