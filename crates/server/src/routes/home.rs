//! The front door: the pages for people, a greeting for programs.

use crate::links::Links;
use crate::state::App;
use crate::web;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::VARY;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What this is and where to go on.
#[derive(Serialize, ToSchema)]
pub(crate) struct Greeting {
    /// `touchstone`.
    name: &'static str,
    /// The running version.
    version: &'static str,
    /// Where to go on, by what is there.
    links: GreetingLinks,
}

/// Where to go on.
#[derive(Serialize, ToSchema)]
pub(crate) struct GreetingLinks {
    /// Documentation to try things out in.
    docs: String,
    /// Documentation to read.
    redoc: String,
    /// The same for programs.
    openapi: String,
    /// How the registry is.
    health: String,
}

/// The pages for people, a greeting for programs.
#[utoipa::path(
    get, path = "", operation_id = "home", tag = "registry",
    responses((status = 200, description = "A page, or a greeting.", content(
        (Greeting = "application/json"),
        (String = "text/html")
    )))
)]
pub(crate) async fn home(State(served): App, links: Links, headers: HeaderMap) -> Response {
    let vary = [(VARY, "Accept")];
    if web::is_for_people(&headers) {
        return (vary, web::index(&links)).into_response();
    }
    let greeting = Greeting {
        name: "touchstone",
        version: served.settings.version,
        links: GreetingLinks {
            docs: links.to("/docs/"),
            redoc: links.to("/redoc"),
            openapi: links.to("/openapi.json"),
            health: links.to("/health"),
        },
    };
    (vary, Json(greeting)).into_response()
}
