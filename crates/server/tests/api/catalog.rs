//! Browsing the catalogue.

use crate::support::{TestRegistry, repository_saying};
use serde_json::{Value, json};

/// Two models, and code that upstream does not have.
async fn filled() -> TestRegistry {
    let registry = TestRegistry::start().await;
    let card = "license: apache-2.0\npipeline_tag: fill-mask\nlibrary_name: transformers";
    registry.model(repository_saying(card, "willow/otter")).await;
    registry.model(repository_saying("license: mit", "willow/beaver")).await;
    registry.register("code", "https://github.com/willow/lodge").await;
    registry
}

async fn names(registry: &TestRegistry, query: &str) -> Vec<String> {
    let answer = registry.get(&format!("/catalog?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {answer:?}");
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_item_shows_what_a_list_needs() {
    let registry = filled().await;
    let page = registry.get("/catalog?type=model&q=otter").await.json();
    let [item] = page["items"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!(item["license"], "Apache-2.0");
    assert_eq!((&item["task"], &item["library"]), (&json!("fill-mask"), &json!("transformers")));
    assert_eq!((&item["status"], &item["type"]), (&json!("ready"), &json!("model")));
    let id = item["id"].as_str().unwrap();
    let rating = registry.get(&format!("/artifact/model/{id}/rate")).await.json();
    assert_eq!(item["net_score"], rating["net_score"]);
    for metric in ["license", "bus_factor", "tree_score", "reviewedness"] {
        assert_eq!(item["scores"][metric], rating[metric], "{metric}");
    }
    let files = registry.get(&format!("/artifact/model/{id}/files")).await.json();
    let sizes = files["files"].as_array().unwrap().iter().map(|file| file["size_bytes"].as_u64());
    assert_eq!(item["size_bytes"].as_u64(), sizes.sum());
    assert_eq!(&registry.get(&format!("/catalog/model/{id}")).await.json(), item);
    assert_eq!(registry.get(&format!("/catalog/code/{id}")).await.status, 404);
}

#[tokio::test]
async fn conditions_words_and_expressions_narrow_the_catalogue() {
    let registry = filled().await;
    for (query, expected) in [
        ("", vec!["otter", "beaver", "lodge"]),
        ("sort=name", vec!["beaver", "lodge", "otter"]),
        ("type=model&sort=-created", vec!["beaver", "otter"]),
        ("license=MIT", vec!["beaver"]),
        ("license=MIT,Apache-2.0&task=fill-mask", vec!["otter"]),
        ("q=dams+beaver", vec!["otter", "beaver"]),
        ("regex=^ott", vec!["otter"]),
        ("score=license:1..", vec!["otter", "beaver"]),
        ("score=net_score:..0.001", vec![]),
        ("size=1..", vec!["otter", "beaver"]),
    ] {
        assert_eq!(names(&registry, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_by_their_cursors() {
    let registry = filled().await;
    let mut cursor = String::new();
    let mut found = Vec::new();
    loop {
        let page =
            registry.get(&format!("/catalog?sort=-name&limit=1&cursor={cursor}")).await.json();
        found.push(page["items"][0]["name"].as_str().unwrap().to_owned());
        match &page["next_cursor"] {
            Value::String(next) => cursor = next.clone(),
            _ => break,
        }
    }
    assert_eq!(found, ["otter", "lodge", "beaver"]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_a_bad_request() {
    let registry = TestRegistry::start().await;
    for query in [
        "regex=(",
        "q=a&regex=b",
        "type=models",
        "status=done",
        "size=1",
        "size=a..b",
        "score=license",
        "score=charm:0..1",
        "score=license:x..",
        "sort=age",
        "limit=0",
    ] {
        let answer = registry.get(&format!("/catalog?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[tokio::test]
async fn the_summary_counts_types_scores_and_labels() {
    let registry = filled().await;
    let summary = registry.get("/catalog/summary").await.json();
    assert_eq!(summary["types"][0]["type"], "model");
    assert_eq!(summary["types"][0]["ready"], 2);
    let bins = summary["net_scores"].as_array().unwrap();
    assert_eq!((bins.len(), bins.iter().filter_map(Value::as_u64).sum::<u64>()), (20, 2));
    assert_eq!(summary["tasks"], json!([{ "value": "fill-mask", "count": 1 }]));
}
