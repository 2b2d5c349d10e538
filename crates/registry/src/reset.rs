//! Back to an empty registry.

use crate::{Registry, RegistryError};

impl Registry {
    /// Removes everything: artifacts, revisions, jobs, audit trail, and the bytes, which the next
    /// sweeps collect. Ingests under way are cancelled.
    pub async fn reset(&self) -> Result<(), RegistryError> {
        self.inner.store.reset().await?;
        self.inner.ingest.cancel_all();
        Ok(())
    }
}
