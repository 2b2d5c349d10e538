//! Repositories, commits and the rest as REST shows them.

use super::history::Signature;
use super::{CodeRepository, PullRequest, github_time, is_bot};
use crate::content::{Content, sha1_hex};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn rate_limit() -> Value {
    let bucket = json!({ "limit": 5000, "used": 1, "remaining": 4999, "reset": 4_102_444_800_u64 });
    json!({ "resources": { "core": bucket, "graphql": bucket, "search": bucket }, "rate": bucket })
}

pub(super) fn repository(repository: &CodeRepository, origin: &str) -> Value {
    let (owner, name) = repository.owner_and_name();
    let languages = repository.languages();
    json!({
        "id": repository.number(),
        "node_id": format!("R_{}", repository.number()),
        "name": name,
        "full_name": repository.name,
        "owner": account(owner),
        "private": false,
        "visibility": "public",
        "html_url": format!("https://github.com/{}", repository.name),
        "url": format!("{origin}/repos/{}", repository.name),
        "description": repository.description,
        "homepage": null,
        "fork": repository.fork,
        "archived": repository.archived,
        "disabled": false,
        "default_branch": repository.default_branch,
        "language": languages.iter().max_by_key(|(_, bytes)| **bytes).map(|(language, _)| language),
        "license": license(repository),
        "size": repository.size_bytes().div_ceil(1024),
        "stargazers_count": repository.stars,
        "watchers_count": repository.stars,
        "forks_count": repository.forks,
        "subscribers_count": repository.stars / 20,
        "open_issues_count": repository.open_issues,
        "has_issues": true,
        "topics": repository.topics,
        "created_at": github_time(repository.created()),
        "updated_at": github_time(repository.pushed()),
        "pushed_at": github_time(repository.pushed()),
    })
}

pub(super) fn license(repository: &CodeRepository) -> Option<Value> {
    let (spdx_id, name) = repository.license.as_ref()?;
    Some(json!({
        "key": spdx_id.to_lowercase(), "name": name, "spdx_id": spdx_id,
        "url": null, "node_id": "L_1",
    }))
}

pub(super) fn contributors(repository: &CodeRepository) -> Vec<Value> {
    let rows = repository.contributors().into_iter().map(|(signature, contributions)| {
        let mut row = match &signature.account {
            Some(login) => account(login),
            None => json!({ "type": "Anonymous", "email": signature.mail, "name": signature.name }),
        };
        row["contributions"] = json!(contributions);
        row
    });
    rows.collect()
}

pub(super) fn commit(repository: &CodeRepository, index: usize) -> Value {
    let commit = &repository.commits[index];
    let date = github_time(commit.date);
    let Signature { name, mail, .. } = &commit.author;
    let parents = repository.parents(index).into_iter();
    let parents = parents.map(|parent| json!({ "sha": repository.commit_sha(parent) }));
    let committer = &commit.committer;
    json!({
        "sha": repository.commit_sha(index),
        "commit": {
            "author": { "name": name, "email": mail, "date": date },
            "committer": { "name": committer, "email": email(committer), "date": date },
            "message": commit.message,
            "verification": { "verified": false, "reason": "unsigned" },
        },
        "author": commit.author.account.as_deref().map(account),
        "committer": account(committer),
        "parents": parents.collect::<Vec<_>>(),
    })
}

pub(super) fn commit_in_full(repository: &CodeRepository, index: usize) -> Value {
    let (additions, deletions) =
        (repository.commits[index].additions, repository.commits[index].deletions);
    let mut body = commit(repository, index);
    let total = additions + deletions;
    body["stats"] = json!({ "total": total, "additions": additions, "deletions": deletions });
    body["files"] = json!([{
        "filename": main_file(repository), "status": "modified",
        "additions": additions, "deletions": deletions, "changes": total,
    }]);
    body
}

/// The file that commits are said to touch: the largest code file.
fn main_file(repository: &CodeRepository) -> &str {
    let code = repository.files.iter().filter(|(path, _)| path.rsplit('.').next() == Some("py"));
    code.max_by_key(|(_, content)| content.size_bytes()).map_or("README.md", |(path, _)| path)
}

/// The newest first, as `sort=updated&direction=desc` gives them.
/// A listing gives each with the whole repository that it came to.
pub(super) fn pull_requests(repository: &CodeRepository, origin: &str) -> Vec<Value> {
    let base = self::repository(repository, origin);
    let newest_first = repository.pull_requests.iter().rev();
    let rows = newest_first.map(|pull| {
        let mut row = pull_request(repository, pull);
        row["base"]["repo"] = base.clone();
        row
    });
    rows.collect()
}

pub(super) fn pull_request(repository: &CodeRepository, pull: &PullRequest) -> Value {
    let merged = github_time(pull.merged);
    json!({
        "number": pull.number,
        "state": "closed",
        "title": pull.title,
        "user": account(&pull.author),
        "created_at": merged,
        "updated_at": merged,
        "closed_at": merged,
        "merged_at": merged,
        "merge_commit_sha": merge_commit(repository, pull),
        "base": { "ref": pull.base },
        "author_association": "CONTRIBUTOR",
    })
}

/// What only the single pull request has: its size and who merged it.
pub(super) fn pull_request_in_full(repository: &CodeRepository, pull: &PullRequest) -> Value {
    let mut body = pull_request(repository, pull);
    body["merged"] = json!(true);
    body["merged_by"] = account(&pull.merged_by);
    body["additions"] = json!(pull.additions);
    body["deletions"] = json!(pull.deletions);
    body["changed_files"] = json!(pull.changed_files);
    body["commits"] = json!(1);
    body["review_comments"] = json!(0);
    body
}

/// The commit that merged it: the last of those that came through it.
pub(super) fn merge_commit(repository: &CodeRepository, pull: &PullRequest) -> Option<String> {
    let mut commits = repository.commits.iter();
    let index = commits.rposition(|commit| commit.pull_request == Some(pull.number))?;
    Some(repository.commit_sha(index))
}

pub(super) fn reviews(pull: &PullRequest) -> Vec<Value> {
    let rows = pull.reviews.iter().enumerate().map(|(index, review)| {
        json!({
            "id": pull.number * 100 + index as u64,
            "user": account(&review.author),
            "state": review.state,
            "body": "",
            "submitted_at": github_time(review.submitted),
            "author_association": "MEMBER",
        })
    });
    rows.collect()
}

pub(super) fn issues(repository: &CodeRepository, state: Option<&str>) -> Vec<Value> {
    let open = (0..repository.open_issues).map(|_| "open");
    let closed = (0..repository.closed_issues).map(|_| "closed");
    let wanted =
        open.chain(closed).filter(|it| state == Some("all") || *it == state.unwrap_or("open"));
    let date = github_time(repository.pushed());
    let rows = wanted.enumerate().map(|(index, state)| {
        let closed = (state == "closed").then_some(&date);
        json!({
            "number": 10_000 + index, "state": state, "title": "A question", "comments": 2,
            "created_at": date, "updated_at": date, "closed_at": closed, "user": account("visitor"),
        })
    });
    rows.collect()
}

pub(super) fn releases(repository: &CodeRepository) -> Vec<Value> {
    let newest_first = repository.releases.iter().rev().map(|(tag, published)| {
        let date = github_time(*published);
        json!({
            "tag_name": tag, "name": tag, "draft": false, "prerelease": false,
            "created_at": date, "published_at": date,
        })
    });
    newest_first.collect()
}

pub(super) fn file(path: &str, content: &Content) -> Value {
    let bytes = content.document().unwrap_or_default();
    json!({
        "name": path.rsplit('/').next(),
        "path": path,
        "type": "file",
        "sha": content.git_sha1(),
        "size": content.size_bytes(),
        "encoding": "base64",
        "content": STANDARD.encode(bytes),
        "download_url": null,
    })
}

/// The entries directly in a folder; the root is the empty path.
pub(super) fn folder(repository: &CodeRepository, folder: &str) -> Vec<Value> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let below = repository
        .files
        .iter()
        .filter_map(|(path, content)| Some((path.strip_prefix(&prefix)?, content)));
    let mut folders = BTreeSet::new();
    let mut entries = Vec::new();
    for (name, content) in below {
        let kind = if name.contains('/') { "dir" } else { "file" };
        let name = name.split('/').next().unwrap_or(name);
        if kind == "dir" && !folders.insert(name) {
            continue;
        }
        let size = if kind == "dir" { 0 } else { content.size_bytes() };
        let path = format!("{prefix}{name}");
        entries.push(json!({ "name": name, "path": path, "type": kind, "size": size, "sha": content.git_sha1() }));
    }
    entries
}

pub(super) fn tree(repository: &CodeRepository, recursive: bool) -> Value {
    let mut folders = BTreeSet::new();
    let mut entries = Vec::new();
    for (path, content) in &repository.files {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if (recursive || !folder.contains('/')) && folders.insert(folder) {
                let sha = sha1_hex(&format!("{} {folder}", repository.name));
                entries
                    .push(json!({ "path": folder, "mode": "040000", "type": "tree", "sha": sha }));
            }
        }
        if recursive || !path.contains('/') {
            entries.push(json!({
                "path": path, "mode": "100644", "type": "blob",
                "sha": content.git_sha1(), "size": content.size_bytes(),
            }));
        }
    }
    json!({ "sha": repository.head_sha(), "truncated": false, "tree": entries })
}

pub(super) fn account(login: &str) -> Value {
    let digits = &sha1_hex(login)[..6];
    json!({
        "login": login,
        "id": u64::from_str_radix(digits, 16).unwrap_or(1),
        "type": if is_bot(login) { "Bot" } else { "User" },
    })
}

pub(super) fn email(login: &str) -> String {
    format!("{login}@users.noreply.example")
}
