//! What artifacts cost to download.

use crate::support::{TestRegistry, repository_saying, small_repository, weights};
use touchstone_stand_in::Repository;

fn with_data(repository: Repository, megabytes: usize) -> Repository {
    repository.file("data.bin", weights().repeat(1000 * megabytes))
}

#[tokio::test]
async fn a_cost_is_in_megabytes_with_one_decimal() {
    let registry = TestRegistry::start().await;
    let id = registry.model(with_data(small_repository("willow/large"), 2)).await;
    let cost = registry.get(&format!("/artifact/model/{id}/cost")).await;
    assert_eq!(cost.status, 200);
    let total = cost.json()[&id]["total_cost"].as_f64();
    assert_eq!(total, Some(2.0));
    assert!(cost.json()[&id].get("standalone_cost").is_none());
}

#[tokio::test]
async fn dependencies_are_listed_and_counted_once() {
    let registry = TestRegistry::start().await;
    let base = registry.model(with_data(small_repository("willow/base"), 3)).await;
    let child = repository_saying("base_model: willow/base", "willow/child");
    let child = registry.model(with_data(child, 1)).await;
    let costs = registry.get(&format!("/artifact/model/{child}/cost?dependency=true")).await.json();
    assert_eq!(costs[&child]["standalone_cost"].as_f64(), Some(1.0), "{costs}");
    assert_eq!(costs[&child]["total_cost"].as_f64(), Some(4.0), "{costs}");
    assert_eq!(costs[&base]["standalone_cost"].as_f64(), Some(3.0), "{costs}");
}
