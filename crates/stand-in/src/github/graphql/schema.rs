//! What there is to select: a repository with everything in it, and the fields that depend on
//! their arguments.

use super::query::Field;
use crate::github::history::Signature;
use crate::github::{CodeRepository, PullRequest, describe, github_time, is_bot};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(super) fn rate_limit() -> Value {
    json!({
        "cost": 1, "limit": 5000, "remaining": 4999, "used": 1, "nodeCount": 100,
        "resetAt": "2100-01-01T00:00:00Z",
    })
}

pub(super) fn viewer() -> Value {
    json!({ "__typename": "User", "login": "stand-in" })
}

pub(super) fn repository(repository: &CodeRepository) -> Value {
    let (owner, name) = repository.owner_and_name();
    let pulls = repository.pull_requests.iter().rev();
    let languages = repository.languages();
    let languages = languages.iter().map(|(name, size)| json!({ "name": name, "size": size }));
    let releases: Vec<Value> = repository.releases.iter().rev().map(release).collect();
    let topics = repository.topics.iter().map(|topic| json!({ "topic": { "name": topic } }));
    json!({
        "__typename": "Repository",
        "id": format!("R_{}", repository.number()),
        "databaseId": repository.number(),
        "name": name,
        "owner": actor(owner),
        "nameWithOwner": repository.name,
        "url": format!("https://github.com/{}", repository.name),
        "description": repository.description,
        "homepageUrl": null,
        "isArchived": repository.archived,
        "isDisabled": false,
        "isEmpty": repository.commits.is_empty(),
        "isFork": repository.fork,
        "isPrivate": false,
        "visibility": "PUBLIC",
        "hasIssuesEnabled": true,
        "createdAt": github_time(repository.created()),
        "updatedAt": github_time(repository.pushed()),
        "pushedAt": github_time(repository.pushed()),
        "diskUsage": repository.size_bytes().div_ceil(1024),
        "stargazerCount": repository.stars,
        "forkCount": repository.forks,
        "watchers": { "totalCount": repository.stars / 20 },
        "licenseInfo": license(repository),
        "languages": connection(languages.clone().collect()),
        "primaryLanguage": languages.max_by_key(|language| language["size"].as_u64()),
        "repositoryTopics": connection(topics.collect()),
        "defaultBranchRef": branch(repository),
        "pullRequests": connection(pulls.map(|pull| pull_request(repository, pull)).collect()),
        "latestRelease": releases.first(),
        "releases": connection(releases),
    })
}

/// The value of a field that depends on its arguments; `None` where it does not.
pub(super) fn computed(
    repository: &CodeRepository,
    source: &Value,
    field: &Field,
) -> Option<Value> {
    match (source["__typename"].as_str()?, field.name.as_str()) {
        ("Repository", "object") => {
            let expression = field.arguments.get("expression").and_then(Value::as_str);
            Some(object(repository, expression.unwrap_or("HEAD")))
        }
        ("Repository", "ref") => Some(branch(repository)),
        ("Repository", "issues") => Some(issues(repository, &states(field))),
        ("Repository", "pullRequests") => {
            let states = states(field);
            let merged = states.is_empty() || states.contains(&"MERGED");
            (!merged).then(|| connection(Vec::new()))
        }
        ("Commit", "history") => {
            let since = field.arguments.get("since").and_then(Value::as_str);
            Some(history(repository, since.and_then(|time| time.parse().ok())))
        }
        _ => None,
    }
}

fn states(field: &Field) -> Vec<&str> {
    match field.arguments.get("states") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn issues(repository: &CodeRepository, states: &[&str]) -> Value {
    let all = describe::issues(repository, Some("all"));
    let wanted = all.iter().filter_map(|issue| {
        let state = issue["state"].as_str()?.to_uppercase();
        let row = json!({
            "__typename": "Issue", "number": issue["number"], "state": state,
            "createdAt": issue["created_at"], "closedAt": issue["closed_at"],
            "author": actor("visitor"), "comments": { "totalCount": issue["comments"] },
        });
        (states.is_empty() || states.contains(&state.as_str())).then_some(row)
    });
    connection(wanted.collect())
}

/// A branch, a folder (`HEAD:docs`) or a file (`HEAD:docs/a.md`).
fn object(repository: &CodeRepository, expression: &str) -> Value {
    let Some((_, path)) = expression.split_once(':') else {
        return branch(repository)["target"].clone();
    };
    if let Some(content) = repository.files.get(path) {
        let text = content.document().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        return json!({
            "__typename": "Blob", "oid": content.git_sha1(), "byteSize": content.size_bytes(),
            "isBinary": text.is_none(), "isTruncated": false, "text": text,
        });
    }
    let entries = describe::folder(repository, path.trim_end_matches('/'));
    if entries.is_empty() {
        return Value::Null;
    }
    let entries = entries.iter().map(|entry| {
        let kind = if entry["type"] == "dir" { "tree" } else { "blob" };
        json!({ "name": entry["name"], "path": entry["path"], "type": kind, "size": entry["size"], "oid": entry["sha"] })
    });
    json!({ "__typename": "Tree", "entries": entries.collect::<Vec<_>>() })
}

fn branch(repository: &CodeRepository) -> Value {
    if repository.commits.is_empty() {
        return Value::Null;
    }
    let mut target = commit(repository, repository.commits.len() - 1);
    target["history"] = history(repository, None);
    json!({ "__typename": "Ref", "name": repository.default_branch, "target": target })
}

fn history(repository: &CodeRepository, since: Option<Timestamp>) -> Value {
    let newest_first = repository.commits.iter().enumerate().rev();
    let wanted = newest_first.filter(|(_, commit)| since.is_none_or(|since| commit.date >= since));
    connection(wanted.map(|(index, _)| commit(repository, index)).collect())
}

fn commit(repository: &CodeRepository, index: usize) -> Value {
    let commit = &repository.commits[index];
    let date = github_time(commit.date);
    let pulls =
        repository.pull_requests.iter().filter(|pull| Some(pull.number) == commit.pull_request);
    let author = person(&commit.author, &date);
    let co_authors = commit.co_authors.iter().map(|signature| person(signature, &date));
    let authors = std::iter::once(author.clone()).chain(co_authors).collect();
    json!({
        "__typename": "Commit",
        "oid": repository.commit_sha(index),
        "message": commit.message,
        "messageHeadline": commit.message,
        "committedDate": date,
        "authoredDate": date,
        "additions": commit.additions,
        "deletions": commit.deletions,
        "changedFilesIfAvailable": 1,
        "author": author,
        "committer": { "name": commit.committer, "date": date, "user": actor(&commit.committer) },
        "authors": connection(authors),
        "parents": { "totalCount": repository.parents(index).len() },
        "associatedPullRequests": connection(pulls.map(|pull| pull_request(repository, pull)).collect()),
    })
}

/// GitHub knows whose a mail is where it is an account's own or hides one; programs are no users.
fn person(signature: &Signature, date: &str) -> Value {
    let hidden = signature.mail.split_once("@users.noreply.").map(|(local, _)| local);
    let login = hidden.map(|local| local.split_once('+').map_or(local, |(_, login)| login));
    let login = signature.account.as_deref().or(login).filter(|login| !is_bot(login));
    json!({
        "name": signature.name, "email": signature.mail, "date": date, "user": login.map(actor),
    })
}

fn pull_request(repository: &CodeRepository, pull: &PullRequest) -> Value {
    let review = |review: &crate::github::Review| {
        json!({
            "__typename": "PullRequestReview", "state": review.state, "author": actor(&review.author),
            "submittedAt": github_time(review.submitted), "authorAssociation": "MEMBER",
        })
    };
    let reviews: Vec<Value> = pull.reviews.iter().map(review).collect();
    let merged = github_time(pull.merged);
    let files = pull.files.iter().map(|(path, lines)| json!({ "path": path, "additions": lines }));
    json!({
        "__typename": "PullRequest",
        "number": pull.number,
        "title": pull.title,
        "state": "MERGED",
        "merged": true,
        "mergedAt": merged,
        "createdAt": merged,
        "updatedAt": merged,
        "baseRefName": pull.base,
        "additions": pull.additions,
        "deletions": pull.deletions,
        "changedFiles": pull.changed_files,
        "reviewDecision": pull.decision(),
        "author": actor(&pull.author),
        "mergedBy": actor(&pull.merged_by),
        "mergeCommit": { "oid": describe::merge_commit(repository, pull) },
        "files": connection(files.collect()),
        "reviews": connection(reviews.clone()),
        "latestReviews": connection(reviews.clone()),
        "latestOpinionatedReviews": connection(latest_opinions(&reviews)),
    })
}

/// The last verdict of each reviewer.
fn latest_opinions(reviews: &[Value]) -> Vec<Value> {
    let mut latest: Vec<Value> = Vec::new();
    for review in reviews.iter().rev().filter(|review| review["state"] != "COMMENTED") {
        if latest.iter().all(|later| later["author"] != review["author"]) {
            latest.push(review.clone());
        }
    }
    latest
}

fn release((tag, published): &(String, Timestamp)) -> Value {
    let date = github_time(*published);
    json!({
        "__typename": "Release", "tagName": tag, "name": tag, "isDraft": false,
        "isPrerelease": false, "createdAt": date, "publishedAt": date,
    })
}

fn license(repository: &CodeRepository) -> Option<Value> {
    let (spdx_id, name) = repository.license.as_ref()?;
    Some(json!({ "spdxId": spdx_id, "key": spdx_id.to_lowercase(), "name": name }))
}

/// An account; GraphQL names a bot by its type where REST does by the end of its login.
fn actor(login: &str) -> Value {
    let kind = if is_bot(login) { "Bot" } else { "User" };
    json!({ "__typename": kind, "login": login.trim_end_matches("[bot]") })
}

fn connection(nodes: Vec<Value>) -> Value {
    let total = nodes.len();
    json!({ "totalCount": total, "nodes": Value::Array(nodes) })
}
