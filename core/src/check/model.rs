//! What one copy of a datum would do that executes operations one after another: the sequential
//! specifications against which clients' observations are judged, and by which state machines
//! execute.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::base::Value;
use crate::op::Op;

/// `put(key, value)`: the datum becomes `value`.
pub fn put(_: &Value, op: &Op) -> (Value, Value) {
    (op.arg(0), Value::Nil)
}

/// `get(key)`: answers the datum.
pub fn get(datum: &Value, _: &Op) -> (Value, Value) {
    (datum.clone(), datum.clone())
}

/// `del(key)`: the datum is no longer there.
pub fn del(_: &Value, _: &Op) -> (Value, Value) {
    (Value::Nil, Value::Nil)
}

/// `incr(key)`: the datum becomes one more, counted from 0, and is answered.
pub fn incr(datum: &Value, _: &Op) -> (Value, Value) {
    let count = if let Value::Int(n) = datum { n.saturating_add(1) } else { 1 };
    (Value::Int(count), Value::Int(count))
}

/// `append(key, value)`: the datum is a list, which becomes longer by `value`.
pub fn append(datum: &Value, op: &Op) -> (Value, Value) {
    let mut list: Vec<Value> = match datum {
        Value::List(list) => list.to_vec(),
        Value::Nil => Vec::new(),
        single => Vec::from([single.clone()]),
    };
    list.push(op.arg(0));
    (Value::List(Rc::from(list)), Value::Nil)
}

/// `cas(key, old, new)`: the datum becomes `new` if it is `old`; answers 1 when it did, else 0.
pub fn cas(datum: &Value, op: &Op) -> (Value, Value) {
    if *datum == op.arg(0) { (op.arg(1), Value::Int(1)) } else { (datum.clone(), Value::Int(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn op(verb: &'static str, args: Vec<Value>) -> Op {
        Op { verb, key: "x".into(), args }
    }

    #[test]
    fn each_model_does_what_its_sentence_says() {
        let (a, b) = (Value::text("a"), Value::text("b"));
        assert_eq!(put(&a, &op("put", vec![b.clone()])), (b.clone(), Value::Nil));
        assert_eq!(get(&a, &op("get", vec![])), (a.clone(), a.clone()));
        assert_eq!(del(&a, &op("del", vec![])), (Value::Nil, Value::Nil));
        assert_eq!(incr(&Value::Nil, &op("incr", vec![])).1, Value::Int(1));
        assert_eq!(incr(&Value::Int(4), &op("incr", vec![])).0, Value::Int(5));
        let two = Value::List(Rc::from([a.clone(), b.clone()]));
        let one = append(&Value::Nil, &op("append", vec![a.clone()])).0;
        assert_eq!(append(&one, &op("append", vec![b.clone()])).0, two);
        let swap = op("cas", vec![a.clone(), b.clone()]);
        assert_eq!(cas(&a, &swap), (b.clone(), Value::Int(1)));
        assert_eq!(cas(&b, &swap), (b, Value::Int(0)));
    }
}
