//! The graph of everything connected to a model.

use crate::support::{TestRegistry, repository_saying, small_repository};
use touchstone_stand_in::Repository;

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
