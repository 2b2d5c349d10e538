//! The real binary, over HTTP and on the command line, against local upstreams.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

mod command_line;
mod crash;
mod full_disk;
mod journey;
mod logs;
mod real_model;
mod schema;
mod support;
