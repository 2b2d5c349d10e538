//! Whether a model may be used in a product.

use crate::support::{TestRegistry, product};
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
