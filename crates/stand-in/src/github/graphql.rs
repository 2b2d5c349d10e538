//! GraphQL: a superset of what clients ask about one repository.

use super::{Answer, Call, CodeRepository, PullRequest, describe, github_time, is_bot};
use axum::http::header::AUTHORIZATION;
use serde_json::{Map, Value, json};

const PAGE: usize = 100;

pub(super) fn answer(call: &Call<'_>) -> Answer {
    if !call.headers.contains_key(AUTHORIZATION) {
        return Answer::Problem(401, "This endpoint requires you to be authenticated.");
    }
    let request: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let variable = |names: [&str; 3]| {
        names.iter().find_map(|name| request["variables"][name].as_str()).unwrap_or_default()
    };
    let name = format!(
        "{}/{}",
        variable(["o", "owner", "repositoryOwner"]),
        variable(["r", "name", "repo"])
    );
    let after =
        request["variables"]["after"].as_str().and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
    let found = call.forge.find(&name).or_else(|| call.forge.renamed(&name));
    let Some(repository) = found else {
        let message = format!("Could not resolve to a Repository with the name '{name}'.");
        let error = json!({ "type": "NOT_FOUND", "path": ["repository"], "message": message });
        return Answer::Json(json!({ "data": { "repository": null }, "errors": [error] }));
    };
    let limit =
        json!({ "cost": 1, "remaining": 4999, "resetAt": "2100-01-01T00:00:00Z", "limit": 5000 });
    Answer::Json(
        json!({ "data": { "rateLimit": limit, "repository": superset(repository, after) } }),
    )
}

fn superset(repository: &CodeRepository, after: usize) -> Value {
    let (owner, name) = repository.owner_and_name();
    let license = repository.license.as_ref();
    let commits = repository.commits.iter().enumerate().rev();
    let commits = commits.map(|(index, _)| commit(repository, index)).collect();
    let pulls =
        repository.pull_requests.iter().rev().map(|pull| pull_request(repository, pull)).collect();
    let target = json!({
        "__typename": "Commit", "oid": repository.head_sha(), "history": connection(commits, after),
    });
    let releases = repository.releases.iter().rev();
    let releases =
        releases.map(|(tag, date)| json!({ "tagName": tag, "publishedAt": github_time(*date) }));
    json!({
        "databaseId": repository.number(),
        "name": name,
        "owner": { "login": owner },
        "nameWithOwner": repository.name,
        "isArchived": repository.archived,
        "isFork": repository.fork,
        "isDisabled": false,
        "pushedAt": github_time(repository.pushed()),
        "createdAt": github_time(repository.created()),
        "diskUsage": repository.size_bytes().div_ceil(1024),
        "stargazerCount": repository.stars,
        "forkCount": repository.forks,
        "licenseInfo": license.map(|(spdx, name)| json!({ "spdxId": spdx, "key": spdx.to_lowercase(), "name": name })),
        "defaultBranchRef": { "name": repository.default_branch, "target": target },
        "pullRequests": connection(pulls, after),
        "releases": connection(releases.collect(), 0),
        "issues": { "totalCount": repository.closed_issues },
    })
}

fn commit(repository: &CodeRepository, index: usize) -> Value {
    let commit = &repository.commits[index];
    let pulls =
        repository.pull_requests.iter().filter(|pull| Some(pull.number) == commit.pull_request);
    let pulls: Vec<Value> = pulls.map(|pull| pull_request(repository, pull)).collect();
    json!({
        "oid": repository.commit_sha(index),
        "message": commit.message,
        "messageHeadline": commit.message,
        "committedDate": github_time(commit.date),
        "authoredDate": github_time(commit.date),
        "additions": commit.additions,
        "deletions": commit.deletions,
        "changedFilesIfAvailable": 1,
        "author": {
            "name": commit.author, "email": describe::email(&commit.author),
            "date": github_time(commit.date), "user": { "login": commit.author },
        },
        "associatedPullRequests": connection(pulls, 0),
    })
}

fn pull_request(repository: &CodeRepository, pull: &PullRequest) -> Value {
    let reviews: Vec<Value> = pull.reviews.iter().map(|review| {
        json!({ "state": review.state, "author": actor(&review.author), "submittedAt": github_time(review.submitted) })
    }).collect();
    let opinionated =
        reviews.iter().filter(|review| review["state"] != "COMMENTED").cloned().collect();
    json!({
        "number": pull.number,
        "title": pull.title,
        "state": "MERGED",
        "merged": true,
        "mergedAt": github_time(pull.merged),
        "baseRefName": pull.base,
        "additions": pull.additions,
        "deletions": pull.deletions,
        "changedFiles": pull.changed_files,
        "reviewDecision": pull.decision(),
        "author": actor(&pull.author),
        "mergedBy": actor(&pull.merged_by),
        "mergeCommit": { "oid": describe::merge_commit(repository, pull) },
        "reviews": connection(reviews, 0),
        "latestOpinionatedReviews": connection(opinionated, 0),
    })
}

fn actor(login: &str) -> Value {
    json!({ "login": login, "__typename": if is_bot(login) { "Bot" } else { "User" } })
}

fn connection(nodes: Vec<Value>, after: usize) -> Value {
    let total = nodes.len();
    let end = (after + PAGE).min(total);
    let nodes: Vec<Value> = nodes.into_iter().skip(after).take(PAGE).collect();
    let mut connection = Map::new();
    connection.insert("totalCount".into(), json!(total));
    connection.insert(
        "pageInfo".into(),
        json!({ "hasNextPage": end < total, "endCursor": end.to_string() }),
    );
    connection.insert("nodes".into(), json!(nodes));
    Value::Object(connection)
}
