//! How far an ingest is.

use crate::{Registry, RegistryError};
use futures::stream::BoxStream;
use touchstone_domain::job::Job;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType};

/// An artifact's ingest at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressReport {
    /// The artifact.
    pub artifact: Artifact,
    /// Its latest job.
    pub job: Job,
    /// Bytes a second so far, once there is a transfer.
    pub bytes_per_second: Option<f64>,
    /// Seconds left at that speed, once known.
    pub seconds_left: Option<f64>,
}

impl Registry {
    /// How far the latest ingest of an artifact is.
    pub async fn progress(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<ProgressReport, RegistryError> {
        todo!()
    }

    /// The same whenever it changes, ending when the ingest has ended.
    pub async fn watch_progress(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<BoxStream<'static, ProgressReport>, RegistryError> {
        todo!()
    }

    /// Queues a failed ingest again.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] where the latest ingest has not failed.
    pub async fn retry_ingest(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<ProgressReport, RegistryError> {
        todo!()
    }
}
