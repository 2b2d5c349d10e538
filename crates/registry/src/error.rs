//! Outcomes other than success, as whoever asked should understand them.

use touchstone_domain::{ArtifactId, Timestamp};
use touchstone_store::StoreError;

/// Why a use case did not give what was asked for. `Display` is one sentence for the client; the
/// cause, where there is one, is for the log.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The request cannot be meant.
    #[error("{0}")]
    Invalid(String),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The source is registered already.
    #[error(
        "this source is registered already as {existing}; update that artifact to take another revision"
    )]
    AlreadyExists {
        /// The artifact that holds it.
        existing: ArtifactId,
    },
    /// It is being ingested and the time to wait is over.
    #[error("the artifact is still being processed; ask again later or look at its progress")]
    StillProcessing,
    /// Its ingest failed; the reason is one sentence.
    #[error("the artifact could not be ingested: {reason}")]
    IngestFailed {
        /// Why.
        reason: String,
    },
    /// Something that must run alone is running.
    #[error("{0}")]
    Busy(String),
    /// An upstream could not be asked.
    #[error("{0}")]
    UpstreamUnavailable(String),
    /// It is not allowed here.
    #[error("{0}")]
    Forbidden(String),
    /// The disk is full.
    #[error("the registry's disk is full")]
    StorageFull,
    /// The store cannot work now.
    #[error("the registry's store cannot be reached; try again in a moment")]
    StoreUnavailable {
        /// When to try again, where known.
        retry_at: Option<Timestamp>,
        /// Why, for the log.
        #[source]
        cause: StoreError,
    },
    /// A mistake of ours.
    #[error("the registry made a mistake; the log says which")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for RegistryError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { existing } => Self::AlreadyExists { existing },
            StoreError::NotFound => Self::NotFound("the artifact does not exist".to_owned()),
            StoreError::Full => Self::StorageFull,
            StoreError::Unavailable { .. } | StoreError::BeingCollected => {
                Self::StoreUnavailable { retry_at: None, cause: error }
            }
            StoreError::LeaseLost | StoreError::Corrupt { .. } | StoreError::Mismatch { .. } => {
                Self::Internal(Box::new(error))
            }
        }
    }
}
