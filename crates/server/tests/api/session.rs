//! Signing in, which this registry does not use.

use crate::support::TestRegistry;
use serde_json::json;

#[tokio::test]
async fn there_is_no_sign_in_whatever_is_sent() {
    let registry = TestRegistry::start().await;
    let body = json!({ "user": { "name": "a", "is_admin": true }, "secret": { "password": "b" } });
    assert_eq!(registry.put("/authenticate", &body).await.status, 501);
    assert_eq!(registry.put("/authenticate", &json!({})).await.status, 501);
    let request = registry.request("GET", "/artifacts/model").header("x-authorization", "bearer x");
    assert_eq!(registry.send(request).await.status, 200);
}
