//! How the registry is.

use crate::support::TestRegistry;
use std::sync::Arc;
use touchstone_server::LogTail;

struct Lines;

impl LogTail for Lines {
    fn tail(&self, component: &str, lines: usize) -> Vec<String> {
        (0..3).map(|number| format!("{component} {number}")).skip(3 - lines.min(3)).collect()
    }
}

#[tokio::test]
async fn the_summary_counts_requests_by_route_and_type() {
    let registry = TestRegistry::start().await;
    registry.get("/artifacts/model").await;
    registry.get("/artifacts/model").await;
    registry.get("/artifacts/dataset/x").await;
    let health = registry.get("/health").await;
    assert_eq!(health.status, 200);
    let health = health.json();
    let requests = &health["request_summary"];
    assert_eq!(requests["per_route"]["GET /artifacts/{artifact_type}"], 2, "{health}");
    assert_eq!(requests["per_artifact_type"]["model"], 2, "{health}");
    assert_eq!(requests["per_artifact_type"]["dataset"], 1, "{health}");
    assert_eq!(requests["total_requests"], 3, "{health}");
    assert_eq!(requests["unique_clients"], 1, "{health}");
    let mut ids: Vec<_> = health["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["api", "blobs", "github", "hugging-face", "ingest", "store"]);
}

#[tokio::test]
async fn components_take_both_spellings_and_refuse_what_is_out_of_range() {
    let registry = TestRegistry::start().await;
    for spelling in ["window_minutes", "windowMinutes"] {
        let path = format!("/health/components?{spelling}=");
        let answer = registry.get(&format!("{path}1440")).await;
        assert_eq!((answer.status, &answer.json()["window_minutes"]), (200, &1440.into()));
        for wrong in ["4", "1441", "-5", "an hour", ""] {
            assert_eq!(registry.get(&format!("{path}{wrong}")).await.status, 400, "{wrong}");
        }
    }
    for spelling in ["include_timeline", "includeTimeline"] {
        let path = format!("/health/components?{spelling}=");
        let components = registry.get(&format!("{path}true")).await.json();
        let api = components["components"].as_array().unwrap().iter().find(|c| c["id"] == "api");
        let timeline = api.unwrap()["timeline"].as_array().unwrap();
        assert_eq!(timeline.len(), 60);
        let newest = timeline.last().unwrap();
        assert!(newest["value"].as_f64() >= Some(1.0) && newest["unit"] == "requests/min");
        assert_eq!(registry.get(&format!("{path}maybe")).await.status, 400);
    }
    let plain = registry.get("/health/components").await.json();
    assert!(plain["components"][0].get("timeline").is_none());
}

#[tokio::test]
async fn a_log_reference_leads_to_the_end_of_the_log() {
    let registry = TestRegistry::with(|settings| settings.log_tail = Some(Arc::new(Lines))).await;
    let health = registry.get("/health").await.json();
    for reference in health["logs"].as_array().unwrap() {
        let path = reference["url"].as_str().unwrap().strip_prefix(&registry.base).unwrap();
        let component = path.strip_prefix("/health/logs/").unwrap();
        let log = registry.get(path).await;
        let lines = format!("{component} 0\n{component} 1\n{component} 2\n");
        assert_eq!((log.status, log.text()), (200, lines.as_str()));
    }
    assert_eq!(registry.get("/health/logs/api?lines=1").await.text(), "api 2\n");
    assert_eq!(registry.get("/health/logs/api?lines=0").await.status, 400);
    assert_eq!(registry.get("/health/logs/nobody").await.status, 404);
}

#[tokio::test]
async fn without_a_log_there_is_no_reference_to_one() {
    let registry = TestRegistry::start().await;
    assert_eq!(registry.get("/health").await.json()["logs"], serde_json::json!([]));
    assert_eq!(registry.get("/health/logs/api").await.status, 404);
}

#[tokio::test]
async fn prometheus_can_scrape_what_was_counted() {
    let registry = TestRegistry::start().await;
    registry.get("/tracks").await;
    registry.get("/no/such/path").await;
    let metrics = registry.get("/metrics").await;
    assert!(metrics.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    for line in [
        "touchstone_http_requests_total{method=\"GET\",route=\"/tracks\",status=\"2xx\"} 1",
        "touchstone_http_requests_total{method=\"GET\",route=\"(other)\",status=\"4xx\"} 1",
        "touchstone_http_request_duration_seconds_count 2",
        "touchstone_http_request_duration_seconds_bucket{le=\"+Inf\"} 2",
        "touchstone_http_requests_in_flight 1",
        "touchstone_component_healthy{component=\"store\"} 1",
    ] {
        assert!(metrics.text().lines().any(|given| given == line), "{line}\n{}", metrics.text());
    }
}
