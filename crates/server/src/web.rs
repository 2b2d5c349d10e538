//! The pages for people: the built web application, embedded in the binary.
//!
//! The application names its own pages in paths that the API does not own. Whatever a browser asks
//! for that is neither the API's nor a file gets the application's first page, which knows the rest.

use crate::links::Links;
use axum::body::Body;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fmt::Write as _;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Pages;

/// What a page may load: our own files, and styles that components set on elements.
pub(crate) const PAGE_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; \
    form-action 'self'";

/// Where the first page says what its addresses are relative to.
const BASE: &str = r#"<base href="/" />"#;

const CONTENT_SECURITY_POLICY: HeaderName = HeaderName::from_static("content-security-policy");

/// Whether somebody is asking with a browser.
pub(crate) fn is_for_people(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.into_iter().any(|value| value.contains("text/html"))
}

/// The application's first page, or a plain one where the application was not built.
pub(crate) fn index(links: &Links) -> Response<Body> {
    match Pages::get("index.html") {
        Some(page) => html(based(&String::from_utf8_lossy(&page.data), &links.path())),
        None => html(include_str!("../assets/welcome.html")),
    }
}

/// The page with its addresses relative to our own path, however deep the one it is shown at.
fn based(page: &str, path: &str) -> String {
    let path = path.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    page.replacen(BASE, &format!(r#"<base href="{path}" />"#), 1)
}

/// A page under the policy, never kept: what it names changes with every version.
pub(crate) fn html(page: impl Into<Body>) -> Response<Body> {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY)),
    ];
    (headers, page.into()).into_response()
}

/// A file of the application; one of its pages, which are all the first one, where a browser asks
/// for something else. Nothing where it is neither.
pub(crate) fn page(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    links: &Links,
) -> Option<Response<Body>> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(found) = Pages::get(path).filter(|_| path != "index.html") {
        return Some(file(path, found, headers));
    }
    let is_page = is_for_people(headers) && !looks_like_a_file(path);
    (is_page && Pages::get("index.html").is_some()).then(|| index(links))
}

fn looks_like_a_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn file(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response<Body> {
    let etag = etag(&file.metadata.sha256_hash());
    // What the build puts into this folder has its hash in its name.
    let cached = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let described = [
        (CACHE_CONTROL, HeaderValue::from_static(cached)),
        (ETAG, HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""))),
    ];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, described).into_response();
    }
    let kind = HeaderValue::from_static(media_type(path));
    (described, [(CONTENT_TYPE, kind)], Body::from(file.data)).into_response()
}

fn etag(hash: &[u8; 32]) -> String {
    let mut etag = String::from("\"");
    for byte in hash.iter().take(16) {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

/// The media types of what a build makes.
pub(crate) fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
