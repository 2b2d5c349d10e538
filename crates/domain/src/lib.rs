//! What a registry of models talks about: types that cannot be wrong, and nothing that does I/O.
//!
//! Every other crate speaks these words. Nothing here knows HTTP, storage, an upstream's wire
//! format or the time of day.

pub mod artifact;
pub mod audit;
pub mod catalog;
pub mod clock;
pub mod comparison;
pub mod cost;
pub mod edition;
pub mod facts;
pub mod healing;
pub mod job;
pub mod license;
pub mod lineage;
pub mod manifest;
pub mod page;
pub mod rating;
pub mod revision;
pub mod source;
pub mod weights;

pub use artifact::{Artifact, ArtifactId, ArtifactName, ArtifactStatus, ArtifactType};
pub use clock::{Clock, Timestamp};
pub use comparison::Comparison;
pub use edition::Edition;
pub use facts::{Fact, Facts, Missing};
pub use healing::Healing;
pub use manifest::{FileEntry, FileHolding, Manifest, Sha256};
pub use page::{Page, PageRequest};
pub use rating::{Evidence, Metric, Rating};
pub use revision::{Revision, RevisionId, RevisionState};
pub use source::Source;
