//! Base64 with the URL alphabet and without padding (RFC 4648 §5).

use alloc::string::String;
use alloc::vec::Vec;

use super::LinkError;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = bits >> (18 - 6 * place) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

/// Padding at the end is not minded; bits that are left over are.
pub fn decode(text: &str) -> Result<Vec<u8>, LinkError> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for (place, c) in text.chars().enumerate() {
        let index = ALPHABET.iter().position(|known| char::from(*known) == c);
        let index = index.ok_or(LinkError::Character(c, place + 1))?;
        bits = bits << 6 | index as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    if count == 6 {
        return Err(LinkError::Short);
    }
    if bits == 0 { Ok(bytes) } else { Err(LinkError::Damaged) }
}
