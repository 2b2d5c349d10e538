//! Where models come from: edges from a derived model to the upstream repositories it rests on.
//!
//! Edges are kept with the child and name their parent by its canonical upstream id, and are
//! joined to registered artifacts when they are read: the order of ingest never matters.

use crate::artifact::{ArtifactId, ArtifactType};
use serde::{Deserialize, Serialize};

/// How the derived thing rests on the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The parent is a base model, how it was used is not said.
    BaseModel,
    /// Weights of the parent were trained further.
    Finetune,
    /// Small weights to be loaded over the parent's.
    Adapter,
    /// The parent's weights in a smaller number format.
    Quantized,
    /// Weights of several parents combined.
    Merge,
    /// The parent is a data set it was trained or evaluated on.
    Dataset,
    /// The parent is the code that made or runs it.
    Code,
}

impl Relation {
    /// Whether the parent is a model.
    #[must_use]
    pub const fn is_model(self) -> bool {
        !matches!(self, Self::Dataset | Self::Code)
    }
}

/// Where an edge is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The card's front matter.
    Card,
    /// A tag of the repository.
    Tag,
    /// The Hub's own model tree.
    HubTree,
    /// `config.json`.
    ConfigJson,
    /// `adapter_config.json`.
    AdapterConfig,
    /// A link or sentence in the card's text.
    Prose,
}

/// One edge, as stated by the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The parent's canonical upstream id, as [`crate::Source::canonical`] writes it.
    pub parent: String,
    /// What the parent is.
    pub parent_kind: ArtifactType,
    /// How the child rests on it.
    pub relation: Relation,
    /// Where that is stated, most trustworthy first, never empty.
    pub stated_in: Vec<Provenance>,
}

/// A node of the graph: a registered artifact or one known only by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The artifact's id, or a stable id derived from the canonical upstream id.
    pub id: ArtifactId,
    /// What people call it.
    pub name: String,
    /// Model, data set or code.
    pub kind: ArtifactType,
    /// Whether it is registered here.
    pub registered: bool,
    /// How it came into the graph.
    pub source: Provenance,
    /// Its address upstream.
    pub repository_url: String,
    /// The pinned commit of a registered one.
    pub commit: Option<String>,
    /// The net score of a registered, rated one.
    pub net_score: Option<f64>,
}

/// An edge between two nodes of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphEdge {
    /// The base.
    pub from: ArtifactId,
    /// The derived one.
    pub to: ArtifactId,
    /// How the derived one rests on the base.
    pub relation: Relation,
    /// Where that is stated.
    pub stated_in: Vec<Provenance>,
}

/// Everything connected to one model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// Nodes, sorted by id.
    pub nodes: Vec<Node>,
    /// Edges, sorted by their ends.
    pub edges: Vec<GraphEdge>,
}
