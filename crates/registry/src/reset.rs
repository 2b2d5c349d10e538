//! Back to an empty registry.

use crate::{Registry, RegistryError};

impl Registry {
    /// Removes everything: artifacts, revisions, jobs, audit trail, and the bytes, which the next
    /// sweeps collect.
    pub async fn reset(&self) -> Result<(), RegistryError> {
        todo!()
    }
}
