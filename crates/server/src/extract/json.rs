//! JSON bodies: bounded in size and time, with sentences of our own for what is wrong.

use crate::problem::Problem;
use crate::state::Served;
use axum::body::HttpBody as _;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

/// A larger body than this is refused.
pub(crate) const MAX_BODY_BYTES: usize = 1_000_000;

/// A body that was JSON of this shape.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Arc<Served>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, served: &Arc<Served>) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::NotJson);
        }
        let bytes = read_bounded(request, served.settings.body_within).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            if bytes.is_empty() {
                Problem::Invalid("the request needs a body of JSON".to_owned())
            } else {
                Problem::Invalid(format!("the body cannot be read: {error}"))
            }
        })
    }
}

/// A body that may be left out.
impl<T: DeserializeOwned> OptionalFromRequest<Arc<Served>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, served: &Arc<Served>) -> Result<Option<Self>, Problem> {
        let stated = request.headers().get(CONTENT_LENGTH).and_then(stated_length);
        if stated.unwrap_or(0) == 0 && request.body().is_end_stream() {
            return Ok(None);
        }
        <Self as FromRequest<_>>::from_request(request, served).await.map(Some)
    }
}

/// A body without a stated type is taken for JSON: many small clients do not state one.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(stated) = headers.get(CONTENT_TYPE) else { return true };
    let stated = stated.to_str().unwrap_or_default();
    let essence = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

async fn read_bounded(request: Request, within: Duration) -> Result<bytes::Bytes, Problem> {
    let stated = request.headers().get(CONTENT_LENGTH).and_then(stated_length);
    if stated.is_some_and(|length| length > MAX_BODY_BYTES) {
        return Err(Problem::BodyTooLarge);
    }
    let whole = Limited::new(request.into_body(), MAX_BODY_BYTES).collect();
    match tokio::time::timeout(within, whole).await {
        Err(_) => Err(Problem::BodyTooSlow),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::BodyTooLarge),
        Ok(Err(_)) => Err(Problem::Invalid("the body of the request broke off".to_owned())),
    }
}

fn stated_length(value: &HeaderValue) -> Option<usize> {
    value.to_str().ok()?.parse().ok()
}
