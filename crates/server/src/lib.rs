//! The registry over HTTP: requests become use-case calls, outcomes become responses.
//!
//! `routes` is the table of contents. A handler extracts, makes one call and converts; `problem`
//! alone knows which outcome has which status.

mod extract;
mod layers;
mod links;
mod problem;
mod ranges;
mod routes;
mod serve;
mod settings;
mod state;
mod telemetry;
mod wire;

pub use serve::serve;
pub use settings::{LogTail, ServerSettings};

use axum::Router;
use layers::rate_limit::RateLimits;
use problem::Problem;
use state::Served;
use std::sync::Arc;
use telemetry::Telemetry;
use touchstone_registry::Registry;

/// Everything that the registry answers over HTTP.
///
/// Clients are known by the `ConnectInfo<SocketAddr>` extension of their requests, which [`serve`]
/// sets.
pub fn router(registry: Registry, settings: ServerSettings) -> Router {
    let served = Arc::new(Served {
        limits: RateLimits::new(settings.rate_limit_per_minute),
        telemetry: Telemetry::default(),
        registry,
        settings,
    });
    routes::routes()
        .fallback(async || Problem::NoSuchPath)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&served), layers::edge::guard))
        .with_state(served)
}
