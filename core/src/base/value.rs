//! What clients write and systems answer.

use alloc::rc::Rc;
use core::fmt;

/// Short shared text: keys, written values, names.
pub type Str = Rc<str>;

/// A value that a client writes or a system answers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Value {
    /// Nothing there.
    #[default]
    Nil,
    /// A number.
    Int(i64),
    /// A word.
    Text(Str),
    /// Several values.
    List(Rc<[Value]>),
}

impl Value {
    /// The word `text`.
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Value::Nil => f.write_str("nil"),
            Value::Int(n) => write!(f, "{n}"),
            Value::Text(text) => f.write_str(text),
            Value::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    let comma = if i == 0 { "" } else { " " };
                    write!(f, "{comma}{value}")?;
                }
                f.write_str("]")
            }
        }
    }
}
