//! The registry over HTTP: requests become use-case calls, outcomes become responses.
//!
//! `routes` is the table of contents. A handler extracts, makes one call and converts; `problem`
//! alone knows which outcome has which status.

mod docs_page;
mod extract;
mod layers;
mod links;
mod openapi;
mod problem;
mod ranges;
mod routes;
mod serve;
mod settings;
mod state;
mod telemetry;
mod web;
mod wire;

pub use serve::serve;
pub use settings::{LogTail, ServerSettings};

use axum::Router;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use layers::rate_limit::RateLimits;
use links::Links;
use problem::Problem;
use state::Served;
use std::sync::Arc;
use telemetry::Telemetry;
use touchstone_registry::Registry;
use utoipa::openapi::Server;

/// Everything that the registry answers over HTTP.
///
/// Clients are known by the `ConnectInfo<SocketAddr>` extension of their requests, which [`serve()`]
/// sets.
pub fn router(registry: Registry, settings: ServerSettings) -> Router {
    let served = Arc::new(Served {
        limits: RateLimits::new(settings.rate_limit_per_minute),
        telemetry: Telemetry::new(registry.clock().elapsed()),
        registry,
        settings,
    });
    let (routes, mut document) = routes::routes().split_for_parts();
    served.settings.version.clone_into(&mut document.info.version);
    if !served.settings.root_path.is_empty() {
        document.servers = Some(vec![Server::new(&served.settings.root_path)]);
    }
    let document = Bytes::from(serde_json::to_vec(&document).unwrap_or_default());
    let routes = routes
        .route("/openapi.json", get(move || async move { json_text(document) }))
        .fallback(elsewhere)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .with_state(Arc::clone(&served));
    layers::around(routes, served)
}

/// The `OpenAPI` 3.1 document of everything that is answered, as indented JSON.
#[must_use]
pub fn openapi() -> String {
    let document = routes::routes().into_openapi();
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

/// What no route is for: a file of the pages, or nothing.
async fn elsewhere(links: Links, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    web::page(&method, &uri, &headers, &links)
        .unwrap_or_else(|| Problem::NoSuchPath.into_response())
}

fn json_text(document: Bytes) -> impl IntoResponse {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], document)
}
