//! Models that may have been uploaded to be taken for others.

use crate::support::TestRegistry;

#[tokio::test]
async fn an_honest_registry_has_no_suspects() {
    let registry = TestRegistry::start().await;
    registry.small_model().await;
    let answer = registry.send(registry.request("POST", "/artifacts/PackageConfusionAudit")).await;
    assert_eq!((answer.status, answer.text()), (200, "{\"suspected\":[]}"));
}
