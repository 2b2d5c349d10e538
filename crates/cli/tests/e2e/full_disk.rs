//! A disk that takes no more is told as such, and harms nothing that is there.

use crate::support::{Running, data_folder, on_a_small_disk, touchstone};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use touchstone_stand_in::{Content, Repository, StandIn};

/// More registrations than the small disk takes.
const MANY: usize = 5000;

fn dataset(number: usize) -> Value {
    json!({ "url": format!("https://huggingface.co/datasets/willow/rings-{number}") })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_nothing_that_was_accepted_is_lost() {
    let (upstream, data) = (StandIn::start(), data_folder());
    let weights = Content::synthetic(3_000_000, 1);
    upstream.add(Repository::model("willow/leaf").content("model.safetensors", weights));
    let registry =
        Running::spawn(on_a_small_disk(&upstream, data.path()).args(["serve", "--port", "0"]));
    let model = registry.register("model", "https://huggingface.co/willow/leaf").await;
    assert!(registry.reports("model", &model, "disk is full").await, "the weights do not fit");

    let mut accepted = 0;
    let refusal = loop {
        let body = Some(dataset(accepted));
        let answer = registry.send(Method::POST, "/artifact/dataset", body).await;
        if answer.status() != StatusCode::CREATED {
            break answer;
        }
        accepted += 1;
        assert!(accepted < MANY, "the disk should be full");
    };
    assert_eq!(refusal.status(), StatusCode::INSUFFICIENT_STORAGE);
    let problem: Value = refusal.json().await.unwrap();
    assert_eq!(problem["detail"], "The registry's disk is full.");
    registry.get(&format!("/artifact/model/{model}/progress")).await;
    registry.kill();

    let registry = Running::start(&upstream, data.path());
    let again = registry.send(Method::POST, "/artifact/dataset", Some(dataset(accepted))).await;
    assert_eq!(again.status(), StatusCode::CREATED, "what was refused was not half accepted");
    let last = registry.send(Method::POST, "/artifact/dataset", Some(dataset(accepted - 1))).await;
    assert_eq!(last.status(), StatusCode::CONFLICT, "what was accepted is there");
    assert_eq!(registry.ingested("model", &model).await["state"], "done");
    assert!(registry.stop().success());
    let verified = touchstone(&upstream, data.path()).args(["--json", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
