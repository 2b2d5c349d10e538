//! File listings.

use super::repository::{is_large, pointer_text};
use super::{Call, Found, Refusal, hub_time, is_true};
use crate::content::{Content, sha1_hex};
use crate::reply;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PAGE_ENTRIES: usize = 1000;
const PAGE_EXPANDED_ENTRIES: usize = 50;

pub(super) fn page(call: &Call<'_>, found: &Found, folder: &str) -> Result<Response, Refusal> {
    let entries = entries(found, folder, call.is_set("recursive"), call.is_set("expand"));
    if entries.is_empty() && !folder.is_empty() {
        return Err(Refusal::EntryNotFound { commit: found.sha.clone() });
    }
    let hub_size = if call.is_set("expand") { PAGE_EXPANDED_ENTRIES } else { PAGE_ENTRIES };
    let size = call.options.tree_page_entries.map_or(hub_size, |entries| entries.max(1));
    let (entries, link) = call.page_of(entries, size);
    let mut response = reply::json(StatusCode::OK, &Value::Array(entries));
    reply::put(&mut response, "x-repo-commit", &found.sha);
    if let Some(link) = link {
        reply::put(&mut response, "link", &link);
    }
    Ok(response)
}

/// The entries for the paths named in the body, as a form or as JSON; unknown ones are left out.
pub(super) fn paths_info(call: &Call<'_>, found: &Found) -> Response {
    let (paths, expand) = named_paths(call);
    let all = entries(found, "", true, expand);
    let named = |entry: &Value| paths.iter().any(|path| entry["path"] == path.as_str());
    reply::json(StatusCode::OK, &all.into_iter().filter(named).collect())
}

fn named_paths(call: &Call<'_>) -> (Vec<String>, bool) {
    let kind = call.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
        let paths = body["paths"].as_array().into_iter().flatten();
        let paths = paths.filter_map(Value::as_str).map(str::to_owned).collect();
        return (paths, body["expand"].as_bool().unwrap_or(false));
    }
    let (mut paths, mut expand) = (Vec::new(), false);
    for (key, value) in url::form_urlencoded::parse(&call.body) {
        match key.as_ref() {
            "paths" => paths.push(value.into_owned()),
            "expand" => expand = is_true(&value),
            _ => {}
        }
    }
    (paths, expand)
}

/// Files and folders under `folder` by path; only its own level unless `recursive`.
fn entries(found: &Found, folder: &str, recursive: bool, expand: bool) -> Vec<Value> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut entries = BTreeMap::new();
    for (path, content) in &found.files {
        let Some(below) = path.strip_prefix(&prefix) else {
            continue;
        };
        for (at, _) in below.match_indices('/') {
            let directory = &path[..prefix.len() + at];
            entries
                .entry(directory.to_owned())
                .or_insert_with(|| directory_entry(found, directory));
            if !recursive {
                break;
            }
        }
        if recursive || !below.contains('/') {
            entries.insert(path.clone(), file_entry(path, content));
        }
    }
    let mut entries: Vec<Value> = entries.into_values().collect();
    if expand {
        for entry in &mut entries {
            expand_entry(found, entry);
        }
    }
    entries
}

fn directory_entry(found: &Found, path: &str) -> Value {
    let oid = sha1_hex(&format!("tree {} {path}", found.sha));
    json!({ "type": "directory", "oid": oid, "size": 0, "path": path })
}

fn file_entry(path: &str, content: &Content) -> Value {
    let size = content.size_bytes();
    if !is_large(path, content) {
        return json!({ "type": "file", "oid": content.git_sha1(), "size": size, "path": path });
    }
    let pointer = Content::bytes(pointer_text(content));
    let lfs = json!({ "oid": content.sha256(), "size": size, "pointerSize": pointer.size_bytes() });
    json!({ "type": "file", "oid": pointer.git_sha1(), "size": size, "path": path, "lfs": lfs })
}

fn expand_entry(found: &Found, entry: &mut Value) {
    let commits = found.commits();
    if let Some(newest) = commits.first() {
        entry["lastCommit"] =
            json!({ "id": found.sha, "title": newest.title, "date": hub_time(newest.date) });
    }
    if entry["type"] == "file" {
        let scan = json!({ "status": "safe" });
        entry["securityFileStatus"] = json!({
            "status": "safe",
            "avScan": scan,
            "pickleImportScan": { "status": "safe", "pickleImports": [], "version": "0.0.0" },
        });
    }
}
