//! Registering a repository: artifact, job and audit line at once, nobody asked.

use crate::{Registry, RegistryError};
use touchstone_domain::audit::Caller;
use touchstone_domain::{Artifact, ArtifactType};

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
        _caller: &Caller,
        _kind: ArtifactType,
        _registration: Registration,
    ) -> Result<Artifact, RegistryError> {
        todo!()
    }
}
