//! The registry as its clients see it: real HTTP on a loopback port.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

mod support;

mod artifacts;
mod audit;
mod bad_input;
mod bad_upstream;
mod benchmark;
mod browsers;
mod catalog;
mod confusion;
mod contract;
mod cost;
mod docs;
mod download;
mod health;
mod home;
mod license_check;
mod lineage;
mod openapi;
mod progress;
mod proxies;
mod rate_limit;
mod rating;
mod reset;
mod revisions;
mod search;
mod serving;
mod session;
mod tracks;
