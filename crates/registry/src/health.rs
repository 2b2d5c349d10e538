//! How the parts are, each really asked.

use crate::Registry;
use std::collections::BTreeMap;
use touchstone_domain::Timestamp;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HealthStatus {
    /// Well.
    Ok,
    /// Nobody could tell.
    Unknown,
    /// Works, but not as it should.
    Degraded,
    /// Does not work.
    Critical,
}

/// How grave an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueSeverity {
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// To be mended now.
    Error,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthIssue {
    /// A stable word for programs.
    pub code: String,
    /// How grave.
    pub severity: IssueSeverity,
    /// What, as one sentence.
    pub summary: String,
    /// What to do about it.
    pub details: Option<String>,
}

/// How one component is: `store`, `blobs`, `ingest`, `hugging-face`, `github`.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentHealth {
    /// Its stable id.
    pub id: &'static str,
    /// Its name for people.
    pub display_name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// How it is.
    pub status: HealthStatus,
    /// When it was asked.
    pub observed_at: Timestamp,
    /// Figures by name.
    pub metrics: BTreeMap<String, serde_json::Value>,
    /// What is not as it should be.
    pub issues: Vec<HealthIssue>,
}

impl Registry {
    /// Asks every component. Answers are remembered for some seconds (upstreams for a minute), and
    /// a component that hangs is reported as such after two seconds.
    pub async fn component_health(&self) -> Vec<ComponentHealth> {
        todo!()
    }
}
