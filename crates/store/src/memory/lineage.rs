//! Edges of current revisions.

use super::{MemoryStore, State};
use crate::contract::{Family, Lineage};
use crate::error::StoreError;
use async_trait::async_trait;
use std::collections::BTreeSet;
use touchstone_domain::lineage::Edge;
use touchstone_domain::{Artifact, ArtifactId, RevisionId};

#[async_trait]
impl Lineage for MemoryStore {
    async fn edges_of(&self, artifacts: &[ArtifactId]) -> Result<Vec<Family>, StoreError> {
        let state = self.state();
        let wanted: BTreeSet<_> = artifacts.iter().collect();
        let found = wanted.into_iter().filter_map(|id| state.artifacts.get(id));
        Ok(found.map(|artifact| state.family(artifact)).collect())
    }

    async fn children_of(
        &self,
        canonical: &[String],
        limit: u32,
    ) -> Result<Vec<Family>, StoreError> {
        let state = self.state();
        let families = state.artifacts.values().map(|artifact| state.family(artifact));
        Ok(families
            .filter(|family| family.edges.iter().any(|edge| canonical.contains(&edge.parent)))
            .take(limit as usize)
            .collect())
    }

    async fn edges_of_revision(&self, revision: &RevisionId) -> Result<Vec<Edge>, StoreError> {
        Ok(self.state().edges(revision))
    }
}

impl State {
    fn family(&self, artifact: &Artifact) -> Family {
        let edges = artifact.current.as_ref().map(|current| self.edges(current));
        Family { artifact: artifact.clone(), edges: edges.unwrap_or_default() }
    }

    fn edges(&self, revision: &RevisionId) -> Vec<Edge> {
        self.revisions.get(revision).map(|stored| stored.edges.clone()).unwrap_or_default()
    }
}
