//! Finding artifacts by name and by regular expression.

use crate::support::{TestRegistry, small_repository};
use serde_json::json;

#[tokio::test]
async fn a_name_finds_every_artifact_that_has_it_whatever_the_letter_case() {
    let registry = TestRegistry::start().await;
    registry.register("code", "https://github.com/openai/whisper").await;
    registry.register("code", "https://github.com/willow/Whisper").await;
    let found = registry.get("/artifact/byName/WHISPER").await.json();
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    assert_eq!(registry.get("/artifact/byName/whispe").await.status, 404);
}

#[tokio::test]
async fn a_name_may_hold_what_a_path_escapes() {
    let registry = TestRegistry::start().await;
    let body = json!({ "url": "https://github.com/willow/code", "name": "a/b c?é" });
    assert_eq!(registry.post("/artifact/code", &body).await.status, 201);
    assert_eq!(registry.get("/artifact/byName/a%2Fb%20c%3F%C3%A9").await.status, 200);
}

#[tokio::test]
async fn an_expression_is_searched_in_names_and_readmes() {
    let registry = TestRegistry::start().await;
    registry.model(small_repository("willow/tiny")).await;
    for regex in ["TIN", "^tiny$", "beavers? and", "(dam|ham)s"] {
        let found = registry.post("/artifact/byRegEx", &json!({ "regex": regex })).await;
        assert_eq!((found.status, &found.json()[0]["name"]), (200, &json!("tiny")), "{regex}");
    }
    let nothing = registry.post("/artifact/byRegEx", &json!({ "regex": "walrus" })).await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn an_expression_that_cannot_be_is_a_bad_request() {
    let registry = TestRegistry::start().await;
    for regex in ["", "(", "[z-a]", "a{100000}", "(?P<n>", &"x".repeat(100_000)] {
        let answer = registry.post("/artifact/byRegEx", &json!({ "regex": regex })).await;
        assert_eq!(answer.status, 400, "{regex:.20}");
    }
    assert_eq!(registry.post("/artifact/byRegEx", &json!({ "regexp": "a" })).await.status, 400);
}
