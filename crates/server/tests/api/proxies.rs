//! Behind proxies and gateways.

use crate::support::TestRegistry;
use serde_json::json;

const CODE: &str = "https://github.com/willow/code";

fn trust_loopback(settings: &mut touchstone_server::ServerSettings) {
    settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
}

#[tokio::test]
async fn links_follow_the_host_that_was_asked() {
    let registry = TestRegistry::start().await;
    let request = registry.request("GET", "/").header("host", "localhost:1234");
    let greeting = registry.send(request).await.json();
    assert_eq!(greeting["links"]["health"], "http://localhost:1234/health");
}

#[tokio::test]
async fn forwarded_names_are_believed_of_trusted_proxies_only() {
    for (trusted, expected) in [(true, "https://models.example/health"), (false, "")] {
        let registry = TestRegistry::with(|settings| {
            if trusted {
                trust_loopback(settings);
            }
        })
        .await;
        let request = registry
            .request("GET", "/")
            .header("x-forwarded-proto", "https")
            .header("x-forwarded-host", "models.example");
        let own = format!("{}/health", registry.base);
        let expected = if trusted { expected } else { own.as_str() };
        assert_eq!(registry.send(request).await.json()["links"]["health"], expected);
    }
}

#[tokio::test]
async fn the_base_url_wins() {
    let registry = TestRegistry::with(|settings| {
        trust_loopback(settings);
        settings.base_url = Some("https://models.example/prod/".parse().unwrap());
        settings.root_path = "/prod".to_owned();
    })
    .await;
    let request = registry.request("GET", "/prod").header("x-forwarded-host", "other.example");
    let greeting = registry.send(request).await.json();
    assert_eq!(greeting["links"]["health"], "https://models.example/prod/health");
}

#[tokio::test]
async fn a_gateways_prefix_is_taken_off_paths_and_put_on_links() {
    let registry = TestRegistry::with(|settings| settings.root_path = "/prod".to_owned()).await;
    let created = registry.post("/prod/artifact/code", &json!({ "url": CODE })).await;
    assert_eq!(created.status, 201);
    let location = created.header("location").unwrap();
    assert!(location.starts_with(&format!("{}/prod/artifacts/code/", registry.base)), "{location}");
    assert_eq!(registry.get("/tracks").await.status, 200);
    let document = registry.get("/prod/openapi.json").await.json();
    assert_eq!(document["servers"][0]["url"], "/prod");
    assert_eq!(registry.get("/production/tracks").await.status, 404);
}

#[tokio::test]
async fn the_audit_trail_names_the_client_behind_the_proxy() {
    let registry = TestRegistry::with(trust_loopback).await;
    let request =
        registry.request("POST", "/artifact/code").header("x-forwarded-for", "203.0.113.9");
    let created = registry.send(request.json(&json!({ "url": CODE }))).await.json();
    let id = created["metadata"]["id"].as_str().unwrap();
    let trail = registry.get(&format!("/artifact/code/{id}/audit")).await.json();
    assert_eq!(trail[0]["user"]["name"], "anonymous@203.0.113.9");
}
