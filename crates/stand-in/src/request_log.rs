//! What was asked, in order, so that a test can say "at most sixteen, and none twice".

use axum::http::{HeaderMap, request::Parts};
use std::sync::{Mutex, PoisonError};

/// Headers whose values change an upstream's answer or identify the caller.
const HEADERS_OF_INTEREST: [&str; 6] =
    ["authorization", "range", "if-none-match", "accept", "user-agent", "x-hf-download-counter"];

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// `GET`, `HEAD`, `POST`.
    pub method: String,
    /// The path as sent, still percent-encoded, GitHub's beginning with `/github`.
    pub path: String,
    /// What stood after the question mark, without it; empty when there was nothing.
    pub query: String,
    /// Lowercase name and value of those headers that matter to an upstream.
    pub headers: Vec<(String, String)>,
}

impl LoggedRequest {
    /// The value of a header of interest, by its lowercase name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Vec<LoggedRequest>>);

impl RequestLog {
    /// Records a request and says how many there are now.
    pub(crate) fn record(&self, parts: &Parts) -> usize {
        let request = LoggedRequest {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: headers_of_interest(&parts.headers),
        };
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(request);
        requests.len()
    }

    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn headers_of_interest(headers: &HeaderMap) -> Vec<(String, String)> {
    let present = HEADERS_OF_INTEREST.iter().filter_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    present.collect()
}
