//! What an artifact costs to download, with what it depends on.

use crate::{Registry, RegistryError};
use touchstone_domain::cost::Costs;
use touchstone_domain::{ArtifactId, ArtifactType};

impl Registry {
    /// The cost of an artifact at a commit or its current revision; with `dependencies` also that
    /// of every registered artifact it depends on, directly or not, each counted once.
    pub async fn cost(
        &self,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _commit: Option<&str>,
        _dependencies: bool,
    ) -> Result<Costs, RegistryError> {
        todo!()
    }
}
