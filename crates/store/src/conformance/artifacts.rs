//! Promises about artifacts.

use super::samples::{
    AnyStore, at, canonical, entry, id, job, lease, new, publish, register, register_many, source,
};
use crate::contract::{Outcome, Repoint};
use crate::error::StoreError;
use touchstone_domain::audit::AuditAction;
use touchstone_domain::job::JobState;
use touchstone_domain::{ArtifactId, ArtifactStatus, ArtifactType};

pub(super) async fn a_registered_artifact_is_found_by_its_id(store: &AnyStore) {
    let mut new = new(1, ArtifactType::Dataset, "Größe ✓");
    new.artifact.created_at = at(0) + std::time::Duration::from_nanos(123_456_789);
    store.register(new.clone()).await.unwrap();
    assert_eq!(store.artifact(&id(1)).await.unwrap(), Some(new.artifact));
}

pub(super) async fn an_unknown_id_is_nothing(store: &AnyStore) {
    register(store, 1, "one").await;
    assert_eq!(store.artifact(&id(2)).await.unwrap(), None);
    assert_eq!(store.job(&id(2)).await.unwrap(), None);
}

pub(super) async fn registering_writes_job_and_audit_line_with_it(store: &AnyStore) {
    let new = new(1, ArtifactType::Model, "one");
    store.register(new.clone()).await.unwrap();
    assert_eq!(store.job(&id(1)).await.unwrap(), Some(new.job));
    assert_eq!(store.trail(&id(1), 10).await.unwrap(), [new.entry]);
}

pub(super) async fn a_source_is_held_by_one_artifact_of_a_type(store: &AnyStore) {
    register(store, 1, "one").await;
    let mut second = new(2, ArtifactType::Model, "ONE");
    second.artifact.url = "https://huggingface.co/ORG/one/tree/main".to_owned();
    assert_conflict(store.register(second).await, &id(1));
    assert_eq!(store.artifact(&id(2)).await.unwrap(), None);
    assert_eq!(store.job(&id(2)).await.unwrap(), None);
    assert_eq!(store.trail(&id(2), 10).await.unwrap(), []);
}

pub(super) async fn the_same_source_may_be_registered_under_another_type(store: &AnyStore) {
    register(store, 1, "one").await;
    store.register(new(2, ArtifactType::Code, "one")).await.unwrap();
    assert_eq!(ids(store.by_sources(&[canonical("one")]).await.unwrap()), [id(1), id(2)]);
}

pub(super) async fn of_many_racing_registrations_of_a_source_one_wins(store: &AnyStore) {
    let racers = (1..=50).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { store.register(new(number, ArtifactType::Model, "one")).await })
    });
    let ends = futures::future::join_all(racers).await;
    let won = ends.iter().filter(|end| matches!(end, Ok(Ok(())))).count();
    let refused = ends.iter().filter(|end| matches!(end, Ok(Err(StoreError::Conflict { .. }))));
    assert_eq!((won, refused.count()), (1, 49));
    assert_eq!(store.job_counts().await.unwrap().waiting, 1);
}

pub(super) async fn several_artifacts_are_found_at_once(store: &AnyStore) {
    register_many(store, 1..5).await;
    let found = store.artifacts(&[id(4), id(9), id(2), id(4)]).await.unwrap();
    assert_eq!(ids(found), [id(2), id(4)]);
    assert_eq!(store.artifacts(&[]).await.unwrap(), []);
}

pub(super) async fn artifacts_are_found_by_their_sources(store: &AnyStore) {
    register_many(store, 1..4).await;
    let sources = [canonical("model-3"), canonical("nobody"), canonical("model-1")];
    assert_eq!(ids(store.by_sources(&sources).await.unwrap()), [id(1), id(3)]);
}

pub(super) async fn a_repointed_artifact_has_the_new_address_and_a_new_job(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    let before = store.artifact(&id(1)).await.unwrap().unwrap();
    store.repoint(repoint(1, "other")).await.unwrap();
    let after = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(after.source, source("other"));
    assert_eq!(after.url, "https://huggingface.co/org/other");
    assert_eq!((after.current, after.status), (before.current, ArtifactStatus::Ready));
    let job = store.job(&id(1)).await.unwrap().unwrap();
    assert_eq!((job.generation, job.state), (2, JobState::Waiting));
    let actions = store.trail(&id(1), 10).await.unwrap().into_iter().map(|line| line.action);
    assert_eq!(actions.collect::<Vec<_>>(), [AuditAction::Create, AuditAction::Update]);
}

pub(super) async fn a_failed_artifact_that_is_repointed_is_pending_again(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let failed = Outcome::Fail { reason: "it is gone".to_owned() };
    store.finish(&lease, failed, at(101)).await.unwrap();
    store.repoint(repoint(1, "other")).await.unwrap();
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.status, ArtifactStatus::Pending);
}

pub(super) async fn a_repoint_to_a_held_source_is_refused_and_changes_nothing(store: &AnyStore) {
    register(store, 1, "one").await;
    register(store, 2, "two").await;
    let before = store.artifact(&id(2)).await.unwrap();
    assert_conflict(store.repoint(repoint(2, "one")).await, &id(1));
    assert_eq!(store.artifact(&id(2)).await.unwrap(), before);
    assert_eq!(store.job(&id(2)).await.unwrap(), Some(job(2)));
}

pub(super) async fn a_repoint_of_a_missing_artifact_is_refused(store: &AnyStore) {
    let refused = store.repoint(repoint(1, "one")).await;
    assert!(matches!(refused, Err(StoreError::NotFound)));
    assert_eq!(store.trail(&id(1), 10).await.unwrap(), []);
}

pub(super) async fn a_source_that_was_left_can_be_registered(store: &AnyStore) {
    register(store, 1, "one").await;
    store.repoint(repoint(1, "other")).await.unwrap();
    register(store, 2, "one").await;
    assert_eq!(ids(store.by_sources(&[canonical("one")]).await.unwrap()), [id(2)]);
}

pub(super) async fn a_deleted_artifact_leaves_only_its_audit_trail(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    let current = store.artifact(&id(1)).await.unwrap().unwrap().current.unwrap();
    assert!(store.delete(&id(1)).await.unwrap());
    assert_eq!(store.artifact(&id(1)).await.unwrap(), None);
    assert_eq!(store.job(&id(1)).await.unwrap(), None);
    assert_eq!(store.revision(&current).await.unwrap(), None);
    assert_eq!(store.revisions(&id(1)).await.unwrap(), []);
    assert_eq!(store.pointer_moves(&id(1)).await.unwrap(), []);
    assert_eq!(store.trail(&id(1), 10).await.unwrap(), [entry(1, AuditAction::Create, 0)]);
}

pub(super) async fn deleting_what_does_not_exist_says_so(store: &AnyStore) {
    register(store, 1, "one").await;
    assert!(store.delete(&id(1)).await.unwrap());
    assert!(!store.delete(&id(1)).await.unwrap());
}

pub(super) async fn a_deleted_source_can_be_registered_again(store: &AnyStore) {
    register(store, 1, "one").await;
    store.delete(&id(1)).await.unwrap();
    register(store, 2, "one").await;
    assert_eq!(ids(store.by_sources(&[canonical("one")]).await.unwrap()), [id(2)]);
}

pub(super) async fn counts_are_kept_by_type_and_status(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    register(store, 2, "two").await;
    store.register(new(3, ArtifactType::Code, "three")).await.unwrap();
    let lease = store.lease(at(3), super::samples::LEASE).await.unwrap().unwrap().1;
    let failed = Outcome::Fail { reason: "no".to_owned() };
    store.finish(&lease, failed, at(4)).await.unwrap();
    let counts = store.counts().await.unwrap().by_type;
    assert_eq!(
        counts,
        [
            (ArtifactType::Model, 0, 1, 1),
            (ArtifactType::Dataset, 0, 0, 0),
            (ArtifactType::Code, 1, 0, 0)
        ]
    );
}

pub(super) fn repoint(number: u32, to: &str) -> Repoint {
    Repoint {
        artifact: id(number),
        url: source(to).page_url(),
        source: source(to),
        job: job(number),
        entry: entry(number, AuditAction::Update, 50),
    }
}

fn ids(artifacts: Vec<touchstone_domain::Artifact>) -> Vec<ArtifactId> {
    artifacts.into_iter().map(|artifact| artifact.id).collect()
}

fn assert_conflict(result: Result<(), StoreError>, holder: &ArtifactId) {
    match result {
        Err(StoreError::Conflict { existing }) => assert_eq!(existing, *holder),
        other => panic!("a conflict was expected: {other:?}"),
    }
}
