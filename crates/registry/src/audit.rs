//! The audit trail: reading it, and adding to it.

use crate::{Registry, RegistryError};
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType};

const NEWEST_LINES: u32 = 1000;

impl Registry {
    /// The newest thousand lines of the trail, oldest first. Leaves an AUDIT line itself, which the
    /// answer does not hold.
    pub async fn audit_trail(
        &self,
        caller: &Caller,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<Vec<AuditEntry>, RegistryError> {
        let artifact = self.artifact(kind, id).await?;
        let trail = self.inner.store.trail(id, NEWEST_LINES).await?;
        self.record(caller, AuditAction::Audit, &artifact).await?;
        Ok(trail)
    }

    /// Adds a line about this artifact, as of now.
    pub(crate) async fn record(
        &self,
        caller: &Caller,
        action: AuditAction,
        artifact: &Artifact,
    ) -> Result<(), RegistryError> {
        Ok(self.inner.store.append(self.audit_entry(caller, action, artifact)).await?)
    }

    /// A line about this artifact, as of now.
    pub(crate) fn audit_entry(
        &self,
        caller: &Caller,
        action: AuditAction,
        artifact: &Artifact,
    ) -> AuditEntry {
        AuditEntry {
            date: self.inner.clock.now(),
            caller: caller.clone(),
            action,
            artifact: artifact.id.clone(),
            name: artifact.name.clone(),
            kind: artifact.kind,
            detail: None,
        }
    }
}
