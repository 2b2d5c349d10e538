//! From a request to its answer: the log, the delay, the fault, and whichever side is asked.

use crate::fault::Plan;
use crate::options::Options;
use crate::request_log::RequestLog;
use crate::world::World;
use crate::{github, hub, reply};
use axum::body::{Body, HttpBody};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use std::sync::{Arc, PoisonError, RwLock};

/// No request that either upstream is sent has a larger body.
const LARGEST_BODY_BYTES: usize = 1 << 20;

/// What the running server and whoever steers it have in common.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) world: RwLock<Arc<World>>,
    pub(crate) options: RwLock<Options>,
    pub(crate) plan: Plan,
    pub(crate) log: RequestLog,
}

pub(crate) async fn answer(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let number = shared.log.record(&parts);
    let latency = shared.options.read().unwrap_or_else(PoisonError::into_inner).latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let fault = shared.plan.strike(parts.method.as_str(), parts.uri.path());
    let instead = match &fault {
        Some(fault) => fault.instead().await,
        None => None,
    };
    let mut response = match instead {
        Some(response) => response,
        None => right_answer(&shared, &parts, body).await,
    };
    if let Some(fault) = fault {
        response = fault.spoil(response);
    }
    if parts.method == Method::HEAD {
        discard_body(&mut response);
    }
    reply::put(&mut response, "x-request-id", &format!("stand-in-{number}"));
    response
}

async fn right_answer(shared: &Shared, parts: &Parts, body: Body) -> Response {
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY_BYTES).await else {
        return reply::empty(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let options = shared.options.read().unwrap_or_else(PoisonError::into_inner).clone();
    let world = Arc::clone(&shared.world.read().unwrap_or_else(PoisonError::into_inner));
    let (path, headers) = (parts.uri.path(), &parts.headers);
    let query = parts.uri.query().unwrap_or_default();
    if let Some(path) = path.strip_prefix("/github") {
        return github::Call { forge: &world.forge, path, query, headers, body }.answer();
    }
    hub::Call { shelf: &world.shelf, options, path, query, headers, body }.answer().await
}

/// What a `HEAD` gets: the length stays as for `GET`, the bytes are never made.
fn discard_body(response: &mut Response) {
    let length = response.body().size_hint().exact();
    if let Some(length) = length.filter(|_| !response.headers().contains_key("content-length")) {
        reply::put(response, "content-length", &length.to_string());
    }
    *response.body_mut() = Body::empty();
}
