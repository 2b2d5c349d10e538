//! Repositories of GitHub.

use crate::{code, connect, settings};
use futures::StreamExt as _;
use touchstone_domain::Missing;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{AddedLines, RepositoryFacts};
use touchstone_domain::lineage::Provenance;
use touchstone_sources::{ArchivePart, SourceError};
use touchstone_stand_in::{CodeRepository, Commit, PullRequest, StandIn, demo};

/// The demo's family has a well-kept repository with reviews.
fn serving() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(demo::Family::at(Timestamp::from_second(1_790_000_000).unwrap()));
    upstream
}

/// The demo's well-kept repository.
const TERN: &str = "lanternfish-lab/tern";

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_s_facts_take_two_requests_with_a_token() {
    let upstream = serving();
    let facts = connect(settings(&upstream)).repository(TERN, Provenance::Prose).await;
    assert_eq!(upstream.requests().len(), 2);
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

/// Five people and two programs, one of them under three mails, one only as a co-author.
fn shared() -> CodeRepository {
    let at = Timestamp::UNIX_EPOCH;
    let of = |author: &str| Commit::new(author, at, "Work");
    CodeRepository::new("willow/shared")
        .commit(of("ann").from_mail("ann@home.example"))
        .commit(of("ann").from_mail("ann@work.example"))
        .commit(of("x").signed("Ann A.", "ANN@work.example"))
        .commit(of("x").signed("Ann", "7+ann@users.noreply.github.com"))
        .commit(of("bob").with("Cleo", "9+cleo@users.noreply.github.com"))
        .commit(of("bob").with("bob", "bob@users.noreply.example"))
        .commit(of("x").signed("Dan", "dan@one.example"))
        .commit(of("x").signed("Dan", "dan@two.example"))
        .commit(of("keeper[bot]"))
        .commit(of("x").signed("release-bot", "release@ci.example"))
}

fn counted(facts: &RepositoryFacts) -> Vec<(&str, u64, bool)> {
    let people = &facts.contributors.value().unwrap().contributors;
    let mut rows: Vec<_> =
        people.iter().map(|one| (one.identity.as_str(), one.commits, one.is_bot)).collect();
    rows.sort_unstable();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_in_a_history_is_counted_once_whatever_they_sign_with() {
    let upstream = StandIn::start();
    upstream.add(shared());
    for token in [true, false] {
        let facts = asked(&upstream, "willow/shared", token).await;
        assert_eq!(
            counted(&facts),
            [
                ("Dan", 1, false),
                ("Dan", 1, false),
                ("ann", 4, false),
                ("bob", 2, false),
                ("cleo", 1, false),
                ("keeper[bot]", 1, true),
                ("release-bot", 1, true),
            ],
            "with a token: {token}"
        );
        let everybody = facts.contributors.value().unwrap();
        assert_eq!((everybody.complete, everybody.co_authors_of), (true, 10));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_long_history_the_host_s_list_is_joined_with_the_newest_signatures() {
    let at = Timestamp::UNIX_EPOCH;
    let upstream = StandIn::start();
    let mut code = CodeRepository::new("willow/long");
    for _ in 0..60 {
        code = code.commit(Commit::new("x", at, "Work").signed("Ann", "ann@work.example"));
        code = code.commit(Commit::new("bob", at, "Work"));
    }
    let newest = Commit::new("ann", at, "Work").from_mail("ann@work.example");
    upstream.add(code.commit(newest.with("Cleo", "cleo@home.example")));
    for token in [true, false] {
        let facts = asked(&upstream, "willow/long", token).await;
        let expected = [("Cleo", 1, false), ("ann", 61, false), ("bob", 60, false)];
        assert_eq!(counted(&facts), expected, "with a token: {token}");
        assert_eq!(facts.contributors.value().unwrap().co_authors_of, 100);
    }
}

async fn asked(upstream: &StandIn, name: &str, token: bool) -> RepositoryFacts {
    let mut settings = settings(upstream);
    settings.github_token = settings.github_token.filter(|_| token);
    connect(settings).repository(name, Provenance::Prose).await
}

/// One squashed, one merged and one rebased pull request, one into another branch, one push.
fn merged() -> CodeRepository {
    let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds * 1_000).unwrap();
    let pull = |number: u64| {
        let merged = at(i64::try_from(number).unwrap() * 10);
        PullRequest::new(number, "ann", merged, "Change").approved_by("bob").merged_by("bob")
    };
    let of = |seconds| Commit::new("ann", at(seconds), "Part");
    CodeRepository::new("willow/merged")
        .commit(Commit::new("ann", at(0), "Begin"))
        .pull_request(pull(1).adds(&[("src/a.py", 30), ("poetry.lock", 70)]))
        .merge(pull(2), vec![of(14), of(15)])
        .rebase(pull(3), vec![of(24), of(25), of(26)])
        .pull_request(pull(4).base("next"))
        .commit(Commit::new("ann", at(50), "Push"))
}

#[tokio::test(flavor = "multi_thread")]
async fn squashed_merged_and_rebased_pull_requests_are_told_with_and_without_a_token() {
    let upstream = StandIn::start();
    upstream.add(merged());
    for token in [true, false] {
        let facts = asked(&upstream, "willow/merged", token).await;
        let history = facts.reviews.value().unwrap();
        let came: Vec<Option<u64>> = history
            .commits
            .iter()
            .map(|commit| commit.pull_request.as_ref().map(|pull| pull.number))
            .collect();
        let expected = [None, Some(3), Some(3), Some(3), Some(2), Some(2), Some(2), Some(1), None];
        assert_eq!(came, expected, "with a token: {token}");
        let parents: Vec<u32> = history.commits.iter().map(|commit| commit.parents).collect();
        assert_eq!(parents, [1, 1, 1, 1, 2, 1, 1, 1, 0]);
        let merged_by = |at: usize| {
            let pull = history.commits[at].pull_request.as_ref().unwrap();
            pull.merged_by.clone()
        };
        // Who squashed on the web is in the query only.
        let squashed = token.then(|| "bob".to_owned());
        assert_eq!((merged_by(1).as_deref(), merged_by(4).as_deref()), (Some("bob"), Some("bob")));
        assert_eq!(merged_by(7), squashed);
    }
    let facts = asked(&upstream, "willow/merged", true).await;
    let squashed = facts.reviews.value().unwrap().commits[7].pull_request.clone().unwrap();
    assert_eq!(squashed.approvers, ["bob"]);
    let added = AddedLines { in_all: 100, by_hand: 30, complete: true };
    assert_eq!(squashed.added, Some(added));
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_matter_are_found_wherever_the_listing_has_them() {
    let upstream = StandIn::start();
    upstream.add(
        CodeRepository::new("willow/many")
            .file("readme.rst", "Many\n====\n")
            .file("COPYING", "Do what is right.\n")
            .file("python/core/pyproject.toml", "[project]\n")
            .file("web/package.json", "{}\n")
            .file("vendor/x/Cargo.toml", "[package]\n")
            .commit(Commit::new("ann", Timestamp::UNIX_EPOCH, "Begin")),
    );
    let facts = asked(&upstream, "willow/many", true).await;
    let paths: Vec<&str> = facts.documents.iter().map(|document| document.path.as_str()).collect();
    assert_eq!(paths, ["web/package.json", "python/core/pyproject.toml"]);
    assert_eq!(facts.readme.value().unwrap().path, "readme.rst");
    let license = facts.license.value().unwrap();
    assert_eq!(license.file.as_ref().unwrap().path, "COPYING");
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
