//! Which bytes are held, and what is done to bring each only once.

use crate::support::{TestRegistry, WEIGHTS, caller, file, small, weights};
use std::time::Duration;
use touchstone_domain::{ArtifactType, Timestamp};
use touchstone_registry::SweepMode;
use touchstone_stand_in::{CodeRepository, Commit, Fault, Repository};

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_held_byte_for_byte() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(revision.manifest.files().iter().all(touchstone_domain::FileEntry::is_stored));
    assert_eq!(test.bytes(&model, WEIGHTS).await.unwrap(), weights(7));
    assert_eq!(test.bytes(&model, "config.json").await.unwrap(), br#"{"model_type":"bert"}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_that_are_held_tell_how_many_numbers_they_have() {
    let test = TestRegistry::with(|settings| settings.mirror_max_bytes = 30_000).await;
    test.upstream.add(
        small("willow/leaf")
            .file("large.safetensors", vec![0; 40_000])
            .file("torn.safetensors", vec![0xff; 100]),
    );
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    let facts = test.store.facts(&revision.id).await.unwrap().unwrap();
    let [whole, torn] = facts.model.weight_headers.as_slice() else {
        panic!("of two files that are held: {:?}", facts.model.weight_headers);
    };
    assert_eq!((whole.path.as_str(), whole.tensors, whole.tensor_bytes), (WEIGHTS, 1, 64 * 64 * 4));
    assert_eq!(whole.parameters["F32"], 64 * 64);
    assert!(torn.problem.as_ref().unwrap().contains("torn.safetensors"), "{torn:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_set_is_held_with_its_readme_searchable() {
    let test = TestRegistry::start().await;
    let data = Repository::dataset("willow/rings").card("# Rings\n\nYears.\n").file("a.csv", "1,2");
    test.upstream.add(data);
    let url = "https://huggingface.co/datasets/willow/rings";
    let dataset = test.register(ArtifactType::Dataset, url).await;
    test.published(&dataset).await;
    assert_eq!(test.bytes(&dataset, "a.csv").await.unwrap(), b"1,2");
    let first = touchstone_domain::PageRequest::first();
    let found = test.registry.by_regex("years", &first).await.unwrap();
    assert_eq!(found.items[0].id, dataset.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn code_is_taken_from_its_archive_in_one_request() {
    let test = TestRegistry::start().await;
    let code = CodeRepository::new("willow/tools")
        .file("README.md", "# Tools\n")
        .commit(Commit::new("ann", Timestamp::UNIX_EPOCH, "Begin"));
    let code =
        (0..20).fold(code, |code, n| code.file(&format!("src/{n}.py"), format!("n = {n}\n")));
    test.upstream.add(code);
    let artifact = test.register(ArtifactType::Code, "https://github.com/willow/tools").await;
    let revision = test.published(&artifact).await;
    assert_eq!(revision.manifest.files().len(), 21);
    assert_eq!(test.bytes(&artifact, "src/3.py").await.unwrap(), b"n = 3\n");
    assert!(test.upstream.requests().len() <= 8, "{:?}", test.upstream.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_over_the_limit_are_referenced_and_streamed_through() {
    let test = TestRegistry::with(|settings| settings.mirror_max_bytes = 1000).await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(!file(&revision, WEIGHTS).is_stored());
    assert!(file(&revision, "config.json").is_stored());
    let held = test.kept_blobs().await;
    assert_eq!(test.bytes(&model, WEIGHTS).await.unwrap(), weights(7));
    assert_eq!(test.kept_blobs().await, held, "what is referenced is not kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referenced_file_with_other_bytes_ends_with_an_error() {
    let test = TestRegistry::with(|settings| settings.mirror_max_bytes = 1000).await;
    test.upstream.add(small("willow/leaf").file("notes.txt", "n".repeat(3000)));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(file(&revision, WEIGHTS).sha256().is_some(), "one is known by its SHA-256");
    assert!(file(&revision, "notes.txt").sha256().is_none(), "one by git's SHA-1");
    for path in [WEIGHTS, "notes.txt"] {
        assert!(test.bytes(&model, path).await.is_ok());
        test.upstream.fault(&format!("GET *{path}"), Fault::WrongBytes);
        assert!(test.bytes(&model, path).await.is_err(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fine_tunes_share_the_bytes_that_they_have_in_common() {
    let test = TestRegistry::start().await;
    for id in ["willow/leaf", "willow/twig"] {
        test.upstream.add(small(id).file("notes.txt", id));
    }
    let leaf = test.model("willow/leaf").await;
    test.published(&leaf).await;
    test.upstream.forget_requests();
    let twig = test.model("willow/twig").await;
    let revision = test.published(&twig).await;
    assert_eq!(test.upstream.count_of(&format!("GET */{WEIGHTS}")), 0, "weights are here already");
    assert_eq!(test.bytes(&twig, WEIGHTS).await.unwrap(), weights(7));
    assert!(file(&revision, WEIGHTS).is_stored());
    assert_eq!(test.kept_blobs().await, 5, "three shared files and a note each");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_takes_what_nothing_needs_and_nothing_else() {
    let test = TestRegistry::with(|settings| settings.gc_grace = Duration::ZERO).await;
    for id in ["willow/leaf", "willow/twig"] {
        test.upstream.add(small(id).file("notes.txt", id));
    }
    let (leaf, twig) = (test.model("willow/leaf").await, test.model("willow/twig").await);
    test.published(&leaf).await;
    test.published(&twig).await;
    test.registry.delete(&caller(), ArtifactType::Model, &twig.id).await.unwrap();

    let dry = test.registry.sweep(SweepMode::DryRun).await.unwrap();
    assert_eq!((dry.blobs, dry.unneeded_blobs, dry.deleted_blobs), (5, 1, 0));
    test.registry.sweep(SweepMode::Collect).await.unwrap();
    test.registry.sweep(SweepMode::Collect).await.unwrap();
    assert_eq!(test.kept_blobs().await, 4);
    assert_eq!(test.bytes(&leaf, "notes.txt").await.unwrap(), b"willow/leaf");
}
