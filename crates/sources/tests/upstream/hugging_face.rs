//! Models and data sets of the Hub.

use crate::{connect, model, settings, soon};
use futures::{StreamExt as _, TryStreamExt as _};
use touchstone_domain::facts::Gated;
use touchstone_domain::lineage::Provenance;
use touchstone_domain::{Missing, Source};
use touchstone_sources::{SnapshotInfo, SourceError};
use touchstone_stand_in::{Content, Kind, Repository, StandIn};

fn serving_oak() -> StandIn {
    let upstream = StandIn::start();
    upstream.organization("willow", 7);
    upstream.add(
        Repository::model("willow/oak")
            .card("---\nlicense: mit\n---\n# Oak\n")
            .file("config.json", "{}")
            .content("model.safetensors", Content::synthetic(100_000, 1)),
    );
    upstream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_pinned_with_its_files_sizes_and_hashes_in_one_request() {
    let upstream = serving_oak();
    let snapshot = connect(settings(&upstream)).resolve(&model("willow/oak")).await.unwrap();
    assert_eq!(upstream.requests().len(), 1);
    assert_eq!(snapshot.commit.len(), 40);
    let weights = snapshot.files.iter().find(|file| file.path == "model.safetensors").unwrap();
    assert_eq!(weights.size_bytes, Some(100_000));
    assert!(weights.sha256.is_some());
    let SnapshotInfo::HuggingFace(info) = snapshot.info else { panic!("it is a Hub model") };
    assert_eq!(info.gated, Gated::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_s_facts_are_gathered_with_no_document_asked_twice() {
    let upstream = serving_oak();
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    let facts = sources.model(&snapshot, soon()).await;
    assert!(facts.card.value().unwrap().text.contains("# Oak"));
    assert_eq!(facts.config.value().unwrap().text, "{}");
    assert_eq!(facts.adapter_config.why_missing(), Some(&Missing::Absent));
    assert_eq!(facts.owner.value().unwrap().members, Some(7));
    assert!(!facts.history.value().unwrap().commits.is_empty());
    let mut asked: Vec<String> = upstream.requests().iter().map(|r| r.path.clone()).collect();
    let all = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), all, "none twice: {asked:?}");
    assert!(all <= 6, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_model_is_followed_and_says_so() {
    let upstream = serving_oak();
    upstream.rename(Kind::Model, "willow/oak", "willow/quercus");
    let snapshot = connect(settings(&upstream)).resolve(&model("willow/oak")).await.unwrap();
    assert_eq!(snapshot.source.repository(), "willow/quercus");
    assert_eq!(snapshot.renamed_from.as_deref(), Some("willow/oak"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_private_is_not_found() {
    let upstream = StandIn::start();
    upstream.add(Repository::model("willow/secret").private());
    let sources = connect(settings(&upstream));
    for name in ["nobody/nothing", "willow/secret"] {
        let error = sources.resolve(&model(name)).await.unwrap_err();
        assert!(matches!(error, SourceError::NotFound { .. }), "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gated_model_is_described_but_its_files_are_forbidden() {
    let upstream = StandIn::start();
    upstream.add(Repository::model("willow/gated").gated().file("config.json", "{}"));
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/gated")).await.unwrap();
    let facts = sources.model(&snapshot, soon()).await;
    assert_eq!(facts.config.why_missing(), Some(&Missing::Forbidden));
    let error = sources.open_file(&snapshot.source, &snapshot.commit, "config.json", 0).await;
    assert!(matches!(error.err(), Some(SourceError::Forbidden { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_followed_to_its_storage_and_resumed_from_an_offset() {
    let upstream = serving_oak();
    upstream.redirect_large_files(true);
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    let read = async |offset: u64| {
        let (source, commit) = (&snapshot.source, &snapshot.commit);
        let file = sources.open_file(source, commit, "model.safetensors", offset).await.unwrap();
        assert_eq!((file.offset, file.size_bytes), (offset, Some(100_000)));
        let pieces: Vec<_> = file.body.try_collect().await.unwrap();
        pieces.concat()
    };
    let whole = read(0).await;
    assert_eq!(whole.len(), 100_000);
    assert!(read(60_000).await == whole[60_000..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_odd_characters_in_its_path_is_found() {
    let upstream = StandIn::start();
    let path = "sub dir/a+b #1%.txt";
    upstream.add(Repository::model("willow/odd").file(path, "odd"));
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/odd")).await.unwrap();
    let file = sources.open_file(&snapshot.source, &snapshot.commit, path, 0).await.unwrap();
    let pieces: Vec<_> = file.body.map(Result::unwrap).collect().await;
    assert_eq!(pieces.concat(), b"odd");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_costs_two_requests() {
    let upstream = serving_oak();
    let facts = connect(settings(&upstream)).parent(&model("willow/oak")).await;
    assert!(facts.info.value().is_some() && facts.card.value().is_some());
    assert_eq!(facts.config.why_missing(), Some(&Missing::NotAsked));
    assert_eq!(upstream.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_set_is_found_by_name_and_by_address() {
    let upstream = StandIn::start();
    upstream.add(Repository::dataset("meadow/herbs").card("# Herbs\n"));
    let sources = connect(settings(&upstream));
    for name in ["meadow/herbs", "https://huggingface.co/datasets/meadow/herbs"] {
        let facts = sources.dataset(name, Provenance::Card).await;
        assert_eq!(facts.card.value().unwrap().text, "# Herbs\n");
        assert_eq!(facts.named_as, name);
    }
    let none = sources.dataset("meadow/none", Provenance::Card).await;
    assert_eq!(none.info.why_missing(), Some(&Missing::Absent));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_is_pinned_where_one_is_named() {
    let upstream = serving_oak();
    let sources = connect(settings(&upstream));
    let head = sources.resolve(&model("willow/oak")).await.unwrap();
    upstream.add(Repository::model("willow/oak").card("# Newer\n"));
    let Source::HuggingFace { kind, repository, .. } = model("willow/oak") else { panic!() };
    let pinned = Source::HuggingFace { kind, repository, revision: Some(head.commit.clone()) };
    assert_eq!(sources.resolve(&pinned).await.unwrap().commit, head.commit);
    assert_ne!(sources.resolve(&model("willow/oak")).await.unwrap().commit, head.commit);
}
