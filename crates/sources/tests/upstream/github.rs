//! Repositories of GitHub.

use crate::{code, connect, settings};
use futures::StreamExt as _;
use touchstone_domain::Missing;
use touchstone_domain::Timestamp;
use touchstone_domain::lineage::Provenance;
use touchstone_sources::{ArchivePart, SourceError};
use touchstone_stand_in::{CodeRepository, Commit, StandIn, demo};

/// The demo's family has a well-kept repository with reviews.
fn serving() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(demo::Family::at(Timestamp::from_second(1_790_000_000).unwrap()));
    upstream
}

/// The demo's well-kept repository.
const TERN: &str = "lanternfish-lab/tern";

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_s_facts_take_three_requests_with_a_token() {
    let upstream = serving();
    let facts = connect(settings(&upstream)).repository(TERN, Provenance::Prose).await;
    assert_eq!(upstream.requests().len(), 3);
    assert!(facts.info.value().is_some());
    assert!(!facts.tree.value().unwrap().files.is_empty());
    assert!(!facts.contributors.value().unwrap().contributors.is_empty());
    assert!(!facts.reviews.value().unwrap().sampled);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_history_is_sampled() {
    let upstream = serving();
    let mut settings = settings(&upstream);
    settings.github_token = None;
    let facts = connect(settings).repository(TERN, Provenance::Prose).await;
    assert!(facts.reviews.value().unwrap().sampled);
    assert!(upstream.requests().len() <= 6, "{:#?}", upstream.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_a_short_history_tells_who_committed() {
    let at = Timestamp::UNIX_EPOCH;
    let upstream = StandIn::start();
    upstream.add(
        CodeRepository::new("willow/tools")
            .file("COPYING", "Do what is right.\n")
            .commit(Commit::new("bob", at, "Begin"))
            .commit(Commit::new("ann", at, "Go on"))
            .commit(Commit::new("ann", at, "End")),
    );
    let mut settings = settings(&upstream);
    settings.github_token = None;
    let facts = connect(settings).repository("willow/tools", Provenance::Prose).await;
    let everybody = facts.contributors.value().unwrap();
    let commits: Vec<(&str, u64)> = everybody
        .contributors
        .iter()
        .map(|person| (person.identity.as_str(), person.commits))
        .collect();
    assert_eq!(
        (commits.as_slice(), everybody.complete),
        ([("ann", 2), ("bob", 1)].as_slice(), true)
    );
    assert_eq!(upstream.count_of("*/contributors"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_repository_is_followed_and_says_so() {
    let upstream = serving();
    upstream.rename_code(TERN, "willow/moved");
    let snapshot = connect(settings(&upstream)).resolve(&code(TERN)).await.unwrap();
    assert_eq!(snapshot.source.repository(), "willow/moved");
    assert_eq!(snapshot.renamed_from, Some(TERN.to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_not_there_is_absent() {
    let upstream = StandIn::start();
    let sources = connect(settings(&upstream));
    let facts = sources.repository("nobody/nothing", Provenance::Prose).await;
    assert_eq!(facts.info.why_missing(), Some(&Missing::Absent));
    let error = sources.resolve(&code("nobody/nothing")).await.unwrap_err();
    assert!(matches!(error, SourceError::NotFound { .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_holds_every_file_of_the_listing() {
    let upstream = serving();
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&code(TERN)).await.unwrap();
    let mut parts = sources.open_archive(&snapshot.source, &snapshot.commit).await.unwrap();
    let mut found: Vec<(String, u64)> = Vec::new();
    let mut bytes = 0;
    while let Some(part) = parts.next().await {
        match part.unwrap() {
            ArchivePart::File { path, size_bytes } => found.push((path, size_bytes)),
            ArchivePart::Bytes(piece) => bytes += piece.len() as u64,
        }
    }
    found.sort();
    let mut listed: Vec<(String, u64)> =
        snapshot.files.iter().map(|file| (file.path.clone(), file.size_bytes.unwrap())).collect();
    listed.sort();
    assert_eq!(found, listed);
    assert_eq!(bytes, listed.iter().map(|(_, size)| size).sum::<u64>());
}
