//! The database: a table with a unique key, a sweeper, and a standby that follows.

use alloc::vec::Vec;

use crate::base::{Id, Map, Span, Str, Time, Value};
use crate::describe::{Pen, Tone};
use crate::facts::Facts;
use crate::knob::{Key, Knobs};
use crate::op::Op;
use crate::protocol::Cx;

use super::super::lock::message::{Answer, Msg};
use super::super::lock::service::{self, Service};
use super::super::lock::{Lock, Locking, Timer, exactly, holds};
use super::{LAG, PRIMARY, REENTRANT, STANDBY, SWEEP, Statement, rules, statement};

/// The database.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Database;

/// The table; all of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Table {
    /// The rows by their key.
    pub rows: Map<Str, Row>,
    /// The id of the last row that was inserted.
    pub auto_increment: u64,
}

/// One row: one lock that is held.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Row {
    /// Numbers the rows in the order of inserting.
    pub id: u64,
    /// Who inserted it.
    pub owner: Id,
    /// How often its owner holds it.
    pub count: u64,
    /// When it was inserted or updated last, by the database's wall clock.
    pub update_time: Time,
}

/// What a server knows of its part; none of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Server {
    /// Whether it takes writes.
    pub primary: bool,
    /// How old a row may become; for ever when `None`.
    pub sweep: Option<Span>,
    /// How many rows were deleted by somebody else than their owner.
    pub foreign: u64,
}

type CxOf<'a, L> = Cx<'a, Locking<L>>;
type Halves<'a> = service::Server<'a, Database>;

impl Service for Database {
    type Command = Statement;
    type Disk = Table;
    type Memory = Server;

    fn names(knobs: &Knobs) -> &'static [&'static str] {
        if knobs.on(STANDBY) { &["db", "standby"] } else { &["db"] }
    }

    fn at(knobs: &Knobs) -> Id {
        let standby = knobs.on(STANDBY) && knobs.count(PRIMARY) > 0;
        if standby { Id(1) } else { Id(0) }
    }

    fn command(knobs: &Knobs, op: &Op) -> Option<Statement> {
        statement::of(knobs, op)
    }

    fn boot<L: Lock<Service = Self>>(cx: &mut CxOf<L>, table: &Table) -> Server {
        let primary = Self::at(cx.knobs) == cx.me;
        let server = Server { primary, sweep: statement::lease(cx.knobs), foreign: 0 };
        arm(cx, table, &server);
        server
    }

    fn execute<L: Lock<Service = Self>>(
        cx: &mut CxOf<L>,
        Halves { disk: table, memory: server }: Halves,
        asker: Id,
        command: &Statement,
    ) -> Option<Answer> {
        if let Statement::Binlog(sent) = command {
            apply(cx, table, server, sent);
            return None;
        }
        if !server.primary {
            cx.rule(&rules::READ_ONLY, [&asker]);
            return Some(Err("read-only"));
        }
        let before = table.clone();
        let answer = match command {
            Statement::Insert { method, .. } => insert(cx, table, asker, method),
            Statement::Delete { method } => delete(cx, table, server, asker, method),
            Statement::Update { method, .. } => update(cx, table, asker, method),
            Statement::Binlog(_) => return None,
        };
        if *table != before {
            arm(cx, table, server);
            replicate(cx);
        }
        Some(answer)
    }

    fn timeout<L: Lock<Service = Self>>(
        cx: &mut CxOf<L>,
        Halves { disk: table, memory: server }: Halves,
        timer: Timer,
    ) {
        match timer {
            Timer::Expire => sweep(cx, table, server),
            Timer::Replicate if server.primary => send_binlog(cx, table),
            _ => {}
        }
    }

    fn configured<L: Lock<Service = Self>>(
        cx: &mut CxOf<L>,
        Halves { disk: table, memory: server }: Halves,
        key: Key,
    ) {
        match key {
            PRIMARY => promote(cx, table, server),
            SWEEP => server.sweep = statement::lease(cx.knobs),
            _ => return,
        }
        arm(cx, table, server);
    }

    fn facts(table: &Table, server: &Server, out: &mut Facts) {
        out.role(if server.primary { "primary" } else { "standby" }, 0);
        if server.primary {
            for (method, row) in table.rows.iter() {
                let until = server.sweep.map(|sweep| row.update_time + sweep);
                out.push(holds(method, row.owner, row.id, until));
            }
        }
        out.mark("foreign-release", server.foreign);
    }

    fn describe(table: &Table, server: Option<&Server>, pen: &mut Pen) {
        let standby = server.is_some_and(|server| !server.primary);
        pen.role(if standby { "standby" } else { "primary" }, Tone::Plain, None);
        if table.rows.is_empty() {
            pen.disk_on_card("owner", None::<Id>);
        }
        for (method, row) in table.rows.iter() {
            pen.disk_on_card("owner", row.owner);
            pen.disk("method_lock", &**method);
            pen.disk("id", row.id);
            pen.disk("count", row.count);
            pen.disk("update_time", row.update_time);
        }
        pen.disk("auto_increment", table.auto_increment);
        let Some(server) = server else { return };
        pen.memory("sweep", server.sweep);
        if server.sweep.is_none() && !standby && !table.rows.is_empty() {
            pen.flag("no-expiry");
        }
    }
}

/// The unique index lets one row through.
fn insert<L: Lock>(cx: &mut CxOf<L>, table: &mut Table, asker: Id, method: &Str) -> Answer {
    let reentrant = cx.knobs.on(REENTRANT);
    match table.rows.get_mut(method) {
        Some(row) if reentrant && row.owner == asker => {
            row.count += 1;
            cx.rule(&rules::INSERT_AGAIN, [&asker, &row.count]);
            Ok(Value::Int(row.count as i64))
        }
        Some(row) => {
            cx.rule(&rules::INSERT_DENY_DUPLICATE, [&asker, &row.owner]);
            Err("duplicate-entry")
        }
        None => {
            table.auto_increment += 1;
            let id = table.auto_increment;
            let row = Row { id, owner: asker, count: 1, update_time: cx.wall };
            table.rows.insert(method.clone(), row);
            cx.rule(&rules::INSERT_DONE, [&asker, &id]);
            Ok(Value::Int(id as i64))
        }
    }
}

/// Without an owner in the row, whoever deletes it deletes it.
fn delete<L: Lock>(
    cx: &mut CxOf<L>,
    table: &mut Table,
    server: &mut Server,
    asker: Id,
    method: &Str,
) -> Answer {
    let Some(row) = table.rows.get_mut(method) else {
        cx.rule(&rules::DELETE_DENY_ABSENT, [&asker]);
        return Err("no-row");
    };
    let own = row.owner == asker;
    if cx.knobs.on(REENTRANT) {
        if !own {
            cx.rule(&rules::DELETE_DENY_OWNER, [&asker, &row.owner]);
            return Err("no-row");
        }
        if row.count > 1 {
            row.count -= 1;
            cx.rule(&rules::DELETE_ONCE, [&asker, &row.count]);
            return Ok(Value::Int(1));
        }
    }
    if own {
        cx.rule(&rules::DELETE_DONE, [&asker]);
    } else {
        server.foreign += 1;
        cx.rule(&rules::DELETE_FOREIGN, [&asker, &row.owner]);
    }
    table.rows.remove(method);
    Ok(Value::Int(1))
}

/// Makes the row of its owner young again.
fn update<L: Lock>(cx: &mut CxOf<L>, table: &mut Table, asker: Id, method: &Str) -> Answer {
    match table.rows.get_mut(method) {
        Some(row) if row.owner == asker => {
            row.update_time = cx.wall;
            cx.rule(&rules::UPDATE_DONE, [&asker]);
            Ok(Value::Int(1))
        }
        _ => Err("no-row"),
    }
}

/// Deletes every row that is too old, whether or not its owner is still at work.
fn sweep<L: Lock>(cx: &mut CxOf<L>, table: &mut Table, server: &Server) {
    let Some(limit) = server.sweep.filter(|_| server.primary) else { return };
    let old: Vec<Str> = table
        .rows
        .iter()
        .filter(|(_, row)| row.update_time + limit <= cx.wall)
        .map(|(method, _)| method.clone())
        .collect();
    for method in &old {
        if let Some(row) = table.rows.remove(method) {
            cx.rule(&rules::SWEEP_DELETE, [&row.owner, &cx.wall.since(row.update_time)]);
        }
    }
    if !old.is_empty() {
        replicate(cx);
    }
    arm(cx, table, server);
}

/// Waits for the oldest row to become too old.
fn arm<L: Lock>(cx: &mut CxOf<L>, table: &Table, server: &Server) {
    let oldest = table.rows.values().map(|row| row.update_time).min();
    match (oldest, server.sweep) {
        (Some(oldest), Some(sweep)) if server.primary => {
            cx.arm(Timer::Expire, exactly((oldest + sweep).since(cx.wall)));
        }
        _ => cx.disarm(Timer::Expire),
    }
}

/// Will tell the standby of the change: later, and nobody waits for it.
fn replicate<L: Lock>(cx: &mut CxOf<L>) {
    if cx.knobs.on(STANDBY) {
        cx.arm(Timer::Replicate, exactly(cx.knobs.span(LAG)));
    }
}

fn send_binlog<L: Lock<Service = Database>>(cx: &mut CxOf<L>, table: &Table) {
    cx.rule(&rules::BINLOG_SEND, [&table.rows.len()]);
    let standby = Id(1 - cx.me.0);
    cx.send(standby, Msg::Command { number: 0, command: Statement::Binlog(table.clone()) });
}

/// The standby takes over what the primary has. A server that takes writes follows nobody.
fn apply<L: Lock>(cx: &mut CxOf<L>, table: &mut Table, server: &Server, sent: &Table) {
    if server.primary {
        return;
    }
    *table = sent.clone();
    cx.rule(&rules::BINLOG_APPLY, [&table.rows.len()]);
}

/// The operator has changed the primary.
fn promote<L: Lock>(cx: &mut CxOf<L>, table: &Table, server: &mut Server) {
    let primary = Database::at(cx.knobs) == cx.me;
    if primary && !server.primary {
        cx.rule(&rules::PROMOTE, [&table.rows.len()]);
    }
    server.primary = primary;
}
