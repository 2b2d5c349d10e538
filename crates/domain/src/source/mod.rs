//! Where an artifact comes from: a repository address in one canonical form.

mod address;
mod parse;

pub use address::{is_private_name, is_public};
pub use parse::{InvalidSource, canonical_model};

use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// Which part of the Hub a repository lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HubKind {
    /// A model repository.
    Model,
    /// A data set repository.
    Dataset,
    /// A space: an application with its code.
    Space,
}

impl HubKind {
    /// What stands before the repository in the Hub's page and file addresses.
    #[must_use]
    pub const fn path_prefix(self) -> &'static str {
        match self {
            Self::Model => "",
            Self::Dataset => "datasets/",
            Self::Space => "spaces/",
        }
    }

    /// The collection's name in the Hub's API paths.
    #[must_use]
    pub const fn api_collection(self) -> &'static str {
        match self {
            Self::Model => "models",
            Self::Dataset => "datasets",
            Self::Space => "spaces",
        }
    }
}

/// A place that artifacts are taken from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "host")]
pub enum Source {
    /// A repository on the Hugging Face Hub.
    HuggingFace {
        /// Which part of the Hub.
        kind: HubKind,
        /// `owner/name`, or `name` alone for the Hub's oldest repositories.
        repository: String,
        /// Branch, tag or commit; the default branch where none is given.
        revision: Option<String>,
    },
    /// A repository on GitHub.
    #[serde(rename = "github")]
    GitHub {
        /// `owner/name`.
        repository: String,
        /// Branch, tag or commit; the default branch where none is given.
        revision: Option<String>,
    },
    /// A plain file on any other public host.
    File {
        /// Its address.
        url: Url,
    },
}

impl Source {
    /// The one id of the repository, however its address was spelled: without scheme, revision and
    /// letter case. `huggingface.co/google-bert/bert-base-uncased`,
    /// `huggingface.co/datasets/rajpurkar/squad`, `github.com/openai/whisper`.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Self::HuggingFace { kind, repository, .. } => {
                format!("huggingface.co/{}{}", kind.path_prefix(), repository.to_lowercase())
            }
            Self::GitHub { repository, .. } => format!("github.com/{}", repository.to_lowercase()),
            Self::File { url } => {
                let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
                format!("{}{}{query}", url.host_str().unwrap_or_default(), url.path())
            }
        }
    }

    /// The address of the repository's page, for people.
    #[must_use]
    pub fn page_url(&self) -> String {
        match self {
            Self::HuggingFace { kind, repository, .. } => {
                format!("https://huggingface.co/{}{repository}", kind.path_prefix())
            }
            Self::GitHub { repository, .. } => format!("https://github.com/{repository}"),
            Self::File { url } => url.to_string(),
        }
    }

    /// The page of one file at a pinned commit, for people.
    #[must_use]
    pub fn file_url(&self, commit: &str, path: &str) -> String {
        match self {
            Self::File { url } => url.to_string(),
            _ => format!("{}/blob/{commit}/{path}", self.page_url()),
        }
    }

    /// `owner/name`, or the whole address of a plain file.
    #[must_use]
    pub fn repository(&self) -> &str {
        match self {
            Self::HuggingFace { repository, .. } | Self::GitHub { repository, .. } => repository,
            Self::File { url } => url.as_str(),
        }
    }

    /// The asked revision, where one is named.
    #[must_use]
    pub fn revision(&self) -> Option<&str> {
        match self {
            Self::HuggingFace { revision, .. } | Self::GitHub { revision, .. } => {
                revision.as_deref()
            }
            Self::File { .. } => None,
        }
    }

    /// The name an artifact gets where none is given: the last segment of the repository or of the
    /// file's path.
    #[must_use]
    pub fn default_name(&self) -> &str {
        let path = match self {
            Self::File { url } => url.path().trim_end_matches('/'),
            other => other.repository(),
        };
        match path.rsplit('/').next() {
            Some(last) if !last.is_empty() => last,
            _ => "file",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.page_url())
    }
}
