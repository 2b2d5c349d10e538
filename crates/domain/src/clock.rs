//! Time, passed in. Rules and tests decide what time it is; only the binary asks the machine.

pub use jiff::Timestamp;
use std::time::Duration;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The time of day, UTC.
    fn now(&self) -> Timestamp;

    /// Time since some fixed moment, never going backwards: for measuring how long things take.
    fn elapsed(&self) -> Duration;
}
