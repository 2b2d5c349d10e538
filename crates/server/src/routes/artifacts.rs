//! Artifacts: registering, listing, reading, updating, removing.

use crate::extract::{ArtifactPath, Body, Client, Query, TypePath, next_offset};
use crate::links::Links;
use crate::problem::Problem;
use crate::state::App;
use crate::wire::{ArtifactEnvelope, ArtifactMetadata, Done};
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
    #[schema(value_type = Option<Vec<String>>)]
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
    #[schema(value_type = Option<String>)]
    kind: Option<ArtifactType>,
}

/// Where to take it from now.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a url")]
pub(crate) struct UpdateData {
    /// Another revision of the same repository, the same one again, or another repository.
    url: String,
}

/// More conditions than this are no query.
const MAX_QUERIES: usize = 100;

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

pub(crate) async fn query(
    State(served): App,
    query: Query,
    Body(body): Body<Vec<QueryBody>>,
) -> Result<impl IntoResponse, Problem> {
    let any_of = conditions(body)?;
    let list = ListQuery { any_of, order: sort_order(&query)? };
    Ok(page_of(served.registry.list(&list, &query.page()?).await?))
}

pub(crate) async fn list(
    State(served): App,
    TypePath(kind): TypePath,
    query: Query,
) -> Result<impl IntoResponse, Problem> {
    let any_of = vec![ArtifactQuery { name: None, kinds: vec![kind] }];
    let list = ListQuery { any_of, order: sort_order(&query)? };
    Ok(page_of(served.registry.list(&list, &query.page()?).await?))
}

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
