//! The Hub's refusals: a status, a code that clients switch on, and a sentence.

use crate::reply;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

/// Why the Hub does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such repository, or not for this caller; anonymous callers get 401 as on the Hub.
    RepoNotFound { anonymous: bool },
    /// The repository has no such branch, tag or commit.
    RevisionNotFound(String),
    /// The commit has no such file.
    EntryNotFound { commit: String },
    /// Access has to be asked for.
    Gated(String),
    /// Taken off.
    Disabled,
    /// The token is not one.
    BadToken,
    /// No such route.
    NoRoute,
}

impl Refusal {
    pub(super) fn response(&self) -> Response {
        let (status, code, message) = match self {
            Self::RepoNotFound { anonymous: true } => {
                (401, "RepoNotFound", "Invalid username or password.".to_owned())
            }
            Self::RepoNotFound { anonymous: false } => {
                (404, "RepoNotFound", "Repository not found".to_owned())
            }
            Self::RevisionNotFound(revision) => {
                (404, "RevisionNotFound", format!("Invalid rev id: {revision}"))
            }
            Self::EntryNotFound { .. } => (404, "EntryNotFound", "Entry not found".to_owned()),
            Self::Gated(id) => (403, "GatedRepo", gated_message(id)),
            Self::Disabled => (403, "", "Access to this resource is disabled.".to_owned()),
            Self::BadToken => (401, "", "Invalid credentials in Authorization header".to_owned()),
            Self::NoRoute => {
                (404, "", "Sorry, we can't find the page you are looking for.".to_owned())
            }
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
        let mut response = reply::json(status, &json!({ "error": message }));
        if !code.is_empty() {
            reply::put(&mut response, "x-error-code", code);
        }
        reply::put(&mut response, "x-error-message", &message);
        if let Self::EntryNotFound { commit } = self {
            reply::put(&mut response, "x-repo-commit", commit);
        }
        response
    }
}

fn gated_message(id: &str) -> String {
    format!(
        "Access to model {id} is restricted. You must be authenticated and granted access to it."
    )
}
