//! What every driver promises. Each method is atomic: it happens whole or not at all, and once it
//! has answered it survives a loss of power (memory excepted).

use crate::catalog::Catalog;
use crate::error::StoreError;
use crate::pattern::SearchPattern;
use crate::ratings::{RatingRecord, Ratings};
use async_trait::async_trait;
use std::time::Duration;
use touchstone_domain::audit::AuditEntry;
use touchstone_domain::catalog::Labels;
use touchstone_domain::job::{Job, Lease, Progress};
use touchstone_domain::lineage::Edge;
use touchstone_domain::revision::PointerMove;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactName, ArtifactType, Facts, Healing, Page, PageRequest, Revision,
    RevisionId, Sha256, Source, Timestamp,
};

/// A store of everything but bytes.
pub trait Store:
    Artifacts
    + Revisions
    + Ratings
    + Jobs
    + Lineage
    + Search
    + Catalog
    + AuditLog
    + BlobLedger
    + Maintenance
{
}

impl<T> Store for T where
    T: Artifacts
        + Revisions
        + Ratings
        + Jobs
        + Lineage
        + Search
        + Catalog
        + AuditLog
        + BlobLedger
        + Maintenance
{
}

/// An artifact to be registered with its job and audit line.
#[derive(Debug, Clone)]
pub struct NewArtifact {
    /// Pending, without a current revision.
    pub artifact: Artifact,
    /// Its first ingest, waiting, generation 1.
    pub job: Job,
    /// The CREATE line.
    pub entry: AuditEntry,
}

/// A change of an artifact's address, with the job that takes it there.
#[derive(Debug, Clone)]
pub struct Repoint {
    /// The artifact.
    pub artifact: ArtifactId,
    /// The address as it was typed.
    pub url: String,
    /// The repository behind it.
    pub source: Source,
    /// The ingest to run; its generation is set by the store to one more than the last.
    pub job: Job,
    /// The UPDATE line.
    pub entry: AuditEntry,
}

/// One condition of a query. An artifact matches a query list when it matches any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactQuery {
    /// The exact name, letter case ignored; nothing for all.
    pub name: Option<ArtifactName>,
    /// The types; empty for all.
    pub kinds: Vec<ArtifactType>,
}

/// How a list is ordered. Ties are broken by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Oldest first.
    #[default]
    Created,
    /// Newest first.
    CreatedDescending,
    /// By name, letter case ignored.
    Name,
    /// By name, backwards.
    NameDescending,
}

/// Which artifacts, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// The union of these; empty for everything.
    pub any_of: Vec<ArtifactQuery>,
    /// The order.
    pub order: SortOrder,
}

/// How many artifacts there are of a type, by status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Type, pending, ready, failed.
    pub by_type: Vec<(ArtifactType, u64, u64, u64)>,
}

/// Artifacts: their rows, lists and changes.
#[async_trait]
pub trait Artifacts: Send + Sync {
    /// Writes artifact, job, audit line and its name's index row.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where an artifact of the same type holds the canonical source.
    async fn register(&self, new: NewArtifact) -> Result<(), StoreError>;

    /// The artifact with this id. A point lookup: must not wait for a writer.
    async fn artifact(&self, id: &ArtifactId) -> Result<Option<Artifact>, StoreError>;

    /// The artifacts with these ids that exist, in no order.
    async fn artifacts(&self, ids: &[ArtifactId]) -> Result<Vec<Artifact>, StoreError>;

    /// The artifacts of any type that hold one of these canonical sources.
    async fn by_sources(&self, canonical: &[String]) -> Result<Vec<Artifact>, StoreError>;

    /// A page of a list. Its cost does not depend on how far in it is, except after a counted skip.
    async fn list(
        &self,
        query: &ListQuery,
        page: &PageRequest,
    ) -> Result<Page<Artifact>, StoreError>;

    /// Changes address and source, replaces the job, writes the audit line. The current revision
    /// stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] where another artifact of the same type
    /// holds the source.
    async fn repoint(&self, change: Repoint) -> Result<(), StoreError>;

    /// Removes an artifact with its job, revisions, edges and index rows; its audit trail stays.
    /// False where it did not exist.
    async fn delete(&self, id: &ArtifactId) -> Result<bool, StoreError>;

    /// How many there are.
    async fn counts(&self) -> Result<Counts, StoreError>;
}

/// Everything that publishing a revision writes at once.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The revision. Publishing the same commit of the same source again replaces nothing: the
    /// earlier revision stays and becomes current.
    pub revision: Revision,
    /// What was learned, for models.
    pub facts: Option<Facts>,
    /// What it scored, for models.
    pub rating: Option<RatingRecord>,
    /// What its rating lacks; nothing where it is final.
    pub healing: Option<Healing>,
    /// What it is found by in the catalogue.
    pub labels: Labels,
    /// What it rests on.
    pub edges: Vec<Edge>,
    /// The README, for search: replaces the artifact's indexed text. Its first
    /// [`SearchPattern::MAX_README_BYTES`] are searched.
    pub readme: Option<String>,
    /// Lines for the audit trail.
    pub entries: Vec<AuditEntry>,
    /// Who asked, for the record of the pointer's move.
    pub asked_by: String,
}

/// A revision with what lists show of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionSummary {
    /// The revision.
    pub revision: Revision,
    /// Its net score, for models.
    pub net_score: Option<f64>,
    /// Since when it has been current, where it is.
    pub current_since: Option<Timestamp>,
}

/// Revisions: immutable once published, but for [their ratings](Ratings).
#[async_trait]
pub trait Revisions: Send + Sync {
    /// Writes everything of a publication, moves the pointer, sets the artifact ready under the
    /// revision's source, ends the job as done and lets go of its pins.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where the lease does not hold; [`StoreError::Conflict`] where
    /// another artifact of the same type holds the source that upstream renamed this one to.
    async fn publish(&self, lease: &Lease, publication: Publication) -> Result<(), StoreError>;

    /// All revisions of an artifact, newest first.
    async fn revisions(&self, artifact: &ArtifactId) -> Result<Vec<RevisionSummary>, StoreError>;

    /// One revision.
    async fn revision(&self, id: &RevisionId) -> Result<Option<Revision>, StoreError>;

    /// Every move of an artifact's pointer, oldest first.
    async fn pointer_moves(&self, artifact: &ArtifactId) -> Result<Vec<PointerMove>, StoreError>;
}

/// How an attempt ended without a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// To be tried again at that time, for this reason. The attempt counts.
    Retry {
        /// Not before.
        at: Timestamp,
        /// Why, as one sentence.
        reason: String,
    },
    /// Given back unfinished, as on shutdown. The attempt does not count.
    Release,
    /// Given up for this reason. An artifact without a current revision becomes failed.
    Fail {
        /// Why, as one sentence.
        reason: String,
    },
}

/// How many jobs there are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// To be taken.
    pub waiting: u64,
    /// Held by workers.
    pub running: u64,
    /// Given up.
    pub failed: u64,
}

/// Jobs: one an artifact, the latest.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Takes the job that has been due longest: waiting and due, or running under a lease that ran
    /// out. Of many callers only one gets it.
    async fn lease(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(Job, Lease)>, StoreError>;

    /// Prolongs the lease and records progress.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where the job was taken over, replaced or cancelled.
    async fn heartbeat(
        &self,
        lease: &Lease,
        progress: &Progress,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<(), StoreError>;

    /// Ends an attempt without a publication.
    async fn finish(
        &self,
        lease: &Lease,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// The latest job of an artifact.
    async fn job(&self, artifact: &ArtifactId) -> Result<Option<Job>, StoreError>;

    /// Queues a failed job again, with the attempts counted anew; false where it is not failed.
    async fn retry(&self, artifact: &ArtifactId, now: Timestamp) -> Result<bool, StoreError>;

    /// When the next waiting job is due, or the next lease runs out.
    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// How many there are.
    async fn job_counts(&self) -> Result<JobCounts, StoreError>;
}

/// An artifact with what its current revision rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The child.
    pub artifact: Artifact,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// Edges of current revisions.
#[async_trait]
pub trait Lineage: Send + Sync {
    /// What these artifacts' current revisions rest on.
    async fn edges_of(&self, artifacts: &[ArtifactId]) -> Result<Vec<Family>, StoreError>;

    /// The artifacts whose current revisions rest on any of these canonical sources, with all
    /// their edges; at most `limit` of them.
    async fn children_of(
        &self,
        canonical: &[String],
        limit: u32,
    ) -> Result<Vec<Family>, StoreError>;

    /// What one revision rests on.
    async fn edges_of_revision(&self, revision: &RevisionId) -> Result<Vec<Edge>, StoreError>;
}

/// Search by regular expression over names and READMEs.
#[async_trait]
pub trait Search: Send + Sync {
    /// A page of the artifacts that match, in order of creation. Stops with
    /// what it has when `budget` is used up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the driver fails. A search whose budget ran out answers
    /// `Ok(None)`.
    async fn search(
        &self,
        pattern: &SearchPattern,
        page: &PageRequest,
        budget: Duration,
    ) -> Result<Option<Page<Artifact>>, StoreError>;

    /// Makes the index anew from what is stored. Gives the number of artifacts indexed.
    async fn rebuild_index(&self) -> Result<u64, StoreError>;
}

/// The trail of who did what.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Adds a line.
    async fn append(&self, entry: AuditEntry) -> Result<(), StoreError>;

    /// The newest `limit` lines of an artifact, oldest first.
    async fn trail(&self, artifact: &ArtifactId, limit: u32)
    -> Result<Vec<AuditEntry>, StoreError>;
}

/// Which blobs are needed: by manifests, or by an ingest under way.
///
/// A sweep marks what nothing needs, waits, condemns what still nothing needs, deletes it and
/// forgets it. An ingest pins what it is about to rely on, before it looks whether it is there.
#[async_trait]
pub trait BlobLedger: Send + Sync {
    /// Records that the job of this lease relies on these blobs, and unmarks them.
    ///
    /// # Errors
    /// [`StoreError::BeingCollected`] where one of them is condemned: try again in a moment.
    /// [`StoreError::LeaseLost`] where the lease does not hold.
    async fn pin(&self, lease: &Lease, blobs: &[Sha256]) -> Result<(), StoreError>;

    /// Those of these blobs that no manifest names and no job pins.
    async fn unneeded(&self, blobs: &[Sha256]) -> Result<Vec<Sha256>, StoreError>;

    /// Marks these blobs as of now where nothing needs them and they are not marked yet, and
    /// unmarks those that something needs. Gives how many are marked in all.
    async fn mark(&self, blobs: &[Sha256], now: Timestamp) -> Result<u64, StoreError>;

    /// Condemns at most 1,000 blobs that were marked before `before` and that still nothing needs,
    /// and gives all that are condemned, those of an earlier crash included.
    async fn condemn(&self, before: Timestamp) -> Result<Vec<Sha256>, StoreError>;

    /// The bytes of these condemned blobs are gone.
    async fn forget(&self, blobs: &[Sha256]) -> Result<(), StoreError>;
}

/// Looking after the store.
#[async_trait]
pub trait Maintenance: Send + Sync {
    /// Whether it answers and can be written, with the time it takes the caller to see it.
    async fn probe(&self) -> Result<(), StoreError>;

    /// Empties everything.
    async fn reset(&self) -> Result<(), StoreError>;

    /// The revisions, a page at a time in a stable order, for verification of what is stored.
    async fn all_revisions(&self, page: &PageRequest) -> Result<Page<Revision>, StoreError>;

    /// Lets writes that were accepted reach the disk and closes the driver.
    async fn close(&self);
}
