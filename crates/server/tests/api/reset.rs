//! Emptying the registry.

use crate::support::TestRegistry;
use std::net::Ipv4Addr;

#[tokio::test]
async fn a_registry_of_this_machine_alone_can_be_emptied() {
    let registry = TestRegistry::start().await;
    registry.register("code", "https://github.com/willow/code").await;
    assert_eq!(registry.delete("/reset").await.status, 200);
    assert_eq!(registry.get("/artifacts/code").await.text(), "[]");
}

#[tokio::test]
async fn one_that_others_reach_is_emptied_only_where_its_operator_allows_it() {
    let open = |allow_reset| {
        TestRegistry::listening_at(Ipv4Addr::UNSPECIFIED, move |settings| {
            settings.allow_reset = allow_reset;
        })
    };
    let refused = open(false).await.delete("/reset").await;
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(open(true).await.delete("/reset").await.status, 200);
}
