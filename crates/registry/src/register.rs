//! Registering a repository: artifact, job and audit line at once, nobody asked.

use crate::{Registry, RegistryError};
use touchstone_domain::audit::{AuditAction, Caller};
use touchstone_domain::job::{Job, JobState, Progress};
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactName, ArtifactStatus, ArtifactType, Source, Timestamp,
};
use touchstone_store::NewArtifact;

/// What somebody wants registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The address, as typed.
    pub url: String,
    /// A name; the last segment of the repository where none is given.
    pub name: Option<String>,
}

impl Registry {
    /// Registers a repository under a type. Its ingest begins in the background.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] for an address or name that cannot be used;
    /// [`RegistryError::AlreadyExists`] where the source is held under the same type.
    pub async fn register(
        &self,
        caller: &Caller,
        kind: ArtifactType,
        registration: Registration,
    ) -> Result<Artifact, RegistryError> {
        let source = source_of(&registration.url, kind)?;
        let now = self.inner.clock.now();
        let artifact = Artifact {
            id: ArtifactId::new(now),
            kind,
            name: name_of(registration.name.as_deref().unwrap_or(source.default_name()))?,
            url: registration.url,
            source,
            status: ArtifactStatus::Pending,
            current: None,
            created_at: now,
            updated_at: now,
        };
        let job = new_job(&artifact.id, caller, now);
        let entry = self.audit_entry(caller, AuditAction::Create, &artifact);
        let new = NewArtifact { artifact: artifact.clone(), job, entry };
        self.inner.store.register(new).await?;
        self.inner.ingest.queued.notify_one();
        Ok(artifact)
    }
}

/// The source behind an address, as typed.
pub(crate) fn source_of(url: &str, kind: ArtifactType) -> Result<Source, RegistryError> {
    Source::parse(url, kind).map_err(|error| RegistryError::Invalid(error.to_string()))
}

fn name_of(name: &str) -> Result<ArtifactName, RegistryError> {
    name.parse().map_err(|error: touchstone_domain::artifact::InvalidWord| {
        RegistryError::Invalid(error.to_string())
    })
}

/// A job that is due at once.
pub(crate) fn new_job(artifact: &ArtifactId, caller: &Caller, now: Timestamp) -> Job {
    Job {
        artifact: artifact.clone(),
        generation: 1,
        state: JobState::Waiting,
        progress: Progress::queued(),
        attempts: 0,
        not_before: now,
        last_problem: None,
        asked_by: caller.name.clone(),
        created_at: now,
        updated_at: now,
    }
}
