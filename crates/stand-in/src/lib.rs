//! Both upstreams on one loopback port: the Hugging Face Hub at `/` and GitHub under `/github`.
//!
//! Tests and the demonstration need upstreams that are always there, always the same, and can
//! be made to misbehave on demand. [`StandIn`] speaks the two wire formats exactly where clients
//! depend on them (hashes, headers, pagination, redirects, error codes) and answers nothing that
//! was not put into it:
//!
//! ```
//! use touchstone_stand_in::{Repository, StandIn};
//!
//! let upstream = StandIn::start();
//! upstream.add(Repository::model("willow/tiny").card("# Tiny").file("config.json", "{}"));
//! assert_eq!(upstream.count_of("/api/*"), 0);
//! println!("{}", upstream.hugging_face_url());
//! ```
//!
//! It is a stand-in, not a copy: listings are filtered coarsely, GraphQL answers `null` for what
//! it does not know, and nothing can be written.

mod content;
pub mod demo;
mod fault;
mod github;
mod hub;
mod options;
mod pattern;
pub mod real_model;
mod reply;
mod request_log;
mod serving;
mod stand_in;
mod world;

pub use content::{Content, safetensors};
pub use fault::Fault;
pub use github::{CodeRepository, Commit, PullRequest, Review};
pub use hub::{GRANTED_TOKEN, HubCommit, Kind, Repository};
pub use request_log::LoggedRequest;
pub use stand_in::{Addable, StandIn};
