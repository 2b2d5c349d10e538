//! The ingest job from registration to download, over the registry's public surface.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

mod bytes;
mod collection;
mod faults;
mod healing;
mod lifecycle;
mod rerating;
mod support;
