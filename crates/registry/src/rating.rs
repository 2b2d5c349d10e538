//! Reading a model's rating.

use crate::{Pinned, Registry, RegistryError};
use std::time::Duration;
use touchstone_domain::audit::{AuditAction, Caller};
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Revision};

/// A model's rating with what it is the rating of.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedModel {
    /// The model.
    pub artifact: Artifact,
    /// The revision that was rated.
    pub revision: Revision,
    /// The rating.
    pub rating: Rating,
    /// What it took to make.
    pub latency: RatingLatency,
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
        Ok(RatedModel { artifact, revision, rating: rated.rating, latency: rated.latency })
    }
}
