//! Everything learned from upstream about one model, collected once and kept: what ratings are
//! computed from, at any time, without the network.

mod handwritten;
mod hub;
mod lacking;
mod repository;

pub use handwritten::{has_lines, is_in_folder_of_others, is_lock, is_written_by_hand};
pub use hub::{
    DatasetFacts, Gated, HubCommit, HubHistory, HubInfo, ModelFacts, Owner, ParentFacts,
    RegisteredRating, Unread,
};
pub use lacking::{Lack, lacks};
pub use repository::{
    AddedLines, CommitFacts, Contributor, Contributors, License, PullRequest, RepositoryFacts,
    RepositoryInfo, RepositoryTree, ReviewHistory, is_program,
};

use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a fact is missing. "It is not there" and "we could not look" are different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Missing {
    /// Upstream says that it does not exist.
    Absent,
    /// Upstream does not show it to us: private or gated.
    Forbidden,
    /// Upstream's limit was used up; it can be asked again at that time.
    RateLimited {
        /// When the limit is renewed.
        until: Timestamp,
    },
    /// Upstream failed, hung or answered nonsense; one sentence on how.
    Failed {
        /// How, as one sentence.
        detail: String,
    },
    /// It is larger than we read.
    TooLarge,
    /// It was not asked for: a way to look was not configured or not worth a request.
    NotAsked,
}

impl Missing {
    /// Whether asking again later could have another answer.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Failed { .. })
    }

    /// Whether asking again at `now` could have another answer.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        match self {
            Self::RateLimited { until } => *until <= now,
            other => other.is_passing(),
        }
    }
}

/// Something that was looked for, where, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The address where a reader can check it.
    pub seen_at: String,
    /// What was found, or why nothing was.
    pub found: Result<T, Missing>,
}

impl<T> Fact<T> {
    /// Found there.
    pub fn known(seen_at: impl Into<String>, value: T) -> Self {
        Self { seen_at: seen_at.into(), found: Ok(value) }
    }

    /// Not found there, for this reason.
    pub fn missing(seen_at: impl Into<String>, why: Missing) -> Self {
        Self { seen_at: seen_at.into(), found: Err(why) }
    }

    /// The value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.found.as_ref().ok()
    }

    /// Why there is none.
    #[must_use]
    pub fn why_missing(&self) -> Option<&Missing> {
        self.found.as_ref().err()
    }
}

/// A text file read whole from upstream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its path in the repository.
    pub path: String,
    /// Its text; bytes that are not UTF-8 are replaced by U+FFFD.
    pub text: String,
}

/// One file of an upstream repository, as a listing gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryFile {
    /// Path inside the repository.
    pub path: String,
    /// Size in bytes, where the listing states it.
    pub size_bytes: Option<u64>,
    /// SHA-256 of the bytes, where they are in large-file storage.
    pub sha256: Option<crate::manifest::Sha256>,
    /// Git's SHA-1 of the blob.
    pub git_sha1: Option<String>,
}

/// What a language model made of a text: one more observation, never an authority.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextGrade {
    /// The language model's name.
    pub model: String,
    /// Its grade for the performance claims, 0 to 1.
    pub performance_claims: Option<f64>,
    /// Its grade for the documentation of data and code, 0 to 1.
    pub documentation: Option<f64>,
}

/// All that is known of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// When collection began: the only time that metrics know.
    pub collected_at: Timestamp,
    /// When facts that were missing then were last added.
    #[serde(default)]
    pub completed_at: Option<Timestamp>,
    /// The model's own repository.
    pub model: ModelFacts,
    /// The data sets it names, in the order in which they are named.
    pub datasets: Vec<DatasetFacts>,
    /// The code repositories it names, most relevant first.
    pub repositories: Vec<RepositoryFacts>,
    /// Its immediate parents.
    pub parents: Vec<ParentFacts>,
    /// A language model's grade, where one is configured.
    pub grade: Option<TextGrade>,
}
