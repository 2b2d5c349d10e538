//! The machine's time.

use std::time::{Duration, Instant};
use touchstone_domain::{Clock, Timestamp};

/// Only programs may ask the machine for the time; a test is one.
pub(super) struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "a test is a program")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
