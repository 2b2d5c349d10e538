//! The graph of everything connected to a model.

use crate::{Registry, RegistryError};
use touchstone_domain::ArtifactId;
use touchstone_domain::lineage::Graph;

/// What the graph holds beside registered models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineageScope {
    /// Data sets that are registered, or all with `external`.
    pub datasets: bool,
    /// Code repositories, likewise.
    pub code: bool,
    /// What is known only by name.
    pub external: bool,
}

impl Registry {
    /// Ancestors and descendants of a model: the same graph from every member.
    pub async fn lineage(
        &self,
        _id: &ArtifactId,
        _commit: Option<&str>,
        _scope: LineageScope,
    ) -> Result<Graph, RegistryError> {
        todo!()
    }
}
