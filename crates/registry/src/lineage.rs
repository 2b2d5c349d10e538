//! The graph of everything connected to a model.

use crate::{Pinned, Registry, RegistryError};
use std::collections::{BTreeMap, BTreeSet};
use touchstone_domain::lineage::{Edge, Graph, GraphEdge, Node, Provenance, Relation, disputes};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType};
use touchstone_store::Family;

/// Where the walk ends: a graph larger than this helps nobody.
const MOST_NODES: usize = 2000;

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

impl LineageScope {
    fn holds(self, relation: Relation) -> bool {
        match relation {
            Relation::Dataset => self.datasets,
            Relation::Code => self.code,
            _ => true,
        }
    }
}

impl Registry {
    /// Ancestors and descendants of a model: the same graph from every member.
    ///
    /// With a commit, the edges of that revision stand in for those of the current one.
    pub async fn lineage(
        &self,
        id: &ArtifactId,
        commit: Option<&str>,
        scope: LineageScope,
    ) -> Result<Graph, RegistryError> {
        self.settled(ArtifactType::Model, id, None).await?;
        let Pinned { artifact, revision } = self.pinned(ArtifactType::Model, id, commit).await?;
        let edges = self.inner.store.edges_of_revision(&revision.id).await?;
        let members = self.connected(Family { artifact, edges }).await?;
        let mut graph = self.drawn(&members, scope).await?;
        self.describe(&mut graph, &members).await?;
        Ok(graph)
    }

    /// Every registered model that is connected to the first over model edges, up or down.
    async fn connected(
        &self,
        first: Family,
    ) -> Result<BTreeMap<ArtifactId, Family>, RegistryError> {
        let store = &self.inner.store;
        let mut members = BTreeMap::from([(first.artifact.id.clone(), first.clone())]);
        let mut open = vec![first];
        while !open.is_empty() && members.len() < MOST_NODES {
            let sources: Vec<String> =
                open.iter().map(|member| member.artifact.source.canonical()).collect();
            let model_edges: Vec<Edge> = open
                .iter()
                .flat_map(|member| &member.edges)
                .filter(|edge| edge.relation.is_model())
                .cloned()
                .collect();
            let parents = self.registered_parents(&model_edges).await?;
            let parent_ids: Vec<ArtifactId> = parents
                .into_iter()
                .map(|parent| parent.id)
                .filter(|id| !members.contains_key(id))
                .collect();
            let room = u32::try_from(MOST_NODES - members.len()).unwrap_or(u32::MAX);
            let mut found = store.edges_of(&parent_ids).await?;
            found.extend(store.children_of(&sources, room).await?);
            found.retain(|member| {
                member.artifact.kind == ArtifactType::Model
                    && !members.contains_key(&member.artifact.id)
            });
            for member in &found {
                members.insert(member.artifact.id.clone(), member.clone());
            }
            open = found;
        }
        Ok(members)
    }

    /// The members' edges as a graph, joined to what is registered.
    async fn drawn(
        &self,
        members: &BTreeMap<ArtifactId, Family>,
        scope: LineageScope,
    ) -> Result<Graph, RegistryError> {
        let wanted: Vec<Edge> = members
            .values()
            .flat_map(|member| &member.edges)
            .filter(|edge| scope.holds(edge.relation))
            .cloned()
            .collect();
        let registered: BTreeMap<(String, ArtifactType), Artifact> = self
            .registered_parents(&wanted)
            .await?
            .into_iter()
            .map(|artifact| ((artifact.source.canonical(), artifact.kind), artifact))
            .collect();
        let mut nodes: BTreeMap<ArtifactId, Node> = members
            .values()
            .map(|member| (member.artifact.id.clone(), registered_node(member)))
            .collect();
        let mut edges = BTreeSet::new();
        for (child, member) in members {
            let disputed = disputes(&member.edges);
            for (edge, disputes) in member.edges.iter().zip(disputed) {
                if !scope.holds(edge.relation) {
                    continue;
                }
                let parent = registered.get(&(edge.parent.clone(), edge.parent_kind));
                let node = match parent {
                    Some(artifact) => artifact_node(artifact, first_statement(edge)),
                    None if scope.external => external_node(edge),
                    None => continue,
                };
                edges.insert((
                    (node.id.clone(), child.clone()),
                    (edge.relation, edge.statements.clone(), disputes),
                ));
                nodes.entry(node.id.clone()).or_insert(node);
            }
        }
        let edges = edges
            .into_iter()
            .map(|((from, to), (relation, statements, disputes))| GraphEdge {
                from,
                to,
                relation,
                statements,
                disputes,
            })
            .collect();
        Ok(Graph { nodes: nodes.into_values().collect(), edges })
    }

    /// Adds the pinned commit and net score of registered nodes.
    async fn describe(
        &self,
        graph: &mut Graph,
        members: &BTreeMap<ArtifactId, Family>,
    ) -> Result<(), RegistryError> {
        let ids: Vec<ArtifactId> = members.keys().cloned().collect();
        let scores: BTreeMap<ArtifactId, f64> =
            self.inner.store.net_scores(&ids).await?.into_iter().collect();
        for node in &mut graph.nodes {
            node.net_score = scores.get(&node.id).copied();
            let current = members.get(&node.id).and_then(|m| m.artifact.current.as_ref());
            if let Some(current) = current {
                node.commit = self.inner.store.revision(current).await?.map(|found| found.commit);
            }
        }
        Ok(())
    }
}

/// The statement that an edge rests on first.
fn first_statement(edge: &Edge) -> Provenance {
    edge.statements.first().map_or(Provenance::Prose, |statement| statement.stated_in)
}

/// A member: what it rests on says how it came into the graph; one without parents was named by
/// its children's cards.
fn registered_node(member: &Family) -> Node {
    let stated = member
        .edges
        .iter()
        .filter(|edge| edge.relation.is_model())
        .flat_map(|edge| edge.statements.iter().map(|statement| statement.stated_in))
        .min()
        .unwrap_or(Provenance::Card);
    artifact_node(&member.artifact, stated)
}

fn artifact_node(artifact: &Artifact, source: Provenance) -> Node {
    Node {
        id: artifact.id.clone(),
        name: artifact.name.to_string(),
        kind: artifact.kind,
        registered: true,
        source,
        repository_url: artifact.source.page_url(),
        commit: None,
        net_score: None,
    }
}

fn external_node(edge: &Edge) -> Node {
    let name = edge.parent.rsplit('/').next().unwrap_or(&edge.parent);
    Node {
        id: ArtifactId::for_external(&edge.parent, edge.parent_kind),
        name: name.to_owned(),
        kind: edge.parent_kind,
        registered: false,
        source: first_statement(edge),
        repository_url: format!("https://{}", edge.parent),
        commit: None,
        net_score: None,
    }
}
