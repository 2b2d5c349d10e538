//! Pointing an artifact at another revision or repository, and removing it.

use crate::register::{new_job, source_of};
use crate::{Registry, RegistryError};
use std::time::Duration;
use tokio::time::Instant;
use touchstone_domain::audit::{AuditAction, Caller};
use touchstone_domain::job::JobState;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Source};
use touchstone_store::Repoint;

/// How long upstream is given to say what its head is, before the job is left to find out.
const ASK_FOR_HEAD: Duration = Duration::from_secs(10);

/// How often the store is asked for a job that another process may be working on.
const LOOK_EVERY: Duration = Duration::from_secs(1);

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
    /// Points the artifact at another revision or repository, or has its head looked at anew. Data
    /// sets and code are waited for, as long as the setting says.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] where name or id do not match or the address cannot be used;
    /// [`RegistryError::NotFound`]; [`RegistryError::AlreadyExists`];
    /// [`RegistryError::IngestFailed`] where a data set's or code repository's new source failed.
    pub async fn update(
        &self,
        caller: &Caller,
        kind: ArtifactType,
        id: &ArtifactId,
        update: Update,
    ) -> Result<Updated, RegistryError> {
        let artifact = self.artifact(kind, id).await?;
        if update.name != artifact.name.as_str() || update.id != artifact.id.as_str() {
            return Err(RegistryError::Invalid(
                "name and id in the body must be those of the artifact".to_owned(),
            ));
        }
        let source = source_of(&update.url, kind)?;
        if kind == ArtifactType::Model && self.is_current(&artifact, &source).await? {
            return Ok(Updated::Unchanged(artifact));
        }
        let artifact = self.repoint(caller, artifact, update.url.trim(), source).await?;
        if kind == ArtifactType::Model {
            return Ok(Updated::Accepted(artifact));
        }
        self.until_current(artifact).await
    }

    /// Removes the artifact; an ingest under way is cancelled.
    pub async fn delete(
        &self,
        _caller: &Caller,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<(), RegistryError> {
        self.artifact(kind, id).await?;
        if !self.inner.store.delete(id).await? {
            return Err(no_such_artifact());
        }
        self.inner.ingest.cancel(id);
        Ok(())
    }

    /// Whether the same address as before still means the revision that is served. False also where
    /// upstream cannot be asked: the job then tells why.
    async fn is_current(
        &self,
        artifact: &Artifact,
        source: &Source,
    ) -> Result<bool, RegistryError> {
        let Some(current) = &artifact.current else { return Ok(false) };
        let same_address = source.canonical() == artifact.source.canonical()
            && source.revision() == artifact.source.revision();
        if !same_address {
            return Ok(false);
        }
        let Some(revision) = self.inner.store.revision(current).await? else { return Ok(false) };
        let head = self.inner.sources.resolve(source);
        let head = tokio::time::timeout(ASK_FOR_HEAD, head).await;
        Ok(matches!(head, Ok(Ok(head)) if head.commit == revision.commit
            && head.source.canonical() == revision.source.canonical()))
    }

    async fn repoint(
        &self,
        caller: &Caller,
        artifact: Artifact,
        url: &str,
        source: Source,
    ) -> Result<Artifact, RegistryError> {
        let now = self.clock().now();
        let change = Repoint {
            artifact: artifact.id.clone(),
            url: url.to_owned(),
            source,
            job: new_job(&artifact.id, caller, now),
            entry: self.audit_entry(caller, AuditAction::Update, &artifact),
        };
        self.inner.store.repoint(change).await?;
        self.inner.ingest.cancel(&artifact.id);
        self.inner.ingest.queued.notify_one();
        self.artifact(artifact.kind, &artifact.id).await
    }

    /// Waits for the job of a data set or code repository, as long as the setting says.
    async fn until_current(&self, artifact: Artifact) -> Result<Updated, RegistryError> {
        let deadline = Instant::now() + self.inner.settings.ingest_wait;
        loop {
            // Begun before the job is looked at, so that its end is not missed in between, and
            // anew each time: an attempt that is to be retried ends what was waited for.
            let mut waiting = self.inner.ingest.wait(&artifact.id);
            let job = self.inner.store.job(&artifact.id).await?.ok_or_else(no_such_artifact)?;
            match job.state {
                JobState::Done => {
                    return Ok(Updated::Current(self.artifact(artifact.kind, &artifact.id).await?));
                }
                JobState::Failed { reason } => return Err(RegistryError::IngestFailed { reason }),
                JobState::Waiting | JobState::Running if Instant::now() >= deadline => {
                    return Ok(Updated::Accepted(artifact));
                }
                JobState::Waiting | JobState::Running => {}
            }
            let next_look = deadline.min(Instant::now() + LOOK_EVERY);
            let _ = tokio::time::timeout_at(next_look, waiting.ended()).await;
        }
    }
}

fn no_such_artifact() -> RegistryError {
    RegistryError::NotFound("the artifact does not exist".to_owned())
}
