//! Latencies in log-linear buckets: four to each doubling, from 64 µs to two minutes, so that a
//! quantile read from them is off by an eighth of its value at the most.

use std::time::Duration;

/// Everything faster than this many microseconds is in the first bucket.
const FIRST_MICROS: u64 = 64;

/// Doublings that are told apart.
pub(super) const DOUBLINGS: usize = 21;

/// Buckets to each doubling.
const PARTS: usize = 4;

/// One below, the doublings, one above.
const BUCKETS: usize = DOUBLINGS * PARTS + 2;

/// A histogram with counts of the given size.
#[derive(Clone)]
pub(super) struct Latencies<T> {
    buckets: [T; BUCKETS],
    sum: Duration,
}

impl<T: Copy + Default> Default for Latencies<T> {
    fn default() -> Self {
        Self { buckets: [T::default(); BUCKETS], sum: Duration::ZERO }
    }
}

impl<T: Copy + Default + Into<u64> + std::ops::AddAssign + From<u8>> Latencies<T> {
    /// Adds one.
    pub(super) fn add(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = self.buckets.get_mut(bucket_of(micros)) {
            *bucket += T::from(1);
        }
        self.sum = self.sum.saturating_add(took);
    }

    /// Adds all of another histogram to this one.
    pub(super) fn merge<U: Copy + Into<T>>(&mut self, other: &Latencies<U>) {
        for (bucket, more) in self.buckets.iter_mut().zip(other.buckets) {
            *bucket += more.into();
        }
        self.sum = self.sum.saturating_add(other.sum);
    }

    /// How many were added.
    pub(super) fn count(&self) -> u64 {
        self.buckets.iter().map(|bucket| (*bucket).into()).sum()
    }

    /// Their sum.
    pub(super) fn sum(&self) -> Duration {
        self.sum
    }

    /// How many took no longer than each end of a doubling, with that end in seconds.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        (0..=DOUBLINGS).map(|doubling| {
            let upto = doubling * PARTS + 1;
            let count = self.buckets.iter().take(upto).map(|bucket| (*bucket).into()).sum();
            (seconds((FIRST_MICROS << doubling) as f64), count)
        })
    }

    /// The latency in seconds that a share of them did not exceed: the upper end of its bucket.
    /// Nothing where none was added.
    pub(super) fn quantile(&self, share: f64) -> Option<f64> {
        let all = self.count();
        let mut seen = 0;
        let at = self.buckets.iter().position(|bucket| {
            seen += (*bucket).into();
            all > 0 && seen as f64 >= share * all as f64
        })?;
        Some(seconds(upper_end_micros(at)))
    }
}

fn bucket_of(micros: u64) -> usize {
    let Some(doubling) = (micros / FIRST_MICROS).checked_ilog2() else { return 0 };
    let start = FIRST_MICROS << doubling;
    let part = usize::try_from((micros - start) / (start / PARTS as u64)).unwrap_or(PARTS);
    (1 + doubling as usize * PARTS + part).min(BUCKETS - 1)
}

fn upper_end_micros(bucket: usize) -> f64 {
    let Some(above) = bucket.checked_sub(1) else { return FIRST_MICROS as f64 };
    let start = (FIRST_MICROS << (above / PARTS)) as f64;
    start + start / PARTS as f64 * (above % PARTS + 1) as f64
}

fn seconds(micros: f64) -> f64 {
    micros / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_latency_lies_below_the_end_of_its_bucket_and_near_it() {
        for micros in [64, 65, 79, 80, 100, 1000, 12_345, 999_999, 60_000_000] {
            let end = upper_end_micros(bucket_of(micros));
            assert!(end > micros as f64 && end <= micros as f64 * 1.25 + 1.0, "{micros} {end}");
        }
        assert_eq!((bucket_of(0), bucket_of(63), bucket_of(u64::MAX)), (0, 0, BUCKETS - 1));
    }

    #[test]
    fn quantiles_and_cumulative_counts_agree() {
        let mut latencies = Latencies::<u64>::default();
        assert_eq!(latencies.quantile(0.5), None);
        (1..=100).for_each(|ms| latencies.add(Duration::from_millis(ms)));
        let median = latencies.quantile(0.5).unwrap();
        assert!((0.050..=0.063).contains(&median), "{median}");
        assert_eq!(latencies.cumulative().last(), Some((134.217_728, 100)));
        let below: Vec<_> = latencies.cumulative().filter(|(end, _)| *end < 0.01).collect();
        assert_eq!(below.last(), Some(&(0.008_192, 8)));
    }
}
