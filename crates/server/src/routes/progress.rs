//! How far an ingest is: once as JSON, or as it happens as server-sent events.

use crate::extract::ArtifactPath;
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde::Serialize;
use touchstone_domain::job::{JobState, Stage};
use touchstone_domain::{ArtifactId, ArtifactStatus, Timestamp};
use touchstone_registry::ProgressReport;
use utoipa::ToSchema;

/// How far the latest ingest of an artifact is.
#[derive(Serialize, ToSchema)]
pub(crate) struct IngestProgress {
    /// The artifact.
    #[schema(value_type = String)]
    artifact_id: ArtifactId,
    /// Whether the artifact can be used: `pending`, `ready` or `failed`.
    status: &'static str,
    /// How the ingest stands: `waiting`, `running`, `done` or `failed`.
    state: &'static str,
    /// The stage it is in.
    #[schema(value_type = StageWord)]
    stage: Stage,
    /// Bytes brought so far.
    bytes_done: u64,
    /// Bytes to bring in all, once known.
    bytes_total: Option<u64>,
    /// Bytes a second so far, once there is a transfer.
    bytes_per_second: Option<f64>,
    /// Seconds left at that speed, once known.
    seconds_left: Option<f64>,
    /// How many times it was begun.
    attempts: u32,
    /// Why it failed, where it did.
    reason: Option<String>,
    /// Why the last attempt was given up, where it was.
    last_problem: Option<String>,
    /// When it was asked for.
    #[schema(schema_with = timestamp)]
    created_at: Timestamp,
    /// When it last got further.
    #[schema(schema_with = timestamp)]
    updated_at: Timestamp,
}

/// The stages of an ingest, in order.
#[derive(ToSchema)]
#[schema(as = IngestStage, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the domain's Stage to readers of the document")]
pub(crate) enum StageWord {
    /// Waiting for a worker.
    Queued,
    /// Following renames, pinning the commit, reading the file list.
    Resolve,
    /// Gathering the facts.
    Collect,
    /// Bringing the bytes.
    Transfer,
    /// Scoring the facts.
    Rate,
    /// Applying the admission policy.
    Decide,
    /// Making it available.
    Publish,
}

impl From<ProgressReport> for IngestProgress {
    fn from(
        ProgressReport { artifact, job, bytes_per_second, seconds_left }: ProgressReport,
    ) -> Self {
        let (state, reason) = match job.state {
            JobState::Waiting => ("waiting", None),
            JobState::Running => ("running", None),
            JobState::Done => ("done", None),
            JobState::Failed { reason } => ("failed", Some(reason)),
        };
        Self {
            artifact_id: artifact.id,
            status: match artifact.status {
                ArtifactStatus::Pending => "pending",
                ArtifactStatus::Ready => "ready",
                ArtifactStatus::Failed { .. } => "failed",
            },
            state,
            stage: job.progress.stage,
            bytes_done: job.progress.bytes_done,
            bytes_total: job.progress.bytes_total,
            bytes_per_second,
            seconds_left,
            attempts: job.attempts,
            reason,
            last_problem: job.last_problem,
            created_at: job.created_at,
            updated_at: job.updated_at,
        }
    }
}

/// How far an artifact's ingest is; with `Accept: text/event-stream` as it happens.
#[utoipa::path(
    get, path = "", operation_id = "ingest_progress", tag = "artifacts",
    responses((status = 200, description = "How far it is.", content(
        (IngestProgress = "application/json"),
        (String = "text/event-stream")
    )))
)]
pub(crate) async fn progress(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !wants_events(&headers) {
        let report = served.registry.progress(kind, &id).await?;
        return Ok(Json(IngestProgress::from(report)).into_response());
    }
    let reports = served.registry.watch_progress(kind, &id).await?;
    let events = reports.map(|report| Event::default().json_data(IngestProgress::from(report)));
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// Queues a failed ingest again.
#[utoipa::path(
    post, path = "", operation_id = "retry_ingest", tag = "artifacts",
    responses((status = 202, description = "It is queued.", body = IngestProgress))
)]
pub(crate) async fn retry(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
) -> Result<(StatusCode, Json<IngestProgress>), Problem> {
    let report = served.registry.retry_ingest(kind, &id).await?;
    Ok((StatusCode::ACCEPTED, Json(report.into())))
}

fn wants_events(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|accepted| accepted.to_str().ok())
        .any(|accepted| accepted.contains("text/event-stream"))
}
