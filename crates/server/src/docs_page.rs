//! The document as pages: to try things out (`/docs`) and to read (`/redoc`). Both come whole from
//! the binary; nothing is loaded from elsewhere.

use crate::problem::Problem;
use crate::web::media_type;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::Config;

/// Redoc searches in a worker made from a blob, and both set styles on elements. The application
/// shows the first in its own frame.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; worker-src blob:; object-src 'none'; base-uri 'none'; \
    frame-ancestors 'self'; form-action 'self'";

const CONTENT_SECURITY_POLICY: HeaderName = HeaderName::from_static("content-security-policy");

/// The document's address as seen from `/docs/`, whatever prefix a gateway adds.
static SWAGGER: LazyLock<Arc<Config<'static>>> =
    LazyLock::new(|| Arc::new(Config::from("../openapi.json").use_base_layout()));

/// To the page itself: its files are named relative to it. Relative, so that a gateway's prefix
/// stays.
pub(crate) async fn to_swagger() -> impl IntoResponse {
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, "docs/")])
}

/// The page to try things out.
pub(crate) async fn swagger() -> Result<Response<Body>, Problem> {
    swagger_file(Path("index.html".to_owned())).await
}

/// One of its files.
pub(crate) async fn swagger_file(Path(path): Path<String>) -> Result<Response<Body>, Problem> {
    match utoipa_swagger_ui::serve(&path, Arc::clone(&SWAGGER)) {
        Ok(Some(file)) => Ok(asset(&file.content_type, file.bytes.into_owned())),
        Ok(None) | Err(_) => Err(Problem::NoSuchPath),
    }
}

/// The page to read.
pub(crate) async fn redoc() -> Response<Body> {
    asset("text/html; charset=utf-8", include_str!("../assets/redoc/index.html"))
}

/// One of its files.
pub(crate) async fn redoc_file(Path(path): Path<String>) -> Result<Response<Body>, Problem> {
    let script = match path.as_str() {
        "redoc.standalone.js" => include_str!("../assets/redoc/redoc.standalone.js"),
        "start.js" => include_str!("../assets/redoc/start.js"),
        _ => return Err(Problem::NoSuchPath),
    };
    Ok(asset(media_type(&path), script))
}

fn asset(content_type: &str, content: impl Into<Body>) -> Response<Body> {
    let plain = HeaderValue::from_static("application/octet-stream");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_str(content_type).unwrap_or(plain)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY)),
    ];
    (headers, content.into()).into_response()
}
