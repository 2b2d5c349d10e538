//! Artifacts: registering, listing, reading, updating, removing.

use crate::extract::{ArtifactPath, Body, Client, Query, TypePath, next_offset};
use crate::links::Links;
use crate::problem::Problem;
use crate::state::App;
use crate::wire::{ArtifactEnvelope, ArtifactMetadata, ArtifactTypeWord, Done};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{AppendHeaders, IntoResponse};
use serde::Deserialize;
use std::collections::BTreeSet;
use touchstone_domain::{Artifact, ArtifactName, ArtifactType, Page};
use touchstone_registry::{ArtifactQuery, ListQuery, Registration, SortOrder, Update, Updated};
use utoipa::ToSchema;

/// What somebody wants registered.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a url")]
pub(crate) struct RegisterBody {
    /// Where it is: a repository on Hugging Face or GitHub, or a file on another public host.
    url: String,
    /// A name; the last segment of the repository where none is given.
    name: Option<String>,
}

/// One condition of a query.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a name and, if wanted, types")]
pub(crate) struct QueryBody {
    /// The exact name, letter case ignored; `*` for all.
    name: String,
    /// The types; all where none is named.
    #[schema(value_type = Option<Vec<ArtifactTypeWord>>)]
    types: Option<Vec<ArtifactType>>,
}

/// An artifact with its new address.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with metadata and data")]
pub(crate) struct UpdateBody {
    /// Must be the artifact's own.
    metadata: UpdateMetadata,
    /// Where to take it from now.
    data: UpdateData,
}

/// Which artifact is meant.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with name and id")]
pub(crate) struct UpdateMetadata {
    /// The artifact's name.
    name: String,
    /// The artifact's id.
    id: String,
    /// The artifact's type.
    #[serde(rename = "type")]
    #[schema(value_type = Option<ArtifactTypeWord>)]
    kind: Option<ArtifactType>,
}

/// Where to take it from now.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a url")]
pub(crate) struct UpdateData {
    /// Another revision of the same repository, the same one again, or another repository.
    url: String,
}

/// How a list is ordered.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the query parameter to readers of the document")]
enum SortWord {
    /// Oldest first.
    #[schema(rename = "created")]
    Created,
    /// Newest first.
    #[schema(rename = "-created")]
    CreatedDescending,
    /// By name, letter case ignored.
    #[schema(rename = "name")]
    Name,
    /// By name, backwards.
    #[schema(rename = "-name")]
    NameDescending,
}

/// More conditions than this are no query.
const MAX_QUERIES: usize = 100;

/// Registers a repository under a type. Its ingest begins in the background.
#[utoipa::path(
    post, path = "", operation_id = "register_artifact", tag = "artifacts",
    request_body = RegisterBody,
    responses(
        (status = 201, description = "The data set or code is registered.", body = ArtifactEnvelope),
        (status = 202, description = "The model is accepted; it can be rated once it is ingested.",
            body = ArtifactEnvelope),
        (status = 409, description = "The source is registered already."),
        (status = 424, description = "The model was refused.")
    )
)]
pub(crate) async fn register(
    State(served): App,
    TypePath(kind): TypePath,
    Client(caller): Client,
    links: Links,
    Body(body): Body<RegisterBody>,
) -> Result<impl IntoResponse, Problem> {
    let registration = Registration { url: body.url, name: body.name };
    let artifact = served.registry.register(&caller, kind, registration).await?;
    let status = match kind {
        ArtifactType::Model => StatusCode::ACCEPTED,
        ArtifactType::Dataset | ArtifactType::Code => StatusCode::CREATED,
    };
    let location = [(LOCATION, links.artifact(&artifact))];
    Ok((status, location, Json(ArtifactEnvelope::current(artifact, &links))))
}

/// Lists the artifacts that match any of some queries.
#[utoipa::path(
    post, path = "", operation_id = "query_artifacts", tag = "artifacts",
    params(("offset" = Option<String>, Query, description = "The header `offset` of the page before, or how many to skip."), ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "How many at the most, 100 where nothing is said."), ("sort" = inline(Option<SortWord>), Query, description = "The order; `created` where nothing is said.")),
    request_body = Vec<QueryBody>,
    responses((status = 200, description = "A page of artifacts.", body = Vec<ArtifactMetadata>,
        headers(("offset" = String, description = "The offset of the next page, where there is one."))))
)]
pub(crate) async fn query(
    State(served): App,
    query: Query,
    Body(body): Body<Vec<QueryBody>>,
) -> Result<impl IntoResponse, Problem> {
    let any_of = conditions(body)?;
    let list = ListQuery { any_of, order: sort_order(&query)? };
    Ok(page_of(served.registry.list(&list, &query.page()?).await?))
}

/// Lists the artifacts of one type.
#[utoipa::path(
    get, path = "", operation_id = "list_artifacts", tag = "artifacts",
    params(("offset" = Option<String>, Query, description = "The header `offset` of the page before, or how many to skip."), ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "How many at the most, 100 where nothing is said."), ("sort" = inline(Option<SortWord>), Query, description = "The order; `created` where nothing is said.")),
    responses((status = 200, description = "A page of artifacts.", body = Vec<ArtifactMetadata>,
        headers(("offset" = String, description = "The offset of the next page, where there is one."))))
)]
pub(crate) async fn list(
    State(served): App,
    TypePath(kind): TypePath,
    query: Query,
) -> Result<impl IntoResponse, Problem> {
    let any_of = vec![ArtifactQuery { name: None, kinds: vec![kind] }];
    let list = ListQuery { any_of, order: sort_order(&query)? };
    Ok(page_of(served.registry.list(&list, &query.page()?).await?))
}

/// Reads an artifact. A model that is still being ingested is waited for.
#[utoipa::path(
    get, path = "", operation_id = "read_artifact", tag = "artifacts",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."), ("wait" = Option<u64>, Query, minimum = 0, maximum = 600, description = "Seconds to wait for a model that is still being ingested.")),
    responses(
        (status = 200, description = "The artifact.", body = ArtifactEnvelope),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn fetch(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    query: Query,
    links: Links,
) -> Result<Json<ArtifactEnvelope>, Problem> {
    let wait = query.wait()?;
    if let Some(commit) = query.revision()? {
        let pinned = served.registry.pinned(kind, &id, Some(commit)).await?;
        return Ok(Json(ArtifactEnvelope::pinned(pinned, &links)));
    }
    let artifact = served.registry.settled(kind, &id, wait).await?;
    Ok(Json(ArtifactEnvelope::current(artifact, &links)))
}

/// Points an artifact at another revision or repository.
#[utoipa::path(
    put, path = "", operation_id = "update_artifact", tag = "artifacts",
    request_body = UpdateBody,
    responses(
        (status = 200, description = "It is up to date.", body = ArtifactEnvelope),
        (status = 202, description = "The new revision is being ingested; the old one is served \
            until then.", body = ArtifactEnvelope),
        (status = 409, description = "Another artifact holds the source.")
    )
)]
pub(crate) async fn update(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    Client(caller): Client,
    links: Links,
    Body(UpdateBody { metadata, data }): Body<UpdateBody>,
) -> Result<impl IntoResponse, Problem> {
    if metadata.kind.is_some_and(|stated| stated != kind) {
        return Err(Problem::Invalid("the type in the body is not the one in the path".to_owned()));
    }
    let update = Update { name: metadata.name, id: metadata.id, url: data.url };
    let (status, artifact) = match served.registry.update(&caller, kind, &id, update).await? {
        Updated::Unchanged(artifact) | Updated::Current(artifact) => (StatusCode::OK, artifact),
        Updated::Accepted(artifact) => (StatusCode::ACCEPTED, artifact),
    };
    Ok((status, Json(ArtifactEnvelope::current(artifact, &links))))
}

/// Removes an artifact.
#[utoipa::path(
    delete, path = "", operation_id = "delete_artifact", tag = "artifacts",
    responses((status = 200, description = "It is removed.", body = Done))
)]
pub(crate) async fn remove(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    Client(caller): Client,
) -> Result<Json<Done>, Problem> {
    served.registry.delete(&caller, kind, &id).await?;
    Ok(Json(Done::saying("The artifact is deleted.")))
}

/// A condition that names all makes the others needless.
fn conditions(body: Vec<QueryBody>) -> Result<Vec<ArtifactQuery>, Problem> {
    if body.is_empty() || body.len() > MAX_QUERIES {
        return Err(Problem::Invalid(format!(
            "the body must hold from 1 to {MAX_QUERIES} queries; use the name * for all artifacts"
        )));
    }
    body.into_iter().map(condition).collect()
}

fn condition(query: QueryBody) -> Result<ArtifactQuery, Problem> {
    let name = match query.name.as_str() {
        "*" => None,
        name => Some(name.parse::<ArtifactName>()?),
    };
    let kinds: BTreeSet<_> = query.types.unwrap_or_default().into_iter().collect();
    Ok(ArtifactQuery { name, kinds: kinds.into_iter().collect() })
}

fn sort_order(query: &Query) -> Result<SortOrder, Problem> {
    match query.text(&["sort"]) {
        None | Some("created") => Ok(SortOrder::Created),
        Some("-created") => Ok(SortOrder::CreatedDescending),
        Some("name") => Ok(SortOrder::Name),
        Some("-name") => Ok(SortOrder::NameDescending),
        Some(_) => Err(Problem::Invalid(
            "sort must be one of created, -created, name and -name".to_owned(),
        )),
    }
}

/// A page of metadata, with the next offset in a header.
pub(super) fn page_of(page: Page<Artifact>) -> impl IntoResponse {
    let offset = AppendHeaders(next_offset(&page));
    let items: Vec<_> = page.items.into_iter().map(ArtifactMetadata::from).collect();
    (offset, Json(items))
}
