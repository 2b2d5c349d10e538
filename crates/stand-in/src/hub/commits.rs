//! A repository's history and its branches.

use super::repository::HubCommit;
use super::shelf::Revisions;
use super::{Call, Found, hub_time};
use crate::reply;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

const PAGE_COMMITS: usize = 50;
const LARGEST_PAGE_COMMITS: usize = 1000;

pub(super) fn page(call: &Call<'_>, found: &Found) -> Response {
    let commits: Vec<Value> = found.commits().iter().map(describe).collect();
    let total = commits.len().to_string();
    let limit = call.parameter("limit").and_then(|limit| limit.parse().ok());
    let limit = limit.unwrap_or(PAGE_COMMITS).clamp(1, LARGEST_PAGE_COMMITS);
    let (commits, link) = call.page_of(commits, limit);
    let mut response = reply::json(StatusCode::OK, &Value::Array(commits));
    reply::put(&mut response, "x-total-count", &total);
    reply::put(&mut response, "x-repo-commit", &found.sha);
    if let Some(link) = link {
        reply::put(&mut response, "link", &link);
    }
    response
}

pub(super) fn refs(revisions: &Revisions) -> Response {
    let sha = &revisions.newest().sha;
    let main = json!({ "name": "main", "ref": "refs/heads/main", "targetCommit": sha });
    let refs = json!({ "branches": [main], "converts": [], "tags": [], "pullRequests": [] });
    reply::json(StatusCode::OK, &refs)
}

fn describe(commit: &HubCommit) -> Value {
    let author = json!({ "user": commit.author, "avatar": "/avatars/none.svg" });
    json!({
        "id": commit.id,
        "title": commit.title,
        "message": "",
        "date": hub_time(commit.date),
        "authors": [author],
    })
}
