//! Which parts of the contract beyond its baseline are there.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The tracks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tracks {
    /// Their names, as the contract has them.
    #[serde(rename = "plannedTracks")]
    planned_tracks: &'static [&'static str],
}

/// Which parts of the contract beyond its baseline are there.
#[utoipa::path(
    get, path = "", operation_id = "planned_tracks", tag = "registry",
    responses((status = 200, description = "The tracks.", body = Tracks))
)]
pub(crate) async fn tracks() -> Json<Tracks> {
    Json(Tracks { planned_tracks: &["Performance track"] })
}
