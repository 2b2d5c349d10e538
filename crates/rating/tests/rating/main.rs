//! Ratings of models whose facts are written by hand.

#![expect(clippy::unwrap_used, reason = "facts written by hand are known to be there")]
#![expect(clippy::float_cmp, reason = "scores are rounded, and the same to the last digit")]

mod any_facts;
mod away;
mod blind_to_names;
mod cards;
mod claims;
mod code_quality;
mod dressing;
mod examples;
mod fakes;
mod files;
mod licenses;
mod more_never_hurts;
mod ordering;
mod references;
mod scales;
mod sessions;
mod size;
mod support;
mod upkeep;
mod whole;
