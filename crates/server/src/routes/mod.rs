//! The table of contents: every path, in the order of use.

mod artifacts;
mod download;
mod rating;

use crate::state::Served;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Every path.
pub(crate) fn routes() -> Router<Arc<Served>> {
    Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/artifacts", post(artifacts::query))
        .route("/artifacts/{artifact_type}", get(artifacts::list))
        .route("/artifact/{artifact_type}", post(artifacts::register))
        .route(
            "/artifacts/{artifact_type}/{id}",
            get(artifacts::fetch).put(artifacts::update).delete(artifacts::remove),
        )
        .route("/artifacts/{artifact_type}/{id}/download", get(download::download))
        .route("/artifact/{artifact_type}/{id}/download", get(download::download))
        .route("/artifact/model/{id}/rate", get(rating::rate))
        .route("/artifact/model/{id}/rate/evidence", get(rating::evidence))
}
