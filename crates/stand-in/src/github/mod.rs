//! GitHub's side of the wire: REST, GraphQL and archives.

mod archive;
mod describe;
mod forge;
mod graphql;
mod history;
mod repository;
mod rest;

pub(crate) use forge::Forge;
pub use history::{Commit, PullRequest, Review};
pub use repository::CodeRepository;

use crate::content::sha256_hex;
use crate::reply;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};

/// What a token may ask in an hour.
const HOURLY_LIMIT: &str = "5000";

/// The end of the window that the limit headers name: 2100-01-01.
const LIMIT_RESET: &str = "4102444800";

/// One request to GitHub's side; the path without `/github`.
pub(crate) struct Call<'a> {
    pub(crate) forge: &'a Forge,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
}

/// What a route answers, before headers are put on it.
enum Answer {
    Json(Value),
    /// Rows of which the query's `page` and `per_page` choose some.
    Rows(Vec<Value>),
    Bytes(&'static str, Bytes),
    Redirect(StatusCode, String),
    Empty(StatusCode),
    Problem(u16, &'static str),
}

impl Call<'_> {
    pub(crate) fn answer(&self) -> Response {
        let resource = if self.path == "/graphql" { "graphql" } else { "core" };
        let mut response = match rest::answer(self) {
            Answer::Json(body) => self.conditional(&body),
            Answer::Rows(rows) => self.page(rows),
            Answer::Bytes(kind, bytes) => {
                let mut response = Response::new(Body::from(bytes));
                reply::put(&mut response, "content-type", kind);
                response
            }
            Answer::Redirect(status, location) => {
                let body = json!({ "message": "Moved Permanently", "url": location });
                let mut response = reply::json(status, &body);
                reply::put(&mut response, "location", &location);
                response
            }
            Answer::Empty(status) => reply::empty(status),
            Answer::Problem(status, message) => problem(status, message),
        };
        for (name, value) in [
            ("x-ratelimit-limit", HOURLY_LIMIT),
            ("x-ratelimit-remaining", "4999"),
            ("x-ratelimit-used", "1"),
            ("x-ratelimit-reset", LIMIT_RESET),
            ("x-ratelimit-resource", resource),
            ("x-github-api-version-selected", "2022-11-28"),
        ] {
            reply::put(&mut response, name, value);
        }
        response
    }

    fn conditional(&self, body: &Value) -> Response {
        let entity_tag = sha256_hex(&body.to_string());
        let mut response = if reply::already_has(self.headers, &entity_tag) {
            reply::empty(StatusCode::NOT_MODIFIED)
        } else {
            reply::json(StatusCode::OK, body)
        };
        reply::put(&mut response, "etag", &format!("\"{entity_tag}\""));
        reply::put(&mut response, "cache-control", "private, max-age=60, s-maxage=60");
        response
    }

    fn page(&self, rows: Vec<Value>) -> Response {
        let size = self.number("per_page").unwrap_or(30).clamp(1, 100);
        let page = self.number("page").unwrap_or(1).max(1);
        let last = rows.len().div_ceil(size).max(1);
        let rows = rows.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
        let mut response = self.conditional(&rows);
        if page < last {
            let (next, last) = (self.address_of_page(page + 1), self.address_of_page(last));
            let link = format!("<{next}>; rel=\"next\", <{last}>; rel=\"last\"");
            reply::put(&mut response, "link", &link);
        }
        response
    }

    fn address_of_page(&self, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let pairs = url::form_urlencoded::parse(self.query.as_bytes());
        query.extend_pairs(pairs.filter(|(key, _)| key != "page"));
        query.append_pair("page", &page.to_string());
        format!("{}{}?{}", self.origin(), self.path, query.finish())
    }

    /// Where this side is reached.
    fn origin(&self) -> String {
        format!("{}/github", reply::origin(self.headers))
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.parameter(name)?.parse().ok()
    }
}

fn problem(status: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
    let documentation = "https://docs.github.com/rest";
    reply::json(status, &json!({ "message": message, "documentation_url": documentation }))
}

/// Times as GitHub writes them: whole seconds and a `Z`.
fn github_time(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn is_bot(account: &str) -> bool {
    account.ends_with("[bot]")
}
