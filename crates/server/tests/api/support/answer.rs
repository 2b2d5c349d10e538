//! An answer, read whole, with what must be true of every answer.

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Reads it whole.
    pub(super) async fn read(response: reqwest::Response) -> Self {
        let is_head = response.content_length() == Some(0);
        let answer = Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap(),
        };
        assert!(answer.header("x-request-id").is_some(), "without an id: {answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
        if answer.status >= 400 && !is_head && !answer.body.is_empty() {
            answer.check_problem();
        }
        answer
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The sentence of a problem.
    pub(crate) fn detail(&self) -> String {
        self.json()["detail"].as_str().unwrap().to_owned()
    }

    fn check_problem(&self) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        let detail = self.detail();
        assert!(detail.ends_with('.') && !detail.contains('\n'), "no sentence: {detail}");
        assert!(!detail.contains("touchstone_"), "tells of our inside: {detail}");
    }
}
