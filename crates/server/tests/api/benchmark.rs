//! The download benchmark.

use crate::support::{TestRegistry, small_repository};
use serde_json::{Value, json};

const START: &str = "/health/download-benchmark/start";

async fn finished(registry: &TestRegistry, started: &Value) -> Value {
    let path = format!("/health/download-benchmark/{}", started["job_id"].as_str().unwrap());
    loop {
        let report = registry.get(&path).await;
        assert_eq!(report.status, 200);
        if report.json()["status"] != "running" {
            return report.json();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_benchmark_measures_what_came() {
    let registry = TestRegistry::start().await;
    registry.model(small_repository("arnir0/Tiny-LLM")).await;
    let body = json!({ "concurrent_requests": 7, "target_url": registry.base });
    let started = registry.post(START, &body).await;
    assert_eq!((started.status, &started.json()["status"]), (200, &json!("running")));
    let report = finished(&registry, &started.json()).await;
    assert_eq!(
        (&report["status"], &report["current_progress"]),
        (&json!("completed"), &json!("7/7"))
    );
    let black_box = &report["results"]["black_box_metrics"];
    assert_eq!(black_box["request_summary"]["successful"], 7, "{report}");
    assert!(black_box["throughput"]["total_bytes_downloaded"].as_u64() > Some(7000), "{report}");
    assert!(black_box["latency"]["p99_ms"].as_f64() >= black_box["latency"]["median_ms"].as_f64());
}

#[tokio::test]
async fn a_model_that_is_not_registered_is_named() {
    let registry = TestRegistry::start().await;
    let started = registry.send(registry.request("POST", START)).await;
    let told = if started.status == 404 {
        started.detail()
    } else {
        finished(&registry, &started.json()).await["error"].as_str().unwrap().to_owned()
    };
    assert!(told.contains("Tiny-LLM"), "{told}");
}

#[tokio::test]
async fn nobody_else_can_be_loaded() {
    let registry = TestRegistry::start().await;
    for target in ["https://example.com", "http://127.0.0.1:1", "nonsense", ""] {
        let answer = registry.post(START, &json!({ "target_url": target })).await;
        assert_eq!(answer.status, 400, "{target}");
    }
    for concurrent in [0, 1001] {
        let answer = registry.post(START, &json!({ "concurrent_requests": concurrent })).await;
        assert_eq!(answer.status, 400, "{concurrent}");
    }
}

#[tokio::test]
async fn an_unknown_benchmark_is_not_found() {
    let registry = TestRegistry::start().await;
    assert_eq!(registry.get("/health/download-benchmark/x").await.status, 404);
}
