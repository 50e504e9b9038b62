//! Version 1 of the payload: `1.` and, in base64url, the deflated text followed by two bytes of
//! checksum. Compressor and decompressor begin with the same dictionary behind them, so that the
//! words of the language cost next to nothing.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::{LinkError, base64};
use crate::kernel::limits;

/// What both sides know before the first byte. Frozen: version 1 is read with it for ever.
static DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");

/// Deflate's own constants: the best effort, no zlib header, any strategy or fixed codes alone.
const LEVEL: i32 = 10;
const RAW: i32 = -15;
const STRATEGIES: [i32; 2] = [0, 4];

/// `1.PAYLOAD` for a text.
pub fn encode(text: &str) -> String {
    let packed = STRATEGIES.map(|strategy| deflate(text.as_bytes(), strategy));
    let mut shortest = packed.into_iter().min_by_key(Vec::len).unwrap_or_default();
    shortest.extend(checksum(text.as_bytes()).to_le_bytes());
    alloc::format!("1.{}", base64::encode(&shortest))
}

/// The text of `1.PAYLOAD`.
///
/// # Errors
///
/// When the version is not known, or the payload is not whole, or the text would be longer than a
/// scenario may be. Takes memory for the longest text at most.
#[inline(never)]
pub fn decode(payload: &str) -> Result<String, LinkError> {
    let (version, packed) = payload.split_once('.').ok_or(LinkError::Short)?;
    if version != "1" {
        return Err(LinkError::Version(version.chars().take(12).collect()));
    }
    if packed.len() > 2 * limits::TEXT {
        return Err(LinkError::TooLong(limits::TEXT));
    }
    let bytes = base64::decode(packed)?;
    let Some((packed, sum)) = bytes.split_last_chunk::<2>() else {
        return Err(LinkError::Short);
    };
    let text = inflate(packed)?;
    if checksum(&text) != u16::from_le_bytes(*sum) {
        return Err(LinkError::Damaged);
    }
    String::from_utf8(text).map_err(|_| LinkError::Damaged)
}

/// Feeds the dictionary first and drops what comes out for it: a sync flush ends at a whole byte,
/// so what follows stands alone but for its references back.
fn deflate(text: &[u8], strategy: i32) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(LEVEL, RAW, strategy);
    let mut compressor = CompressorOxide::new(flags);
    feed(&mut compressor, DICTIONARY, TDEFLFlush::Sync);
    feed(&mut compressor, text, TDEFLFlush::Finish)
}

fn feed(compressor: &mut CompressorOxide, mut input: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut out = vec![0; input.len() * 2 + 64];
    let mut written = 0;
    loop {
        let (status, read, wrote) = compress(compressor, input, &mut out[written..], flush);
        input = &input[read..];
        written += wrote;
        let room = written < out.len();
        if status != TDEFLStatus::Okay || (room && input.is_empty()) {
            break;
        }
        out.resize(out.len() * 2, 0);
    }
    out.truncate(written);
    out
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, LinkError> {
    let begin = DICTIONARY.len();
    let mut out = DICTIONARY.to_vec();
    out.resize(begin + limits::TEXT, 0);
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = DecompressorOxide::new();
    let (status, read, wrote) = decompress(&mut state, packed, &mut out, begin, flags);
    match status {
        TINFLStatus::Done if read == packed.len() => Ok(out[begin..begin + wrote].to_vec()),
        TINFLStatus::HasMoreOutput => Err(LinkError::TooLong(limits::TEXT)),
        TINFLStatus::FailedCannotMakeProgress => Err(LinkError::Short),
        _ => Err(LinkError::Damaged),
    }
}

/// CRC-16 with the polynomial of CCITT.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |sum, byte| {
        let shift = |sum: u16, _| if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 };
        (0..8).fold(sum ^ u16::from(*byte) << 8, shift)
    })
}
