//! Scores and their evidence.

use crate::support::{TestRegistry, repository_saying};
use touchstone_domain::Timestamp;
use touchstone_stand_in::Fault;

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

#[tokio::test]
async fn models_are_compared_row_by_row_and_the_differing_ones_say_why() {
    let registry = TestRegistry::start().await;
    let free = registry.model(repository_saying("license: apache-2.0", "willow/free")).await;
    let bound = registry.model(repository_saying("license: cc-by-nc-4.0", "willow/bound")).await;
    let compared = registry.get(&format!("/artifact/model/{free}/rate/compare/{bound}")).await;
    assert_eq!(compared.status, 200, "{compared:?}");
    let compared = compared.json();
    let names: Vec<_> = compared["models"].as_array().unwrap().iter().collect();
    assert_eq!(names[0]["artifact"]["metadata"]["id"], free.as_str());
    assert_eq!(names[1]["artifact"]["metadata"]["id"], bound.as_str());
    for metric in compared["metrics"].as_array().unwrap() {
        let is_license = metric["metric"] == "license";
        assert_eq!(metric["differs"], is_license, "{metric}");
        let differing = metric["criteria"].as_array().unwrap().iter();
        let differing: Vec<_> = differing.filter(|row| row["differs"] == true).collect();
        assert_eq!(!differing.is_empty(), is_license, "{metric}");
        for row in differing {
            let sides = row["sides"].as_array().unwrap();
            assert!(sides[0]["points"].as_f64() > sides[1]["points"].as_f64(), "{row}");
            assert!(sides[1]["evidence"][0]["observation"].is_string(), "{row}");
        }
    }
}

#[tokio::test]
async fn only_two_to_five_registered_models_are_compared() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let compare = async |others: String| {
        registry.get(&format!("/artifact/model/{id}/rate/compare/{others}")).await.status
    };
    assert_eq!(compare(id.clone()).await, 200);
    assert_eq!(compare([id.as_str(); 5].join(",")).await, 400);
    assert_eq!(compare("0".repeat(26)).await, 404);
    assert_eq!(compare("no id!".to_owned()).await, 400);
}

#[tokio::test]
async fn the_evidence_says_whether_it_is_the_last_word_and_the_history_leads_to_it() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let evidence = registry.get(&format!("/artifact/model/{id}/rate/evidence")).await.json();
    assert_eq!((&evidence["state"], &evidence["rating_number"]), (&"final".into(), &1.into()));
    assert!(evidence.get("looked_at_again").is_none());
    let history = registry.get(&format!("/artifact/model/{id}/rate/history")).await;
    assert_eq!(history.status, 200);
    let history = history.json();
    assert_eq!(history["commit"], evidence["commit"]);
    let ratings = history["ratings"].as_array().unwrap();
    assert_eq!(ratings.len(), 1);
    assert_eq!(ratings[0]["net_score"], evidence["rating"]["net_score"]);
    let numbered = format!("/artifact/model/{id}/rate/evidence?rating=");
    assert_eq!(registry.get(&format!("{numbered}1")).await.json(), evidence);
    assert_eq!(registry.get(&format!("{numbered}2")).await.status, 404);
    assert_eq!(registry.get(&format!("{numbered}0")).await.status, 400);
}

#[tokio::test]
async fn a_provisional_rating_says_when_it_is_looked_at_again() {
    let registry = TestRegistry::start().await;
    let limited = Fault::TooManyRequests { retry_after_seconds: 3600 };
    registry.upstream.fault("/api/organizations/*", limited);
    let id = registry.small_model().await;
    let evidence = registry.get(&format!("/artifact/model/{id}/rate/evidence")).await.json();
    assert_eq!(evidence["state"], "provisional");
    let again: Timestamp = evidence["looked_at_again"].as_str().unwrap().parse().unwrap();
    let rated: Timestamp = evidence["rated_at"].as_str().unwrap().parse().unwrap();
    assert!(again > rated);
    assert_eq!(evidence["rating"]["provisional"].as_array().unwrap().len(), 1);
}
