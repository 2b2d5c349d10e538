//! What each part of the registry wrote to the log.

use crate::support::{Running, data_folder, touchstone};
use reqwest::{Method, StatusCode};
use touchstone_stand_in::{Fault, StandIn};

#[tokio::test(flavor = "multi_thread")]
async fn each_component_s_log_has_its_own_lines() {
    let (upstream, data) = (StandIn::start(), data_folder());
    upstream.fault("/api/models/willow/*", Fault::Status(503));
    let registry = Running::spawn(touchstone(&upstream, data.path()).args([
        "serve",
        "--port",
        "0",
        "--log-level",
        "1",
    ]));
    let model = registry.register("model", "https://huggingface.co/willow/leaf").await;
    assert!(registry.reports("model", &model, "status 503").await);
    let log = async |component: &str| {
        let path = format!("/health/logs/{component}");
        let answer = registry.send(Method::GET, &path, None).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    };
    assert!(log("hugging-face").await.contains("/api/models/willow/leaf"));
    assert!(log("ingest").await.contains("an ingest did not succeed"));
    for quiet in ["github", "store", "blobs"] {
        let log = log(quiet).await;
        assert!(!log.contains("willow") && !log.contains("ingest"), "{quiet}: {log}");
    }
}
