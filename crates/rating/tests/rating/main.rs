//! Ratings of models whose facts are written by hand.

#![expect(clippy::unwrap_used, reason = "facts written by hand are known to be there")]

mod code_quality;
mod licenses;
mod references;
mod size;
mod support;
mod upkeep;
mod whole;
