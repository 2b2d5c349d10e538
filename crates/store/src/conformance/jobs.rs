//! Promises about jobs.

use super::artifacts::repoint;
use super::samples::{
    AnyStore, LEASE, at, id, job, lease, publication, publish, register, register_many, sha256,
};
use crate::contract::{JobCounts, Outcome};
use crate::error::StoreError;
use touchstone_domain::ArtifactStatus;
use touchstone_domain::job::{JobState, Lease, Progress, Stage};

pub(super) async fn the_job_due_longest_is_taken_first(store: &AnyStore) {
    for number in [3, 1, 2] {
        register(store, number, &format!("model-{number}")).await;
    }
    for number in 1..=3 {
        let (job, lease) = store.lease(at(10), LEASE).await.unwrap().unwrap();
        assert_eq!((&job.artifact, &lease.artifact), (&id(number), &id(number)));
        assert_eq!((job.state, job.attempts), (JobState::Running, 1));
    }
    assert!(store.lease(at(10), LEASE).await.unwrap().is_none());
}

pub(super) async fn a_job_is_not_taken_before_its_time(store: &AnyStore) {
    register(store, 5, "five").await;
    assert!(store.lease(at(4), LEASE).await.unwrap().is_none());
    assert!(store.lease(at(5), LEASE).await.unwrap().is_some());
}

pub(super) async fn of_many_racing_workers_one_gets_a_job(store: &AnyStore) {
    register_many(store, 0..10).await;
    let workers = (0..40).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.lease(at(100), LEASE).await.unwrap() })
    });
    let taken = futures::future::join_all(workers).await;
    let mut ids: Vec<_> =
        taken.into_iter().filter_map(|end| end.unwrap()).map(|(job, _)| job.artifact).collect();
    ids.sort();
    assert_eq!(ids, (0..10).map(id).collect::<Vec<_>>());
}

pub(super) async fn a_job_is_taken_over_when_its_lease_runs_out(store: &AnyStore) {
    register(store, 1, "one").await;
    let first = lease(store, 100).await;
    assert!(store.lease(at(159), LEASE).await.unwrap().is_none());
    let (job, second) = store.lease(at(160), LEASE).await.unwrap().unwrap();
    assert_eq!(job.attempts, 2);
    assert_ne!(first, second);
}

pub(super) async fn a_heartbeat_prolongs_the_lease_and_shows_progress(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let progress = Progress {
        stage: Stage::Transfer,
        bytes_done: 7,
        bytes_total: Some(u64::MAX),
        transfer_started_at: Some(at(101)),
    };
    store.heartbeat(&lease, &progress, at(150), LEASE).await.unwrap();
    assert!(store.lease(at(209), LEASE).await.unwrap().is_none());
    let job = store.job(&id(1)).await.unwrap().unwrap();
    assert_eq!((job.progress, job.updated_at), (progress, at(150)));
    assert!(store.lease(at(210), LEASE).await.unwrap().is_some());
}

pub(super) async fn a_lease_that_was_taken_over_is_lost_for_every_write(store: &AnyStore) {
    register(store, 1, "one").await;
    let old = lease(store, 100).await;
    let current = lease(store, 200).await;
    assert_lost(store, &old).await;
    store.finish(&current, Outcome::Release, at(201)).await.unwrap();
    assert_lost(store, &current).await;
}

pub(super) async fn a_repoint_takes_the_lease_away(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    store.repoint(repoint(1, "other")).await.unwrap();
    assert_lost(store, &lease).await;
    assert_eq!(store.job(&id(1)).await.unwrap().unwrap().state, JobState::Waiting);
}

pub(super) async fn a_deletion_takes_the_lease_away(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    store.delete(&id(1)).await.unwrap();
    assert_lost(store, &lease).await;
}

pub(super) async fn a_retried_attempt_counts_and_waits(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let outcome = Outcome::Retry { at: at(500), reason: "it hung".to_owned() };
    store.finish(&lease, outcome, at(101)).await.unwrap();
    let job = store.job(&id(1)).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts, job.not_before), (JobState::Waiting, 1, at(500)));
    assert_eq!(job.last_problem.as_deref(), Some("it hung"));
    assert!(store.lease(at(499), LEASE).await.unwrap().is_none());
    assert_eq!(store.lease(at(500), LEASE).await.unwrap().unwrap().0.attempts, 2);
}

pub(super) async fn a_released_attempt_does_not_count(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    store.finish(&lease, Outcome::Release, at(101)).await.unwrap();
    let (job, again) = store.lease(at(101), LEASE).await.unwrap().unwrap();
    assert_eq!(job.attempts, 1);
    assert_ne!(again, lease);
}

pub(super) async fn a_failed_first_ingest_fails_the_artifact(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let reason = "upstream says that it does not exist".to_owned();
    store.finish(&lease, Outcome::Fail { reason: reason.clone() }, at(101)).await.unwrap();
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.status, ArtifactStatus::Failed { reason: reason.clone() });
    assert_eq!(artifact.updated_at, at(101));
    let job = store.job(&id(1)).await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Failed { reason });
    assert!(store.lease(at(9_999), LEASE).await.unwrap().is_none());
}

pub(super) async fn a_failed_update_leaves_the_artifact_ready(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    store.repoint(repoint(1, "other")).await.unwrap();
    let lease = lease(store, 100).await;
    let failed = Outcome::Fail { reason: "no".to_owned() };
    store.finish(&lease, failed, at(101)).await.unwrap();
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.status, ArtifactStatus::Ready);
    assert!(artifact.current.is_some());
}

pub(super) async fn a_failed_job_can_be_queued_again_with_its_attempts_counted_anew(
    store: &AnyStore,
) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let failed = Outcome::Fail { reason: "no".to_owned() };
    store.finish(&lease, failed, at(101)).await.unwrap();
    assert!(store.retry(&id(1), at(200)).await.unwrap());
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.status, ArtifactStatus::Pending);
    assert!(store.lease(at(199), LEASE).await.unwrap().is_none());
    assert_eq!(store.lease(at(200), LEASE).await.unwrap().unwrap().0.attempts, 1);
}

pub(super) async fn only_a_failed_job_can_be_queued_again(store: &AnyStore) {
    assert!(!store.retry(&id(1), at(200)).await.unwrap());
    register(store, 1, "one").await;
    assert!(!store.retry(&id(1), at(200)).await.unwrap());
    assert_eq!(store.job(&id(1)).await.unwrap(), Some(job(1)));
}

pub(super) async fn a_lease_from_before_a_retry_stays_lost(store: &AnyStore) {
    register(store, 1, "one").await;
    let sleeper = lease(store, 100).await;
    let second = lease(store, 200).await;
    let failed = Outcome::Fail { reason: "no".to_owned() };
    store.finish(&second, failed, at(201)).await.unwrap();
    store.retry(&id(1), at(300)).await.unwrap();
    lease(store, 300).await;
    assert_lost(store, &sleeper).await;
}

pub(super) async fn the_next_due_time_is_the_earliest(store: &AnyStore) {
    assert_eq!(store.next_due().await.unwrap(), None);
    register(store, 7, "seven").await;
    register(store, 5, "five").await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(5)));
    lease(store, 6).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(7)));
    lease(store, 9).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(66)));
}

pub(super) async fn jobs_are_counted_by_state(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    register_many(store, 2..5).await;
    lease(store, 100).await;
    let fails = lease(store, 100).await;
    store.finish(&fails, Outcome::Fail { reason: "no".to_owned() }, at(101)).await.unwrap();
    let counts = store.job_counts().await.unwrap();
    assert_eq!(counts, JobCounts { waiting: 1, running: 1, failed: 1 });
}

async fn assert_lost(store: &AnyStore, lease: &Lease) {
    let lost = |result| assert!(matches!(result, Err(StoreError::LeaseLost)), "{result:?}");
    lost(store.heartbeat(lease, &Progress::queued(), at(300), LEASE).await);
    lost(store.finish(lease, Outcome::Release, at(300)).await);
    lost(store.pin(lease, &[sha256(1)]).await);
    lost(store.publish(lease, publication(1, "one", 99)).await);
}
