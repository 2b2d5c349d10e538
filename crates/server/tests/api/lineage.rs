//! The graph of everything connected to a model.

use crate::support::{TestRegistry, repository_saying, small_repository};
use serde_json::{Value, json};
use touchstone_stand_in::{Kind, Repository};

#[tokio::test]
async fn every_member_of_a_family_gets_the_same_graph() {
    let registry = TestRegistry::start().await;
    let child = registry.model(repository_saying("base_model: willow/base", "willow/child")).await;
    let base = registry.model(small_repository("willow/base")).await;
    let graph = registry.get(&format!("/artifact/model/{child}/lineage")).await;
    assert_eq!(graph.status, 200);
    let graph = graph.json();
    assert_eq!(registry.get(&format!("/artifact/model/{base}/lineage")).await.json(), graph);
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 2, "{graph}");
    let edge = &graph["edges"][0];
    assert_eq!(edge["from_node_artifact_id"], base.as_str());
    assert_eq!(edge["to_node_artifact_id"], child.as_str());
    assert_eq!(edge["relationship"], "base_model");
}

#[tokio::test]
async fn what_a_card_names_beyond_registered_models_is_there_when_asked_for() {
    let registry = TestRegistry::start().await;
    let card = "base_model: willow/unknown\ndatasets:\n- rajpurkar/squad";
    registry.upstream.add(Repository::dataset("rajpurkar/squad").card("# Squad"));
    let id = registry.model(repository_saying(card, "willow/child")).await;
    let nodes = async |include: &str| {
        let graph = registry.get(&format!("/artifact/model/{id}/lineage{include}")).await.json();
        graph["nodes"].as_array().unwrap().len()
    };
    assert_eq!(nodes("").await, 1);
    assert_eq!(nodes("?include=external").await, 2);
    assert_eq!(nodes("?include=external,datasets").await, 3);
    assert_eq!(nodes("?include=external&include=datasets").await, 3);
}

#[tokio::test]
async fn each_edge_says_how_it_is_known_and_what_speaks_against_it() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(small_repository("willow/other-7b"));
    let adapter = r#"{"base_model_name_or_path": "willow/other-7b"}"#;
    let config = r#"{"_name_or_path": "./checkpoint-500"}"#;
    let repository =
        repository_saying("base_model: willow/base\nbase_model_relation: finetune", "willow/child")
            .file("adapter_config.json", adapter)
            .file("config.json", config);
    let id = registry.model(repository).await;
    let graph =
        registry.get(&format!("/artifact/model/{id}/lineage?include=external")).await.json();
    let edges = graph["edges"].as_array().unwrap();
    assert_eq!(edges.len(), 2, "{graph}");
    let stated_in = |place: &str| {
        let is_there =
            |edge: &&Value| edge["stated_in"].as_array().unwrap().contains(&json!(place));
        edges.iter().find(is_there).unwrap()
    };
    let (by_card, by_adapter) = (stated_in("card"), stated_in("adapter_config"));
    assert_eq!(by_card["statements"][0], json!({ "stated_in": "card", "relation": "finetune" }));
    assert_eq!(by_adapter["relation"], "adapter");
    assert_eq!(
        by_card["disputes"],
        json!(["adapter_config.json names huggingface.co/willow/other-7b instead."])
    );
    assert_eq!(by_adapter["disputes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn models_that_name_each_other_or_themselves_have_a_graph() {
    let registry = TestRegistry::start().await;
    let one = "base_model:\n- willow/two\n- willow/one";
    let one = registry.model(repository_saying(one, "willow/one")).await;
    let two = registry.model(repository_saying("base_model: willow/one", "willow/two")).await;
    let graph = registry.get(&format!("/artifact/model/{one}/lineage")).await.json();
    assert_eq!(registry.get(&format!("/artifact/model/{two}/lineage")).await.json(), graph);
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 2, "{graph}");
    assert_eq!(graph["edges"].as_array().unwrap().len(), 2, "{graph}");
}

#[tokio::test]
async fn a_parent_that_was_renamed_is_the_same_parent() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(small_repository("willow/old"));
    registry.upstream.rename(Kind::Model, "willow/old", "willow/new");
    let base = registry.register("model", "https://huggingface.co/willow/new").await;
    assert_eq!(registry.get(&format!("/artifacts/model/{base}")).await.status, 200);
    let card = "base_model:\n- willow/old\n- willow/new";
    let child = registry.model(repository_saying(card, "willow/child")).await;
    let graph =
        registry.get(&format!("/artifact/model/{child}/lineage?include=external")).await.json();
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 2, "{graph}");
    let edges = graph["edges"].as_array().unwrap();
    assert_eq!((edges.len(), &edges[0]["from_node_artifact_id"]), (1, &json!(base)), "{graph}");
}

#[tokio::test]
async fn a_name_that_upstream_does_not_have_is_an_edge_only_where_somebody_wrote_it_down() {
    let registry = TestRegistry::start().await;
    let config = r#"{"_name_or_path": "willow/somewhere-7b"}"#;
    let repository =
        repository_saying("base_model: willow/gone", "willow/child").file("config.json", config);
    let id = registry.model(repository).await;
    let graph =
        registry.get(&format!("/artifact/model/{id}/lineage?include=external")).await.json();
    let names: Vec<_> =
        graph["nodes"].as_array().unwrap().iter().map(|node| &node["name"]).collect();
    assert!(names.contains(&&json!("gone")), "{graph}");
    assert_eq!(names.len(), 2, "{graph}");
}
