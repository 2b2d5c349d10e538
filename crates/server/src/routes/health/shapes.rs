//! What the health routes answer with, in the contract's names.

use crate::openapi::timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use touchstone_domain::Timestamp;
use touchstone_registry::{HealthIssue, HealthStatus, IssueSeverity};
use utoipa::ToSchema;

/// How the registry is, in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthSummaryResponse {
    /// The worst of its components; an upstream alone makes it degraded at most.
    pub(super) status: StatusWord,
    /// When this was found out.
    #[schema(schema_with = timestamp)]
    pub(super) checked_at: Timestamp,
    /// How far back the request summary goes.
    #[schema(minimum = 5)]
    pub(super) window_minutes: u64,
    /// Seconds since the start.
    pub(super) uptime_seconds: u64,
    /// The running version.
    pub(super) version: &'static str,
    /// Requests of the window.
    pub(super) request_summary: HealthRequestSummary,
    /// The components, the worst first.
    pub(super) components: Vec<HealthComponentBrief>,
    /// Where the log can be read.
    pub(super) logs: Vec<HealthLogReference>,
}

/// What was asked of the registry within a window.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthRequestSummary {
    /// Its beginning.
    #[schema(schema_with = timestamp)]
    pub(super) window_start: Timestamp,
    /// Its end.
    #[schema(schema_with = timestamp)]
    pub(super) window_end: Timestamp,
    /// Requests answered.
    pub(super) total_requests: u64,
    /// Requests by route.
    pub(super) per_route: BTreeMap<String, u64>,
    /// Requests by the type of artifact that they were about.
    pub(super) per_artifact_type: BTreeMap<String, u64>,
    /// About how many different clients there were.
    pub(super) unique_clients: u64,
}

/// How a component is, in one line.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentBrief {
    /// Its stable id.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) display_name: &'static str,
    /// How it is.
    pub(super) status: StatusWord,
    /// How many issues it has.
    pub(super) issue_count: usize,
    /// When it was last asked.
    #[schema(schema_with = timestamp)]
    pub(super) last_event_at: Timestamp,
}

/// Every component in detail.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentCollection {
    /// The components, the worst first.
    pub(super) components: Vec<HealthComponentDetail>,
    /// When this was found out.
    #[schema(schema_with = timestamp)]
    pub(super) generated_at: Timestamp,
    /// How far back figures and timelines go.
    #[schema(minimum = 5)]
    pub(super) window_minutes: u64,
}

/// One component in detail.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentDetail {
    /// Its stable id.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) display_name: &'static str,
    /// How it is.
    pub(super) status: StatusWord,
    /// When it was last asked.
    #[schema(schema_with = timestamp)]
    pub(super) observed_at: Timestamp,
    /// What it is for.
    pub(super) description: &'static str,
    /// Figures by name.
    pub(super) metrics: BTreeMap<String, Value>,
    /// What is not as it should be.
    pub(super) issues: Vec<Issue>,
    /// Figures over the window, oldest first, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timeline: Option<Vec<HealthTimelineEntry>>,
    /// Where its log can be read.
    pub(super) logs: Vec<HealthLogReference>,
}

/// A figure of some minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthTimelineEntry {
    /// When those minutes began.
    #[schema(schema_with = timestamp)]
    pub(super) bucket: Timestamp,
    /// The figure.
    pub(super) value: f64,
    /// What it counts.
    pub(super) unit: &'static str,
}

/// Something that is not as it should be.
#[derive(Serialize, ToSchema)]
#[schema(as = HealthIssue)]
pub(crate) struct Issue {
    /// A stable word for programs.
    pub(super) code: String,
    /// How grave it is.
    pub(super) severity: SeverityWord,
    /// What, as one sentence.
    pub(super) summary: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) details: Option<String>,
}

/// Where a log can be read.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthLogReference {
    /// What it is the log of.
    pub(super) label: String,
    /// Its address.
    #[schema(format = "uri")]
    pub(super) url: String,
    /// Whether its end can be read there.
    pub(super) tail_available: bool,
}

/// How something is.
#[derive(Serialize, ToSchema, Clone, Copy)]
#[schema(as = HealthStatus)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StatusWord {
    /// Well.
    Ok,
    /// Works, but not as it should.
    Degraded,
    /// Does not work.
    Critical,
    /// Nobody could tell.
    Unknown,
}

impl From<HealthStatus> for StatusWord {
    fn from(status: HealthStatus) -> Self {
        match status {
            HealthStatus::Ok => Self::Ok,
            HealthStatus::Unknown => Self::Unknown,
            HealthStatus::Degraded => Self::Degraded,
            HealthStatus::Critical => Self::Critical,
        }
    }
}

/// How grave an issue is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SeverityWord {
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// To be mended now.
    Error,
}

impl From<HealthIssue> for Issue {
    fn from(HealthIssue { code, severity, summary, details }: HealthIssue) -> Self {
        let severity = match severity {
            IssueSeverity::Info => SeverityWord::Info,
            IssueSeverity::Warning => SeverityWord::Warning,
            IssueSeverity::Error => SeverityWord::Error,
        };
        Self { code, severity, summary, details }
    }
}
