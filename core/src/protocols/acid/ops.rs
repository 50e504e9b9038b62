//! What clients ask: orders, and a look at both accounts.

use alloc::rc::Rc;

use crate::base::Value;
use crate::op::{Access, ArgKind, ArgSpec, Op, OpSpec};

/// How many pieces there are at the beginning, all of them in stock.
pub const TOTAL: i64 = 100;

/// The most that one order may ask for; what asks for more asks for this much.
const MOST: i64 = 1_000_000;

const AMOUNT: ArgSpec = ArgSpec { name: "amount", kind: ArgKind::Value };

/// One transaction: so many pieces leave the stock and are entered as ordered.
pub const ORDER: OpSpec =
    OpSpec { verb: "order", args: &[AMOUNT], access: Access::Both, model: Some(order) };
/// One transaction that reads both accounts: what is ordered, what is in stock.
pub const READ: OpSpec =
    OpSpec { verb: "read", args: &[], access: Access::Read, model: Some(read) };

/// How many pieces an order is for; none when it names no positive number.
pub fn amount(op: &Op) -> i64 {
    match op.arg(0) {
        Value::Int(n) => n.clamp(0, MOST),
        _ => 0,
    }
}

/// Both accounts as one value.
pub fn both(ordered: i64, stock: i64) -> Value {
    Value::List(Rc::new([Value::Int(ordered), Value::Int(stock)]))
}

/// The accounts in a state of the model; `None` for what is no such state.
fn accounts(state: &Value) -> Option<(i64, i64)> {
    match state {
        Value::Nil => Some((0, TOTAL)),
        Value::List(list) => match list[..] {
            [Value::Int(ordered), Value::Int(stock)] => Some((ordered, stock)),
            _ => None,
        },
        _ => None,
    }
}

fn order(state: &Value, op: &Op) -> (Value, Value) {
    let amount = amount(op);
    match accounts(state) {
        Some((ordered, stock)) if stock >= amount => {
            (both(ordered + amount, stock - amount), Value::Nil)
        }
        // It would have been refused: no answer is right.
        _ => (state.clone(), Value::text("refused")),
    }
}

fn read(state: &Value, _: &Op) -> (Value, Value) {
    let answer = accounts(state).map_or(Value::Nil, |(ordered, stock)| both(ordered, stock));
    (state.clone(), answer)
}
