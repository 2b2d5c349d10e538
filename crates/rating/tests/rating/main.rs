//! Ratings of models whose facts are written by hand.

mod code_quality;
mod licenses;
mod size;
mod support;
mod upkeep;
