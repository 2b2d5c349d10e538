//! What a catalogue shows of each artifact, so that one page of it answers without asking for every
//! artifact apart.

use crate::artifact::{Artifact, ArtifactStatus};
use crate::facts::Facts;
use crate::rating::Metric;
use std::collections::BTreeMap;

/// Words that the revision an artifact serves is found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// The licence as it was understood: an SPDX expression or a family's name.
    pub license: Option<String>,
    /// The task, as the Hub names it.
    pub task: Option<String>,
    /// The library that loads it.
    pub library: Option<String>,
}

impl Labels {
    /// Of a model with these facts, under a licence that was understood from them.
    #[must_use]
    pub fn of_model(facts: &Facts, license: Option<String>) -> Self {
        let info = facts.model.info.value();
        Self {
            license,
            task: info.and_then(|info| info.pipeline_tag.clone()),
            library: info.and_then(|info| info.library_name.clone()),
        }
    }
}

/// One row of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogEntry {
    /// The artifact.
    pub artifact: Artifact,
    /// Its labels; empty until it has a revision to serve.
    pub labels: Labels,
    /// Bytes of all files of the revision that is served.
    pub size_bytes: Option<u64>,
    /// The net score of a rated model.
    pub net_score: Option<f64>,
    /// The reported score of each metric of a rated model.
    pub scores: BTreeMap<Metric, f64>,
}

/// An artifact's status without its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusWord {
    /// Its first revision is on its way.
    Pending,
    /// It has a current revision.
    Ready,
    /// Its first revision could not be admitted.
    Failed,
}

impl ArtifactStatus {
    /// The status without its reason.
    #[must_use]
    pub const fn word(&self) -> StatusWord {
        match self {
            Self::Pending => StatusWord::Pending,
            Self::Ready => StatusWord::Ready,
            Self::Failed { .. } => StatusWord::Failed,
        }
    }
}

/// How often each of a label's commonest values stands in the catalogue, commonest first.
pub type LabelCounts = Vec<(String, u64)>;

/// The catalogue as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogSummary {
    /// How many rated models have a net score in each twentieth from 0 to 1; a score of 1 counts in
    /// the last.
    pub net_scores: [u64; CatalogSummary::BINS],
    /// Licences.
    pub licenses: LabelCounts,
    /// Tasks.
    pub tasks: LabelCounts,
    /// Libraries.
    pub libraries: LabelCounts,
}

impl CatalogSummary {
    /// Bins of the net scores.
    pub const BINS: usize = 20;
    /// At most so many values of a label are counted.
    pub const MOST_VALUES: usize = 50;
}
