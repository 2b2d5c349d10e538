//! What happens to an artifact over its life: updates, removal, admission.

use crate::support::{TestRegistry, WEIGHTS, caller, small, weights};
use std::time::Duration;
use touchstone_domain::ArtifactType;
use touchstone_domain::job::{JobState, Stage};
use touchstone_registry::{Registration, RegistryError, Updated};
use touchstone_stand_in::{Fault, Repository};

const LEAF: &str = "https://huggingface.co/willow/leaf";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_source_cannot_be_registered_twice_however_it_is_spelled() {
    let test = TestRegistry::start().await;
    let first = test.model("willow/leaf").await;
    for url in
        ["http://HuggingFace.co/willow/leaf/", "https://huggingface.co/Willow/Leaf/tree/main"]
    {
        let registration = Registration { url: url.to_owned(), name: None };
        let again = test.registry.register(&caller(), ArtifactType::Model, registration).await;
        assert!(
            matches!(&again, Err(RegistryError::AlreadyExists { existing }) if *existing == first.id),
            "{url}: {again:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_to_the_same_head_changes_nothing() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    test.published(&model).await;
    let updated = test.update(&model, LEAF).await.unwrap();
    assert!(matches!(updated, Updated::Unchanged(_)), "{updated:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_brings_only_what_is_new_and_keeps_the_old_revision_readable() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let first = test.published(&model).await;
    test.upstream.add(small("willow/leaf").file("more.txt", "news"));
    test.upstream.forget_requests();
    let updated = test.update(&model, LEAF).await.unwrap();
    assert!(matches!(updated, Updated::Accepted(_)), "{updated:?}");
    let second = test.published(&model).await;
    assert_ne!(first.commit, second.commit);
    assert_eq!(test.upstream.count_of(&format!("GET */{WEIGHTS}")), 0);
    let old = test.registry.pinned(model.kind, &model.id, Some(&first.commit)).await.unwrap();
    assert_eq!(old.revision, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_revision_is_served_on_when_the_new_one_fails() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let first = test.published(&model).await;
    test.upstream.add(small("willow/leaf").file(WEIGHTS, weights(8)));
    test.upstream.redirect_large_files(false);
    test.upstream.fault(&format!("GET *{WEIGHTS}"), Fault::WrongBytes);
    test.update(&model, LEAF).await.unwrap();
    test.failure(&model).await;
    let settled = test.registry.settled(model.kind, &model.id, None).await.unwrap();
    assert_eq!(settled.current, Some(first.id));
    assert_eq!(test.bytes(&model, WEIGHTS).await.unwrap(), weights(7));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_updated_data_set_is_current_when_the_update_answers() {
    let test = TestRegistry::start().await;
    let url = "https://huggingface.co/datasets/willow/rings";
    test.upstream.add(Repository::dataset("willow/rings").file("a.csv", "1"));
    let dataset = test.register(ArtifactType::Dataset, url).await;
    test.published(&dataset).await;
    test.upstream.add(Repository::dataset("willow/rings").file("a.csv", "2"));
    let updated = test.update(&dataset, url).await.unwrap();
    assert!(matches!(updated, Updated::Current(_)), "{updated:?}");
    assert_eq!(test.bytes(&dataset, "a.csv").await.unwrap(), b"2");
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_an_artifact_ends_its_ingest() {
    let test = TestRegistry::with(|settings| settings.ingest_workers = 1).await;
    test.upstream.add(small("willow/leaf"));
    test.upstream.add(small("willow/twig"));
    test.upstream.fault("*willow/leaf*", Fault::Hang);
    let leaf = test.model("willow/leaf").await;
    while test.registry.progress(leaf.kind, &leaf.id).await.unwrap().job.state != JobState::Running
    {
        tokio::task::yield_now().await;
    }
    test.registry.delete(&caller(), leaf.kind, &leaf.id).await.unwrap();
    let waited = test.registry.settled(leaf.kind, &leaf.id, None).await;
    assert!(matches!(waited, Err(RegistryError::NotFound(_))));
    let twig = test.model("willow/twig").await;
    test.published(&twig).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_under_the_least_score_is_refused_with_its_weakest_metric() {
    let test = TestRegistry::with(|settings| settings.admission_min_net_score = 1.0).await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains("net score") && reason.contains("weakest metric"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_wait_is_told_that_it_goes_on() {
    let test = TestRegistry::start().await;
    test.upstream.fault("*", Fault::Hang);
    let model = test.model("willow/leaf").await;
    let waited = test.registry.settled(model.kind, &model.id, Some(Duration::ZERO)).await;
    assert!(matches!(waited, Err(RegistryError::StillProcessing)));
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_do_not_end_in_time_are_given_back() {
    let test = TestRegistry::start().await;
    test.upstream.fault("*", Fault::Hang);
    let model = test.model("willow/leaf").await;
    while test.registry.progress(model.kind, &model.id).await.unwrap().job.progress.stage
        != Stage::Resolve
    {
        tokio::task::yield_now().await;
    }
    let test = test.stopped().await;
    let job = test.store.job(&model.id).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_leaves_nothing() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    test.published(&model).await;
    test.registry.reset().await.unwrap();
    let gone = test.registry.artifact(model.kind, &model.id).await;
    assert!(matches!(gone, Err(RegistryError::NotFound(_))));
}
