//! Promises about browsing.

use super::samples::{AnyStore, id, new, publish, rating, register, stored};
use crate::catalog::{Bounds, CatalogKey, CatalogOrder, CatalogQuery};
use crate::pattern::SearchPattern;
use std::time::Duration;
use touchstone_domain::catalog::{Labels, StatusWord};
use touchstone_domain::{ArtifactId, ArtifactType, Manifest, Metric};

const BUDGET: Duration = Duration::from_mins(1);

pub(super) async fn an_entry_shows_what_was_published(store: &AnyStore) {
    model(store, 1, "one", Some(0.6), 300).await;
    register(store, 2, "two").await;
    let page = store.browse(&CatalogQuery::default(), None, 10, BUDGET).await.unwrap().unwrap();
    let [one, two] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!(one.artifact, store.artifact(&id(1)).await.unwrap().unwrap());
    assert_eq!(one.labels, labels("mit"));
    assert_eq!((one.size_bytes, one.net_score), (Some(300), Some(0.6)));
    assert_eq!(one.scores.get(&Metric::License), Some(&(0.6 / 3.0)));
    assert_eq!((&two.labels, two.size_bytes, two.net_score), (&Labels::default(), None, None));
    assert!(two.scores.is_empty());
    assert_eq!(store.entry(&id(1)).await.unwrap().as_ref(), Some(one));
    assert_eq!(store.entry(&id(3)).await.unwrap(), None);
}

pub(super) async fn every_order_is_paged_both_ways(store: &AnyStore) {
    let scores = [Some(0.5), None, Some(0.75), Some(0.5), Some(0.1), None];
    for (number, score) in (1..).zip(scores) {
        let name = ["delta", "Alpha-2", "charlie", "alpha-1", "BRAVO", "echo"][number as usize - 1];
        model(store, number, name, score, 100 * (number % 3)).await;
    }
    store.register(new(7, ArtifactType::Dataset, "bravo")).await.unwrap();
    let cases = [
        (CatalogKey::Created, [1, 2, 3, 4, 5, 6, 7]),
        (CatalogKey::Name, [4, 2, 5, 7, 3, 1, 6]),
        (CatalogKey::NetScore, [2, 6, 7, 5, 1, 4, 3]),
        (CatalogKey::Size, [7, 3, 6, 1, 4, 2, 5]),
    ];
    for (key, ascending) in cases {
        let mut expected = ascending.map(id).to_vec();
        for descending in [false, true] {
            for limit in [1, 2, 7, 100] {
                let order = CatalogOrder { key, descending };
                let plain = CatalogQuery { order, ..CatalogQuery::default() };
                assert_eq!(walk(store, &plain, limit).await, expected, "{order:?} by {limit}");
                let pattern = Some(SearchPattern::parse("[a-z]").unwrap());
                let searched = CatalogQuery { pattern, ..plain };
                assert_eq!(walk(store, &searched, limit).await, expected, "{order:?} by {limit}");
            }
            expected.reverse();
        }
    }
}

pub(super) async fn conditions_narrow_what_is_listed(store: &AnyStore) {
    model(store, 1, "one", Some(0.9), 100).await;
    model(store, 2, "two", Some(0.3), 5_000).await;
    publish(store, 3, "three", |publication| {
        publication.labels.license = Some("gpl-3.0".to_owned());
    })
    .await;
    store.register(new(4, ArtifactType::Dataset, "four")).await.unwrap();
    let all = CatalogQuery::default;
    let at_least = |least: f64| Bounds { at_least: Some(least), at_most: None };
    let at_most = |most: f64| Bounds { at_least: None, at_most: Some(most) };
    let cases = [
        (all(), vec![1, 2, 3, 4]),
        (CatalogQuery { kinds: vec![ArtifactType::Dataset], ..all() }, vec![4]),
        (CatalogQuery { statuses: vec![StatusWord::Pending], ..all() }, vec![4]),
        (CatalogQuery { licenses: vec!["mit".to_owned()], ..all() }, vec![1, 2]),
        (
            CatalogQuery { licenses: vec!["mit".to_owned(), "gpl-3.0".to_owned()], ..all() },
            vec![1, 2, 3],
        ),
        (CatalogQuery { tasks: vec!["fill-mask".to_owned()], ..all() }, vec![1, 2]),
        (CatalogQuery { libraries: vec!["none of these".to_owned()], ..all() }, vec![]),
        (CatalogQuery { net_score: at_least(0.3), ..all() }, vec![1, 2]),
        (CatalogQuery { net_score: at_most(0.5), ..all() }, vec![2]),
        (CatalogQuery { scores: [(Metric::License, at_least(0.2))].into(), ..all() }, vec![1]),
        (
            CatalogQuery {
                size_bytes: Bounds { at_least: Some(100), at_most: Some(4_999) },
                ..all()
            },
            vec![1],
        ),
    ];
    for (query, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(id).collect();
        assert_eq!(walk(store, &query, 100).await, expected, "{query:?}");
        let pattern = Some(SearchPattern::parse("o|e").unwrap());
        assert_eq!(walk(store, &CatalogQuery { pattern, ..query }, 100).await, expected);
    }
}

pub(super) async fn words_must_all_be_there_in_name_or_readme(store: &AnyStore) {
    publish(store, 1, "bert-sentiment", |publication| {
        publication.readme = Some("Trained on film reviews (5 stars).".to_owned());
    })
    .await;
    register(store, 2, "bert-base").await;
    for (text, expected) in [
        ("BERT", vec![1, 2]),
        ("film bert", vec![1]),
        ("  reviews\tFILM ", vec![1]),
        ("(5 stars).", vec![1]),
        ("be", vec![1, 2]),
        ("bert whale", vec![]),
    ] {
        let pattern = Some(SearchPattern::words(text).unwrap());
        let query = CatalogQuery { pattern, ..CatalogQuery::default() };
        let expected: Vec<_> = expected.into_iter().map(id).collect();
        assert_eq!(walk(store, &query, 1).await, expected, "{text}");
    }
    assert!(SearchPattern::words(" \n").is_err());
}

pub(super) async fn browsing_without_time_gives_nothing(store: &AnyStore) {
    for number in 0..50 {
        publish(store, number, &format!("model-{number}"), |publication| {
            publication.readme = Some("word ".repeat(20_000));
        })
        .await;
    }
    let pattern = Some(SearchPattern::parse(r"[a-z]+ \d{9}").unwrap());
    let query = CatalogQuery { pattern, ..CatalogQuery::default() };
    assert_eq!(store.browse(&query, None, 10, Duration::ZERO).await.unwrap(), None);
}

pub(super) async fn a_foreign_cursor_does_no_harm(store: &AnyStore) {
    model(store, 1, "one", Some(0.5), 100).await;
    for key in [CatalogKey::Created, CatalogKey::Name, CatalogKey::NetScore, CatalogKey::Size] {
        for cursor in ["", ".", "x.zz", "id.6e616e", "id.2d31653939", "é.é"] {
            let query = CatalogQuery {
                order: CatalogOrder { key, descending: true },
                ..CatalogQuery::default()
            };
            store.browse(&query, Some(cursor), 10, BUDGET).await.unwrap().unwrap();
        }
    }
}

pub(super) async fn the_summary_counts_scores_and_labels(store: &AnyStore) {
    for (number, score) in (1..).zip([0.0, 0.49, 0.5, 1.0]) {
        model(store, number, &format!("model-{number}"), Some(score), 1).await;
    }
    publish(store, 9, "other", |publication| {
        publication.labels.license = Some("apache-2.0".to_owned());
    })
    .await;
    let summary = store.summary().await.unwrap();
    let counted: Vec<_> = (0..).zip(summary.net_scores).filter(|(_, count)| *count > 0).collect();
    assert_eq!(counted, [(0, 1), (9, 1), (10, 1), (19, 1)]);
    let pair = |value: &str, count| (value.to_owned(), count);
    assert_eq!(summary.licenses, [pair("mit", 4), pair("apache-2.0", 1)]);
    assert_eq!(summary.tasks, [pair("fill-mask", 4)]);
    assert_eq!(summary.libraries, [pair("transformers", 4)]);
    store.delete(&id(9)).await.unwrap();
    assert_eq!(store.summary().await.unwrap().licenses, [pair("mit", 4)]);
}

fn labels(license: &str) -> Labels {
    Labels {
        license: Some(license.to_owned()),
        task: Some("fill-mask".to_owned()),
        library: Some("transformers".to_owned()),
    }
}

/// A published model of one file, rated where there is a score.
async fn model(store: &AnyStore, number: u32, name: &str, net_score: Option<f64>, bytes: u32) {
    publish(store, number, name, |publication| {
        publication.labels = labels("mit");
        publication.revision.manifest = Manifest::new(vec![stored("weights.bin", bytes)]);
        publication.rating = net_score.map(rating);
    })
    .await;
}

/// All pages of this size, one after the other.
async fn walk(store: &AnyStore, query: &CatalogQuery, limit: u32) -> Vec<ArtifactId> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = store.browse(query, cursor.as_deref(), limit, BUDGET).await.unwrap().unwrap();
        assert!(page.items.len() <= limit as usize);
        found.extend(page.items.into_iter().map(|entry| entry.artifact.id));
        match page.next {
            Some(next) => cursor = Some(next),
            None => return found,
        }
    }
}
