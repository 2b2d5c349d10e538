//! Back to an empty registry.

use crate::problem::Problem;
use crate::state::App;
use crate::wire::Done;
use axum::Json;
use axum::extract::State;

/// Empties the registry.
#[utoipa::path(
    delete, path = "", operation_id = "reset_registry", tag = "registry",
    responses(
        (status = 200, description = "It is empty.", body = Done),
        (status = 401, description = "It may not be reset.")
    )
)]
pub(crate) async fn reset(State(served): App) -> Result<Json<Done>, Problem> {
    let settings = &served.settings;
    if !settings.allow_reset && !settings.bind.ip().is_loopback() {
        return Err(Problem::ResetNotAllowed);
    }
    served.registry.reset().await?;
    tracing::warn!("the registry was reset");
    Ok(Json(Done::saying("The registry is empty.")))
}
