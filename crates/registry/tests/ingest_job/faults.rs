//! Upstreams that break off, lie, limit and refuse.

use crate::support::{TestRegistry, WEIGHTS, caller, file, small, weights};
use std::time::Duration;
use touchstone_domain::job::JobState;
use touchstone_domain::{ArtifactStatus, Metric};
use touchstone_registry::RegistryError;
use touchstone_stand_in::{Fault, GRANTED_TOKEN, Kind};

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_repository_is_followed() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    test.upstream.rename(Kind::Model, "willow/leaf", "willow/frond");
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert_eq!(revision.source.repository(), "willow/frond");
    let artifact = test.current(&model.id).await;
    assert_eq!(artifact.source.canonical(), "huggingface.co/willow/frond");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_not_there_fails_with_a_sentence_that_names_it() {
    let test = TestRegistry::start().await;
    let model = test.model("nobody/nothing").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains("nobody/nothing"), "{reason}");
    let waited = test.registry.settled(model.kind, &model.id, None).await;
    assert!(matches!(waited, Err(RegistryError::IngestFailed { reason: told }) if told == reason));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_repository_fails_with_its_reason_and_leaves_no_bytes() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf").private());
    let model = test.model("willow/leaf").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains("willow/leaf") && reason.contains("private"), "{reason}");
    assert_eq!(test.kept_blobs().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gated_model_is_rated_from_what_is_open_and_its_files_are_references() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf").file("merges.txt", "a b").gated());
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(revision.manifest.files().iter().all(|file| !file.is_stored()));
    assert_eq!(file(&revision, WEIGHTS).size_bytes, weights(7).len() as u64);
    assert_eq!(test.kept_blobs().await, 0);
    let asked = test.upstream.count_of("GET */resolve/*");
    assert_eq!(asked, 2, "a card and a configuration, and nothing more once they were refused");

    let rating = test.store.rating(&revision.id).await.unwrap().unwrap().record.rating;
    let license = rating.metric(Metric::License).unwrap();
    assert!(license.score.abs() < f64::EPSILON, "{license:?}");
    let says = |word: &str| license.evidence.iter().any(|line| line.observation.contains(word));
    assert!(says("accept terms") && says("MIT"), "{license:?}");
    let through = test.registry.file(&caller(), model.kind, &model.id, None, WEIGHTS).await;
    let told = through.err().unwrap();
    assert!(matches!(&told, RegistryError::UpstreamUnavailable(why) if why.contains("not open")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_with_one_closed_file_is_held_but_for_that_one() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    test.upstream.fault(&format!("GET *{WEIGHTS}"), Fault::Gated);
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(!file(&revision, WEIGHTS).is_stored());
    assert!(file(&revision, "config.json").is_stored() && file(&revision, "README.md").is_stored());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gated_model_that_we_were_granted_is_held_whole() {
    let test = TestRegistry::with_hugging_face_token(GRANTED_TOKEN).await;
    test.upstream.add(small("willow/leaf").gated());
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    assert!(revision.manifest.files().iter().all(touchstone_domain::FileEntry::is_stored));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_broke_off_is_taken_up_where_it_ended() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let weights_path = format!("GET /willow/leaf/resolve/*/{WEIGHTS}");
    test.upstream.redirect_large_files(false);
    test.upstream.fault_times(&weights_path, Fault::BreakOff { after_bytes: 5000 }, 1);
    let model = test.model("willow/leaf").await;
    test.published(&model).await;
    assert_eq!(test.bytes(&model, WEIGHTS).await.unwrap(), weights(7));
    let requests = test.upstream.requests();
    let ranges: Vec<_> = requests
        .iter()
        .filter(|request| request.method == "GET" && request.path.ends_with(WEIGHTS))
        .map(|request| request.header("range"))
        .collect();
    assert_eq!(ranges.len(), 2, "{ranges:?}");
    assert!(ranges[1].is_some(), "the rest was asked for, not the whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_with_another_hash_fail_the_ingest_and_are_not_kept() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    test.upstream.redirect_large_files(false);
    test.upstream.fault(&format!("GET *{WEIGHTS}"), Fault::WrongBytes);
    let model = test.model("willow/leaf").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains(WEIGHTS) && reason.contains("willow/leaf"), "{reason}");
    let hash = touchstone_domain::Sha256::from_digest(
        &<sha2::Sha256 as sha2::Digest>::digest(weights(7)).into(),
    );
    assert!(test.blobs.size(&hash).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_waited_for_and_then_all_is_well() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let limited = Fault::TooManyRequests { retry_after_seconds: 1 };
    test.upstream.fault_times("/api/models/willow/leaf*", limited, 1);
    let model = test.model("willow/leaf").await;
    test.published(&model).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_ingest_can_be_queued_again() {
    let test = TestRegistry::start().await;
    let model = test.model("willow/leaf").await;
    test.failure(&model).await;
    test.upstream.add(small("willow/leaf"));
    let report = test.registry.retry_ingest(model.kind, &model.id).await.unwrap();
    assert!(!matches!(report.job.state, JobState::Failed { .. }));
    test.published(&model).await;
    let again = test.registry.retry_ingest(model.kind, &model.id).await;
    assert!(matches!(again, Err(RegistryError::Invalid(_))), "it has not failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_ends_the_attempt_at_once_and_the_next_may_come_through() {
    let test = TestRegistry::with(|settings| {
        settings.max_attempts = 1;
        settings.lease_for = Duration::from_hours(1);
    });
    let test = test.await;
    test.upstream.add(small("willow/leaf"));
    test.clock.break_once();
    let model = test.model("willow/leaf").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains("made a mistake"), "{reason}");
    test.registry.retry_ingest(model.kind, &model.id).await.unwrap();
    test.published(&model).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_does_not_pass_is_given_up_with_its_reason() {
    let test = TestRegistry::with(|settings| settings.max_attempts = 1).await;
    test.upstream.add(small("willow/leaf"));
    test.upstream.fault("/api/models/willow/leaf*", Fault::Status(503));
    let model = test.model("willow/leaf").await;
    let reason = test.failure(&model).await;
    assert!(reason.contains("willow/leaf"), "{reason}");
    let status = test.current(&model.id).await.status;
    assert_eq!(status, ArtifactStatus::Failed { reason });
}
