//! Killed at any moment of an ingest, the registry loses nothing and publishes nothing by half.

use crate::support::{Running, data_folder, touchstone};
use serde_json::{Value, json};
use std::time::Duration;
use touchstone_stand_in::{Repository, StandIn, safetensors};

const KILLS: u32 = 50;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_half_published_by_fifty_kills() {
    let (upstream, data) = (StandIn::start(), data_folder());
    let mut ids: Vec<String> = Vec::new();
    for round in 0..KILLS {
        let name = format!("willow/tree-{round}");
        let weights = safetensors(&[("weight", &[64, 64])], u64::from(round));
        upstream.add(
            Repository::model(&name)
                .card(&format!("# Tree {round}\n"))
                .file("model.safetensors", weights),
        );
        let registry = Running::start(&upstream, data.path());
        ids.push(registry.register("model", &format!("https://huggingface.co/{name}")).await);
        // Moments spread over the whole of an ingest, which takes some tens of milliseconds.
        tokio::time::sleep(Duration::from_micros(u64::from(round) * 1_700)).await;
        registry.kill();
    }

    let registry = Running::start(&upstream, data.path());
    for id in &ids {
        let ingest = registry.ingested("model", id).await;
        assert_eq!(ingest["state"], json!("done"), "{ingest}");
        let files = registry.get(&format!("/artifact/model/{id}/files")).await;
        let files = files["files"].as_array().unwrap();
        assert_eq!(files.len(), 2, "{files:?}");
        assert!(files.iter().all(|file| file["holding"] == "stored"), "{files:?}");
        registry.get(&format!("/artifact/model/{id}/rate")).await;
    }
    assert!(registry.stop().success());

    let said = |words: &[&str]| -> Value {
        let output = touchstone(&upstream, data.path()).args(words).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let verified = said(&["--json", "verify"]);
    let swept = said(&["--json", "gc", "--dry-run"]);
    assert_eq!(verified["files"], swept["blobs"], "every blob is named by a manifest");
    assert_eq!(swept["unneeded_blobs"], 0);
}
