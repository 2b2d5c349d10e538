//! Bytes that follow from a seed, any part of which can be made on its own.

use bytes::Bytes;
use std::ops::Range;

const BLOCK_BYTES: u64 = 1 << 16;

/// One block of pseudo-random bytes, repeated; each repetition begins with its own number, so
/// that swapped or dropped blocks change the hash.
#[derive(Debug, Clone)]
pub(super) struct Synthetic {
    block: Bytes,
}

impl Synthetic {
    pub(super) fn new(seed: u64) -> Self {
        let mut state = seed;
        let block = (0..BLOCK_BYTES / 8).flat_map(|_| splitmix64(&mut state).to_le_bytes());
        Self { block: block.collect() }
    }

    pub(super) fn chunks(&self, range: Range<u64>) -> impl Iterator<Item = Bytes> + Send + 'static {
        let block = self.block.clone();
        let numbers = range.start / BLOCK_BYTES..range.end.div_ceil(BLOCK_BYTES);
        numbers.map(move |number| {
            let start = range.start.saturating_sub(number * BLOCK_BYTES);
            let end = (range.end - number * BLOCK_BYTES).min(BLOCK_BYTES);
            let mut chunk = block.to_vec();
            chunk[..8].copy_from_slice(&number.to_le_bytes());
            Bytes::from(chunk).slice(within_block(start)..within_block(end))
        })
    }
}

fn within_block(offset: u64) -> usize {
    usize::try_from(offset.min(BLOCK_BYTES)).unwrap_or(usize::MAX)
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(synthetic: &Synthetic, range: Range<u64>) -> Vec<u8> {
        synthetic.chunks(range).flatten().collect()
    }

    #[test]
    fn a_part_equals_the_same_part_of_the_whole() {
        let synthetic = Synthetic::new(7);
        let whole = joined(&synthetic, 0..200_000);
        assert_eq!(whole.len(), 200_000);
        assert_eq!(joined(&synthetic, 65_000..131_500), whole[65_000..131_500]);
        assert_eq!(joined(&synthetic, 199_999..200_000), whole[199_999..]);
    }

    #[test]
    fn another_seed_gives_other_bytes() {
        assert_ne!(joined(&Synthetic::new(1), 0..64), joined(&Synthetic::new(2), 0..64));
    }
}
