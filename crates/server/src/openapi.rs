//! The OpenAPI 3.1 document. Handlers describe what is theirs; what all of them share, path
//! parameters and refusals, is added here by rule.

use crate::layers::rate_limit::share_of;
use crate::problem::ProblemBody;
use crate::state::Served;
use crate::wire::ArtifactTypeWord;
use axum::http::StatusCode;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa::PartialSchema;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Content, PathItem, Ref, RefOr, Required, Response, ResponseBuilder, Schema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// What stands at the top of the document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Touchstone",
        description = "A registry of machine-learning models that says how far each can be \
            trusted, and why.\n\nEverything that is not a success is answered as \
            `application/problem+json` (RFC 9457). Lists are paged: the response header `offset` \
            names the next page.",
        license(name = "MIT", identifier = "MIT")
    ),
    components(schemas(ProblemBody, ArtifactTypeWord)),
    tags(
        (name = "artifacts", description = "Registering, finding, reading and removing."),
        (name = "trust", description = "Scores, lineage, licences, costs and who did what."),
        (name = "bytes", description = "Files and bundles."),
        (name = "health", description = "How the registry is."),
        (name = "registry", description = "The registry itself.")
    )
)]
struct Document;

/// A router that describes itself.
pub(crate) fn described() -> OpenApiRouter<Arc<Served>> {
    OpenApiRouter::with_openapi(Document::openapi())
}

/// Puts handlers, which know no path, at one.
pub(crate) fn at(
    path: &str,
    (schemas, mut paths, router): UtoipaMethodRouter<Arc<Served>>,
) -> UtoipaMethodRouter<Arc<Served>> {
    let mut items = std::mem::take(&mut paths.paths).into_values();
    if let Some(mut item) = items.next() {
        operations(&mut item).for_each(|operation| complete(path, operation));
        paths.paths.insert(path.to_owned(), item);
    }
    (schemas, paths, router)
}

/// The same handlers at a second path, under ids of their own.
pub(crate) fn also_at(
    path: &str,
    handlers: UtoipaMethodRouter<Arc<Served>>,
) -> UtoipaMethodRouter<Arc<Served>> {
    let (schemas, mut paths, router) = at(path, handlers);
    for operation in paths.paths.values_mut().flat_map(operations) {
        operation.operation_id = operation.operation_id.take().map(|id| format!("{id}_alias"));
    }
    (schemas, paths, router)
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten()
}

/// Adds what follows from the path and from the kind of request.
fn complete(path: &str, operation: &mut Operation) {
    let named: Vec<&str> =
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    let parameters = operation.parameters.get_or_insert_default();
    let takes_words = !named.is_empty() || !parameters.is_empty();
    parameters.splice(0..0, named.iter().map(|name| RefOr::T(path_parameter(name))));
    let takes_body = operation.request_body.is_some();
    let mut refusals = vec![
        StatusCode::FORBIDDEN,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::SERVICE_UNAVAILABLE,
    ];
    if share_of(path).is_some() {
        refusals.push(StatusCode::TOO_MANY_REQUESTS);
    }
    if takes_words || takes_body {
        refusals.push(StatusCode::BAD_REQUEST);
    }
    if named.iter().any(|name| *name != "artifact_type") {
        refusals.push(StatusCode::NOT_FOUND);
    }
    if takes_body {
        refusals.extend([
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::PAYLOAD_TOO_LARGE,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::INSUFFICIENT_STORAGE,
        ]);
    }
    for status in refusals {
        let responses = &mut operation.responses.responses;
        responses.entry(status.as_str().to_owned()).or_insert_with(|| RefOr::T(refusal(status)));
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.as_str() >= "400" && response.content.is_empty() {
            *response = problem(&response.description);
        }
    }
}

fn path_parameter(name: &str) -> Parameter {
    let (description, schema): (_, RefOr<Schema>) = match name {
        "artifact_type" => ("The artifact's type.", Ref::from_schema_name("ArtifactType").into()),
        "id" => ("The artifact's id.", word(Some("^[a-zA-Z0-9\\-]+$"), 64)),
        "name" => ("The artifact's name, letter case ignored.", word(None, 512)),
        "component" => ("The component's id.", word(None, 64)),
        _ => ("The job's id.", word(None, 64)),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

fn word(pattern: Option<&str>, max_length: usize) -> RefOr<Schema> {
    let word = ObjectBuilder::new().schema_type(Type::String).pattern(pattern);
    word.min_length(Some(1)).max_length(Some(max_length)).into()
}

fn refusal(status: StatusCode) -> Response {
    problem(match status {
        StatusCode::BAD_REQUEST => "The request cannot be meant; the detail says why.",
        StatusCode::FORBIDDEN => "A web page of a foreign origin or host asked.",
        StatusCode::NOT_FOUND => "There is no such thing.",
        StatusCode::REQUEST_TIMEOUT => "The body did not arrive in time.",
        StatusCode::PAYLOAD_TOO_LARGE => "The body is larger than 1 MB.",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "The body is not JSON by its own account.",
        StatusCode::TOO_MANY_REQUESTS => "The client used up its share; see Retry-After.",
        StatusCode::INSUFFICIENT_STORAGE => "The registry's disk is full.",
        StatusCode::SERVICE_UNAVAILABLE => "The store cannot be reached; see Retry-After.",
        _ => "The registry made a mistake; its log says which.",
    })
}

fn problem(description: &str) -> Response {
    let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}

/// The schema of a time: RFC 3339, UTC.
pub(crate) fn timestamp() -> RefOr<Schema> {
    let format = utoipa::openapi::schema::SchemaFormat::KnownFormat(
        utoipa::openapi::schema::KnownFormat::DateTime,
    );
    let RefOr::T(Schema::Object(mut object)) = String::schema() else {
        return String::schema();
    };
    object.format = Some(format);
    Schema::Object(object).into()
}
