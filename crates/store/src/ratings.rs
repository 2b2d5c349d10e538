//! Ratings and the facts they are made from: kept with their revision, added to, never changed.
//!
//! A revision's newest rating is in force. It is made again where facts that were missing have come
//! (healing), or where the rules have changed (re-rating); what it replaces stays readable.

use crate::error::StoreError;
use async_trait::async_trait;
use std::time::Duration;
use touchstone_domain::audit::AuditEntry;
use touchstone_domain::catalog::Labels;
use touchstone_domain::lineage::Edge;
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{ArtifactId, Edition, Facts, Healing, Page, RevisionId, Timestamp};

/// A rating with how it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingRecord {
    /// Under which rules.
    pub edition: Edition,
    /// When.
    pub rated_at: Timestamp,
    /// What it says.
    pub rating: Rating,
    /// What it took to make.
    pub latency: RatingLatency,
}

/// A rating as it is stored with its revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedRevision {
    /// 1 for the rating that the revision was published with, one more for each that followed.
    pub sequence: u32,
    /// The rating.
    pub record: RatingRecord,
    /// How the search for what it lacks stands; nothing for one that is final or not the newest.
    pub healing: Option<Healing>,
}

/// A rating that follows another.
#[derive(Debug, Clone)]
pub struct Rerating {
    /// The revision.
    pub revision: RevisionId,
    /// The sequence of the rating that it follows.
    pub follows: u32,
    /// The rating.
    pub record: RatingRecord,
    /// What it still lacks; nothing where it is final.
    pub healing: Option<Healing>,
    /// What has come since, where anything has.
    pub completion: Option<Completion>,
    /// Lines for the audit trail.
    pub entries: Vec<AuditEntry>,
}

/// What a revision is known by once facts have come that were missing.
#[derive(Debug, Clone)]
pub struct Completion {
    /// All facts.
    pub facts: Facts,
    /// What it is found by in the catalogue.
    pub labels: Labels,
    /// What it rests on.
    pub edges: Vec<Edge>,
    /// The README, for search.
    pub readme: Option<String>,
}

/// How many ratings there are to make again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatingCounts {
    /// Those whose missing facts are still looked for.
    pub provisional: u64,
    /// Those made under an older edition.
    pub outdated: u64,
}

/// Facts and ratings of revisions.
#[async_trait]
pub trait Ratings: Send + Sync {
    /// What is known of a revision, with everything that has come since.
    async fn facts(&self, id: &RevisionId) -> Result<Option<Facts>, StoreError>;

    /// The newest rating of a revision.
    async fn rating(&self, id: &RevisionId) -> Result<Option<RatedRevision>, StoreError>;

    /// Every rating of a revision, newest first.
    async fn ratings(&self, id: &RevisionId) -> Result<Vec<RatedRevision>, StoreError>;

    /// The net scores of the current revisions of these artifacts, where they are rated.
    async fn net_scores(
        &self,
        artifacts: &[ArtifactId],
    ) -> Result<Vec<(ArtifactId, f64)>, StoreError>;

    /// Adds a rating, with what has come since the last one; catalogue and search show it where the
    /// revision is current. False, and nothing is written, where the rating that it follows is not
    /// the newest any more, or the revision is gone.
    async fn rate_anew(&self, rerating: Rerating) -> Result<bool, StoreError>;

    /// A page of the revisions whose newest rating [is outdated](Edition::is_outdated_under) under
    /// this edition, in a stable order, from the cursor of an earlier page on. Costs nothing where
    /// there are none.
    async fn outdated(
        &self,
        edition: &Edition,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<RevisionId>, StoreError>;

    /// Takes the healing that has been due longest, as [`Healing::taken`] says. Of many callers
    /// only one gets it; it is due again where nothing is heard for `lease_for`.
    async fn lease_healing(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(RevisionId, Healing)>, StoreError>;

    /// Puts off a healing that was taken and has brought nothing. False, and nothing is written,
    /// where somebody else has taken or ended it since.
    async fn postpone_healing(
        &self,
        id: &RevisionId,
        taken: &Healing,
        next: Healing,
    ) -> Result<bool, StoreError>;

    /// When the next healing is due.
    async fn next_healing(&self) -> Result<Option<Timestamp>, StoreError>;

    /// How many are to be made again.
    async fn rating_counts(&self, edition: &Edition) -> Result<RatingCounts, StoreError>;
}
