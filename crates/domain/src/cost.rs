//! What it costs to download an artifact: megabytes of 10^6 bytes, with one decimal.

use crate::artifact::ArtifactId;
use std::collections::BTreeMap;

/// The download cost of one artifact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Its own files, in bytes.
    pub standalone_bytes: u64,
    /// With everything it depends on, each counted once, in bytes.
    pub total_bytes: u64,
}

/// Costs by artifact: the asked one and, where wanted, its dependencies.
pub type Costs = BTreeMap<ArtifactId, Cost>;

/// Bytes as megabytes (10^6), rounded to one decimal.
#[must_use]
pub fn megabytes(bytes: u64) -> f64 {
    (bytes as f64 / 100_000.0).round() / 10.0
}
