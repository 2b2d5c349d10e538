//! Artifacts: an upstream repository under one type, with one id and one name for life.

use crate::clock::Timestamp;
use crate::revision::RevisionId;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a word from outside is not an id, a type or a name. The text is one sentence for a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidWord(pub String);

/// What kind of thing an artifact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArtifactType {
    /// A machine-learning model.
    Model,
    /// A data set.
    Dataset,
    /// A code repository.
    Code,
}

impl ArtifactType {
    /// Every type, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Model, Self::Dataset, Self::Code];

    /// The word used in paths and bodies.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Code => "code",
        }
    }
}

impl fmt::Display for ArtifactType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ArtifactType {
    type Err = InvalidWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| {
            InvalidWord("the artifact type must be one of model, dataset and code".to_owned())
        })
    }
}

/// The identity of an artifact: letters, digits and hyphens, at most 64 of them.
///
/// Ids that the registry makes are UUIDs of version 7, so that they sort by creation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ArtifactId(String);

impl ArtifactId {
    /// A new id for something created at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(time_ordered_id(now).to_string())
    }

    /// The id under which something that is not registered stands in a graph: a UUID of version 5
    /// of its canonical upstream id, the same on every machine.
    #[must_use]
    pub fn for_external(canonical: &str, kind: ArtifactType) -> Self {
        let name = format!("{kind}:{canonical}");
        Self(uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()).to_string())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A UUID of version 7 for the given moment: sorts by time, unique within it.
#[must_use]
pub fn time_ordered_id(now: Timestamp) -> uuid::Uuid {
    let nanoseconds = u64::try_from(now.as_nanosecond()).unwrap_or(0);
    uuid::Uuid::new_v7(uuid::Timestamp::from_unix(
        uuid::ContextV7::new().with_additional_precision(),
        nanoseconds / 1_000_000_000,
        u32::try_from(nanoseconds % 1_000_000_000).unwrap_or(0),
    ))
}

impl fmt::Display for ArtifactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ArtifactId {
    type Err = InvalidWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let plain = !word.is_empty()
            && word.len() <= 64
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if plain {
            Ok(Self(word.to_owned()))
        } else {
            Err(InvalidWord(
                "an artifact id is made of at most 64 letters, digits and hyphens".to_owned(),
            ))
        }
    }
}

impl<'de> Deserialize<'de> for ArtifactId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What people call an artifact. Not unique: artifacts may share a name.
///
/// At most 512 bytes, no control characters, not blank, and not `*`, which means "all" in queries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ArtifactName(String);

impl ArtifactName {
    /// The longest name, in bytes.
    pub const MAX_BYTES: usize = 512;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which names are compared: letter case does not count.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for ArtifactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ArtifactName {
    type Err = InvalidWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let problem = if word.trim().is_empty() {
            "the name is empty"
        } else if word.len() > Self::MAX_BYTES {
            "the name is longer than 512 bytes"
        } else if word.chars().any(char::is_control) {
            "the name holds control characters"
        } else if word == "*" {
            "the name * is reserved: it means all artifacts in a query"
        } else {
            return Ok(Self(word.to_owned()));
        };
        Err(InvalidWord(problem.to_owned()))
    }
}

impl<'de> Deserialize<'de> for ArtifactName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether an artifact can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "status")]
pub enum ArtifactStatus {
    /// Its first revision is on its way.
    Pending,
    /// It has a current revision.
    Ready,
    /// Its first revision could not be admitted; the reason is one sentence for people.
    Failed {
        /// Why, as one sentence.
        reason: String,
    },
}

/// A registered upstream repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its identity, for life.
    pub id: ArtifactId,
    /// Model, data set or code.
    pub kind: ArtifactType,
    /// What people call it, for life.
    pub name: ArtifactName,
    /// The address as it was registered or last updated.
    pub url: String,
    /// The repository behind the address, in canonical form.
    pub source: Source,
    /// Whether it can be used.
    #[serde(flatten)]
    pub status: ArtifactStatus,
    /// The revision that is served, once one was admitted.
    pub current: Option<RevisionId>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When its row last changed.
    pub updated_at: Timestamp,
}
