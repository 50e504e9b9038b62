//! `given p1 number=4`: a proposer that has used numbers before the story begins.

use super::Disk;
use crate::protocol::Given;

/// Writes one field.
pub fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
    match (field, value) {
        ("number", &Given::Int(number)) => disk.number = number,
        _ => return Err("number=NUMBER"),
    }
    Ok(())
}
