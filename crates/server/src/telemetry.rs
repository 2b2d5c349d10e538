//! What the server sees of its requests.

/// Counts and latencies of requests.
#[derive(Default)]
pub(crate) struct Telemetry {}
