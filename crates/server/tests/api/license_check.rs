//! Whether a model may be used in a product.

use crate::support::{TestRegistry, product, repository_saying};
use serde_json::json;

const PRODUCT: &str = "https://github.com/willow/product";

#[tokio::test]
async fn the_answer_is_a_bare_truth_value_and_the_reasoning_when_asked_for() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    registry.upstream.add(product());
    let path = format!("/artifact/model/{id}/license-check");
    let body = json!({ "github_url": PRODUCT });
    let short = registry.post(&path, &body).await;
    assert_eq!((short.status, short.text()), (200, "true"));
    let explained = registry.post(&format!("{path}?explain=true&relation=merge,run"), &body).await;
    assert_eq!(explained.status, 200, "{explained:?}");
    let explained = explained.json();
    assert!(explained["compatible"].is_boolean());
    assert_eq!(explained["reasons"].as_array().unwrap().len(), 2, "{explained}");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let path = format!("/artifact/model/{id}/license-check");
    for (body, status) in [
        (json!({}), 400),
        (json!({ "github_url": "https://huggingface.co/willow/tiny" }), 400),
        (json!({ "github_url": "not a url" }), 400),
        (json!({ "github_url": "https://github.com/willow/gone" }), 404),
    ] {
        assert_eq!(registry.post(&path, &body).await.status, status, "{body}");
    }
    let body = json!({ "github_url": PRODUCT });
    assert_eq!(registry.post(&format!("{path}?relation=steal"), &body).await.status, 400);
    let unknown = registry.post("/artifact/model/x/license-check", &body).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn an_ancestor_that_is_registered_later_decides_and_is_named() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(product());
    let child = "license: apache-2.0\nbase_model: willow/between";
    let child = registry.model(repository_saying(child, "willow/child")).await;
    let path = format!("/artifact/model/{child}/license-check");
    let body = json!({ "github_url": PRODUCT });
    assert_eq!(registry.post(&path, &body).await.text(), "true");
    let between = "license: mit\nbase_model: willow/base";
    registry.model(repository_saying(between, "willow/between")).await;
    registry.model(repository_saying("license: cc-by-nc-4.0", "willow/base")).await;
    assert_eq!(registry.post(&path, &body).await.text(), "false");
    let explained = registry.post(&format!("{path}?explain=true"), &body).await.json();
    assert_eq!(explained["subject"], "Apache-2.0");
    let decided_by = &explained["decided_by"];
    assert_eq!(
        (&decided_by["license"], &decided_by["verdict"]),
        (&json!("CC-BY-NC-4.0"), &json!("forbidden"))
    );
    assert_eq!(
        decided_by["member"],
        json!({
            "name": "huggingface.co/willow/base",
            "role": "ancestor",
            "through": ["huggingface.co/willow/between"],
        })
    );
    assert!(decided_by["seen_at"].as_str().unwrap().contains("willow/base"), "{decided_by}");
}

#[tokio::test]
async fn each_relation_has_its_own_answer() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(product());
    let id = registry.model(repository_saying("license: llama2", "willow/tiny")).await;
    let body = json!({ "github_url": PRODUCT });
    for (relation, verdict) in [
        ("run", "unclear"),
        ("ship-beside", "unclear"),
        ("fine-tune", "unclear"),
        ("distill", "forbidden"),
        ("link", "unclear"),
        ("merge", "forbidden"),
    ] {
        let path = format!("/artifact/model/{id}/license-check?explain=true&relation={relation}");
        let answer = registry.post(&path, &body).await.json();
        assert_eq!(answer["verdict"], verdict, "{answer}");
        let reasons = answer["reasons"].as_array().unwrap();
        assert!(reasons.iter().all(|reason| reason["relation"] == relation), "{answer}");
        assert!(reasons[0]["because"].as_str().unwrap().contains("section 1.b"), "{answer}");
    }
}
