//! Promises about looking after the store.

use super::samples::{AnyStore, LEASE, at, id, new, publish, register, revision_id, sha256};
use crate::contract::{JobCounts, ListQuery};
use crate::pattern::SearchPattern;
use std::time::Duration;
use touchstone_domain::page::PageStart;
use touchstone_domain::{ArtifactType, PageRequest};

pub(super) async fn a_fresh_store_answers(store: &AnyStore) {
    store.probe().await.unwrap();
    store.probe().await.unwrap();
}

pub(super) async fn a_reset_empties_everything(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.readme = Some("golden".to_owned())).await;
    register(store, 2, "two").await;
    store.mark(&[sha256(9)], at(1)).await.unwrap();
    store.reset().await.unwrap();
    let first = PageRequest::first();
    assert_eq!(store.list(&ListQuery::default(), &first).await.unwrap().items, []);
    assert_eq!(store.all_revisions(&first).await.unwrap().items, []);
    assert_eq!(store.trail(&id(1), 10).await.unwrap(), []);
    assert_eq!(store.job_counts().await.unwrap(), JobCounts::default());
    assert!(store.lease(at(9_999), LEASE).await.unwrap().is_none());
    assert_eq!(store.unneeded(&[sha256(1)]).await.unwrap(), [sha256(1)]);
    assert_eq!(store.condemn(at(9_999)).await.unwrap(), []);
    let all = SearchPattern::parse("golden|one|two").unwrap();
    let found = store.search(&all, &first, Duration::from_mins(1)).await.unwrap().unwrap();
    assert_eq!(found.items, []);
    store.register(new(1, ArtifactType::Model, "one")).await.unwrap();
}

pub(super) async fn every_revision_is_visited_once(store: &AnyStore) {
    for number in 1..=5 {
        publish(store, number, &format!("model-{number}"), |_| {}).await;
    }
    let mut found = Vec::new();
    let mut start = PageStart::First;
    loop {
        let page = store.all_revisions(&PageRequest { start, limit: 2 }).await.unwrap();
        found.extend(page.items.into_iter().map(|revision| revision.id));
        match page.next {
            Some(cursor) => start = PageStart::After(cursor),
            None => break,
        }
    }
    assert_eq!(found, (1..=5).map(revision_id).collect::<Vec<_>>());
}

pub(super) async fn a_closed_store_can_be_closed_again(store: &AnyStore) {
    register(store, 1, "one").await;
    store.close().await;
    store.close().await;
}
