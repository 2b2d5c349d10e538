//! What a rating says: scores between 0 and 1, each with the evidence it rests on.

use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The eleven questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// How fast does a newcomer get a first result?
    RampUpTime,
    /// What if the main author leaves?
    BusFactor,
    /// Are the claims backed?
    PerformanceClaims,
    /// May we build on it?
    License,
    /// Can this device hold the model?
    SizeScore,
    /// Are the training data and example code there and documented?
    DatasetAndCodeScore,
    /// Is that data any good?
    DatasetQuality,
    /// Is the code maintained like software?
    CodeQuality,
    /// Does the card's own example run as it stands?
    Reproducibility,
    /// How much of the code did a second person read?
    Reviewedness,
    /// Are its parents good?
    TreeScore,
}

impl Metric {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 11] = [
        Self::RampUpTime,
        Self::BusFactor,
        Self::PerformanceClaims,
        Self::License,
        Self::SizeScore,
        Self::DatasetAndCodeScore,
        Self::DatasetQuality,
        Self::CodeQuality,
        Self::Reproducibility,
        Self::Reviewedness,
        Self::TreeScore,
    ];

    /// The field's name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RampUpTime => "ramp_up_time",
            Self::BusFactor => "bus_factor",
            Self::PerformanceClaims => "performance_claims",
            Self::License => "license",
            Self::SizeScore => "size_score",
            Self::DatasetAndCodeScore => "dataset_and_code_score",
            Self::DatasetQuality => "dataset_quality",
            Self::CodeQuality => "code_quality",
            Self::Reproducibility => "reproducibility",
            Self::Reviewedness => "reviewedness",
            Self::TreeScore => "tree_score",
        }
    }
}

/// One observation, what it gave and what it could have given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The row of the metric's table of points that it belongs to; empty for a remark.
    #[serde(default)]
    pub criterion: String,
    /// What was seen, or what was looked for and not found, as one sentence.
    pub observation: String,
    /// Where: an address that a reader can open. Nothing where there was nowhere to look.
    pub seen_at: Option<String>,
    /// Points given.
    pub points: f64,
    /// Points that could have been given; 0 for a remark that only explains.
    pub of: f64,
    /// Why it counts, as one sentence; empty for a remark.
    #[serde(default)]
    pub because: String,
    /// Whether the fact could not be looked at: "we could not look" is not "it is not there".
    pub unavailable: bool,
}

/// How well each class of device holds the model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SizeScores {
    /// Raspberry Pi.
    pub raspberry_pi: f64,
    /// Jetson Nano.
    pub jetson_nano: f64,
    /// A desktop computer.
    pub desktop_pc: f64,
    /// A server in the cloud.
    pub aws_server: f64,
}

/// One metric's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricScore {
    /// Which question.
    pub metric: Metric,
    /// The reported score, 0 to 1; -1 for reviewedness without a linked repository.
    pub score: f64,
    /// The score as it counts in the net score, 0 to 1.
    pub counted: f64,
    /// Its share of the net score after rescaling; 0 where it does not apply.
    pub weight: f64,
    /// Whether the question can be asked of this model at all.
    pub applies: bool,
    /// Share of the possible points that rest on facts that were really there, 0 to 1.
    pub coverage: f64,
    /// The observations.
    pub evidence: Vec<Evidence>,
}

/// A finding that no average may launder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockingFinding {
    /// A stable word for policies: `parent_non_commercial`, `parent_gated`, `parent_low_score`,
    /// `license_conflict`, `renamed_upstream`.
    pub code: String,
    /// The finding, as one sentence.
    pub summary: String,
    /// Where it was seen.
    pub seen_at: Option<String>,
}

/// A model's rating: a pure function of its facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// Which edition of the scoring rules made it.
    pub scoring_version: u32,
    /// When the facts were collected.
    pub collected_at: Timestamp,
    /// The weighted mean, 0 to 1.
    pub net_score: f64,
    /// What kind of model: its pipeline tag, else `unknown`.
    pub category: String,
    /// The eleven answers, in [`Metric::ALL`]'s order.
    pub metrics: Vec<MetricScore>,
    /// Size by device.
    pub size: SizeScores,
    /// Share of the weight that rests on facts that were really there, 0 to 1.
    pub coverage: f64,
    /// The metric with the lowest counted score among those that apply.
    pub weakest: Metric,
    /// Findings that no average may launder.
    pub blocking: Vec<BlockingFinding>,
    /// Facts that could not be had for a passing reason; not empty makes the rating provisional.
    pub provisional: Vec<String>,
}

impl Rating {
    /// One metric's answer.
    #[must_use]
    pub fn metric(&self, metric: Metric) -> Option<&MetricScore> {
        self.metrics.iter().find(|score| score.metric == metric)
    }

    /// Whether facts are missing for a passing reason, so that it is to be made again.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        !self.provisional.is_empty()
    }
}

/// How long a rating took to make: measured, and so no part of the rating itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RatingLatency {
    /// Seconds from the first upstream request to the net score.
    pub net_seconds: f64,
    /// Seconds for each metric: gathering its facts and computing it.
    pub metric_seconds: BTreeMap<Metric, f64>,
}
