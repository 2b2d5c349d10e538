//! The Hub's JSON, read leniently: types that vary, keys that are missing.

use serde_json::Value;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{Gated, HubCommit, HubInfo, RepositoryFile};
use touchstone_domain::lineage::Relation;
use url::Url;

/// Tags and the like that are read of one repository.
const MOST_TAGS: usize = 2000;
const MOST_BASE_MODELS: usize = 50;

pub(super) fn info(described: &Value) -> HubInfo {
    HubInfo {
        id: text(&described["id"]).or_else(|| text(&described["modelId"])).unwrap_or_default(),
        created_at: time(&described["createdAt"]),
        last_modified: time(&described["lastModified"]),
        downloads: described["downloads"].as_u64().unwrap_or_default(),
        likes: described["likes"].as_u64().unwrap_or_default(),
        tags: list(&described["tags"]).filter_map(text).take(MOST_TAGS).collect(),
        pipeline_tag: text(&described["pipeline_tag"]),
        library_name: text(&described["library_name"]),
        gated: gated(&described["gated"]),
        card_data: described["cardData"].clone(),
        model_index: described["model-index"].clone(),
        parameters: described["safetensors"]["total"].as_u64(),
        base_models: base_models(&described["baseModels"]),
        unsafe_files: unsafe_files(&described["securityRepoStatus"]),
    }
}

pub(super) fn commit(described: &Value) -> Option<String> {
    let commit = text(&described["sha"])?;
    super::is_commit(&commit).then_some(commit)
}

/// The files, where they are listed.
pub(super) fn siblings(described: &Value) -> Option<Vec<RepositoryFile>> {
    described["siblings"].as_array()?.iter().map(sibling).collect()
}

fn sibling(entry: &Value) -> Option<RepositoryFile> {
    let large = &entry["lfs"];
    Some(RepositoryFile {
        path: text(&entry["rfilename"])?,
        size_bytes: large["size"].as_u64().or_else(|| entry["size"].as_u64()),
        sha256: large["sha256"].as_str().and_then(|digits| digits.parse().ok()),
        git_sha1: text(&entry["blobId"]),
    })
}

pub(super) fn tree(listing: &Value) -> Vec<RepositoryFile> {
    let files = list(listing).filter(|entry| entry["type"] == "file");
    let files = files.filter_map(|entry| {
        let large = &entry["lfs"];
        Some(RepositoryFile {
            path: text(&entry["path"])?,
            size_bytes: large["size"].as_u64().or_else(|| entry["size"].as_u64()),
            sha256: large["oid"].as_str().and_then(|digits| digits.parse().ok()),
            git_sha1: text(&entry["oid"]),
        })
    });
    files.collect()
}

pub(super) fn commits(listing: &Value) -> Vec<HubCommit> {
    let commits = list(listing).filter_map(|entry| {
        Some(HubCommit {
            id: text(&entry["id"])?,
            title: text(&entry["title"]).unwrap_or_default(),
            date: time(&entry["date"]),
            authors: list(&entry["authors"]).filter_map(|author| text(&author["user"])).collect(),
        })
    });
    commits.collect()
}

/// The address of `rel="next"` in a `Link` header (RFC 8288).
pub(super) fn next_page(link: &str) -> Option<Url> {
    link.split(',').find_map(|part| {
        let (address, parameters) = part.trim().strip_prefix('<')?.split_once('>')?;
        let next = parameters
            .split(';')
            .any(|parameter| matches!(parameter.trim(), "rel=\"next\"" | "rel=next"));
        next.then(|| Url::parse(address).ok()).flatten()
    })
}

fn gated(value: &Value) -> Gated {
    match value {
        Value::String(word) if word == "manual" => Gated::Manual,
        Value::Bool(true) | Value::String(_) => Gated::Auto,
        _ => Gated::No,
    }
}

/// `{"models": [{"id": …}], "relation": …}`, or a list of such things.
fn base_models(value: &Value) -> Vec<(Relation, String)> {
    let groups: Vec<&Value> = match value {
        Value::Array(groups) => groups.iter().collect(),
        Value::Object(_) => vec![value],
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for group in groups {
        let relation = relation(group["relation"].as_str());
        let models: Vec<&Value> = match &group["models"] {
            Value::Array(models) => models.iter().collect(),
            _ => vec![group],
        };
        for model in models {
            let name = text(&model["id"]).or_else(|| text(&model["name"]));
            found.extend(name.or_else(|| text(model)).map(|name| (relation, name)));
        }
    }
    found.truncate(MOST_BASE_MODELS);
    found
}

fn relation(word: Option<&str>) -> Relation {
    match word {
        Some("finetune") => Relation::Finetune,
        Some("adapter") => Relation::Adapter,
        Some("quantized") => Relation::Quantized,
        Some("merge") => Relation::Merge,
        _ => Relation::BaseModel,
    }
}

/// Queued and unfinished scans say nothing.
fn unsafe_files(status: &Value) -> Option<u64> {
    status["scansDone"].as_bool().filter(|done| *done)?;
    Some(status["filesWithIssues"].as_array().map_or(0, |files| files.len() as u64))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{info, next_page};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use touchstone_domain::facts::Gated;
    use touchstone_domain::lineage::Relation;

    #[test]
    fn gating_is_told_from_booleans_and_words() {
        let gated = |value: Value| info(&json!({ "gated": value })).gated;
        assert_eq!(gated(json!(false)), Gated::No);
        assert_eq!(gated(json!("manual")), Gated::Manual);
        assert_eq!(gated(json!("auto")), Gated::Auto);
    }

    #[test]
    fn base_models_are_read_with_their_relation() {
        let described =
            json!({ "baseModels": { "relation": "adapter", "models": [{ "id": "a/b" }] } });
        assert_eq!(info(&described).base_models, [(Relation::Adapter, "a/b".to_owned())]);
    }

    #[test]
    fn the_next_page_is_found_among_other_links() {
        let link = "<https://hub/x?cursor=1>; rel=\"prev\", <https://hub/x?cursor=3>; rel=\"next\"";
        assert_eq!(next_page(link).unwrap().as_str(), "https://hub/x?cursor=3");
        assert_eq!(next_page("<https://hub/x>; rel=\"last\""), None);
    }

    proptest! {
        #[test]
        fn no_link_breaks_the_reader(link in "\\PC{0,120}") {
            let _ = next_page(&link);
        }
    }
}
