//! Rows before the first boot.

use super::rows::Rows;
use crate::base::Value;
use crate::protocol::Given;

/// Why nothing can be given to a process that keeps no rows.
pub const NO_ROWS: &str = "a resource manager";

impl Rows {
    /// `given rm2 stock=10`: the row `stock` holds 10 before the first boot.
    ///
    /// # Errors
    ///
    /// A row can be given a number or a word.
    pub fn give(&mut self, row: &str, value: &Given) -> Result<(), &'static str> {
        let value = match value {
            Given::Int(n) => Value::Int(i64::try_from(*n).map_err(|_| "a number")?),
            Given::Word(word) => Value::Text(word.clone()),
            _ => return Err("a number or a word"),
        };
        self.write(&row.into(), value);
        Ok(())
    }
}
