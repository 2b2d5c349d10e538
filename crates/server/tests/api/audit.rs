//! Who did what.

use crate::support::TestRegistry;

#[tokio::test]
async fn the_trail_tells_what_was_done_in_order_under_both_paths() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    registry.get(&format!("/artifact/model/{id}/rate")).await;
    registry.get(&format!("/artifacts/model/{id}/download")).await;
    registry.get(&format!("/artifact/model/{id}/audit")).await;
    let trail = registry.get(&format!("/artifacts/model/{id}/audit")).await;
    assert_eq!(trail.status, 200);
    let trail = trail.json();
    let mut actions: Vec<_> =
        trail.as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    actions.dedup();
    let expected = ["CREATE", "UPDATE", "RATE", "DOWNLOAD", "AUDIT"];
    let mut left = expected.iter().filter(|action| actions.contains(action));
    assert!(actions.iter().all(|action| expected.contains(action)), "{actions:?}");
    assert_eq!((actions.first(), left.next_back()), (Some(&"CREATE"), Some(&"AUDIT")));
    for action in ["RATE", "DOWNLOAD"] {
        assert!(actions.contains(&action), "{actions:?}");
    }
    assert_eq!(trail[0]["user"]["name"], "anonymous@127.0.0.1");
    assert_eq!(trail[0]["artifact"]["id"], id.as_str());
}
