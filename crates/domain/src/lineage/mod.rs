//! Where models come from: edges from a derived model to the upstream repositories it rests on.
//!
//! Edges are kept with the child and name their parent by its canonical upstream id, and are
//! joined to registered artifacts when they are read: the order of ingest never matters.

mod disputes;

pub use disputes::disputes;

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

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::BaseModel => "base model",
            Self::Finetune => "fine-tune",
            Self::Adapter => "adapter",
            Self::Quantized => "quantised version",
            Self::Merge => "merge",
            Self::Dataset => "data set",
            Self::Code => "code",
        })
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

impl Provenance {
    /// Whether somebody wrote it down as a parent there, rather than a tool or in passing.
    #[must_use]
    pub const fn is_deliberate(self) -> bool {
        matches!(self, Self::Card | Self::Tag | Self::HubTree)
    }
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Card => "the card",
            Self::Tag => "a tag",
            Self::HubTree => "the Hub's tree",
            Self::ConfigJson => "config.json",
            Self::AdapterConfig => "adapter_config.json",
            Self::Prose => "the card's text",
        })
    }
}

/// One place that states an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Statement {
    /// Where.
    pub stated_in: Provenance,
    /// How the child rests on the parent, as it says there.
    pub relation: Relation,
}

/// One edge, as stated by the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The parent's canonical upstream id, as [`crate::Source::canonical`] writes it.
    pub parent: String,
    /// What the parent is.
    pub parent_kind: ArtifactType,
    /// How the child rests on it: the first kind that is stated.
    pub relation: Relation,
    /// Where that is stated, most trustworthy first, never empty.
    pub statements: Vec<Statement>,
}

impl Edge {
    /// Whether it is stated there.
    #[must_use]
    pub fn is_stated_in(&self, place: Provenance) -> bool {
        self.statements.iter().any(|statement| statement.stated_in == place)
    }

    /// Whether somebody wrote it down as a parent: on the card, or where the Hub took it up.
    #[must_use]
    pub fn is_deliberate(&self) -> bool {
        self.statements.iter().any(|statement| statement.stated_in.is_deliberate())
    }

    /// Adds a statement; one that only says that the parent is a base leaves the kind as it was.
    pub fn also(&mut self, statement: Statement) {
        if self.relation == Relation::BaseModel {
            self.relation = statement.relation;
        }
        if !self.statements.contains(&statement) {
            self.statements.push(statement);
        }
    }
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
    pub statements: Vec<Statement>,
    /// What speaks against it, one sentence each; empty where the sources agree.
    pub disputes: Vec<String>,
}

/// Everything connected to one model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// Nodes, sorted by id.
    pub nodes: Vec<Node>,
    /// Edges, sorted by their ends.
    pub edges: Vec<GraphEdge>,
}
