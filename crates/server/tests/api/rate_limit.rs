//! The share of requests that each client has.

use crate::support::TestRegistry;

async fn limited_to(per_minute: u32) -> TestRegistry {
    TestRegistry::with(|settings| {
        settings.rate_limit_per_minute = per_minute;
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await
}

#[tokio::test]
async fn a_client_that_used_up_its_share_is_told_when_to_come_back() {
    let registry = limited_to(3).await;
    for left in ["2", "1", "0"] {
        let answer = registry.get("/artifacts/model").await;
        assert_eq!((answer.status, answer.header("ratelimit-remaining")), (200, Some(left)));
        assert_eq!(answer.header("ratelimit-limit"), Some("3"));
    }
    let refused = registry.get("/artifacts/model").await;
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
}

#[tokio::test]
async fn others_downloads_and_probes_are_not_held_up() {
    let registry = limited_to(1).await;
    registry.get("/artifacts/model").await;
    assert_eq!(registry.get("/artifacts/model").await.status, 429);
    assert_eq!(registry.get("/health").await.status, 200);
    assert_eq!(registry.get("/artifacts/model/x/download").await.status, 404);
    let other = registry.request("GET", "/artifacts/model").header("x-forwarded-for", "192.0.2.7");
    assert_eq!(registry.send(other).await.status, 200);
}
