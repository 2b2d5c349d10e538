//! Reading an artifact's audit trail.

use crate::{Registry, RegistryError};
use touchstone_domain::audit::{AuditEntry, Caller};
use touchstone_domain::{ArtifactId, ArtifactType};

impl Registry {
    /// The newest thousand lines of the trail, oldest first. Leaves an AUDIT line itself.
    pub async fn audit_trail(
        &self,
        _caller: &Caller,
        _kind: ArtifactType,
        _id: &ArtifactId,
    ) -> Result<Vec<AuditEntry>, RegistryError> {
        todo!()
    }
}
