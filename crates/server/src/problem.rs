//! The only place where an outcome gets its HTTP status. Everything that is not a success leaves
//! the server as `application/problem+json` (RFC 9457) with one sentence for people; what caused it
//! goes to the log.

use axum::body::Body;
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;
use std::error::Error as _;
use touchstone_domain::ArtifactId;
use touchstone_domain::artifact::InvalidWord;
use touchstone_registry::RegistryError;
use utoipa::ToSchema;

/// Why a request did not get what it asked for. `Display` is the sentence that the client reads.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// The request cannot be meant.
    #[error("{0}")]
    Invalid(String),
    /// There is nothing under this path.
    #[error("there is nothing under this path; /docs lists what there is")]
    NoSuchPath,
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The path exists, but not for this method.
    #[error("this path does not take this method")]
    MethodNotAllowed,
    /// The body came too slowly.
    #[error("the body of the request did not arrive in time")]
    BodyTooSlow,
    /// The body is larger than any request needs.
    #[error("the body of the request is larger than 1 MB")]
    BodyTooLarge,
    /// The body is not JSON by its own account.
    #[error("the body of the request must be JSON, with content type application/json")]
    NotJson,
    /// The part that was asked for lies outside the whole.
    #[error("the range lies outside the {size_bytes} bytes that there are")]
    RangeNotSatisfiable {
        /// The size of the whole.
        size_bytes: u64,
    },
    /// A web page of another origin may not write.
    #[error("pages of this origin may not change the registry; see CORS_ALLOWED_ORIGINS")]
    ForeignOrigin,
    /// A private registry was addressed by a public name.
    #[error("this registry answers only to loopback names, such as localhost")]
    ForeignHost,
    /// The registry can be reached by others and may not be emptied.
    #[error("the registry may not be reset; its operator can allow it with ALLOW_RESET=true")]
    ResetNotAllowed,
    /// The client has used up its share.
    #[error("too many requests from this client; try again in {retry_after_seconds} s")]
    TooManyRequests {
        /// Seconds until the next request is taken.
        retry_after_seconds: u64,
    },
    /// There is no sign-in.
    #[error("this registry does not use sign-in; X-Authorization is not needed")]
    NoSignIn,
    /// A handler panicked.
    #[error("the registry made a mistake; the log says which")]
    Panicked(String),
    /// The use case had another outcome than success.
    #[error(transparent)]
    Registry(#[from] RegistryError),
}

impl From<InvalidWord> for Problem {
    fn from(problem: InvalidWord) -> Self {
        Self::Invalid(problem.0)
    }
}

impl Problem {
    /// The status of each outcome. A missing permission is 401, as the contract says; a model that
    /// is still being ingested when the wait is over is a time-out.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) | Self::Registry(RegistryError::Invalid(_)) => StatusCode::BAD_REQUEST,
            Self::ResetNotAllowed | Self::Registry(RegistryError::Forbidden(_)) => {
                StatusCode::UNAUTHORIZED
            }
            Self::ForeignOrigin | Self::ForeignHost => StatusCode::FORBIDDEN,
            Self::NoSuchPath | Self::NotFound(_) | Self::Registry(RegistryError::NotFound(_)) => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Registry(RegistryError::AlreadyExists { .. } | RegistryError::Busy(_)) => {
                StatusCode::CONFLICT
            }
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RangeNotSatisfiable { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Registry(RegistryError::IngestFailed { .. }) => StatusCode::FAILED_DEPENDENCY,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Panicked(_) | Self::Registry(RegistryError::Internal(_)) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::NoSignIn => StatusCode::NOT_IMPLEMENTED,
            Self::Registry(RegistryError::UpstreamUnavailable(_)) => StatusCode::BAD_GATEWAY,
            Self::Registry(RegistryError::StoreUnavailable { .. }) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Registry(RegistryError::StillProcessing) => StatusCode::GATEWAY_TIMEOUT,
            Self::Registry(RegistryError::StorageFull) => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// Seconds after which it is worth asking again, where there is hope.
    fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { retry_after_seconds } => Some(*retry_after_seconds),
            Self::Registry(
                RegistryError::StillProcessing | RegistryError::StoreUnavailable { .. },
            ) => Some(5),
            _ => None,
        }
    }

    /// What the log should say beyond the sentence: the chain of causes.
    fn cause(&self) -> Option<String> {
        if let Self::Panicked(message) = self {
            return Some(message.clone());
        }
        let Self::Registry(error) = self else { return None };
        let mut causes = Vec::new();
        let mut next = error.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        (!causes.is_empty()).then(|| causes.join(": "))
    }

    fn existing(&self) -> Option<ArtifactId> {
        match self {
            Self::Registry(RegistryError::AlreadyExists { existing }) => Some(existing.clone()),
            _ => None,
        }
    }
}

/// What the log should say of a response: carried beside it, never sent.
#[derive(Debug, Clone)]
pub(crate) struct Cause(pub(crate) String);

/// An outcome other than success (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// What kind of problem; always `about:blank`, so that the status says it.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong, as one sentence for people.
    detail: String,
    /// The artifact that stands in the way, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    artifact_id: Option<ArtifactId>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let status = self.status();
        let body = ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            detail: sentence(&self.to_string()),
            artifact_id: self.existing(),
        };
        // Plain fields cannot fail to serialise.
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_seconds() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Self::RangeNotSatisfiable { size_bytes } = &self
            && let Ok(range) = HeaderValue::from_str(&format!("bytes */{size_bytes}"))
        {
            headers.insert(CONTENT_RANGE, range);
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(cause) = self.cause() {
            response.extensions_mut().insert(Cause(cause));
        }
        response
    }
}

/// Errors are written in lower case without a full stop; people read sentences.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut text: String = first.to_uppercase().chain(letters).collect();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
