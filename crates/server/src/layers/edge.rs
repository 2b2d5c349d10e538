//! The one layer around every route: request ids, who may ask, shares, panics, measurements and
//! the headers that all responses carry.

use super::origin;
use super::rate_limit::{Allowance, Share, share_of};
use crate::extract::client_address;
use crate::problem::{Cause, Problem};
use crate::state::Served;
use crate::telemetry::Seen;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use futures::FutureExt;
use std::any::Any;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use touchstone_domain::ArtifactType;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is kept of a request until its response leaves.
struct Visit {
    id: HeaderValue,
    method: Method,
    route: Option<MatchedPath>,
    path: String,
    client: IpAddr,
    arrived_at: Duration,
}

/// Runs a request.
pub(super) async fn guard(
    State(served): State<Arc<Served>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let _under_way = served.telemetry.begin();
    let route = request.extensions_mut().remove::<MatchedPath>();
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&parts, route, &served);
    let allowance = visit.share().and_then(|share| visit.take(share, &served));
    let mut response = match visit.refusal(&parts, allowance, &served) {
        Some(response) => response,
        None => run(Request::from_parts(parts, body), next).await,
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    origin::expose(response.headers_mut());
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    visit.finish(&mut response, &served);
    response
}

impl Visit {
    fn of(parts: &Parts, route: Option<MatchedPath>, served: &Served) -> Self {
        let trusted = &served.settings.trusted_proxies;
        Self {
            id: request_id(&parts.headers),
            method: parts.method.clone(),
            route,
            path: parts.uri.path().to_owned(),
            client: client_address(&parts.headers, &parts.extensions, trusted),
            arrived_at: served.registry.clock().elapsed(),
        }
    }

    fn route(&self) -> Option<&str> {
        self.route.as_ref().map(MatchedPath::as_str)
    }

    fn share(&self) -> Option<Share> {
        share_of(self.route()?)
    }

    fn take(&self, share: Share, served: &Served) -> Option<Allowance> {
        served.limits.take(self.client, share, self.arrived_at)
    }

    /// The answer to a request that is not to be run.
    fn refusal(
        &self,
        parts: &Parts,
        allowance: Option<Allowance>,
        served: &Served,
    ) -> Option<Response<Body>> {
        if let Some(problem) = origin::refusal(parts, self.route(), &served.settings) {
            return Some(problem.into_response());
        }
        if let Some(response) = origin::preflight(parts, self.route(), &served.settings) {
            return Some(response);
        }
        let retry_after_seconds = allowance?.retry_after_seconds?;
        Some(Problem::TooManyRequests { retry_after_seconds }.into_response())
    }

    /// Counts and logs the request, and gives the response its id.
    fn finish(self, response: &mut Response<Body>, served: &Served) {
        let now = served.registry.clock().elapsed();
        served.telemetry.record(&Seen {
            method: &self.method,
            route: self.route(),
            kind: artifact_type(&self.path),
            status: response.status(),
            took: now.saturating_sub(self.arrived_at),
            client: self.client,
            at: now,
        });
        self.log(response);
        response.headers_mut().insert(REQUEST_ID, self.id);
    }

    fn log(&self, response: &mut Response<Body>) {
        let status = response.status().as_u16();
        let request_id = self.id.to_str().unwrap_or_default();
        let (method, path) = (&self.method, &self.path);
        if let Some(Cause(cause)) = response.extensions_mut().remove::<Cause>() {
            tracing::error!(%method, path, status, request_id, cause, "request failed");
        } else {
            tracing::debug!(%method, path, status, request_id, "request answered");
        }
    }
}

/// A panic costs its own request only.
async fn run(request: Request, next: Next) -> Response<Body> {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => Problem::Panicked(panic_message(panic.as_ref())).into_response(),
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// The type that a path is about, where it names one.
fn artifact_type(path: &str) -> Option<ArtifactType> {
    let path = path.strip_prefix("/artifact")?;
    let path = path.strip_prefix('s').unwrap_or(path).strip_prefix('/')?;
    path.split('/').next()?.parse().ok()
}

/// The client's own id where it is a plain word, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    match headers.get(REQUEST_ID) {
        Some(id) if is_plain(id.as_bytes()) => id.clone(),
        _ => new_request_id(),
    }
}

fn is_plain(id: &[u8]) -> bool {
    (1..=128).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Unique in this process and unlikely to repeat in another; nothing rests on its being secret.
fn new_request_id() -> HeaderValue {
    /// 2^64 divided by the golden ratio: spreads neighbours far apart without a repetition.
    const STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;
    static NEXT: AtomicU64 = AtomicU64::new(0);
    static FIRST: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = format!("{:016x}", FIRST.wrapping_add(number.wrapping_mul(STRIDE)));
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("unnamed"))
}
