//! What web pages may do. Any page may read; only pages of our own, of this machine and of origins
//! that the operator named may write; and a registry that only this machine can reach answers to
//! names of this machine only, so that a page cannot reach it through a name of its own.

use crate::links::requested_host;
use crate::problem::Problem;
use crate::settings::ServerSettings;
use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use std::net::IpAddr;
use url::Url;

/// Routes that read although their method is POST.
const READING_POSTS: [&str; 4] = [
    "/artifacts",
    "/artifact/byRegEx",
    "/artifact/model/{id}/license-check",
    "/artifacts/PackageConfusionAudit",
];

/// Why a request may not be made from where it was made.
pub(super) fn refusal(
    parts: &Parts,
    route: Option<&str>,
    settings: &ServerSettings,
) -> Option<Problem> {
    if settings.bind.ip().is_loopback() && is_foreign_host(parts, settings) {
        return Some(Problem::ForeignHost);
    }
    let writes = !reads(&parts.method, route);
    (writes && !may_write(parts, settings)).then_some(Problem::ForeignOrigin)
}

/// The answer to a browser that asks what a page may do.
pub(super) fn preflight(
    parts: &Parts,
    route: Option<&str>,
    settings: &ServerSettings,
) -> Option<Response<Body>> {
    let wanted = parts.headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    if parts.method != Method::OPTIONS || !parts.headers.contains_key(ORIGIN) {
        return None;
    }
    let wanted = Method::from_bytes(wanted.as_bytes()).ok()?;
    let allowed = match reads(&wanted, route) {
        true => "GET, HEAD, POST",
        false if may_write(parts, settings) => "GET, HEAD, POST, PUT, DELETE",
        false => "GET, HEAD",
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(allowed));
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(
            "authorization, content-type, if-none-match, if-range, range, x-authorization, \
             x-request-id",
        ),
    );
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    Some(response)
}

/// Lets pages read a response, with the headers that they need.
pub(super) fn expose(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "accept-ranges, content-disposition, content-range, etag, location, offset, \
             ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, \
             x-referenced-files, x-request-id",
        ),
    );
}

fn reads(method: &Method, route: Option<&str>) -> bool {
    match *method {
        Method::GET | Method::HEAD | Method::OPTIONS => true,
        Method::POST => route.is_some_and(|route| READING_POSTS.contains(&route)),
        _ => false,
    }
}

/// Programs send no origin; pages always do when they write.
fn may_write(parts: &Parts, settings: &ServerSettings) -> bool {
    let Some(origin) = parts.headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let allowed = &settings.cors_allowed_origins;
    if allowed.iter().any(|one| one == "*" || one.trim_end_matches('/') == origin) {
        return true;
    }
    let Ok(origin) = origin.parse::<Url>() else { return false };
    origin.host_str().is_some_and(is_loopback_name) || is_our_own(&origin, parts, settings)
}

fn is_our_own(origin: &Url, parts: &Parts, settings: &ServerSettings) -> bool {
    if let Some(base) = &settings.base_url
        && base.origin() == origin.origin()
    {
        return true;
    }
    // The scheme may differ behind a proxy that ends TLS.
    let addressed = requested_host(&parts.uri, &parts.headers)
        .and_then(|host| format!("{}://{host}", origin.scheme()).parse::<Url>().ok());
    addressed.is_some_and(|addressed| addressed.origin() == origin.origin())
}

fn is_foreign_host(parts: &Parts, settings: &ServerSettings) -> bool {
    let Some(host) = requested_host(&parts.uri, &parts.headers) else { return false };
    let is_base = settings.base_url.as_ref().and_then(Url::host_str) == Some(host.host());
    !is_base && !is_loopback_name(host.host())
}

fn is_loopback_name(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    host.parse::<IpAddr>().map_or_else(
        |_| {
            let host = host.to_ascii_lowercase();
            host == "localhost" || host.ends_with(".localhost")
        },
        |address| address.to_canonical().is_loopback(),
    )
}
