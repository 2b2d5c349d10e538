//! The one layer around every route: request ids, who may ask, shares, panics, measurements and
//! the headers that all responses carry.

use crate::extract::client_address;
use crate::layers::rate_limit::Share;
use crate::problem::{Cause, Problem};
use crate::state::Served;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use futures::FutureExt;
use std::any::Any;
use std::hash::{BuildHasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Runs a request.
pub(crate) async fn guard(
    State(served): State<Arc<Served>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let id = request_id(&request);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let mut response = answer(&served, request, next).await;
    log(&method, &path, &id, &mut response);
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

async fn answer(served: &Served, request: Request, next: Next) -> Response<Body> {
    let now = served.registry.clock().elapsed();
    let client =
        client_address(request.headers(), request.extensions(), &served.settings.trusted_proxies);
    let share = request.extensions().get::<MatchedPath>().and_then(|path| share(path.as_str()));
    let allowance = share.and_then(|share| served.limits.take(client, share, now));
    let mut response = match allowance.and_then(|allowance| allowance.retry_after_seconds) {
        Some(retry_after_seconds) => {
            Problem::TooManyRequests { retry_after_seconds }.into_response()
        }
        None => run(request, next).await,
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    response
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

/// Probes, pages and measurements are nobody's share.
fn share(path: &str) -> Option<Share> {
    if path.ends_with("/download") {
        Some(Share::Download)
    } else if path.starts_with("/artifact") || path == "/reset" || path == "/authenticate" {
        Some(Share::Api)
    } else {
        None
    }
}

/// The client's own id where it is a plain word, else a new one.
fn request_id(request: &Request) -> HeaderValue {
    match request.headers().get(REQUEST_ID) {
        Some(id) if is_plain(id.as_bytes()) => id.clone(),
        _ => new_request_id(),
    }
}

fn is_plain(id: &[u8]) -> bool {
    (1..=128).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Unique in this process and unlikely to repeat in another; nobody has to be unable to guess it.
fn new_request_id() -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    static PROCESS: std::sync::LazyLock<u64> =
        std::sync::LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = format!("{:016x}", PROCESS.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("0"))
}

fn log(method: &Method, path: &str, id: &HeaderValue, response: &mut Response<Body>) {
    let status = response.status();
    let request_id = id.to_str().unwrap_or_default();
    let Some(Cause(cause)) = response.extensions_mut().remove::<Cause>() else {
        tracing::debug!(%method, path, status = status.as_u16(), request_id, "answered");
        return;
    };
    tracing::error!(%method, path, status = status.as_u16(), request_id, cause, "failed");
}
