//! Upstreams on bad days.

use crate::{connect, model, settings, soon};
use futures::StreamExt as _;
use std::time::Duration;
use touchstone_sources::SourceError;
use touchstone_stand_in::{Content, Fault, Repository, StandIn};

fn serving_oak() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(
        Repository::model("willow/oak")
            .card("# Oak\n")
            .content("model.safetensors", Content::synthetic(200_000, 1)),
    );
    upstream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passing_failure_is_asked_again() {
    let upstream = serving_oak();
    upstream.fault_times("/api/*", Fault::Status(503), 2);
    assert!(connect(settings(&upstream)).resolve(&model("willow/oak")).await.is_ok());
    assert_eq!(upstream.requests().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lasting_failure_is_given_up_after_three_attempts() {
    let upstream = serving_oak();
    upstream.fault("/api/*", Fault::Status(500));
    let error = connect(settings(&upstream)).resolve(&model("willow/oak")).await.unwrap_err();
    assert!(matches!(error, SourceError::Failed { .. }) && error.is_passing(), "{error}");
    assert_eq!(upstream.requests().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_asked_once() {
    let upstream = StandIn::start();
    connect(settings(&upstream)).resolve(&model("nobody/nothing")).await.unwrap_err();
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_hangs_is_given_up() {
    let upstream = serving_oak();
    upstream.fault("/api/*", Fault::Hang);
    let mut settings = settings(&upstream);
    settings.patience.document = Duration::from_millis(50);
    let error = connect(settings).resolve(&model("willow/oak")).await.unwrap_err();
    assert!(error.to_string().contains("did not answer"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_named_as_such() {
    let upstream = serving_oak();
    upstream.fault("/api/*", Fault::Nonsense);
    let error = connect(settings(&upstream)).resolve(&model("willow/oak")).await.unwrap_err();
    assert!(error.to_string().contains("not JSON"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_is_cut_off() {
    let upstream = serving_oak();
    upstream.fault("/api/*", Fault::Endless);
    let mut settings = settings(&upstream);
    settings.patience.document = Duration::from_secs(30);
    let error = connect(settings).resolve(&model("willow/oak")).await.unwrap_err();
    assert!(matches!(error, SourceError::TooLarge { .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_breaks_off_ends_with_an_error_and_can_be_resumed() {
    let upstream = serving_oak();
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    upstream.fault_times("/cdn/*", Fault::BreakOff { after_bytes: 50_000 }, 1);
    let path = "model.safetensors";
    let file = sources.open_file(&snapshot.source, &snapshot.commit, path, 0).await.unwrap();
    let pieces: Vec<_> = file.body.collect().await;
    assert!(pieces.last().unwrap().is_err());
    let came: u64 = pieces.iter().flatten().map(|piece| piece.len() as u64).sum();
    let rest = sources.open_file(&snapshot.source, &snapshot.commit, path, came).await.unwrap();
    assert_eq!(rest.offset, came);
    let pieces: Vec<_> = rest.body.map(Result::unwrap).collect().await;
    assert_eq!(came + pieces.concat().len() as u64, 200_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_survive_a_restart_and_are_asked_for_with_their_tag() {
    let upstream = serving_oak();
    let folder = tempfile::tempdir().unwrap();
    let with_folder = || {
        let mut settings = settings(&upstream);
        settings.cache_dir = Some(folder.path().to_owned());
        connect(settings)
    };
    let first = with_folder();
    let snapshot = first.resolve(&model("willow/oak")).await.unwrap();
    first.model(&snapshot, soon()).await;
    drop(first);
    upstream.forget_requests();

    let again = with_folder();
    let snapshot = again.resolve(&model("willow/oak")).await.unwrap();
    let facts = again.model(&snapshot, soon()).await;
    assert!(facts.card.value().is_some());
    assert_eq!(upstream.count_of("*README.md"), 0, "a pinned file never changes");
    let described = &upstream.requests()[0];
    assert!(described.header("if-none-match").is_some(), "{described:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_answer_that_was_damaged_is_asked_for_again() {
    let upstream = serving_oak();
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&upstream);
    settings.cache_dir = Some(folder.path().to_owned());
    let sources = connect(settings);
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    let facts = sources.model(&snapshot, soon()).await;
    for kept in std::fs::read_dir(folder.path()).unwrap() {
        let path = kept.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
    upstream.forget_requests();
    assert_eq!(sources.model(&snapshot, soon()).await, facts);
    assert_eq!(upstream.count_of("*README.md"), 1);
    sources.model(&snapshot, soon()).await;
    assert_eq!(upstream.count_of("*README.md"), 1, "it is kept again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_document_is_asked_for_once_by_many() {
    let upstream = serving_oak();
    upstream.set_latency(Duration::from_millis(100));
    let sources = connect(settings(&upstream));
    let oak = model("willow/oak");
    let all = futures::future::join_all((0..20).map(|_| sources.resolve(&oak))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_by_a_limit_is_remembered_for_every_other_question() {
    let upstream = serving_oak();
    let sources = connect(settings(&upstream));
    upstream.fault_times("/api/*", Fault::Status(429), 1);
    for name in ["willow/oak", "willow/elm"] {
        let error = sources.resolve(&model(name)).await.unwrap_err();
        assert!(matches!(error, SourceError::RateLimited { .. }), "{error}");
    }
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_read_as_a_document_is_not_asked_for_again() {
    let upstream = serving_oak();
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    sources.model(&snapshot, soon()).await;
    let (source, commit) = (&snapshot.source, &snapshot.commit);
    for (offset, expected) in [(0, "# Oak\n"), (2, "Oak\n")] {
        let file = sources.open_file(source, commit, "README.md", offset).await.unwrap();
        assert_eq!((file.offset, file.size_bytes), (offset, Some(6)));
        let pieces: Vec<_> = file.body.map(Result::unwrap).collect().await;
        assert_eq!(pieces.concat(), expected.as_bytes());
    }
    assert_eq!(upstream.count_of("*README.md"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_a_path_out_of_the_repository_is_refused() {
    let upstream = serving_oak();
    let commit = "a".repeat(40);
    let sibling = r#"{"rfilename":"../../etc/passwd","size":1}"#;
    let listing = format!(r#"{{"id":"willow/oak","sha":"{commit}","siblings":[{sibling}]}}"#);
    upstream.fault("/api/*", Fault::Text(listing));
    let error = connect(settings(&upstream)).resolve(&model("willow/oak")).await.unwrap_err();
    assert!(error.to_string().contains("outside of the repository"), "{error}");
}
