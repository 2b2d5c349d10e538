//! Upstreams that answer nonsense, hang, never end or lie: a model fails with its reason, leaves
//! nothing by half, and can be tried again.

use crate::support::{Parts, TestRegistry, small_repository, weights};
use std::path::Path;
use std::time::Duration;
use touchstone_registry::RegistrySettings;
use touchstone_sources::Patience;
use touchstone_stand_in::Fault;
use touchstone_store::BlobSettings;

const INFO: &str = "GET /api/models/{model}/*";
const WEIGHTS: &str = "GET /cdn/models/{model}/*";

/// What upstream does, at which of a model's addresses, and what is told of it.
fn misdeeds() -> Vec<(&'static str, Fault, &'static str)> {
    vec![
        (INFO, Fault::Nonsense, "not JSON"),
        (INFO, Fault::Hang, "did not answer"),
        (INFO, Fault::Endless, "larger than"),
        (INFO, Fault::Text("{}".to_owned()), "names no commit"),
        (WEIGHTS, Fault::Stall { after_bytes: 100 }, "sent nothing"),
        (WEIGHTS, Fault::Endless, "not what upstream promised"),
        (WEIGHTS, Fault::Nonsense, "of the 1000 bytes"),
        (WEIGHTS, Fault::WrongBytes, "not what upstream promised"),
        (WEIGHTS, Fault::CutShort { after_bytes: 100 }, "of the 1000 bytes"),
        (WEIGHTS, Fault::Status(500), "status 500"),
    ]
}

fn impatient(blobs: &Path) -> Parts {
    let patience = Patience {
        document: Duration::from_secs(2),
        between_pieces: Duration::from_millis(500),
        first_retry: Duration::from_millis(5),
        ..Patience::default()
    };
    let wait = Duration::from_mins(1);
    let settings =
        RegistrySettings { max_attempts: 1, ingest_wait: wait, ..RegistrySettings::default() };
    let blobs = BlobSettings::Folder { path: blobs.to_owned() };
    Parts { blobs, patience, settings, ..Parts::default() }
}

#[tokio::test]
async fn a_model_of_a_bad_upstream_fails_with_its_reason_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let registry = TestRegistry::of(impatient(folder.path())).await;
    let mut models = Vec::new();
    for (number, (pattern, fault, told)) in misdeeds().into_iter().enumerate() {
        let name = format!("willow/leaf-{number}");
        registry.upstream.add(small_repository(&name));
        registry.upstream.fault(&pattern.replace("{model}", &name), fault);
        let id = registry.register("model", &format!("https://huggingface.co/{name}")).await;
        models.push((id, name, told));
    }
    for (id, name, told) in &models {
        let answer = registry.get(&format!("/artifacts/model/{id}")).await;
        assert_eq!(answer.status, 424, "{name} {answer:?}");
        let progress = registry.get(&format!("/artifact/model/{id}/progress")).await.json();
        assert_eq!(progress["state"], "failed");
        let reason = progress["reason"].as_str().unwrap();
        assert!(reason.contains(name) && reason.contains(told), "{told}: {reason}");
        assert!(answer.text().contains(told), "{told}: {answer:?}");
        let download = registry.get(&format!("/artifacts/model/{id}/download")).await;
        assert_eq!(download.status, 424, "{download:?}");
    }
    let half = std::fs::read_dir(folder.path().join("incoming")).unwrap();
    assert_eq!(half.count(), 0, "nothing is half-stored");

    registry.upstream.clear_faults();
    for (id, name, _) in &models {
        let path = format!("/artifact/model/{id}/retry");
        let again = registry.send(registry.request("POST", &path)).await;
        assert_eq!(again.status, 202, "{name} {again:?}");
        assert_eq!(registry.get(&format!("/artifacts/model/{id}")).await.status, 200, "{name}");
        let file = format!("/artifacts/model/{id}/download?file=weights.safetensors");
        assert_eq!(registry.get(&file).await.body, weights());
    }
}

#[tokio::test]
async fn a_stated_length_beyond_the_file_does_no_harm_where_its_hash_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let registry = TestRegistry::of(impatient(folder.path())).await;
    registry.upstream.fault("GET /cdn/*", Fault::LyingLength { stated_bytes: 5000 });
    let id = registry.small_model().await;
    let file = format!("/artifacts/model/{id}/download?file=weights.safetensors");
    assert_eq!(registry.get(&file).await.body, weights());
}
