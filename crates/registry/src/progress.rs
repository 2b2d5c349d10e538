//! How far an ingest is.

use crate::{Registry, RegistryError};
use futures::stream::{self, BoxStream, StreamExt as _};
use std::time::Duration;
use touchstone_domain::job::{Job, JobState};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Timestamp};

/// How often watchers hear of progress: bytes come in far more pieces than anybody can look at.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// How often the store is asked for a job that another process may be working on.
const ASK_EVERY: Duration = Duration::from_secs(1);

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

impl ProgressReport {
    fn new(artifact: Artifact, job: Job, now: Timestamp) -> Self {
        let running = job.state == JobState::Running;
        let elapsed = job.progress.transfer_started_at.filter(|_| running).map(|started| {
            let seconds = now.duration_since(started).as_secs_f64();
            seconds.max(f64::EPSILON)
        });
        let done = job.progress.bytes_done;
        let bytes_per_second = elapsed.filter(|_| done > 0).map(|seconds| done as f64 / seconds);
        let seconds_left = bytes_per_second
            .zip(job.progress.bytes_total)
            .map(|(speed, total)| total.saturating_sub(done) as f64 / speed);
        Self { artifact, job, bytes_per_second, seconds_left }
    }

    fn is_over(&self) -> bool {
        matches!(self.job.state, JobState::Done | JobState::Failed { .. })
    }
}

/// Someone who watches, with what they saw last.
struct Watcher {
    registry: Registry,
    kind: ArtifactType,
    id: ArtifactId,
    seen: Option<ProgressReport>,
}

impl Registry {
    /// How far the latest ingest of an artifact is.
    pub async fn progress(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<ProgressReport, RegistryError> {
        let artifact = self.artifact(kind, id).await?;
        let mut job = self.inner.store.job(id).await?.ok_or_else(|| {
            RegistryError::NotFound("the artifact has never been ingested".to_owned())
        })?;
        if job.state == JobState::Running
            && let Some(progress) = self.inner.ingest.progress(id)
        {
            job.progress = progress;
        }
        Ok(ProgressReport::new(artifact, job, self.inner.clock.now()))
    }

    /// The same whenever it changes, ending when the ingest has ended.
    pub async fn watch_progress(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<BoxStream<'static, ProgressReport>, RegistryError> {
        self.progress(kind, id).await?;
        let watcher = Watcher { registry: self.clone(), kind, id: id.clone(), seen: None };
        Ok(stream::unfold(watcher, Watcher::next).boxed())
    }

    /// Queues a failed ingest again.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] where the latest ingest has not failed.
    pub async fn retry_ingest(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<ProgressReport, RegistryError> {
        self.artifact(kind, id).await?;
        if !self.inner.store.retry(id, self.inner.clock.now()).await? {
            return Err(RegistryError::Invalid(
                "the latest ingest of this artifact has not failed".to_owned(),
            ));
        }
        self.inner.ingest.queued.notify_one();
        self.progress(kind, id).await
    }
}

impl Watcher {
    /// Ends too where the artifact is removed or the store cannot be asked.
    async fn next(mut self) -> Option<(ProgressReport, Self)> {
        if self.seen.as_ref().is_some_and(ProgressReport::is_over) {
            return None;
        }
        loop {
            let mut waiting = self.registry.inner.ingest.wait(&self.id);
            let report = self.registry.progress(self.kind, &self.id).await.ok()?;
            let news = self.seen.as_ref().is_none_or(|seen| seen.job != report.job);
            if news {
                self.seen = Some(report.clone());
                return Some((report, self));
            }
            let _ = tokio::time::timeout(ASK_EVERY, waiting.changed()).await;
            let _ = tokio::time::timeout(TELL_EVERY, waiting.ended()).await;
        }
    }
}
