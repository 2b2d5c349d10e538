//! Revisions: upstream commits of an artifact, pinned, immutable once published.

use crate::artifact::ArtifactId;
use crate::clock::Timestamp;
use crate::manifest::Manifest;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The identity of a revision: a UUID of version 7 as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevisionId(pub String);

impl RevisionId {
    /// A new id for something created at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(crate::artifact::time_ordered_id(now).to_string())
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far a revision came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RevisionState {
    /// Complete, rated and admitted; it never changes again.
    Published,
    /// Complete, but the admission policy refused it.
    Refused,
}

/// One upstream commit of an artifact, without its facts and rating, which are read apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its identity.
    pub id: RevisionId,
    /// The artifact it belongs to.
    pub artifact: ArtifactId,
    /// The upstream commit: 40 hexadecimal digits for git, the SHA-256 of a plain file.
    pub commit: String,
    /// The repository it was taken from: an artifact may be pointed at another one later.
    pub source: Source,
    /// How far it came.
    pub state: RevisionState,
    /// Its files.
    pub manifest: Manifest,
    /// When its ingest began.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Timestamp,
}

/// A move of the pointer to the revision that is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointerMove {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// To which revision.
    pub revision: RevisionId,
}
