//! What the memory holds at first, without room between its pieces: many are short, and an address
//! for each costs more than the way from the end of the one before. A function of the first module
//! puts them where they belong before anything else runs.

use wasm_encoder::{BlockType, Function, Instruction, MemArg, MemArgTarget, ValType};

/// The pieces behind each other, and then, in two bytes for each, how far it is from the end of the
/// last piece and how long it is. At first they stand at address 0, where the stack ends.
pub struct Packed {
    pub bytes: Vec<u8>,
    start: u32,
    ways: u32,
}

impl Packed {
    /// None where that place is not free. The pieces go up, by their addresses.
    pub fn new(pieces: &[(u32, &[u8])]) -> Option<Packed> {
        let start = pieces.first()?.0;
        let mut bytes = pieces.iter().map(|(_, bytes)| *bytes).collect::<Vec<_>>().concat();
        let ways = bytes.len() as u32;
        let mut at = start;
        for (address, piece) in pieces {
            add_way(&mut bytes, (address - at) as usize, piece.len());
            at = address + piece.len() as u32;
        }
        (bytes.len() <= start as usize).then_some(Packed { bytes, start, ways })
    }

    /// Puts the pieces where they belong.
    pub fn unpacking(&self) -> Function {
        let [to, from, way, length] = [0, 1, 2, 3];
        let byte =
            |offset| MemArg { offset, align: 0, target: MemArgTarget::Memory(0), ordering: None };
        let mut body = Function::new([(4, ValType::I32)]);
        body.instruction(&Instruction::I32Const(self.start as i32))
            .instruction(&Instruction::LocalSet(to))
            .instruction(&Instruction::I32Const(self.ways as i32))
            .instruction(&Instruction::LocalSet(way))
            .instruction(&Instruction::Loop(BlockType::Empty))
            .instruction(&Instruction::LocalGet(to))
            .instruction(&Instruction::LocalGet(way))
            .instruction(&Instruction::I32Load8U(byte(0)))
            .instruction(&Instruction::I32Add)
            .instruction(&Instruction::LocalTee(to))
            .instruction(&Instruction::LocalGet(from))
            .instruction(&Instruction::LocalGet(way))
            .instruction(&Instruction::I32Load8U(byte(1)))
            .instruction(&Instruction::LocalTee(length))
            .instruction(&Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 });
        for place in [to, from] {
            body.instruction(&Instruction::LocalGet(place))
                .instruction(&Instruction::LocalGet(length))
                .instruction(&Instruction::I32Add)
                .instruction(&Instruction::LocalSet(place));
        }
        body.instruction(&Instruction::LocalGet(way))
            .instruction(&Instruction::I32Const(2))
            .instruction(&Instruction::I32Add)
            .instruction(&Instruction::LocalTee(way))
            .instruction(&Instruction::I32Const(self.bytes.len() as i32))
            .instruction(&Instruction::I32LtU)
            .instruction(&Instruction::BrIf(0))
            .instruction(&Instruction::End)
            .instruction(&Instruction::End);
        body
    }
}

/// What two bytes cannot say is said by several.
fn add_way(bytes: &mut Vec<u8>, mut gap: usize, mut length: usize) {
    const MOST: usize = u8::MAX as usize;
    while gap > MOST {
        bytes.extend([u8::MAX, 0]);
        gap -= MOST;
    }
    while length > MOST {
        bytes.extend([gap as u8, u8::MAX]);
        (gap, length) = (0, length - MOST);
    }
    bytes.extend([gap as u8, length as u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the function does.
    fn unpacked(packed: &Packed) -> Vec<(u32, u8)> {
        let (bytes, ways) = packed.bytes.split_at(packed.ways as usize);
        let (mut to, mut bytes, mut placed) = (packed.start, bytes.iter(), Vec::new());
        for way in ways.chunks(2) {
            to += u32::from(way[0]);
            placed.extend((to..).zip(bytes.by_ref().take(usize::from(way[1])).copied()));
            to += u32::from(way[1]);
        }
        placed
    }

    #[test]
    fn every_piece_comes_to_its_place_however_far_and_long() {
        let long: Vec<u8> = (0..=255).cycle().take(1000).collect();
        let pieces: [(u32, &[u8]); 5] = [
            (9000, b"first"),
            (9006, b"near"),
            (9520, &long[..255]),
            (10_031, &long),
            (12_000, &long[..256]),
        ];
        let packed = Packed::new(&pieces).expect("room below");
        let place = |(at, bytes): &(u32, &[u8])| -> Vec<(u32, u8)> {
            (*at..).zip(bytes.iter().copied()).collect()
        };
        assert_eq!(unpacked(&packed), pieces.iter().flat_map(place).collect::<Vec<_>>());
    }

    #[test]
    fn where_there_is_no_room_below_nothing_is_packed() {
        assert!(Packed::new(&[(8, b"as long as this")]).is_none());
    }
}
