//! Looking at one artifact: its row, its revisions, its files.

use crate::{Registry, RegistryError, RevisionSummary};
use std::time::Duration;
use touchstone_domain::{Artifact, ArtifactId, ArtifactStatus, ArtifactType, Revision};

/// How often the store is asked for a job that another process may be working on.
const ASK_EVERY: Duration = Duration::from_secs(1);

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
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<Artifact, RegistryError> {
        let found = self.inner.store.artifact(id).await?;
        found
            .filter(|artifact| artifact.kind == kind)
            .ok_or_else(|| RegistryError::NotFound(format!("there is no {kind} with the id {id}")))
    }

    /// The artifact once it is settled: models that are still pending are waited for. Data sets and
    /// code are given at once.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`]; [`RegistryError::StillProcessing`] after `wait` (the setting
    /// where none is given); [`RegistryError::IngestFailed`].
    pub async fn settled(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
        wait: Option<Duration>,
    ) -> Result<Artifact, RegistryError> {
        let artifact = self.artifact(kind, id).await?;
        if kind != ArtifactType::Model {
            return Ok(artifact);
        }
        match artifact.status {
            ArtifactStatus::Ready => Ok(artifact),
            ArtifactStatus::Failed { reason } => Err(RegistryError::IngestFailed { reason }),
            ArtifactStatus::Pending => {
                let wait = wait.unwrap_or(self.inner.settings.ingest_wait);
                let waited = tokio::time::timeout(wait, self.when_settled(kind, id)).await;
                waited.unwrap_or(Err(RegistryError::StillProcessing))
            }
        }
    }

    async fn when_settled(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<Artifact, RegistryError> {
        loop {
            let mut waiting = self.inner.ingest.wait(id);
            let artifact = self.artifact(kind, id).await?;
            match artifact.status {
                ArtifactStatus::Ready => return Ok(artifact),
                ArtifactStatus::Failed { reason } => {
                    return Err(RegistryError::IngestFailed { reason });
                }
                ArtifactStatus::Pending => {}
            }
            let _ = tokio::time::timeout(ASK_EVERY, waiting.ended()).await;
        }
    }

    /// The artifact at an upstream commit, or at its current revision; does not wait.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] also for an unknown commit; [`RegistryError::StillProcessing`]
    /// and [`RegistryError::IngestFailed`] where there is no revision yet.
    pub async fn pinned(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
        commit: Option<&str>,
    ) -> Result<Pinned, RegistryError> {
        let artifact = self.artifact(kind, id).await?;
        let Some(current) = &artifact.current else {
            return Err(match artifact.status {
                ArtifactStatus::Failed { reason } => RegistryError::IngestFailed { reason },
                _ => RegistryError::StillProcessing,
            });
        };
        let current = self.inner.store.revision(current).await?;
        let revision = match commit {
            Some(commit) => match current.filter(|revision| revision.commit == commit) {
                Some(revision) => Some(revision),
                None => self.earlier(id, commit).await?,
            },
            None => current,
        };
        let revision = revision.ok_or_else(|| {
            RegistryError::NotFound("the artifact has no such revision".to_owned())
        })?;
        Ok(Pinned { artifact, revision })
    }

    async fn earlier(
        &self,
        id: &ArtifactId,
        commit: &str,
    ) -> Result<Option<Revision>, RegistryError> {
        let revisions = self.inner.store.revisions(id).await?;
        let mut revisions = revisions.into_iter().map(|summary| summary.revision);
        Ok(revisions.find(|revision| revision.commit == commit))
    }

    /// Every revision, newest first.
    pub async fn revisions(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<Vec<RevisionSummary>, RegistryError> {
        self.artifact(kind, id).await?;
        Ok(self.inner.store.revisions(id).await?)
    }
}
