//! What was counted, for Prometheus.

use crate::state::App;
use crate::telemetry;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

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
