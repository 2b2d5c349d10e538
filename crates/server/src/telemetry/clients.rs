//! How many different clients there were, estimated in a fixed space.

/// Registers; the standard error of the estimate is 1.04 / √256 = 6.5 %.
const REGISTERS: usize = 256;

/// A `HyperLogLog` (Flajolet, Fusy, Gandouet, Meunier 2007) with its correction for small numbers.
#[derive(Clone)]
pub(super) struct Sketch([u8; REGISTERS]);

impl Default for Sketch {
    fn default() -> Self {
        Self([0; REGISTERS])
    }
}

impl Sketch {
    /// Adds a client by its hash.
    pub(super) fn add(&mut self, hash: u64) {
        let [register, ..] = hash.to_le_bytes();
        // Eight bits chose the register; the rank is that of the others.
        let rank = u8::try_from((hash >> 8 | 1 << 56).trailing_zeros() + 1).unwrap_or(u8::MAX);
        if let Some(largest) = self.0.get_mut(usize::from(register)) {
            *largest = rank.max(*largest);
        }
    }

    /// Adds all clients of another sketch.
    pub(super) fn merge(&mut self, other: &Self) {
        for (largest, rank) in self.0.iter_mut().zip(other.0) {
            *largest = rank.max(*largest);
        }
    }

    /// About how many different ones were added.
    pub(super) fn estimate(&self) -> u64 {
        let count = REGISTERS as f64;
        let sum: f64 = self.0.iter().map(|rank| 0.5_f64.powi(i32::from(*rank))).sum();
        let raw = 0.7213 / (1.0 + 1.079 / count) * count * count / sum;
        let empty: f64 = self.0.iter().map(|rank| if *rank == 0 { 1.0 } else { 0.0 }).sum();
        let few = raw <= 2.5 * count && empty > 0.0;
        whole(if few { count * (count / empty).ln() } else { raw })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an estimate is positive and far below 2^64"
)]
fn whole(estimate: f64) -> u64 {
    estimate.round() as u64
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    /// A full-period mix (`SplitMix64`): hashes for numbers.
    fn hash(number: u64) -> u64 {
        let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    #[test]
    fn a_few_clients_are_counted_almost_exactly() {
        let mut sketch = Sketch::default();
        assert_eq!(sketch.estimate(), 0);
        for client in 1..=10 {
            sketch.add(hash(client));
            sketch.add(hash(client));
        }
        assert!((9..=11).contains(&sketch.estimate()), "{}", sketch.estimate());
    }

    #[test]
    fn many_clients_are_estimated_within_a_fifth() {
        let (mut sketch, mut other) = (Sketch::default(), Sketch::default());
        (1..=60_000).for_each(|client| sketch.add(hash(client)));
        (40_000..=100_000).for_each(|client| other.add(hash(client)));
        sketch.merge(&other);
        assert!((80_000..=120_000).contains(&sketch.estimate()), "{}", sketch.estimate());
    }
}
