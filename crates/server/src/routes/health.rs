//! How the registry is: a summary, and each component with its figures, issues and log.

use crate::extract::{Query, WordPath};
use crate::links::Links;
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::{App, Served};
use crate::telemetry::{self, Window};
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use touchstone_domain::Timestamp;
use touchstone_registry::{ComponentHealth, HealthIssue, HealthStatus, IssueSeverity};
use utoipa::ToSchema;

/// The window where none is asked for, in minutes.
const DEFAULT_WINDOW_MINUTES: u64 = 60;

/// Lines that a tail has where none are asked for.
const DEFAULT_LOG_LINES: u64 = 200;

/// The ids of all components.
const COMPONENTS: [&str; 6] = ["api", "store", "blobs", "ingest", "hugging-face", "github"];

/// How the registry is, in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthSummaryResponse {
    /// The worst of its components; an upstream alone makes it degraded at most.
    status: StatusWord,
    /// When this was found out.
    #[schema(schema_with = timestamp)]
    checked_at: Timestamp,
    /// How far back the request summary goes.
    #[schema(minimum = 5)]
    window_minutes: u64,
    /// Seconds since the start.
    uptime_seconds: u64,
    /// The running version.
    version: &'static str,
    /// Requests of the window.
    request_summary: HealthRequestSummary,
    /// The components, the worst first.
    components: Vec<HealthComponentBrief>,
    /// Where the log can be read.
    logs: Vec<HealthLogReference>,
}

/// What was asked of the registry within a window.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthRequestSummary {
    /// Its beginning.
    #[schema(schema_with = timestamp)]
    window_start: Timestamp,
    /// Its end.
    #[schema(schema_with = timestamp)]
    window_end: Timestamp,
    /// Requests answered.
    total_requests: u64,
    /// Requests by route.
    per_route: BTreeMap<String, u64>,
    /// Requests by the type of artifact that they were about.
    per_artifact_type: BTreeMap<String, u64>,
    /// About how many different clients there were.
    unique_clients: u64,
}

/// How a component is, in one line.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentBrief {
    /// Its stable id.
    id: &'static str,
    /// Its name for people.
    display_name: &'static str,
    /// How it is.
    status: StatusWord,
    /// How many issues it has.
    issue_count: usize,
    /// When it was last asked.
    #[schema(schema_with = timestamp)]
    last_event_at: Timestamp,
}

/// Every component in detail.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentCollection {
    /// The components, the worst first.
    components: Vec<HealthComponentDetail>,
    /// When this was found out.
    #[schema(schema_with = timestamp)]
    generated_at: Timestamp,
    /// How far back figures and timelines go.
    #[schema(minimum = 5)]
    window_minutes: u64,
}

/// One component in detail.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthComponentDetail {
    /// Its stable id.
    id: &'static str,
    /// Its name for people.
    display_name: &'static str,
    /// How it is.
    status: StatusWord,
    /// When it was last asked.
    #[schema(schema_with = timestamp)]
    observed_at: Timestamp,
    /// What it is for.
    description: &'static str,
    /// Figures by name.
    metrics: BTreeMap<String, Value>,
    /// What is not as it should be.
    issues: Vec<Issue>,
    /// Figures over the window, oldest first, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Vec<HealthTimelineEntry>>,
    /// Where its log can be read.
    logs: Vec<HealthLogReference>,
}

/// A figure of some minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthTimelineEntry {
    /// When those minutes began.
    #[schema(schema_with = timestamp)]
    bucket: Timestamp,
    /// The figure.
    value: f64,
    /// What it counts.
    unit: &'static str,
}

/// Something that is not as it should be.
#[derive(Serialize, ToSchema)]
#[schema(as = HealthIssue)]
pub(crate) struct Issue {
    /// A stable word for programs.
    code: String,
    /// How grave it is.
    severity: SeverityWord,
    /// What, as one sentence.
    summary: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<String>,
}

/// Where a log can be read.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthLogReference {
    /// What it is the log of.
    label: String,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
    /// Whether its end can be read there.
    tail_available: bool,
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

/// How the registry is, in short, with the requests of the last hour.
#[utoipa::path(get, path = "", operation_id = "health", tag = "health",
    responses((status = 200, description = "The registry can be reached.",
        body = HealthSummaryResponse)))]
pub(crate) async fn summary(State(served): App, links: Links) -> Json<HealthSummaryResponse> {
    let components = look(&served, DEFAULT_WINDOW_MINUTES).await;
    let clock = served.registry.clock();
    let (now, elapsed) = (clock.now(), clock.elapsed());
    Json(HealthSummaryResponse {
        status: overall(&components).into(),
        checked_at: now,
        window_minutes: DEFAULT_WINDOW_MINUTES,
        uptime_seconds: served.telemetry.since_start(elapsed).as_secs(),
        version: served.settings.version,
        request_summary: request_summary(
            served.telemetry.window(DEFAULT_WINDOW_MINUTES, elapsed),
            now,
        ),
        logs: components.iter().filter_map(|part| log_references(&served, &links, part)).collect(),
        components: components.iter().map(brief).collect(),
    })
}

/// Each component with its figures, issues and, where asked for, its timeline.
#[utoipa::path(get, path = "", operation_id = "component_health", tag = "health",
    params(
        ("windowMinutes" = Option<u64>, Query, minimum = 5, maximum = 1440,
            description = "How far back to look, 60 where nothing is said; also `window_minutes`."),
        ("includeTimeline" = Option<bool>, Query,
            description = "Whether to add timelines; also `include_timeline`."),
    ),
    responses(
        (status = 200, description = "The components.", body = HealthComponentCollection)))]
pub(crate) async fn components(
    State(served): App,
    query: Query,
    links: Links,
) -> Result<Json<HealthComponentCollection>, Problem> {
    let window = query.integer(&["window_minutes", "windowMinutes"], 5..=1440)?;
    let window_minutes = window.unwrap_or(DEFAULT_WINDOW_MINUTES);
    let with_timeline = query.flag(&["include_timeline", "includeTimeline"])?;
    let components = look(&served, window_minutes).await;
    let detail = |component: ComponentHealth| {
        let timeline = with_timeline.then(|| timeline(&served, component.id, window_minutes));
        detail(component, timeline, &served, &links)
    };
    Ok(Json(HealthComponentCollection {
        components: components.into_iter().map(detail).collect(),
        generated_at: served.registry.clock().now(),
        window_minutes,
    }))
}

/// The end of the log that a component writes to. All of them share one.
#[utoipa::path(get, path = "", operation_id = "component_log", tag = "health",
    params(
        ("lines" = Option<u64>, Query, minimum = 1, maximum = 5000,
            description = "How many lines at the most, 200 where nothing is said."),
    ),
    responses(
        (status = 200, description = "Lines, oldest first.", body = String,
            content_type = "text/plain"),
        (status = 404, description = "There is no such component, or no log is kept.")))]
pub(crate) async fn log(
    State(served): App,
    WordPath(component): WordPath,
    query: Query,
) -> Result<impl IntoResponse, Problem> {
    let lines = query.integer(&["lines"], 1..=5000)?.unwrap_or(DEFAULT_LOG_LINES);
    if !COMPONENTS.contains(&component.as_str()) {
        return Err(Problem::NotFound("there is no such component".to_owned()));
    }
    let tail = served.settings.log_tail.as_ref();
    let tail = tail.ok_or_else(|| Problem::NotFound("this registry keeps no log".to_owned()))?;
    let mut lines = tail.tail(usize::try_from(lines).unwrap_or(usize::MAX));
    lines.push(String::new());
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], lines.join("\n")))
}

/// What was counted, for Prometheus.
#[utoipa::path(get, path = "", operation_id = "prometheus_metrics", tag = "health",
    responses((status = 200, description = "Prometheus text.", body = String,
        content_type = "text/plain")))]
pub(crate) async fn metrics(State(served): App) -> impl IntoResponse {
    let components = served.registry.component_health().await;
    let now = served.registry.clock().elapsed();
    let page = telemetry::render(&served.telemetry, &components, served.settings.version, now);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page)
}

/// Asks every component, ourselves included; the worst first.
async fn look(served: &Served, window_minutes: u64) -> Vec<ComponentHealth> {
    let mut components = served.registry.component_health().await;
    components.push(api_health(served, window_minutes));
    let now = served.registry.clock().elapsed();
    for component in &components {
        served.telemetry.probed(component.id, component.status == HealthStatus::Ok, now);
    }
    components.sort_by_key(|component| std::cmp::Reverse(component.status));
    components
}

/// How we answer, from what was counted.
fn api_health(served: &Served, window_minutes: u64) -> ComponentHealth {
    let clock = served.registry.clock();
    let window = served.telemetry.window(window_minutes, clock.elapsed());
    let issue = failing(&served.telemetry.window(5, clock.elapsed()));
    let milliseconds = |seconds: Option<f64>| seconds.map(|seconds| seconds * 1000.0);
    let mut metrics = BTreeMap::from([
        ("requests".to_owned(), json!(window.requests)),
        ("failures".to_owned(), json!(window.failures)),
        ("unique_clients".to_owned(), json!(window.unique_clients)),
        (
            "requests_per_minute".to_owned(),
            json!(window.requests as f64 / window_minutes.max(1) as f64),
        ),
    ]);
    for (name, value) in [("median_ms", window.median_seconds), ("p99_ms", window.p99_seconds)] {
        metrics.extend(milliseconds(value).map(|value| (name.to_owned(), json!(value))));
    }
    ComponentHealth {
        id: "api",
        display_name: "API",
        description: "Answers requests over HTTP.",
        status: if issue.is_some() { HealthStatus::Degraded } else { HealthStatus::Ok },
        observed_at: clock.now(),
        metrics,
        issues: issue.into_iter().collect(),
    }
}

/// One in twenty requests of the last minutes failing is no accident.
fn failing(recent: &Window) -> Option<HealthIssue> {
    (recent.failures > 0 && recent.failures * 20 >= recent.requests).then(|| HealthIssue {
        code: "requests_failing".to_owned(),
        severity: IssueSeverity::Error,
        summary: format!(
            "{} of the {} requests of the last five minutes failed.",
            recent.failures, recent.requests
        ),
        details: Some("The log of this component says why each of them failed.".to_owned()),
    })
}

/// Without its upstreams the registry still serves everything that it has.
fn overall(components: &[ComponentHealth]) -> HealthStatus {
    let is_upstream = |id| matches!(id, "hugging-face" | "github");
    let counted = |component: &ComponentHealth| match component.status {
        HealthStatus::Critical if is_upstream(component.id) => HealthStatus::Degraded,
        status => status,
    };
    components.iter().map(counted).max().unwrap_or(HealthStatus::Unknown)
}

fn request_summary(window: Window, now: Timestamp) -> HealthRequestSummary {
    HealthRequestSummary {
        window_start: minutes_before(now, DEFAULT_WINDOW_MINUTES),
        window_end: now,
        total_requests: window.requests,
        per_route: window.per_route,
        per_artifact_type: window.per_artifact_type,
        unique_clients: window.unique_clients,
    }
}

fn brief(component: &ComponentHealth) -> HealthComponentBrief {
    HealthComponentBrief {
        id: component.id,
        display_name: component.display_name,
        status: component.status.into(),
        issue_count: component.issues.len(),
        last_event_at: component.observed_at,
    }
}

fn detail(
    component: ComponentHealth,
    timeline: Option<Vec<HealthTimelineEntry>>,
    served: &Served,
    links: &Links,
) -> HealthComponentDetail {
    HealthComponentDetail {
        logs: log_references(served, links, &component).into_iter().collect(),
        id: component.id,
        display_name: component.display_name,
        status: component.status.into(),
        observed_at: component.observed_at,
        description: component.description,
        metrics: component.metrics,
        issues: component.issues.into_iter().map(Issue::from).collect(),
        timeline,
    }
}

fn log_references(
    served: &Served,
    links: &Links,
    component: &ComponentHealth,
) -> Option<HealthLogReference> {
    served.settings.log_tail.as_ref()?;
    Some(HealthLogReference {
        label: component.display_name.to_owned(),
        url: links.to(&format!("/health/logs/{}", component.id)),
        tail_available: true,
    })
}

/// Requests for ourselves, looks that found it well for every other component.
fn timeline(served: &Served, component: &str, minutes: u64) -> Vec<HealthTimelineEntry> {
    let clock = served.registry.clock();
    let (now, elapsed) = (clock.now(), clock.elapsed());
    let (buckets, unit) = match component {
        "api" => (served.telemetry.timeline(minutes, elapsed), "requests/min"),
        _ => (served.telemetry.probes(component, minutes, elapsed), "share of probes ok"),
    };
    buckets
        .into_iter()
        .map(|bucket| HealthTimelineEntry {
            bucket: minutes_before(now, bucket.minutes_ago),
            value: bucket.value,
            unit,
        })
        .collect()
}

fn minutes_before(now: Timestamp, minutes: u64) -> Timestamp {
    now.checked_sub(Duration::from_secs(minutes * 60)).unwrap_or(now)
}
