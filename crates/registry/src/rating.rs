//! Reading a model's rating.

use crate::{Registry, RegistryError};
use std::time::Duration;
use touchstone_domain::audit::Caller;
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{Artifact, ArtifactId, Revision};

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
        _caller: &Caller,
        _id: &ArtifactId,
        _commit: Option<&str>,
        _wait: Option<Duration>,
    ) -> Result<RatedModel, RegistryError> {
        todo!()
    }
}
