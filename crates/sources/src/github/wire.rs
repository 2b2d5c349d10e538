//! GitHub's JSON of the REST interface, read leniently.

use base64::Engine as _;
use serde_json::Value;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{Document, License, RepositoryFile, RepositoryInfo, RepositoryTree};

pub(super) fn info(described: &Value) -> Option<RepositoryInfo> {
    Some(RepositoryInfo {
        full_name: text(&described["full_name"])?,
        default_branch: text(&described["default_branch"]).unwrap_or_else(|| "HEAD".to_owned()),
        description: text(&described["description"]),
        fork: described["fork"].as_bool().unwrap_or_default(),
        archived: described["archived"].as_bool().unwrap_or_default(),
        stars: count(&described["stargazers_count"]),
        forks: count(&described["forks_count"]),
        open_issues: count(&described["open_issues_count"]),
        size_bytes: count(&described["size"]).saturating_mul(1024),
        license_spdx: spdx(&described["license"]["spdx_id"]),
        pushed_at: time(&described["pushed_at"]),
        owned_by_organisation: described["owner"]["type"] == "Organization",
        releases: None,
        closed_issues: None,
    })
}

pub(super) fn tree(listing: &Value) -> RepositoryTree {
    let blobs = list(&listing["tree"]).filter(|entry| entry["type"] == "blob");
    let files = blobs.filter_map(|entry| {
        Some(RepositoryFile {
            path: text(&entry["path"])?,
            size_bytes: entry["size"].as_u64(),
            sha256: None,
            git_sha1: text(&entry["sha"]),
        })
    });
    RepositoryTree {
        commit: text(&listing["sha"]).unwrap_or_default(),
        truncated: listing["truncated"].as_bool().unwrap_or_default(),
        files: files.collect(),
    }
}

/// The repository that pull requests came to, as the newest of them describes it.
pub(super) fn repository_of_pulls(pulls: &Value) -> Option<RepositoryInfo> {
    info(&pulls.get(0)?["base"]["repo"])
}

pub(super) fn license(said: &Value) -> Option<License> {
    let path = text(&said["path"])?;
    let content: String = text(&said["content"])?.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(content).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let file = Some(Document { path, text });
    Some(License { spdx: spdx(&said["license"]["spdx_id"]), file })
}

/// What GitHub calls `NOASSERTION` is a licence that it did not recognise.
pub(super) fn spdx(value: &Value) -> Option<String> {
    text(value).filter(|id| id != "NOASSERTION" && !id.is_empty())
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(super) fn time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

pub(super) fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
