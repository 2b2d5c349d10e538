//! Scores and their evidence.

use crate::support::TestRegistry;

#[tokio::test]
async fn every_score_is_in_its_range_and_every_latency_is_measured_seconds() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let rating = registry.get(&format!("/artifact/model/{id}/rate")).await;
    assert_eq!(rating.status, 200);
    let rating = rating.json();
    for (name, value) in rating.as_object().unwrap() {
        match (name.as_str(), value.as_f64()) {
            ("name", _) => assert_eq!(value, "tiny"),
            ("category" | "size_score", _) => {}
            ("reviewedness", score) => assert_eq!(score, Some(-1.0)),
            (name, Some(seconds)) if name.ends_with("_latency") => {
                assert!((0.0..60.0).contains(&seconds), "{name} {seconds}");
            }
            (name, score) => assert!((0.0..=1.0).contains(&score.unwrap()), "{name} {value}"),
        }
    }
    assert!(rating["net_score_latency"].as_f64().unwrap() > 0.0);
}

#[tokio::test]
async fn the_evidence_is_of_the_same_scores() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let rating = registry.get(&format!("/artifact/model/{id}/rate")).await.json();
    let explained = registry.get(&format!("/artifact/model/{id}/rate/evidence")).await;
    assert_eq!(explained.status, 200);
    let explained = explained.json();
    assert_eq!(explained["artifact"]["metadata"]["id"], id.as_str());
    assert_eq!(explained["commit"].as_str().map(str::len), Some(40));
    assert_eq!(explained["rating"]["net_score"], rating["net_score"]);
    let metrics = explained["rating"]["metrics"].as_array().unwrap();
    assert_eq!(metrics.len(), 11);
    for metric in metrics.iter().filter(|metric| metric["metric"] != "size_score") {
        let name = metric["metric"].as_str().unwrap();
        assert_eq!(metric["score"], rating[name], "{name}");
        assert!(!metric["evidence"].as_array().unwrap().is_empty(), "{name} rests on nothing");
    }
}

#[tokio::test]
async fn a_pinned_revision_is_rated_as_it_was_and_an_unknown_one_is_not_found() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let evidence = registry.get(&format!("/artifact/model/{id}/rate/evidence")).await.json();
    let commit = evidence["commit"].as_str().unwrap();
    let path = format!("/artifact/model/{id}/rate?revision=");
    assert_eq!(registry.get(&format!("{path}{commit}")).await.status, 200);
    assert_eq!(registry.get(&format!("{path}{}", "0".repeat(40))).await.status, 404);
}
