//! The table of contents: every path, in the order of use.

mod artifacts;
mod audit;
mod benchmark;
mod catalog;
mod comparison;
mod confusion;
mod cost;
mod download;
mod health;
mod home;
mod license_check;
mod lineage;
mod logs;
mod metrics;
mod progress;
mod rating;
mod rating_history;
mod reset;
mod revisions;
mod search;
mod session;
mod tracks;

use crate::docs_page;
use crate::openapi::{also_at, at, described};
use crate::state::Served;
use axum::routing::get;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Every path, with its description.
#[rustfmt::skip]
pub(crate) fn routes() -> OpenApiRouter<Arc<Served>> {
    described()
        .routes(at("/", routes!(home::home)))
        // Artifacts.
        .routes(at("/artifacts", routes!(artifacts::query)))
        .routes(at("/artifact/{artifact_type}", routes!(artifacts::register)))
        .routes(at("/artifacts/{artifact_type}", routes!(artifacts::list)))
        .routes(at("/artifacts/{artifact_type}/{id}", routes!(artifacts::fetch, artifacts::update, artifacts::remove)))
        .routes(at("/artifact/byName/{name}", routes!(search::by_name)))
        .routes(at("/artifact/byRegEx", routes!(search::by_regex)))
        .routes(at("/artifact/{artifact_type}/{id}/progress", routes!(progress::progress)))
        .routes(at("/artifact/{artifact_type}/{id}/retry", routes!(progress::retry)))
        .routes(at("/artifact/{artifact_type}/{id}/revisions", routes!(revisions::revisions)))
        .routes(at("/catalog", routes!(catalog::browse)))
        .routes(at("/catalog/summary", routes!(catalog::summary)))
        .routes(at("/catalog/{artifact_type}/{id}", routes!(catalog::item)))
        // Bytes.
        .routes(at("/artifact/{artifact_type}/{id}/files", routes!(revisions::files)))
        .routes(at("/artifacts/{artifact_type}/{id}/download", routes!(download::download)))
        .routes(also_at("/artifact/{artifact_type}/{id}/download", routes!(download::download)))
        // Trust.
        .routes(at("/artifact/model/{id}/rate", routes!(rating::rate)))
        .routes(at("/artifact/model/{id}/rate/evidence", routes!(rating::evidence)))
        .routes(at("/artifact/model/{id}/rate/history", routes!(rating_history::history)))
        .routes(at("/artifact/model/{id}/rate/compare/{others}", routes!(comparison::compare)))
        .routes(at("/artifact/model/{id}/lineage", routes!(lineage::lineage)))
        .routes(at("/artifact/model/{id}/license-check", routes!(license_check::license_check)))
        .routes(at("/artifact/{artifact_type}/{id}/cost", routes!(cost::cost)))
        .routes(at("/artifact/{artifact_type}/{id}/audit", routes!(audit::audit)))
        .routes(also_at("/artifacts/{artifact_type}/{id}/audit", routes!(audit::audit)))
        .routes(at("/artifacts/PackageConfusionAudit", routes!(confusion::audit)))
        // The registry.
        .routes(at("/health", routes!(health::summary)))
        .routes(at("/health/components", routes!(health::components)))
        .routes(at("/health/logs/{component}", routes!(logs::log)))
        .routes(at("/health/download-benchmark/start", routes!(benchmark::start)))
        .routes(at("/health/download-benchmark/{job_id}", routes!(benchmark::report)))
        .routes(at("/metrics", routes!(metrics::metrics)))
        .routes(at("/tracks", routes!(tracks::tracks)))
        .routes(at("/authenticate", routes!(session::authenticate)))
        .routes(at("/reset", routes!(reset::reset)))
        // Documentation.
        .route("/docs", get(docs_page::to_swagger))
        .route("/docs/", get(docs_page::swagger))
        .route("/docs/{*file}", get(docs_page::swagger_file))
        .route("/redoc", get(docs_page::redoc))
        .route("/redoc/{*file}", get(docs_page::redoc_file))
}
