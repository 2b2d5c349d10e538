//! A real model, as a Python package ships it, from upstream through the registry and out again.

use crate::support::{Running, data_folder};
use serde_json::json;
use std::path::{Path, PathBuf};
use touchstone_stand_in::{StandIn, real_model};

/// The folder that the test set-up has filled.
fn model_folder() -> PathBuf {
    let folder = std::env::var_os("TOUCHSTONE_TEST_REAL_MODEL")
        .expect("TOUCHSTONE_TEST_REAL_MODEL names the real model's folder: run `cargo xtask test`");
    real_model::find(Path::new(&folder)).expect("the real model is whole")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_of_a_real_model_comes_out_as_it_went_in() {
    let folder = model_folder();
    let upstream = StandIn::start();
    upstream.add(real_model::repository(&folder).unwrap());
    let data = data_folder();
    let registry = Running::start(&upstream, data.path());

    let id =
        registry.register("model", &format!("https://huggingface.co/{}", real_model::ID)).await;
    let ingest = registry.ingested("model", &id).await;
    assert_eq!(ingest["state"], json!("done"), "{ingest}");

    let files = registry.get(&format!("/artifact/model/{id}/files")).await;
    let files = files["files"].as_array().unwrap();
    assert!(files.iter().any(|file| file["path"] == "model.safetensors"), "{files:?}");
    for file in files {
        let path = file["path"].as_str().unwrap();
        let upstream_bytes = std::fs::read(folder.join(path)).unwrap();
        let address = format!("/artifact/model/{id}/download?file={path}");
        assert!(registry.bytes(&address).await == upstream_bytes, "{path} differs");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_card_and_configuration_are_what_is_rated() {
    let upstream = StandIn::start();
    upstream.add(real_model::repository(&model_folder()).unwrap());
    let data = data_folder();
    let registry = Running::start(&upstream, data.path());

    let id =
        registry.register("model", &format!("https://huggingface.co/{}", real_model::ID)).await;
    let rating = registry.get(&format!("/artifact/model/{id}/rate")).await;
    assert_eq!(rating["license"], json!(1.0), "the card says Apache-2.0");
    // 90.9 MB of weights: 1 - 0.0909 / 2 on the smallest device.
    let raspberry_pi = rating["size_score"]["raspberry_pi"].as_f64().unwrap();
    assert!((raspberry_pi - 0.954_6).abs() < 0.000_5, "{raspberry_pi}");

    let evidence = registry.get(&format!("/artifact/model/{id}/rate/evidence")).await.to_string();
    assert!(evidence.contains("model.safetensors"), "{evidence}");
}
