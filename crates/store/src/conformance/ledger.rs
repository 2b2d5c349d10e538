//! Promises about which blobs are needed.

use super::samples::{AnyStore, at, id, lease, publication, publish, register, sha256, stored};
use crate::contract::Outcome;
use crate::error::StoreError;
use touchstone_domain::{FileEntry, FileHolding, Manifest, Sha256};

pub(super) async fn a_blob_of_a_manifest_is_needed(store: &AnyStore) {
    let referenced = FileEntry {
        holding: FileHolding::Referenced { sha256: Some(sha256(8)) },
        ..stored("large.bin", 8)
    };
    publish(store, 1, "one", |publication| {
        publication.revision.manifest = Manifest::new(vec![stored("a", 7), referenced]);
    })
    .await;
    assert_eq!(store.unneeded(&blobs(6..10)).await.unwrap(), [sha256(6), sha256(9)]);
}

pub(super) async fn a_pinned_blob_is_needed_until_the_job_is_over(store: &AnyStore) {
    register(store, 1, "one").await;
    let holder = lease(store, 100).await;
    store.pin(&holder, &blobs(1..3)).await.unwrap();
    store.pin(&holder, &blobs(2..4)).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..5)).await.unwrap(), [sha256(4)]);
    let failed = Outcome::Fail { reason: "no".to_owned() };
    store.finish(&holder, failed, at(101)).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..5)).await.unwrap(), blobs(1..5));
}

pub(super) async fn a_retried_job_keeps_its_pins(store: &AnyStore) {
    register(store, 1, "one").await;
    let holder = lease(store, 100).await;
    store.pin(&holder, &blobs(1..3)).await.unwrap();
    let later = Outcome::Retry { at: at(101), reason: "it hung".to_owned() };
    store.finish(&holder, later, at(101)).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..3)).await.unwrap(), []);
    let second = lease(store, 101).await;
    store.finish(&second, Outcome::Release, at(102)).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..3)).await.unwrap(), []);
}

pub(super) async fn a_blob_of_a_deleted_artifact_is_not_needed(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    register(store, 2, "two").await;
    let holder = lease(store, 100).await;
    store.pin(&holder, &[sha256(2)]).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..3)).await.unwrap(), []);
    store.delete(&id(1)).await.unwrap();
    store.delete(&id(2)).await.unwrap();
    assert_eq!(store.unneeded(&blobs(1..3)).await.unwrap(), blobs(1..3));
}

pub(super) async fn a_blob_of_two_artifacts_is_needed_until_both_are_gone(store: &AnyStore) {
    for (number, name) in [(1, "one"), (2, "two")] {
        publish(store, number, name, |publication| {
            publication.revision.manifest = Manifest::new(vec![stored("a", 7)]);
        })
        .await;
    }
    store.delete(&id(1)).await.unwrap();
    assert_eq!(store.unneeded(&[sha256(7)]).await.unwrap(), []);
    store.delete(&id(2)).await.unwrap();
    assert_eq!(store.unneeded(&[sha256(7)]).await.unwrap(), [sha256(7)]);
}

pub(super) async fn a_marked_blob_is_condemned_only_after_the_grace_time(store: &AnyStore) {
    assert_eq!(store.mark(&blobs(1..3), at(100)).await.unwrap(), 2);
    assert_eq!(store.mark(&blobs(2..4), at(200)).await.unwrap(), 3);
    assert_eq!(store.condemn(at(100)).await.unwrap(), []);
    assert_eq!(sorted(store.condemn(at(101)).await.unwrap()), blobs(1..3));
    store.forget(&blobs(1..3)).await.unwrap();
    assert_eq!(store.condemn(at(201)).await.unwrap(), [sha256(3)]);
}

pub(super) async fn a_blob_that_is_pinned_again_is_not_condemned(store: &AnyStore) {
    store.mark(&blobs(1..4), at(100)).await.unwrap();
    register(store, 1, "one").await;
    let holder = lease(store, 100).await;
    store.pin(&holder, &[sha256(1)]).await.unwrap();
    assert_eq!(sorted(store.condemn(at(500)).await.unwrap()), blobs(2..4));
    assert_eq!(store.mark(&blobs(1..2), at(600)).await.unwrap(), 0);
}

pub(super) async fn a_condemned_blob_cannot_be_pinned_until_it_is_forgotten(store: &AnyStore) {
    store.mark(&[sha256(1)], at(100)).await.unwrap();
    store.condemn(at(200)).await.unwrap();
    register(store, 1, "one").await;
    let holder = lease(store, 100).await;
    let refused = store.pin(&holder, &[sha256(2), sha256(1)]).await;
    assert!(matches!(refused, Err(StoreError::BeingCollected)));
    assert_eq!(store.unneeded(&[sha256(2)]).await.unwrap(), [sha256(2)]);
    store.forget(&[sha256(1)]).await.unwrap();
    store.pin(&holder, &[sha256(2), sha256(1)]).await.unwrap();
}

pub(super) async fn what_a_crash_left_condemned_is_given_again(store: &AnyStore) {
    store.mark(&blobs(1..3), at(100)).await.unwrap();
    store.condemn(at(200)).await.unwrap();
    assert_eq!(store.mark(&blobs(1..4), at(300)).await.unwrap(), 1);
    assert_eq!(sorted(store.condemn(at(200)).await.unwrap()), blobs(1..3));
}

pub(super) async fn a_pin_needs_the_lease(store: &AnyStore) {
    register(store, 1, "one").await;
    let old = lease(store, 100).await;
    lease(store, 200).await;
    assert!(matches!(store.pin(&old, &[sha256(1)]).await, Err(StoreError::LeaseLost)));
    assert_eq!(store.unneeded(&[sha256(1)]).await.unwrap(), [sha256(1)]);
}

pub(super) async fn a_sweep_condemns_a_bounded_number_at_once(store: &AnyStore) {
    store.mark(&blobs(0..1_500), at(100)).await.unwrap();
    let first = store.condemn(at(200)).await.unwrap();
    assert_eq!(first.len(), 1_000);
    store.forget(&first).await.unwrap();
    assert_eq!(store.condemn(at(200)).await.unwrap().len(), 500);
}

pub(super) async fn a_manifest_that_names_a_condemned_blob_is_refused(store: &AnyStore) {
    store.mark(&[sha256(7)], at(100)).await.unwrap();
    store.condemn(at(200)).await.unwrap();
    register(store, 1, "one").await;
    let holder = lease(store, 300).await;
    let mut reckless = publication(1, "one", 1);
    reckless.revision.manifest = Manifest::new(vec![stored("a", 7)]);
    let refused = store.publish(&holder, reckless.clone()).await;
    assert!(matches!(refused, Err(StoreError::BeingCollected)));
    store.forget(&[sha256(7)]).await.unwrap();
    store.publish(&holder, reckless).await.unwrap();
}

fn blobs(numbers: std::ops::Range<u32>) -> Vec<Sha256> {
    numbers.map(sha256).collect()
}

fn sorted(mut blobs: Vec<Sha256>) -> Vec<Sha256> {
    blobs.sort();
    blobs
}
