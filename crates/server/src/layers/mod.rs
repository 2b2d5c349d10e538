//! What happens around every request. Few and cheap: one layer does all that does not touch bodies.

mod compression;
mod edge;
mod origin;
pub(crate) mod rate_limit;
mod root_path;

use crate::state::Served;
use axum::Router;
use std::sync::Arc;

/// Puts everything around the routes; what stands first here sees a request first.
pub(crate) fn around(routes: Router, served: Arc<Served>) -> Router {
    let root_path = served.settings.root_path.clone();
    let guard = axum::middleware::from_fn_with_state(served, edge::guard);
    // Together, because each call of `layer` puts every route into a box of its own.
    root_path::stripped(routes.layer((compression::layer(), guard)), root_path)
}
