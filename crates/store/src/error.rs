//! What can go wrong with the store, named by outcome.

use touchstone_domain::ArtifactId;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The repository is held by another artifact of the same type.
    #[error("the source is registered already as {existing}")]
    Conflict {
        /// That artifact.
        existing: ArtifactId,
    },
    /// The artifact is gone.
    #[error("the artifact does not exist")]
    NotFound,
    /// The job was taken over, replaced or cancelled: this worker must stop.
    #[error("the job is no longer held by this worker")]
    LeaseLost,
    /// A blob is being swept at this moment; try again in a few seconds.
    #[error("a blob is being collected; try again in a moment")]
    BeingCollected,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The driver cannot work now.
    #[error("the store cannot be reached: {what}")]
    Unavailable {
        /// What could not be done, for the log.
        what: String,
        /// Why.
        #[source]
        cause: Option<Cause>,
    },
    /// What was read is not what was written.
    #[error("the store holds something unreadable: {what}")]
    Corrupt {
        /// What, for the log.
        what: String,
        /// Why.
        #[source]
        cause: Option<Cause>,
    },
    /// Bytes do not have the size or hash that was promised.
    #[error("{what} does not match: expected {expected}, got {got}")]
    Mismatch {
        /// The size, the SHA-256 or git's SHA-1.
        what: &'static str,
        /// As promised.
        expected: String,
        /// As it is.
        got: String,
    },
}
