//! Finding artifacts by name and by regular expression.

use super::artifacts::page_of;
use crate::extract::{Body, NamePath, Query};
use crate::problem::Problem;
use crate::state::App;
use crate::wire::ArtifactMetadata;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

/// A search by regular expression.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a regex")]
pub(crate) struct ArtifactRegEx {
    /// The expression: unanchored, letter case ignored, over names and READMEs.
    regex: String,
}

/// Every artifact with a name.
#[utoipa::path(
    get, path = "", operation_id = "artifacts_by_name", tag = "artifacts",
    responses((status = 200, description = "The artifacts.", body = Vec<ArtifactMetadata>))
)]
pub(crate) async fn by_name(
    State(served): App,
    NamePath(name): NamePath,
) -> Result<Json<Vec<ArtifactMetadata>>, Problem> {
    let found = served.registry.by_name(name).await?;
    Ok(Json(found.into_iter().map(ArtifactMetadata::from).collect()))
}

/// The artifacts whose name or README matches a regular expression.
#[utoipa::path(
    post, path = "", operation_id = "artifacts_by_regex", tag = "artifacts",
    params(("offset" = Option<String>, Query, description = "The header `offset` of the page before, or how many to skip."), ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "How many at the most, 100 where nothing is said.")),
    request_body = ArtifactRegEx,
    responses(
        (status = 200, description = "A page of artifacts.", body = Vec<ArtifactMetadata>,
            headers(("offset" = String, description = "The offset of the next page, where there is one."))),
        (status = 404, description = "Nothing matches.")
    )
)]
pub(crate) async fn by_regex(
    State(served): App,
    query: Query,
    Body(ArtifactRegEx { regex }): Body<ArtifactRegEx>,
) -> Result<impl IntoResponse, Problem> {
    Ok(page_of(served.registry.by_regex(&regex, &query.page()?).await?))
}
