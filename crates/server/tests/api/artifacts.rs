//! Registering, listing, reading, updating and removing.

use crate::support::{TestRegistry, small_repository};
use serde_json::{Value, json};
use touchstone_stand_in::Fault;

const BERT: &str = "https://huggingface.co/google-bert/bert-base-uncased";

#[tokio::test]
async fn a_model_is_accepted_and_a_data_set_is_created() {
    let registry = TestRegistry::start().await;
    let model = registry.post("/artifact/model", &json!({ "url": BERT })).await;
    assert_eq!(model.status, 202);
    let envelope = model.json();
    assert_eq!(envelope["metadata"]["name"], "bert-base-uncased");
    assert_eq!(envelope["metadata"]["type"], "model");
    assert_eq!(envelope["data"]["url"], BERT);
    let address = format!(
        "{}/artifacts/model/{}",
        registry.base,
        envelope["metadata"]["id"].as_str().unwrap()
    );
    assert_eq!(envelope["data"]["download_url"], format!("{address}/download"));
    assert_eq!(model.header("location"), Some(address.as_str()));
    let dataset = json!({ "url": "https://huggingface.co/datasets/rajpurkar/squad", "name": "s" });
    let dataset = registry.post("/artifact/dataset", &dataset).await;
    assert_eq!((dataset.status, &dataset.json()["metadata"]["name"]), (201, &json!("s")));
}

#[tokio::test]
async fn the_same_source_is_a_conflict_that_names_the_artifact() {
    let registry = TestRegistry::start().await;
    let id = registry.register("model", BERT).await;
    for spelling in [format!("{BERT}/tree/main"), format!("{BERT}/"), BERT.replace("https", "http")]
    {
        let again = registry.post("/artifact/model", &json!({ "url": spelling })).await;
        assert_eq!((again.status, again.json()["artifact_id"].as_str()), (409, Some(id.as_str())));
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_refused_with_a_reason() {
    let registry = TestRegistry::start().await;
    for url in [
        "",
        "ftp://huggingface.co/a/b",
        "https://user:secret@huggingface.co/a/b",
        "http://127.0.0.1/a/b",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/x",
        "http://169.254.169.254/latest",
        "https://localhost/x",
    ] {
        let refused = registry.post("/artifact/code", &json!({ "url": url })).await;
        assert_eq!(refused.status, 400, "{url}: {refused:?}");
    }
    assert!(registry.upstream.requests().is_empty());
}

#[tokio::test]
async fn a_ready_model_is_read_and_its_type_must_be_right() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let read = registry.get(&format!("/artifacts/model/{id}")).await;
    assert_eq!((read.status, &read.json()["metadata"]["name"]), (200, &json!("tiny")));
    assert_eq!(registry.get(&format!("/artifacts/dataset/{id}")).await.status, 404);
    assert_eq!(registry.get("/artifacts/model/no-such-id").await.status, 404);
}

#[tokio::test]
async fn a_model_under_way_is_a_time_out_after_the_wait() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(small_repository("willow/tiny"));
    registry.upstream.fault("*willow/tiny*", Fault::Hang);
    let id = registry.register("model", "https://huggingface.co/willow/tiny").await;
    let late = registry.get(&format!("/artifacts/model/{id}?wait=0")).await;
    assert_eq!(late.status, 504);
    assert!(late.header("retry-after").is_some());
    for wait in ["-1", "601", "soon"] {
        assert_eq!(registry.get(&format!("/artifacts/model/{id}?wait={wait}")).await.status, 400);
    }
}

#[tokio::test]
async fn a_model_that_upstream_does_not_have_is_a_failed_dependency_with_its_reason() {
    let registry = TestRegistry::start().await;
    let id = registry.register("model", "https://huggingface.co/willow/gone").await;
    let failed = registry.get(&format!("/artifacts/model/{id}")).await;
    assert_eq!(failed.status, 424);
    assert!(failed.detail().len() > 20, "{}", failed.detail());
}

#[tokio::test]
async fn listing_pages_by_the_offset_header_until_it_is_gone() {
    let registry = TestRegistry::start().await;
    for number in 0..5 {
        registry.register("code", &format!("https://github.com/willow/code-{number}")).await;
    }
    let mut names = Vec::new();
    let mut offset = String::new();
    loop {
        let page = registry.get(&format!("/artifacts/code?limit=2&offset={offset}")).await;
        assert_eq!(page.status, 200);
        names.extend(page.json().as_array().unwrap().iter().map(name_of));
        match page.header("offset") {
            Some(next) => next.clone_into(&mut offset),
            None => break,
        }
    }
    assert_eq!(names, ["code-0", "code-1", "code-2", "code-3", "code-4"]);
    let counted = registry.get("/artifacts/code?offset=3&sort=-name").await.json();
    assert_eq!(
        counted.as_array().unwrap().iter().map(name_of).collect::<Vec<_>>(),
        ["code-1", "code-0"]
    );
}

#[tokio::test]
async fn queries_are_a_union_and_a_star_is_everything() {
    let registry = TestRegistry::start().await;
    registry.register("model", BERT).await;
    registry.register("code", "https://github.com/openai/whisper").await;
    registry.register("dataset", "https://huggingface.co/datasets/rajpurkar/squad").await;
    let names = async |body: Value| -> Vec<String> {
        let page = registry.post("/artifacts", &body).await;
        assert_eq!(page.status, 200, "{page:?}");
        page.json().as_array().unwrap().iter().map(name_of).collect()
    };
    assert_eq!(names(json!([{ "name": "*" }])).await.len(), 3);
    assert_eq!(names(json!([{ "name": "*", "types": ["code"] }])).await, ["whisper"]);
    let union = json!([{ "name": "WHISPER" }, { "name": "squad", "types": [] }, { "name": "x" }]);
    assert_eq!(names(union).await, ["whisper", "squad"]);
}

#[tokio::test]
async fn an_update_must_be_of_the_artifact_that_it_names() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let path = format!("/artifacts/model/{id}");
    let url = "https://huggingface.co/willow/tiny";
    let body = |name: &str, id: &str, kind: &str| json!({ "metadata": { "name": name, "id": id, "type": kind }, "data": { "url": url } });
    assert_eq!(registry.put(&path, &body("tiny", &id, "model")).await.status, 200);
    for wrong in
        [body("other", &id, "model"), body("tiny", "x", "model"), body("tiny", &id, "code")]
    {
        assert_eq!(registry.put(&path, &wrong).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_removed_artifact_is_gone_and_its_source_is_free() {
    let registry = TestRegistry::start().await;
    let id = registry.register("code", "https://github.com/willow/code").await;
    let path = format!("/artifacts/code/{id}");
    assert_eq!(registry.delete(&path).await.status, 200);
    assert_eq!(registry.get(&path).await.status, 404);
    assert_eq!(registry.delete(&path).await.status, 404);
    registry.register("code", "https://github.com/willow/code").await;
}

fn name_of(metadata: &Value) -> String {
    metadata["name"].as_str().unwrap().to_owned()
}
