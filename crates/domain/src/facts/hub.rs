//! Facts from the Hugging Face Hub.

use super::{Document, Fact, Missing, RepositoryFile};
use crate::artifact::ArtifactType;
use crate::clock::Timestamp;
use crate::lineage::{Edge, Provenance, Relation, Statement};
use crate::source::Source;
use crate::weights::WeightHeader;
use serde::{Deserialize, Serialize};

/// Whether a repository asks for an agreement before it gives its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gated {
    /// Open to everybody.
    No,
    /// After accepting terms.
    Auto,
    /// After its owner agrees.
    Manual,
}

/// What the Hub says of a repository in one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HubInfo {
    /// `owner/name` as the Hub writes it today.
    pub id: String,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub last_modified: Option<Timestamp>,
    /// Downloads in the last 30 days.
    pub downloads: u64,
    /// Likes.
    pub likes: u64,
    /// Tags, as listed: `license:mit`, `dataset:squad`, `base_model:org/x`, languages, libraries.
    pub tags: Vec<String>,
    /// The task, where one is stated.
    pub pipeline_tag: Option<String>,
    /// The library that loads it, where one is stated.
    pub library_name: Option<String>,
    /// Whether terms stand before its files.
    pub gated: Gated,
    /// The card's front matter as the Hub parsed it; `null` where there is none.
    pub card_data: serde_json::Value,
    /// The results that the card states in `model-index`; `null` where there are none.
    pub model_index: serde_json::Value,
    /// Parameters, where the Hub read them from safetensors headers.
    pub parameters: Option<u64>,
    /// Parents by the Hub's own model tree, each with the relation it states.
    pub base_models: Vec<(Relation, String)>,
    /// Files in which the Hub's scanners found something; nothing where they have not finished.
    pub unsafe_files: Option<u64>,
}

/// One commit of a Hub repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubCommit {
    /// Its 40 digits.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When.
    pub date: Option<Timestamp>,
    /// The users named as its authors.
    pub authors: Vec<String>,
}

/// The newest commits of a Hub repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubHistory {
    /// How many there are in all, where the Hub says so.
    pub total: Option<u64>,
    /// The newest ones, newest first.
    pub commits: Vec<HubCommit>,
}

/// Who a Hub repository belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The name.
    pub name: String,
    /// Whether it is an organisation.
    pub is_organisation: bool,
    /// Its members, where the Hub tells.
    pub members: Option<u64>,
}

/// A text that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its path in the repository.
    pub path: String,
    /// Why not.
    pub fact: Fact<Document>,
}

/// A model's own repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFacts {
    /// Where it is.
    pub source: Source,
    /// The pinned commit.
    pub commit: String,
    /// The name it was asked for under, where upstream answered under another.
    pub renamed_from: Option<String>,
    /// What the Hub says of it.
    pub info: Fact<HubInfo>,
    /// Its files.
    pub files: Fact<Vec<RepositoryFile>>,
    /// Its `README.md`.
    pub card: Fact<Document>,
    /// Its `config.json`.
    pub config: Fact<Document>,
    /// Its `adapter_config.json`.
    pub adapter_config: Fact<Document>,
    /// Its licence file.
    pub license_file: Fact<Document>,
    /// Other texts that were read: notebooks, example scripts, `.eval_results`, weight indexes.
    pub documents: Vec<Document>,
    /// Such texts that were to be read and could not be.
    #[serde(default)]
    pub unread: Vec<Unread>,
    /// Its commits.
    pub history: Fact<HubHistory>,
    /// Whose it is.
    pub owner: Fact<Owner>,
    /// What weight files that are held here say of themselves.
    #[serde(default)]
    pub weight_headers: Vec<WeightHeader>,
}

/// A data set that the model names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DatasetFacts {
    /// The name as the model writes it.
    pub named_as: String,
    /// Where the model names it.
    pub stated_in: Provenance,
    /// What the Hub says of it; missing where the name resolves to nothing.
    pub info: Fact<HubInfo>,
    /// Its `README.md`.
    pub card: Fact<Document>,
}

/// A parent's rating in this registry, at the time of collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisteredRating {
    /// The parent's artifact id.
    pub artifact: String,
    /// Its net score.
    pub net_score: f64,
}

/// A parent, seen from its child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParentFacts {
    /// Its canonical upstream id.
    pub canonical: String,
    /// How the child rests on it.
    pub relation: Relation,
    /// Where the child states that, most trustworthy first.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// Its rating here, where it is registered and rated.
    pub registered: Option<RegisteredRating>,
    /// Its metadata, where it is not: what a metadata-only rating is made from.
    pub model: Option<Box<ModelFacts>>,
    /// Its own parents, to the depth that was followed.
    pub parents: Vec<ParentFacts>,
}

impl ParentFacts {
    /// The edge that leads to it.
    #[must_use]
    pub fn edge(&self) -> Edge {
        Edge {
            parent: self.canonical.clone(),
            parent_kind: ArtifactType::Model,
            relation: self.relation,
            statements: self.statements.clone(),
        }
    }

    /// Whether upstream does not have what only a sentence or a configuration names: a word, or a
    /// name on somebody's disk.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let info = self.model.as_deref().map(|model| &model.info);
        let is_absent = info.is_some_and(|info| info.why_missing() == Some(&Missing::Absent));
        let in_passing = self.statements.iter().all(|it| !it.stated_in.is_deliberate());
        is_absent && in_passing && !self.statements.is_empty()
    }
}
