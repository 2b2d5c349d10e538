//! Ratings of models whose facts are written by hand.

mod licenses;
mod size;
mod support;
mod upkeep;
