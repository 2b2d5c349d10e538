//! One way to the outside for everything: guarded, bounded, patient within limits.

mod cache;
mod client;
mod flight;
mod guard;
mod limits;
mod names;
mod origin;

pub(crate) use client::{Ask, Http, Reply, Streamed, failed};
pub use names::{Names, SystemNames};
pub(crate) use origin::Origin;
