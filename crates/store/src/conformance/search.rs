//! Promises about search.

use super::artifacts::repoint;
use super::samples::{AnyStore, id, lease, publication, publish, register, register_many};
use crate::pattern::SearchPattern;
use std::time::Duration;
use touchstone_domain::page::PageStart;
use touchstone_domain::{ArtifactId, PageRequest};

const BUDGET: Duration = Duration::from_mins(1);

pub(super) async fn a_name_is_found_from_the_moment_of_registration(store: &AnyStore) {
    register(store, 1, "bert-base").await;
    register(store, 2, "whisper").await;
    assert_eq!(find(store, "ert-b").await, [id(1)]);
    assert_eq!(find(store, "^whisper$").await, [id(2)]);
}

pub(super) async fn a_readme_is_found_once_it_is_published(store: &AnyStore) {
    readme(store, 1, "one", "# Gold\nThe touchstone shows how true it is.").await;
    readme(store, 2, "two", "# Silver").await;
    assert_eq!(find(store, "touchstone").await, [id(1)]);
    assert_eq!(find(store, "one").await, [id(1)]);
    assert_eq!(find(store, "(?m)^# (gold|silver)$").await, [id(1), id(2)]);
}

pub(super) async fn letter_case_does_not_count(store: &AnyStore) {
    readme(store, 1, "MiXeD", "STRASSE ΣΊΣΥΦΟΣ Kelvin \u{212a}").await;
    for pattern in ["mixed", "MIXED", "strasse", "σίσυφος", "ΣΊΣΥΦΟΣ", "kelvin", "\u{212a}elvin"]
    {
        assert_eq!(find(store, pattern).await, [id(1)], "{pattern}");
    }
}

pub(super) async fn a_pattern_does_not_match_across_name_and_readme(store: &AnyStore) {
    readme(store, 1, "front", "back").await;
    assert_eq!(find(store, r"front\s*back").await, []);
    assert_eq!(find(store, "^back").await, [id(1)]);
}

pub(super) async fn a_new_readme_replaces_the_old_one(store: &AnyStore) {
    readme(store, 1, "one", "silver").await;
    for (number, text) in (2..).zip([Some("golden"), None]) {
        store.repoint(repoint(1, "one")).await.unwrap();
        let lease = lease(store, 200).await;
        let mut next = publication(1, "one", number);
        next.readme = text.map(str::to_owned);
        store.publish(&lease, next).await.unwrap();
        assert_eq!(find(store, "silver").await, []);
        assert_eq!(find(store, "golden").await.len(), usize::from(text.is_some()));
        assert_eq!(find(store, "^one$").await, [id(1)]);
    }
}

pub(super) async fn a_deleted_artifact_is_not_found(store: &AnyStore) {
    readme(store, 1, "one", "golden").await;
    store.delete(&id(1)).await.unwrap();
    assert_eq!(find(store, "golden|one").await, []);
    register(store, 2, "two").await;
    assert_eq!(find(store, "golden|one|two").await, [id(2)]);
}

pub(super) async fn matches_are_paged_in_order_of_creation(store: &AnyStore) {
    register_many(store, 0..25).await;
    let all: Vec<_> = (0..25).map(id).collect();
    for limit in [1, 4, 25, 1_000] {
        assert_eq!(walk(store, "model", limit).await, all, "{limit}");
    }
    let pattern = SearchPattern::parse("model-1").unwrap();
    let page = PageRequest { start: PageStart::Skip(3), limit: 2 };
    let page = store.search(&pattern, &page, BUDGET).await.unwrap().unwrap();
    let found: Vec<_> = page.items.iter().map(|artifact| artifact.id.clone()).collect();
    assert_eq!(found, [id(12), id(13)]);
    store.delete(&id(13)).await.unwrap();
    let next = PageRequest { start: PageStart::After(page.next.unwrap()), limit: 1 };
    let page = store.search(&pattern, &next, BUDGET).await.unwrap().unwrap();
    assert_eq!(page.items[0].id, id(14));
}

pub(super) async fn a_pattern_that_matches_everything_is_paged(store: &AnyStore) {
    register_many(store, 0..12).await;
    let all: Vec<_> = (0..12).map(id).collect();
    for pattern in [".*", "", "m?", "e", r"\w", "(|x)"] {
        match SearchPattern::parse(pattern) {
            Ok(_) => assert_eq!(walk(store, pattern, 5).await, all, "{pattern}"),
            Err(_) => assert_eq!(pattern, ""),
        }
    }
}

pub(super) async fn every_kind_of_pattern_finds_what_it_matches(store: &AnyStore) {
    readme(store, 1, "one", "Fine-tuned on SQuAD v2.0 (\"questions\") at 100% % _ 42 épée").await;
    readme(store, 2, "two", "Trained on ImageNet; licence: Apache-2.0\r\nsee it's \\ notes").await;
    let cases: [(&str, &[u32]); 14] = [
        ("squad", &[1]),
        ("squad|imagenet", &[1, 2]),
        (r"\(.quest", &[1]),
        ("\"quest", &[1]),
        ("it's", &[2]),
        (r"\\ n", &[2]),
        (r"100% % _", &[1]),
        (r"v\d\.\d", &[1]),
        ("[st]ee|nothing", &[2]),
        ("(?:tun|trai)(?:ed|ned) on", &[1, 2]),
        ("a{2,}", &[]),
        (r"apache-2\.0\r\nsee", &[2]),
        ("ÉPÉE", &[1]),
        ("(squad.*){1}v2", &[1]),
    ];
    for (pattern, expected) in cases {
        let expected: Vec<_> = expected.iter().copied().map(id).collect();
        assert_eq!(find(store, pattern).await, expected, "{pattern}");
    }
}

pub(super) async fn the_end_of_a_huge_readme_is_not_searched(store: &AnyStore) {
    let middle = "é".repeat(SearchPattern::MAX_README_BYTES / 2);
    readme(store, 1, "one", &format!("beginning{middle}ending")).await;
    assert_eq!(find(store, "beginning").await, [id(1)]);
    assert_eq!(find(store, "ending").await, []);
}

pub(super) async fn a_search_without_time_gives_nothing(store: &AnyStore) {
    for number in 0..50 {
        readme(store, number, &format!("model-{number}"), &"word ".repeat(20_000)).await;
    }
    let pattern = SearchPattern::parse(r"[a-z]+ \d{9}").unwrap();
    let page = PageRequest::first();
    assert_eq!(store.search(&pattern, &page, Duration::ZERO).await.unwrap(), None);
    let nothing = store.search(&pattern, &page, BUDGET).await.unwrap().unwrap();
    assert_eq!((nothing.items.len(), nothing.next), (0, None));
}

pub(super) async fn a_rebuilt_index_finds_the_same(store: &AnyStore) {
    readme(store, 1, "one", "golden").await;
    register(store, 2, "two").await;
    assert_eq!(store.rebuild_index().await.unwrap(), 2);
    assert_eq!(find(store, "golden").await, [id(1)]);
    assert_eq!(find(store, "one|two").await, [id(1), id(2)]);
}

async fn readme(store: &AnyStore, number: u32, name: &str, text: &str) {
    publish(store, number, name, |publication| publication.readme = Some(text.to_owned())).await;
}

async fn find(store: &AnyStore, pattern: &str) -> Vec<ArtifactId> {
    walk(store, pattern, 100).await
}

/// All pages of this size, one after the other.
async fn walk(store: &AnyStore, pattern: &str, limit: u32) -> Vec<ArtifactId> {
    let pattern = SearchPattern::parse(pattern).unwrap();
    let mut found = Vec::new();
    let mut start = PageStart::First;
    loop {
        let page = PageRequest { start, limit };
        let page = store.search(&pattern, &page, BUDGET).await.unwrap().unwrap();
        assert!(page.items.len() <= limit as usize);
        found.extend(page.items.into_iter().map(|artifact| artifact.id));
        match page.next {
            Some(cursor) => start = PageStart::After(cursor),
            None => return found,
        }
    }
}
