//! The JSON about one repository.

use super::repository::{is_large, pointer_text};
use super::shelf::Snapshot;
use super::{Call, Found, Kind, hub_time};
use crate::content::{Content, sha256_hex};
use crate::reply;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A safetensors header longer than this is not looked into.
const LARGEST_HEADER_BYTES: u64 = 1 << 20;

pub(super) fn one(call: &Call<'_>, found: &Found) -> Response {
    let body = describe(found, call.is_set("blobs"), call.is_set("securityStatus"));
    let entity_tag = sha256_hex(&body.to_string());
    let mut response = if reply::already_has(call.headers, &entity_tag) {
        reply::empty(StatusCode::NOT_MODIFIED)
    } else {
        reply::json(StatusCode::OK, &body)
    };
    reply::put(&mut response, "etag", &format!("\"{entity_tag}\""));
    reply::put(&mut response, "x-repo-commit", &found.sha);
    response
}

/// Everything the Hub says about a repository, a superset of what any `expand` asks for.
pub(super) fn describe(snapshot: &Snapshot, with_blobs: bool, with_security: bool) -> Value {
    let mut body = common(snapshot);
    let siblings = snapshot.files.iter().map(|(path, content)| sibling(path, content, with_blobs));
    body.insert("siblings".into(), siblings.collect());
    if with_security {
        let status = json!({ "scansDone": true, "filesWithIssues": [] });
        body.insert("securityRepoStatus".into(), status);
    }
    match snapshot.kind {
        Kind::Model => body.extend(of_model(snapshot)),
        Kind::Dataset => {
            body.insert("description".into(), json!(snapshot.card.text_of("pretty_name")));
        }
    }
    Value::Object(body)
}

fn common(snapshot: &Snapshot) -> Map<String, Value> {
    let mut tags = snapshot.card.tags();
    tags.extend(snapshot.tags.iter().cloned());
    tags.push("region:us".to_owned());
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    let used: u64 = snapshot.files.values().map(Content::size_bytes).sum();
    let body = json!({
        "_id": object_id(&snapshot.id),
        "id": snapshot.id,
        "author": snapshot.owner(),
        "sha": snapshot.sha,
        "private": snapshot.private,
        "gated": if snapshot.gated { json!("manual") } else { json!(false) },
        "disabled": snapshot.disabled,
        "downloads": snapshot.downloads,
        "downloadsAllTime": snapshot.downloads * 12,
        "likes": snapshot.likes,
        "trendingScore": 0,
        "createdAt": hub_time(snapshot.created),
        "lastModified": hub_time(snapshot.modified()),
        "tags": tags,
        "usedStorage": used,
        "cardData": snapshot.card.fields,
    });
    match body {
        Value::Object(mut fields) => {
            fields.retain(|_, value| !value.is_null());
            fields
        }
        _ => Map::new(),
    }
}

fn of_model(snapshot: &Snapshot) -> Map<String, Value> {
    let card = &snapshot.card;
    let relation = card.text_of("base_model_relation").unwrap_or("finetune");
    let bases: Vec<Value> =
        card.list_of("base_model").iter().map(|id| json!({ "id": id })).collect();
    let base_models = (!bases.is_empty()).then(|| json!({ "relation": relation, "models": bases }));
    let fields = [
        ("modelId", Some(json!(snapshot.id))),
        ("pipeline_tag", card.text_of("pipeline_tag").map(|tag| json!(tag))),
        ("library_name", card.text_of("library_name").map(|name| json!(name))),
        ("model-index", card.model_index.clone()),
        ("config", configuration(snapshot)),
        ("safetensors", parameters(snapshot)),
        ("baseModels", base_models),
        ("spaces", Some(json!([]))),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn sibling(path: &str, content: &Content, with_blobs: bool) -> Value {
    if !with_blobs {
        return json!({ "rfilename": path });
    }
    let size = content.size_bytes();
    if !is_large(path, content) {
        return json!({ "rfilename": path, "size": size, "blobId": content.git_sha1() });
    }
    let pointer = Content::bytes(pointer_text(content));
    let lfs =
        json!({ "sha256": content.sha256(), "size": size, "pointerSize": pointer.size_bytes() });
    json!({ "rfilename": path, "size": size, "blobId": pointer.git_sha1(), "lfs": lfs })
}

/// The two keys of `config.json` that the Hub repeats.
fn configuration(snapshot: &Snapshot) -> Option<Value> {
    let text = snapshot.files.get("config.json")?.document()?;
    let config: Map<String, Value> = serde_json::from_slice(&text).ok()?;
    let kept = ["architectures", "model_type"];
    Some(config.into_iter().filter(|(key, _)| kept.contains(&key.as_str())).collect())
}

/// Numbers of parameters by their type, read from the headers of the safetensors files.
fn parameters(snapshot: &Snapshot) -> Option<Value> {
    let mut by_type = Map::new();
    let mut total = 0;
    let weights = snapshot.files.iter().filter(|(path, _)| path.ends_with(".safetensors"));
    for tensor in weights.flat_map(|(_, content)| tensors(content)) {
        let (Some(kind), Some(shape)) = (tensor["dtype"].as_str(), tensor["shape"].as_array())
        else {
            continue;
        };
        let count: u64 = shape.iter().filter_map(Value::as_u64).product();
        let known = by_type.get(kind).and_then(Value::as_u64).unwrap_or(0);
        by_type.insert(kind.to_owned(), json!(known + count));
        total += count;
    }
    (total > 0).then(|| json!({ "parameters": by_type, "total": total }))
}

fn tensors(content: &Content) -> Vec<Value> {
    let start = content.beginning(8);
    let Ok(length) = <[u8; 8]>::try_from(start.as_slice()).map(u64::from_le_bytes) else {
        return Vec::new();
    };
    if length > LARGEST_HEADER_BYTES {
        return Vec::new();
    }
    let header = content.beginning(8 + length);
    let tensors = header.get(8..).and_then(|json| serde_json::from_slice(json).ok());
    let tensors: Map<String, Value> = tensors.unwrap_or_default();
    tensors.into_iter().filter(|(name, _)| name != "__metadata__").map(|(_, it)| it).collect()
}

/// Twenty-four hex digits that stay with a name.
pub(super) fn object_id(name: &str) -> String {
    sha256_hex(name)[..24].to_owned()
}
