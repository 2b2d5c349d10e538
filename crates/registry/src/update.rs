//! Pointing an artifact at another revision or repository, and removing it.

use crate::{Registry, RegistryError};
use touchstone_domain::audit::Caller;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType};

/// What an update says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Must be the artifact's name.
    pub name: String,
    /// Must be the artifact's id.
    pub id: String,
    /// The address to take it from now.
    pub url: String,
}

/// What came of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Updated {
    /// Upstream's head is what is served already.
    Unchanged(Artifact),
    /// The new source is being ingested; until it is admitted the old revision is served.
    Accepted(Artifact),
    /// The new source is current (data sets and code).
    Current(Artifact),
}

impl Registry {
    /// Points the artifact at another revision or repository, or has its head looked at anew.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] where name or id do not match or the address cannot be used;
    /// [`RegistryError::NotFound`]; [`RegistryError::AlreadyExists`].
    pub async fn update(
        &self,
        _caller: &Caller,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _update: Update,
    ) -> Result<Updated, RegistryError> {
        todo!()
    }

    /// Removes the artifact; an ingest under way is cancelled.
    pub async fn delete(
        &self,
        _caller: &Caller,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<(), RegistryError> {
        todo!()
    }
}
