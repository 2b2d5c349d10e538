//! Pinned revisions and their files.

use crate::support::{TestRegistry, weights};

#[tokio::test]
async fn the_current_revision_is_listed_with_its_size_and_score() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let revisions = registry.get(&format!("/artifact/model/{id}/revisions")).await;
    assert_eq!(revisions.status, 200);
    let revisions = revisions.json();
    assert_eq!(revisions.as_array().unwrap().len(), 1, "{revisions}");
    let current = &revisions[0];
    assert_eq!((&current["current"], &current["state"]), (&true.into(), &"published".into()));
    assert_eq!(current["commit"].as_str().map(str::len), Some(40));
    assert!(current["current_since"].is_string() && current["net_score"].is_number());
    assert_eq!(current["size_bytes"], current["stored_bytes"]);
}

#[tokio::test]
async fn files_are_listed_with_addresses_that_give_their_bytes() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let files = registry.get(&format!("/artifact/model/{id}/files")).await.json();
    let paths: Vec<_> = files["files"].as_array().unwrap().iter().map(|f| &f["path"]).collect();
    assert!(paths.is_sorted_by_key(|path| path.as_str().unwrap()), "{paths:?}");
    let listed = files["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|file| file["path"] == "weights.safetensors")
        .unwrap();
    assert_eq!((&listed["size_bytes"], &listed["holding"]), (&1000.into(), &"stored".into()));
    let url = listed["download_url"].as_str().unwrap();
    let bytes = registry.get(url.strip_prefix(&registry.base).unwrap()).await;
    assert_eq!(bytes.body, weights());
}

#[tokio::test]
async fn an_older_revision_is_read_by_its_commit() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let revisions = registry.get(&format!("/artifact/model/{id}/revisions")).await.json();
    let commit = revisions[0]["commit"].as_str().unwrap();
    let pinned = registry.get(&format!("/artifacts/model/{id}?revision={commit}")).await;
    assert_eq!((pinned.status, &pinned.json()["revision"]), (200, &commit.into()));
    for path in ["artifact/model/ID/files", "artifact/model/ID/cost", "artifacts/model/ID/download"]
    {
        let path = format!("/{}?revision={commit}", path.replace("ID", &id));
        assert_eq!(registry.get(&path).await.status, 200, "{path}");
    }
}
