//! How far an ingest is.

use crate::support::{TestRegistry, small_repository};
use touchstone_stand_in::{Fault, Repository};

#[tokio::test]
async fn a_finished_ingest_says_so() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let progress = registry.get(&format!("/artifact/model/{id}/progress")).await;
    assert_eq!(progress.status, 200);
    let progress = progress.json();
    assert_eq!((&progress["state"], &progress["status"]), (&"done".into(), &"ready".into()));
    assert_eq!(progress["artifact_id"], id.as_str());
}

#[tokio::test]
async fn events_end_with_the_ingest() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let request = registry.request("GET", &format!("/artifact/model/{id}/progress"));
    let events = registry.send(request.header("accept", "text/event-stream")).await;
    assert_eq!(events.header("content-type"), Some("text/event-stream"));
    let last = events.text().trim().lines().last().unwrap().strip_prefix("data: ").unwrap();
    let last: serde_json::Value = serde_json::from_str(last).unwrap();
    assert_eq!(last["state"], "done");
}

#[tokio::test]
async fn a_failed_ingest_gives_its_reason_and_can_be_tried_again() {
    let registry = TestRegistry::start().await;
    let id = registry.register("model", "https://huggingface.co/willow/tiny").await;
    assert_eq!(registry.get(&format!("/artifacts/model/{id}")).await.status, 424);
    let path = format!("/artifact/model/{id}");
    let progress = registry.get(&format!("{path}/progress")).await.json();
    assert_eq!(progress["state"], "failed");
    assert!(progress["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{progress}");
    let repository: Repository = small_repository("willow/tiny");
    registry.upstream.add(repository);
    let again = registry.send(registry.request("POST", &format!("{path}/retry"))).await;
    assert_eq!(again.status, 202);
    assert_eq!(registry.get(&format!("/artifacts/model/{id}")).await.status, 200);
    let twice = registry.send(registry.request("POST", &format!("{path}/retry"))).await;
    assert_eq!(twice.status, 400);
}

#[tokio::test]
async fn a_download_of_what_is_under_way_is_accepted_with_where_to_look() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(small_repository("willow/tiny"));
    registry.upstream.fault("*willow/tiny*", Fault::Hang);
    let id = registry.register("model", "https://huggingface.co/willow/tiny").await;
    let later = registry.get(&format!("/artifact/model/{id}/download")).await;
    assert_eq!(later.status, 202);
    assert!(later.header("retry-after").is_some());
    let progress_url = format!("{}/artifact/model/{id}/progress", registry.base);
    assert_eq!(later.json()["progress_url"], progress_url);
}
