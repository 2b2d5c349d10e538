//! What a person does with a registry, from the first model to the last download.

use crate::support::{Running, data_folder};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};
use touchstone_stand_in::{Repository, StandIn, safetensors};

const CARD: &str = "---\nlicense: mit\npipeline_tag: text-classification\nbase_model: willow/base\n\
                    ---\n# Leaf\n\nA classifier of leaves.\n";

fn family() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(
        Repository::model("willow/base")
            .card("---\nlicense: apache-2.0\n---\n# Base\n\nThe root of the family.\n")
            .file("config.json", r#"{"model_type":"bert"}"#)
            .file("model.safetensors", safetensors(&[("weight", &[64, 64])], 1)),
    );
    upstream.add(
        Repository::model("willow/leaf")
            .card(CARD)
            .file("config.json", r#"{"_name_or_path":"willow/base"}"#)
            .file("model.safetensors", safetensors(&[("weight", &[32, 32])], 2)),
    );
    upstream
}

async fn both(registry: &Running) -> (String, String) {
    let base = registry.register("model", "https://huggingface.co/willow/base").await;
    let leaf = registry.register("model", "https://huggingface.co/willow/leaf/tree/main").await;
    for id in [&base, &leaf] {
        let ingest = registry.ingested("model", id).await;
        assert_eq!(ingest["state"], json!("done"), "{ingest}");
    }
    (base, leaf)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_model_is_rated_found_and_traced() {
    let (upstream, data) = (family(), data_folder());
    let registry = Running::start(&upstream, data.path());
    let (base, leaf) = both(&registry).await;

    let rating = registry.get(&format!("/artifact/model/{leaf}/rate")).await;
    assert_eq!(rating["name"], "leaf");
    assert_eq!(rating["license"], json!(1.0));
    assert!(rating["net_score"].as_f64().unwrap() > 0.0);

    let body = json!({ "regex": "classifier of l[aeiou]+ves" });
    let found = registry.send(Method::POST, "/artifact/byRegEx", Some(body)).await;
    let found: Value = found.json().await.unwrap();
    assert_eq!(found[0]["id"], json!(leaf));

    for id in [&base, &leaf] {
        let graph = registry.get(&format!("/artifact/model/{id}/lineage")).await;
        let edge = &graph["edges"][0];
        assert_eq!(edge["from_node_artifact_id"], json!(base), "the same from every member");
        assert_eq!(edge["to_node_artifact_id"], json!(leaf));
    }

    let cost = registry.get(&format!("/artifact/model/{leaf}/cost?dependency=true")).await;
    assert!(cost[&base]["total_cost"].is_number(), "{cost}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_holds_every_file_and_is_the_same_each_time() {
    let (upstream, data) = (family(), data_folder());
    let registry = Running::start(&upstream, data.path());
    let (_, leaf) = both(&registry).await;

    let address = format!("/artifact/model/{leaf}/download");
    let bundle = registry.bytes(&address).await;
    assert!(bundle == registry.bytes(&address).await);
    let mut archive = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut card = String::new();
    archive.by_name("README.md").unwrap().read_to_string(&mut card).unwrap();
    assert_eq!(card, CARD);
    assert_eq!(archive.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_registered_is_there_after_a_restart() {
    let (upstream, data) = (family(), data_folder());
    let registry = Running::start(&upstream, data.path());
    let (_, leaf) = both(&registry).await;
    let before = registry.get(&format!("/artifact/model/{leaf}/rate/evidence")).await;
    assert!(registry.stop().success());

    let registry = Running::start(&upstream, data.path());
    let after = registry.get(&format!("/artifact/model/{leaf}/rate/evidence")).await;
    assert_eq!(before["rating"], after["rating"]);
    assert_eq!(before["commit"], after["commit"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_does_not_exist_upstream_fails_with_its_reason() {
    let (upstream, data) = (StandIn::start(), data_folder());
    let registry = Running::start(&upstream, data.path());

    let id = registry.register("model", "https://huggingface.co/nobody/nothing").await;
    let ingest = registry.ingested("model", &id).await;
    assert_eq!(ingest["state"], json!("failed"));
    let answer = registry.send(Method::GET, &format!("/artifact/model/{id}/rate"), None).await;
    assert_eq!(answer.status(), StatusCode::FAILED_DEPENDENCY);
    let problem: Value = answer.json().await.unwrap();
    assert!(problem["detail"].as_str().unwrap().contains("nobody/nothing"), "{problem}");
}
