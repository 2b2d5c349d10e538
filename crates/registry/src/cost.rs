//! What an artifact costs to download, with what it depends on.

use crate::{Pinned, Registry, RegistryError};
use std::collections::{BTreeMap, BTreeSet};
use touchstone_domain::cost::{Cost, Costs};
use touchstone_domain::lineage::Edge;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Manifest};

/// Where following dependencies ends: more artifacts than any real family has.
const MOST_DEPENDENCIES: usize = 1000;

/// What is known of a member of the family while it is walked.
struct Member {
    bytes: u64,
    parents: Vec<ArtifactId>,
}

impl Registry {
    /// The cost of an artifact at a commit or its current revision; with `dependencies` also that
    /// of every registered artifact it depends on, directly or not, each counted once.
    pub async fn cost(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
        commit: Option<&str>,
        dependencies: bool,
    ) -> Result<Costs, RegistryError> {
        self.settled(kind, id, None).await?;
        let Pinned { artifact, revision } = self.pinned(kind, id, commit).await?;
        let own_bytes = revision.manifest.total_bytes();
        if !dependencies {
            let cost = Cost { standalone_bytes: own_bytes, total_bytes: own_bytes };
            return Ok(Costs::from([(artifact.id, cost)]));
        }
        let edges = self.inner.store.edges_of_revision(&revision.id).await?;
        let family = self.dependencies(&artifact.id, own_bytes, &edges).await?;
        let total = |id: &ArtifactId| {
            reachable(&family, id)
                .iter()
                .filter_map(|member| family.get(*member))
                .fold(0_u64, |sum, member| sum.saturating_add(member.bytes))
        };
        let costs = family.iter().map(|(id, member)| {
            (id.clone(), Cost { standalone_bytes: member.bytes, total_bytes: total(id) })
        });
        Ok(costs.collect())
    }

    /// Everything registered that is reached over the edges, a generation at a time.
    async fn dependencies(
        &self,
        root: &ArtifactId,
        own_bytes: u64,
        edges: &[Edge],
    ) -> Result<BTreeMap<ArtifactId, Member>, RegistryError> {
        let mut parents = self.registered_parents(edges).await?;
        let ids = |artifacts: &[Artifact]| artifacts.iter().map(|a| a.id.clone()).collect();
        let mut family =
            BTreeMap::from([(root.clone(), Member { bytes: own_bytes, parents: ids(&parents) })]);
        while !parents.is_empty() && family.len() < MOST_DEPENDENCIES {
            parents.retain(|parent| !family.contains_key(&parent.id));
            let generation: Vec<ArtifactId> = ids(&parents);
            let mut next = Vec::new();
            for member in self.inner.store.edges_of(&generation).await? {
                let above = self.registered_parents(&member.edges).await?;
                let bytes = self.current_manifest(&member.artifact).await?.total_bytes();
                family.insert(member.artifact.id, Member { bytes, parents: ids(&above) });
                next.extend(above);
            }
            parents = next;
        }
        Ok(family)
    }

    /// The artifacts that these edges lead to, of the type that the edge means.
    pub(crate) async fn registered_parents(
        &self,
        edges: &[Edge],
    ) -> Result<Vec<Artifact>, RegistryError> {
        if edges.is_empty() {
            return Ok(Vec::new());
        }
        let canonical: Vec<String> = edges.iter().map(|edge| edge.parent.clone()).collect();
        let mut found = self.inner.store.by_sources(&canonical).await?;
        found.retain(|artifact| {
            let source = artifact.source.canonical();
            edges.iter().any(|edge| edge.parent == source && edge.parent_kind == artifact.kind)
        });
        Ok(found)
    }

    /// The files of an artifact's current revision; none before it has one.
    async fn current_manifest(&self, artifact: &Artifact) -> Result<Manifest, RegistryError> {
        let Some(current) = &artifact.current else { return Ok(Manifest::default()) };
        let revision = self.inner.store.revision(current).await?;
        Ok(revision.map(|revision| revision.manifest).unwrap_or_default())
    }
}

/// The member and everything above it.
fn reachable<'a>(
    family: &'a BTreeMap<ArtifactId, Member>,
    id: &'a ArtifactId,
) -> BTreeSet<&'a ArtifactId> {
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(member) = open.pop().and_then(|id| family.get(id)) {
        for parent in &member.parents {
            if family.contains_key(parent) && seen.insert(parent) {
                open.push(parent);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::{Member, reachable};
    use std::collections::BTreeMap;
    use touchstone_domain::ArtifactId;

    fn id(word: &str) -> ArtifactId {
        word.parse().unwrap()
    }

    fn member(parents: &[&str]) -> Member {
        Member { bytes: 1, parents: parents.iter().map(|word| id(word)).collect() }
    }

    #[test]
    fn a_parent_reached_on_two_ways_is_counted_once() {
        let family = BTreeMap::from([
            (id("child"), member(&["left", "right"])),
            (id("left"), member(&["root"])),
            (id("right"), member(&["root"])),
            (id("root"), member(&[])),
        ]);
        assert_eq!(reachable(&family, &id("child")).len(), 4);
    }

    #[test]
    fn a_cycle_ends() {
        let family = BTreeMap::from([(id("a"), member(&["b"])), (id("b"), member(&["a"]))]);
        assert_eq!(reachable(&family, &id("a")).len(), 2);
    }
}
