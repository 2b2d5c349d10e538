//! Waits of random length, so that what failed together does not come back together.

use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

/// Somewhere between half of it and all of it.
pub(crate) fn spread(wait: Duration) -> Duration {
    let random = std::hash::RandomState::new().build_hasher().finish();
    let share = (random >> 11) as f64 / (1_u64 << 53) as f64;
    wait.mul_f64(0.5 + share / 2.0)
}
