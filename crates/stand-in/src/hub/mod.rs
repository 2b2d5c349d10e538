//! The Hugging Face Hub's side of the wire.

mod card;
mod commits;
mod error;
mod info;
mod listing;
mod many;
mod owners;
mod repository;
mod resolve;
mod route;
mod shelf;
mod tree;

pub(crate) use owners::Owner;
pub use repository::{HubCommit, Kind, Repository};
pub(crate) use shelf::Shelf;

use crate::options::Options;
use crate::reply;
use axum::http::StatusCode;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use bytes::Bytes;
use error::Refusal;
use route::{Asked, Route};
use serde_json::json;
use shelf::Snapshot;
use std::sync::Arc;

/// The token that sees private repositories and has been granted the gated ones. Any other
/// token that begins with `hf_` is that of somebody who has not.
pub const GRANTED_TOKEN: &str = "hf_granted";

/// One request to the Hub's side, with what is served and how.
pub(crate) struct Call<'a> {
    pub(crate) shelf: &'a Shelf,
    pub(crate) options: Options,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
}

impl Call<'_> {
    pub(crate) async fn answer(&self) -> Response {
        let mut response = match self.attempt().await {
            Ok(response) => response,
            Err(refusal) => refusal.response(),
        };
        let bucket = if self.path.contains("/resolve/") { "resolvers" } else { "api" };
        reply::put(&mut response, "ratelimit", &format!("\"{bucket}\";r=499;t=172"));
        let policy = format!("\"fixed window\";\"{bucket}\";q=500;w=300");
        reply::put(&mut response, "ratelimit-policy", &policy);
        response
    }

    async fn attempt(&self) -> Result<Response, Refusal> {
        if self.token().is_some_and(|token| !token.starts_with("hf_")) {
            return Err(Refusal::BadToken);
        }
        match route::parse(self.path).ok_or(Refusal::NoRoute)? {
            Route::Listing(kind) => Ok(listing::page(self, kind)),
            Route::Organization(name) => owners::organization(self, &name),
            Route::User(name) => owners::user(self, &name),
            Route::WhoAmI => self.who_am_i(),
            Route::Stored { kind, id, commit, path } => {
                // Whoever was given the address may have the file: it stands for a signed one.
                let found = self.shelf.find(kind, &id).and_then(|it| it.at(&commit));
                resolve::stored(self, &found.ok_or(Refusal::NoRoute)?, &path).await
            }
            Route::Repository { kind, id, asked } => self.repository(kind, &id, asked).await,
        }
    }

    async fn repository(&self, kind: Kind, id: &str, asked: Asked) -> Result<Response, Refusal> {
        if let Some(renamed) = self.shelf.renamed(kind, id) {
            return Ok(self.moved(id, &renamed));
        }
        let revisions = self.shelf.find(kind, id).filter(|found| self.may_see(found.newest()));
        let anonymous = self.token().is_none();
        let revisions = revisions.ok_or(Refusal::RepoNotFound { anonymous })?;
        if revisions.newest().disabled {
            return Err(Refusal::Disabled);
        }
        let at = |revision: &str| {
            let found = revisions.at(revision);
            found.ok_or_else(|| Refusal::RevisionNotFound(revision.to_owned()))
        };
        match asked {
            Asked::Info { revision } => Ok(info::one(self, &at(&revision)?)),
            Asked::Tree { revision, path } => tree::page(self, &at(&revision)?, &path),
            Asked::Commits { revision } => Ok(commits::page(self, &at(&revision)?)),
            Asked::PathsInfo { revision } => Ok(tree::paths_info(self, &at(&revision)?)),
            Asked::Refs => Ok(commits::refs(&revisions)),
            Asked::AuthCheck => {
                self.granted(revisions.newest()).map(|()| reply::empty(StatusCode::OK))
            }
            Asked::File { revision, path } => resolve::file(self, &at(&revision)?, &path).await,
            Asked::CachedFile { revision, path } => {
                resolve::inline(self, &at(&revision)?, &path).await
            }
            Asked::Raw { revision, path } => resolve::raw(self, &at(&revision)?, &path).await,
        }
    }

    /// The Hub sends callers of an old name on with a relative address.
    fn moved(&self, old: &str, new: &str) -> Response {
        let mut response = reply::empty(StatusCode::TEMPORARY_REDIRECT);
        let mut location = self.path.replacen(old, new, 1);
        if !self.query.is_empty() {
            location = format!("{location}?{}", self.query);
        }
        reply::put(&mut response, "location", &location);
        response
    }

    fn who_am_i(&self) -> Result<Response, Refusal> {
        let token = self.token().ok_or(Refusal::BadToken)?;
        let role = if token == GRANTED_TOKEN { "granted" } else { "visitor" };
        let token = json!({ "accessToken": { "displayName": role, "role": "read" } });
        let who = json!({ "type": "user", "name": role, "orgs": [], "auth": token });
        Ok(reply::json(StatusCode::OK, &who))
    }

    fn token(&self) -> Option<&str> {
        self.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
    }

    fn may_see(&self, repository: &Repository) -> bool {
        !repository.private || self.token() == Some(GRANTED_TOKEN)
    }

    fn granted(&self, repository: &Repository) -> Result<(), Refusal> {
        if repository.gated && self.token() != Some(GRANTED_TOKEN) {
            return Err(Refusal::Gated(repository.id.clone()));
        }
        Ok(())
    }

    /// The values of a query parameter, also when written as `name[]`.
    fn parameters(&self, name: &str) -> Vec<String> {
        let pairs = url::form_urlencoded::parse(self.query.as_bytes());
        let named = pairs.filter(|(key, _)| key == name || key.strip_suffix("[]") == Some(name));
        named.map(|(_, value)| value.into_owned()).collect()
    }

    fn parameter(&self, name: &str) -> Option<String> {
        self.parameters(name).into_iter().next()
    }

    /// Python writes `True`, JavaScript `true`, people `1`.
    fn is_set(&self, name: &str) -> bool {
        self.parameter(name).is_some_and(|value| is_true(&value))
    }

    /// One page of `rows`, and the `Link` to the next: absolute, with a space after the
    /// semicolon, and with every parameter of the request in it.
    fn page_of<T>(&self, rows: Vec<T>, page_size: usize) -> (Vec<T>, Option<String>) {
        let start: usize = self.parameter("cursor").and_then(|at| at.parse().ok()).unwrap_or(0);
        let next = start.saturating_add(page_size);
        let link = (next < rows.len()).then(|| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            let pairs = url::form_urlencoded::parse(self.query.as_bytes());
            query.extend_pairs(pairs.filter(|(key, _)| key != "cursor"));
            query.append_pair("cursor", &next.to_string());
            let origin = reply::origin(self.headers);
            format!("<{origin}{}?{}>; rel=\"next\"", self.path, query.finish())
        });
        (rows.into_iter().skip(start).take(page_size).collect(), link)
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "true" | "True" | "1")
}

/// Times as the Hub writes them: milliseconds and a `Z`.
fn hub_time(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

type Found = Arc<Snapshot>;
