//! Ingest jobs: rows before they are tasks, leased by workers, never lost by a crash.

use crate::artifact::ArtifactId;
use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// The stages of an ingest, in order. Each is idempotent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Waiting for a worker.
    Queued,
    /// Following renames, pinning the commit, reading the file list.
    Resolve,
    /// Gathering the facts.
    Collect,
    /// Bringing the bytes.
    Transfer,
    /// Scoring the facts.
    Rate,
    /// Applying the admission policy.
    Decide,
    /// Writing revision, edges, index and pointer at once.
    Publish,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum JobState {
    /// To be taken by a worker, not before `not_before`.
    Waiting,
    /// Held by a worker until its lease runs out.
    Running,
    /// Finished; the artifact has what was asked for.
    Done,
    /// Given up; the reason is one sentence for people.
    Failed {
        /// Why, as one sentence.
        reason: String,
    },
}

/// How far a running job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The stage it is in.
    pub stage: Stage,
    /// Bytes brought so far.
    pub bytes_done: u64,
    /// Bytes to bring in all, once known.
    pub bytes_total: Option<u64>,
    /// When the transfer began: speed and time left follow from it.
    pub transfer_started_at: Option<Timestamp>,
}

impl Progress {
    /// Of a job that nobody has taken yet.
    #[must_use]
    pub fn queued() -> Self {
        Self { stage: Stage::Queued, bytes_done: 0, bytes_total: None, transfer_started_at: None }
    }
}

/// The latest ingest of an artifact. There is one job an artifact: a newer one replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The artifact it works for.
    pub artifact: ArtifactId,
    /// Tells this job from an earlier one of the same artifact.
    pub generation: u64,
    /// How it stands.
    #[serde(flatten)]
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// How many times a worker has taken it.
    pub attempts: u32,
    /// Not to be taken before this moment.
    pub not_before: Timestamp,
    /// Why the last attempt was given up, where it was.
    pub last_problem: Option<String>,
    /// Who asked for it, for the record of the pointer's move.
    pub asked_by: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its row last changed.
    pub updated_at: Timestamp,
}

/// A worker's hold on a job. Writes under a lease that ran out or was replaced are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The artifact.
    pub artifact: ArtifactId,
    /// The job's generation.
    pub generation: u64,
    /// Which attempt this is; a later one invalidates it.
    pub attempt: u32,
}
