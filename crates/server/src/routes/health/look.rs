//! Asking every component how it is.

use crate::state::Served;
use crate::telemetry::Window;
use serde_json::json;
use std::collections::BTreeMap;
use touchstone_registry::{ComponentHealth, HealthIssue, HealthStatus, IssueSeverity};

/// Asks every component, ourselves included; the worst first.
pub(super) async fn look(served: &Served, window_minutes: u64) -> Vec<ComponentHealth> {
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
pub(super) fn overall(components: &[ComponentHealth]) -> HealthStatus {
    let is_upstream = |id| matches!(id, "hugging-face" | "github");
    let counted = |component: &ComponentHealth| match component.status {
        HealthStatus::Critical if is_upstream(component.id) => HealthStatus::Degraded,
        status => status,
    };
    components.iter().map(counted).max().unwrap_or(HealthStatus::Unknown)
}
