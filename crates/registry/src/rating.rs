//! Reading a model's rating.

use crate::{Pinned, Registry, RegistryError};
use std::time::Duration;
use touchstone_domain::audit::{AuditAction, Caller};
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Healing, Revision, Timestamp};
use touchstone_store::{RatedRevision, RatingRecord};

/// A model's rating with what it is the rating of.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedModel {
    /// The model.
    pub artifact: Artifact,
    /// The revision that was rated.
    pub revision: Revision,
    /// Which of the revision's ratings it is, from 1 on.
    pub sequence: u32,
    /// When it was made.
    pub rated_at: Timestamp,
    /// How the search for what it lacks stands; nothing where it is final or not the newest.
    pub healing: Option<Healing>,
    /// What it says.
    pub rating: Rating,
    /// What it took to make.
    pub latency: RatingLatency,
}

impl RatedModel {
    fn new(artifact: Artifact, revision: Revision, rated: RatedRevision) -> Self {
        let RatedRevision { sequence, record, healing } = rated;
        let RatingRecord { rated_at, rating, latency, .. } = record;
        Self { artifact, revision, sequence, rated_at, healing, rating, latency }
    }
}

/// Every rating that a revision of a model has had.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingHistory {
    /// The upstream commit.
    pub commit: String,
    /// The ratings, newest first.
    pub ratings: Vec<RatedRevision>,
}

impl Registry {
    /// The rating of a model at a commit, or at its current revision, which is waited for as
    /// [`Registry::settled`] does. Leaves a RATE line in the audit trail.
    pub async fn rating(
        &self,
        caller: &Caller,
        id: &ArtifactId,
        commit: Option<&str>,
        wait: Option<Duration>,
    ) -> Result<RatedModel, RegistryError> {
        self.settled(ArtifactType::Model, id, wait).await?;
        let Pinned { artifact, revision } = self.pinned(ArtifactType::Model, id, commit).await?;
        let rated = self.inner.store.rating(&revision.id).await?.ok_or_else(|| {
            RegistryError::NotFound("this revision of the model has no rating".to_owned())
        })?;
        self.record(caller, AuditAction::Rate, &artifact).await?;
        Ok(RatedModel::new(artifact, revision, rated))
    }

    /// Every rating of a model at a commit, or at its current revision.
    pub async fn rating_history(
        &self,
        id: &ArtifactId,
        commit: Option<&str>,
    ) -> Result<RatingHistory, RegistryError> {
        let revision = self.pinned(ArtifactType::Model, id, commit).await?.revision;
        let ratings = self.inner.store.ratings(&revision.id).await?;
        Ok(RatingHistory { commit: revision.commit, ratings })
    }

    /// One of those ratings, by its number. Leaves a RATE line in the audit trail.
    pub async fn numbered_rating(
        &self,
        caller: &Caller,
        id: &ArtifactId,
        commit: Option<&str>,
        number: u32,
    ) -> Result<RatedModel, RegistryError> {
        let Pinned { artifact, revision } = self.pinned(ArtifactType::Model, id, commit).await?;
        let mut ratings = self.inner.store.ratings(&revision.id).await?.into_iter();
        let rated = ratings.find(|rated| rated.sequence == number).ok_or_else(|| {
            RegistryError::NotFound(format!("this revision of the model has no rating {number}"))
        })?;
        self.record(caller, AuditAction::Rate, &artifact).await?;
        Ok(RatedModel::new(artifact, revision, rated))
    }
}
