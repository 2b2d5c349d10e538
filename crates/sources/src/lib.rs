//! Hugging Face, GitHub and plain files, asked politely and turned into facts.
//!
//! [`Sources`] is the only door: everything behind it shares one HTTP client that refuses private
//! addresses, bounds every size and time, obeys what upstream says of its limits, and asks for the
//! same document once.

mod error;
mod settings;
mod snapshot;

pub use error::SourceError;
pub use settings::SourceSettings;
pub use snapshot::{ArchivePart, ArchiveStream, FileStream, Snapshot, SnapshotInfo};

use std::sync::Arc;
use touchstone_domain::facts::{DatasetFacts, Document, License, ModelFacts, RepositoryFacts};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::{Clock, Fact, Source, Timestamp};

/// An upstream that is asked by its API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upstream {
    /// The Hugging Face Hub.
    HuggingFace,
    /// GitHub.
    GitHub,
}

/// What is known of an upstream's limit from its last answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Which upstream.
    pub upstream: Upstream,
    /// The window or resource it counts: `api`, `resolvers`, `core`, `graphql`.
    pub resource: String,
    /// Requests left, where stated.
    pub remaining: Option<u64>,
    /// Requests in all, where stated.
    pub limit: Option<u64>,
    /// When the limit is renewed, where stated.
    pub resets_at: Option<Timestamp>,
}

/// The answer to a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// How long the answer took.
    pub took: std::time::Duration,
    /// What was wrong, as one sentence; nothing where all was well.
    pub problem: Option<String>,
}

/// The door to all upstreams.
#[derive(Clone)]
pub struct Sources {
    #[expect(dead_code, reason = "filled in by the next step")]
    clock: Arc<dyn Clock>,
}

impl Sources {
    /// Opens the client and its persistent cache. Asks nobody.
    pub fn connect(_settings: SourceSettings, _clock: Arc<dyn Clock>) -> Result<Self, SourceError> {
        todo!()
    }

    /// Follows renames, pins the commit and lists the files, with sizes and hashes.
    pub async fn resolve(&self, _source: &Source) -> Result<Snapshot, SourceError> {
        todo!()
    }

    /// Everything that the model's own repository tells, gathered concurrently. Never fails: what
    /// could not be had is a missing fact with its reason.
    pub async fn model(&self, _snapshot: &Snapshot) -> ModelFacts {
        todo!()
    }

    /// Metadata and card of a parent model, in two requests; the other facts are `NotAsked`.
    pub async fn parent(&self, _source: &Source) -> ModelFacts {
        todo!()
    }

    /// A data set that a model names: by `owner/name`, `name` or a Hub address.
    pub async fn dataset(&self, _named_as: &str, _stated_in: Provenance) -> DatasetFacts {
        todo!()
    }

    /// A code repository that a model names: `owner/name` on GitHub.
    pub async fn repository(&self, _named_as: &str, _stated_in: Provenance) -> RepositoryFacts {
        todo!()
    }

    /// The README of a data set or code repository.
    pub async fn readme(&self, _snapshot: &Snapshot) -> Fact<Document> {
        todo!()
    }

    /// The licence of a code repository, as its host and its licence file state it.
    pub async fn license(&self, _source: &Source) -> Fact<License> {
        todo!()
    }

    /// One file's bytes from `offset` on, at a pinned commit.
    pub async fn open_file(
        &self,
        _source: &Source,
        _commit: &str,
        _path: &str,
        _offset: u64,
    ) -> Result<FileStream, SourceError> {
        todo!()
    }

    /// All files of a GitHub repository at a pinned commit, from its archive, in one request.
    pub async fn open_archive(
        &self,
        _source: &Source,
        _commit: &str,
    ) -> Result<ArchiveStream, SourceError> {
        todo!()
    }

    /// Whether an upstream answers, asked with the cheapest request that counts against no limit
    /// where there is one.
    pub async fn probe(&self, _upstream: Upstream) -> Probe {
        todo!()
    }

    /// What upstreams last said of their limits.
    #[must_use]
    pub fn budgets(&self) -> Vec<Budget> {
        todo!()
    }
}
