//! What can go wrong upstream, switched on for the paths that match a pattern.

mod body;
mod plan;

pub(crate) use plan::Plan;

use crate::reply;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use std::time::Duration;

/// One way in which an upstream misbehaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Answers right, but only after this time.
    Delay(Duration),
    /// Takes the request and never answers.
    Hang,
    /// Sends this many bytes of the right answer, then nothing more, the connection kept open.
    Stall {
        /// Bytes of the body that arrive.
        after_bytes: u64,
    },
    /// States the whole length, sends this many bytes and closes the connection.
    BreakOff {
        /// Bytes of the body that arrive.
        after_bytes: u64,
    },
    /// States no length, sends this many bytes and ends as if that were all.
    CutShort {
        /// Bytes of the body that arrive.
        after_bytes: u64,
    },
    /// States another length than that of the file, in every header that names one.
    LyingLength {
        /// The length that is stated.
        stated_bytes: u64,
    },
    /// Sends other bytes than those the hashes were taken of; the length is right.
    WrongBytes,
    /// Answers 200 with bytes that are neither JSON nor what was asked for.
    Nonsense,
    /// Answers 200 with this text instead.
    Text(String),
    /// Answers 200 with a body that never ends.
    Endless,
    /// 429 with `Retry-After`, as GitHub's and the Hub's front servers do.
    TooManyRequests {
        /// How long to wait.
        retry_after_seconds: u64,
    },
    /// 429 with the Hub's `RateLimit` header and no `Retry-After`.
    QuotaUsedUp {
        /// Seconds until the window ends.
        reset_seconds: u64,
    },
    /// 403 with `X-RateLimit-Remaining: 0`, GitHub's way to say that the hour's quota is used.
    GitHubQuotaUsedUp {
        /// When the window ends, in seconds since 1970.
        reset_epoch_seconds: u64,
    },
    /// This status, 5xx for example, with a short text.
    Status(u16),
    /// 403 `GatedRepo`, as for a repository whose owner wants to be asked.
    Gated,
    /// 401 `RepoNotFound`, as the Hub answers anonymous callers for what they may not know of.
    Private,
    /// 302 to this address, wherever it leads.
    Redirect(String),
}

impl Fault {
    /// The answer where the fault stands in for it, after the time that it takes.
    pub(crate) async fn instead(&self) -> Option<Response> {
        match self {
            Self::Delay(time) => tokio::time::sleep(*time).await,
            Self::Hang => std::future::pending().await,
            _ => {}
        }
        self.refusal().or_else(|| match self {
            Self::Nonsense => {
                Some(Response::new(Body::from("<html>{\"]\u{0}\u{fffd} not what you asked")))
            }
            Self::Text(text) => Some(Response::new(Body::from(text.clone()))),
            Self::Endless => Some(Response::new(body::endless())),
            Self::Redirect(address) => {
                let mut response = reply::empty(StatusCode::FOUND);
                reply::put(&mut response, "location", address);
                Some(response)
            }
            _ => None,
        })
    }

    /// The right answer, spoilt where the fault says so.
    pub(crate) fn spoil(&self, mut response: Response) -> Response {
        match self {
            Self::Stall { after_bytes } => {
                body::map(response, |it| body::stalled(it, *after_bytes))
            }
            Self::BreakOff { after_bytes } => {
                body::map(response, |it| body::broken_off(it, *after_bytes))
            }
            Self::CutShort { after_bytes } => {
                let mut response = body::map(response, |it| body::cut_short(it, *after_bytes));
                response.headers_mut().remove("content-length");
                response
            }
            Self::LyingLength { stated_bytes } => {
                let redirects = response.status().is_redirection();
                let name = if redirects { "x-linked-size" } else { "content-length" };
                reply::put(&mut response, name, &stated_bytes.to_string());
                // Where more is promised than there is, the end is a broken connection.
                body::map(response, |it| body::broken_off(it, u64::MAX))
            }
            Self::WrongBytes => body::map(response, body::altered),
            _ => response,
        }
    }

    fn refusal(&self) -> Option<Response> {
        let (status, code, headers) = match self {
            Self::TooManyRequests { retry_after_seconds } => {
                (429, "", vec![("retry-after", retry_after_seconds.to_string())])
            }
            Self::QuotaUsedUp { reset_seconds } => {
                let left = format!("\"api\";r=0;t={reset_seconds}");
                let policy = "\"fixed window\";\"api\";q=500;w=300".to_owned();
                (429, "", vec![("ratelimit", left), ("ratelimit-policy", policy)])
            }
            Self::GitHubQuotaUsedUp { reset_epoch_seconds } => {
                let reset = ("x-ratelimit-reset", reset_epoch_seconds.to_string());
                (403, "", vec![("x-ratelimit-remaining", "0".to_owned()), reset])
            }
            Self::Status(status) => (*status, "", Vec::new()),
            Self::Gated => (403, "GatedRepo", Vec::new()),
            Self::Private => (401, "RepoNotFound", Vec::new()),
            _ => return None,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = status.canonical_reason().unwrap_or("refused");
        let mut response = reply::json(status, &json!({ "error": text, "message": text }));
        for (name, value) in headers {
            reply::put(&mut response, name, &value);
        }
        if !code.is_empty() {
            reply::put(&mut response, "x-error-code", code);
        }
        Some(response)
    }
}
