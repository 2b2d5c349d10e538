//! Looking at one artifact: its row, its revisions, its files.

use crate::{Registry, RegistryError, RevisionSummary};
use std::time::Duration;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Revision};

/// An artifact at one of its revisions.
#[derive(Debug, Clone, PartialEq)]
pub struct Pinned {
    /// The artifact.
    pub artifact: Artifact,
    /// The revision that was asked for, or the current one.
    pub revision: Revision,
}

impl Registry {
    /// The artifact, whatever its status.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] where there is none with this id and type.
    pub async fn artifact(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<Artifact, RegistryError> {
        todo!()
    }

    /// The artifact once it is settled: models that are still pending are waited for. Data sets and
    /// code are given at once.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`]; [`RegistryError::StillProcessing`] after `wait` (the setting
    /// where none is given); [`RegistryError::IngestFailed`].
    pub async fn settled(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _wait: Option<Duration>,
    ) -> Result<Artifact, RegistryError> {
        todo!()
    }

    /// The artifact at an upstream commit, or at its current revision; does not wait.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] also for an unknown commit; [`RegistryError::StillProcessing`]
    /// and [`RegistryError::IngestFailed`] where there is no revision yet.
    pub async fn pinned(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _commit: Option<&str>,
    ) -> Result<Pinned, RegistryError> {
        todo!()
    }

    /// Every revision, newest first.
    pub async fn revisions(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<Vec<RevisionSummary>, RegistryError> {
        todo!()
    }
}
