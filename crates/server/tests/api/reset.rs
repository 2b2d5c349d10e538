//! Emptying the registry.

use crate::support::TestRegistry;

#[tokio::test]
async fn a_registry_of_this_machine_alone_can_be_emptied() {
    let registry = TestRegistry::start().await;
    registry.register("code", "https://github.com/willow/code").await;
    assert_eq!(registry.delete("/reset").await.status, 200);
    assert_eq!(registry.get("/artifacts/code").await.text(), "[]");
}
