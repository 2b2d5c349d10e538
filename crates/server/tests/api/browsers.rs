//! What web pages may do.

use crate::support::{Answer, TestRegistry};
use serde_json::json;

async fn write_from(registry: &TestRegistry, origin: &str) -> Answer {
    let request = registry.request("POST", "/artifact/code").header("origin", origin);
    let body = json!({ "url": format!("https://github.com/willow/c{}", origin.len()) });
    registry.send(request.json(&body)).await
}

#[tokio::test]
async fn any_page_may_read() {
    let registry = TestRegistry::start().await;
    let request = registry.request("GET", "/tracks").header("origin", "https://evil.example");
    let read = registry.send(request).await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, Some("*")));
    let exposed = read.header("access-control-expose-headers").unwrap();
    assert!(exposed.contains("offset") && exposed.contains("x-request-id"));
    let query = registry.request("POST", "/artifacts").header("origin", "https://evil.example");
    assert_eq!(registry.send(query.json(&json!([{ "name": "*" }]))).await.status, 200);
}

#[tokio::test]
async fn foreign_pages_may_not_write() {
    let registry = TestRegistry::start().await;
    for origin in
        ["https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.nip.io"]
    {
        assert_eq!(write_from(&registry, origin).await.status, 403, "{origin}");
    }
    let request = registry.request("DELETE", "/reset").header("origin", "https://evil.example");
    assert_eq!(registry.send(request).await.status, 403);
}

#[tokio::test]
async fn pages_of_this_machine_and_named_origins_may_write() {
    let registry = TestRegistry::with(|settings| {
        settings.cors_allowed_origins = vec!["https://ml.example/".to_owned()];
    })
    .await;
    let own = registry.base.clone();
    for origin in ["http://localhost:3000", "http://[::1]", own.as_str(), "https://ml.example"] {
        assert_eq!(write_from(&registry, origin).await.status, 201, "{origin}");
    }
    assert_eq!(write_from(&registry, "https://ml.example.evil.example").await.status, 403);
}

#[tokio::test]
async fn a_star_lets_every_page_write() {
    let registry =
        TestRegistry::with(|settings| settings.cors_allowed_origins = vec!["*".to_owned()]).await;
    assert_eq!(write_from(&registry, "https://anybody.example").await.status, 201);
}

#[tokio::test]
async fn a_preflight_tells_a_page_what_it_may_do() {
    let registry = TestRegistry::start().await;
    let methods = async |origin: &str, method: &str, path: &str| {
        let request = registry
            .request("OPTIONS", path)
            .header("origin", origin)
            .header("access-control-request-method", method);
        let answer = registry.send(request).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        assert!(answer.header("access-control-allow-headers").unwrap().contains("content-type"));
        answer.header("access-control-allow-methods").unwrap().to_owned()
    };
    let (evil, local) = ("https://evil.example", "http://localhost:5173");
    assert!(!methods(evil, "DELETE", "/artifacts/model/x").await.contains("DELETE"));
    assert!(methods(local, "DELETE", "/artifacts/model/x").await.contains("DELETE"));
    assert!(methods(evil, "POST", "/artifacts").await.contains("POST"));
    assert!(!methods(evil, "POST", "/artifact/model").await.contains("POST"));
}

#[tokio::test]
async fn bound_to_loopback_only_loopback_names_are_answered() {
    let registry = TestRegistry::start().await;
    for (host, status) in [
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("localhost.evil.example", 403),
        ("localhost:8000", 200),
        ("registry.localhost", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
    ] {
        let answer = registry.send(registry.request("GET", "/tracks").header("host", host)).await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn the_name_that_the_operator_gave_is_answered_too() {
    let registry = TestRegistry::with(|settings| {
        settings.base_url = Some("https://models.example".parse().unwrap());
    })
    .await;
    let request = registry.request("GET", "/tracks").header("host", "models.example");
    assert_eq!(registry.send(request).await.status, 200);
}
