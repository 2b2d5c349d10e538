//! What every request can reach.

use crate::layers::rate_limit::RateLimits;
use crate::settings::ServerSettings;
use crate::telemetry::Telemetry;
use std::sync::Arc;
use touchstone_registry::Registry;

/// The registry and what serving it needs; one for all requests.
pub(crate) struct Served {
    /// The use cases.
    pub(crate) registry: Registry,
    /// What the operator set.
    pub(crate) settings: ServerSettings,
    /// What was seen of requests.
    pub(crate) telemetry: Telemetry,
    /// What clients have used of their share.
    pub(crate) limits: RateLimits,
}

/// As handlers get it.
pub(crate) type App = axum::extract::State<Arc<Served>>;
