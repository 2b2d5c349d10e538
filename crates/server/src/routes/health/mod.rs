//! How the registry is: a summary, and each component with its figures, issues and log.

mod look;
mod shapes;

use crate::extract::Query;
use crate::links::Links;
use crate::problem::Problem;
use crate::state::{App, Served};
use crate::telemetry::Window;
use axum::Json;
use axum::extract::State;
use look::{look, overall};
use shapes::{
    HealthComponentBrief, HealthComponentCollection, HealthComponentDetail, HealthLogReference,
    HealthRequestSummary, HealthSummaryResponse, HealthTimelineEntry, Issue,
};
use std::time::Duration;
use touchstone_domain::Timestamp;
use touchstone_registry::ComponentHealth;

/// The window where none is asked for, in minutes.
const DEFAULT_WINDOW_MINUTES: u64 = 60;

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
