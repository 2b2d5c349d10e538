//! Promises about lists.

use super::samples::{AnyStore, id, new, register, register_many};
use crate::contract::{ArtifactQuery, ListQuery, SortOrder};
use touchstone_domain::page::PageStart;
use touchstone_domain::{ArtifactId, ArtifactType, PageRequest};

const ORDERS: [SortOrder; 4] =
    [SortOrder::Created, SortOrder::CreatedDescending, SortOrder::Name, SortOrder::NameDescending];

pub(super) async fn an_empty_query_lists_everything_in_order_of_creation(store: &AnyStore) {
    register(store, 2, "a").await;
    register(store, 1, "b").await;
    store.register(new(3, ArtifactType::Code, "c")).await.unwrap();
    let all = walk(store, &ListQuery::default(), 10).await;
    assert_eq!(all, [id(1), id(2), id(3)]);
}

pub(super) async fn pages_by_cursor_meet_each_artifact_once_in_every_order(store: &AnyStore) {
    for number in 0..23 {
        let kind = ArtifactType::ALL[number as usize % 3];
        let name = format!("Ä{}", number / 5);
        let mut new = new(number, kind, &format!("{number}"));
        new.artifact.name = name.parse().unwrap();
        store.register(new).await.unwrap();
    }
    let by_name = [named("ä1"), kind(ArtifactType::Code), named("Ä2")];
    for order in ORDERS {
        for any_of in [vec![], by_name.to_vec(), vec![kind(ArtifactType::Model)]] {
            let query = ListQuery { any_of, order };
            let at_once = walk(store, &query, 1_000).await;
            assert!(!at_once.is_empty());
            assert_eq!(walk(store, &query, 1).await, at_once, "{query:?}");
            assert_eq!(walk(store, &query, 4).await, at_once, "{query:?}");
        }
        let everything = ListQuery { any_of: vec![], order };
        assert_eq!(walk(store, &everything, 7).await.len(), 23);
    }
}

pub(super) async fn the_last_page_has_no_cursor(store: &AnyStore) {
    register_many(store, 0..4).await;
    let page = PageRequest { start: PageStart::First, limit: 4 };
    assert_eq!(store.list(&ListQuery::default(), &page).await.unwrap().next, None);
    let page = PageRequest { start: PageStart::First, limit: 3 };
    assert!(store.list(&ListQuery::default(), &page).await.unwrap().next.is_some());
    let nothing = ListQuery { any_of: vec![named("nothing")], ..ListQuery::default() };
    assert_eq!(store.list(&nothing, &page).await.unwrap().items, []);
}

pub(super) async fn a_name_is_matched_whole_without_letter_case(store: &AnyStore) {
    for (number, name) in (1..).zip(["Bert", "BERT-large", "bert", "Straße"]) {
        let mut new = new(number, ArtifactType::Model, &number.to_string());
        new.artifact.name = name.parse().unwrap();
        store.register(new).await.unwrap();
    }
    let query = |name| ListQuery { any_of: vec![named(name)], ..ListQuery::default() };
    assert_eq!(walk(store, &query("bErT"), 10).await, [id(1), id(3)]);
    assert_eq!(walk(store, &query("STRAßE"), 10).await, [id(4)]);
    assert_eq!(walk(store, &query("bert%"), 10).await, []);
}

pub(super) async fn conditions_are_united_without_duplicates(store: &AnyStore) {
    register_many(store, 0..6).await;
    let any_of = vec![
        named("model-3"),
        named("MODEL-3"),
        named("model-1"),
        ArtifactQuery { name: named("model-3").name, kinds: vec![ArtifactType::Model] },
    ];
    for order in [SortOrder::Created, SortOrder::Name] {
        let query = ListQuery { any_of: any_of.clone(), order };
        assert_eq!(walk(store, &query, 10).await, [id(1), id(3)]);
    }
    let with_all = ListQuery {
        any_of: [any_of, vec![kind(ArtifactType::Model)]].concat(),
        order: SortOrder::Name,
    };
    assert_eq!(walk(store, &with_all, 2).await.len(), 6);
}

pub(super) async fn types_narrow_a_list(store: &AnyStore) {
    for (number, kind) in (0..).zip(ArtifactType::ALL) {
        store.register(new(number, kind, "same")).await.unwrap();
    }
    let of = |kinds: &[ArtifactType], name: Option<&str>| ListQuery {
        any_of: vec![ArtifactQuery {
            name: name.map(|name| name.parse().unwrap()),
            kinds: kinds.to_vec(),
        }],
        ..ListQuery::default()
    };
    let two = [ArtifactType::Code, ArtifactType::Dataset];
    assert_eq!(walk(store, &of(&two, None), 10).await, [id(1), id(2)]);
    assert_eq!(walk(store, &of(&two, Some("SAME")), 10).await, [id(1), id(2)]);
    assert_eq!(walk(store, &of(&[ArtifactType::Model], Some("same")), 10).await, [id(0)]);
}

pub(super) async fn a_counted_skip_leaves_out_so_many(store: &AnyStore) {
    register_many(store, 0..6).await;
    let page = |skip, limit| PageRequest { start: PageStart::Skip(skip), limit };
    for order in ORDERS {
        let query = ListQuery { any_of: vec![], order };
        let all = walk(store, &query, 10).await;
        let some = store.list(&query, &page(2, 3)).await.unwrap();
        let found: Vec<_> = some.items.into_iter().map(|found| found.id).collect();
        assert_eq!(found, all[2..5]);
        let after = PageRequest { start: PageStart::After(some.next.unwrap()), limit: 3 };
        assert_eq!(store.list(&query, &after).await.unwrap().items[0].id, all[5]);
        assert_eq!(store.list(&query, &page(99, 3)).await.unwrap().items, []);
    }
}

pub(super) async fn a_cursor_survives_inserts_and_deletions(store: &AnyStore) {
    for number in [2, 4, 6, 8] {
        register(store, number, &format!("model-{number}")).await;
    }
    for order in [SortOrder::Created, SortOrder::Name] {
        let query = ListQuery { any_of: vec![], order };
        let first = PageRequest { start: PageStart::First, limit: 2 };
        let cursor = store.list(&query, &first).await.unwrap().next.unwrap();
        register(store, 1, "model-1").await;
        register(store, 5, "model-5").await;
        store.delete(&id(4)).await.unwrap();
        let rest = PageRequest { start: PageStart::After(cursor), limit: 10 };
        let rest = store.list(&query, &rest).await.unwrap().items;
        let found: Vec<_> = rest.into_iter().map(|found| found.id).collect();
        assert_eq!(found, [id(5), id(6), id(8)]);
        store.delete(&id(1)).await.unwrap();
        store.delete(&id(5)).await.unwrap();
        register(store, 4, "model-4").await;
    }
}

pub(super) async fn names_are_ordered_without_letter_case_and_ties_by_id(store: &AnyStore) {
    for (number, name) in (1..).zip(["b", "A", "a", "B", "Ä"]) {
        let kind = ArtifactType::ALL[number as usize % 3];
        let mut new = new(number, kind, &number.to_string());
        new.artifact.name = name.parse().unwrap();
        store.register(new).await.unwrap();
    }
    let by = |order| ListQuery { any_of: vec![], order };
    let order = [id(2), id(3), id(1), id(4), id(5)];
    assert_eq!(walk(store, &by(SortOrder::Name), 2).await, order);
    let backwards: Vec<_> = order.into_iter().rev().collect();
    assert_eq!(walk(store, &by(SortOrder::NameDescending), 2).await, backwards);
}

pub(super) async fn a_cursor_that_nobody_gave_is_answered(store: &AnyStore) {
    register_many(store, 0..3).await;
    for order in ORDERS {
        for cursor in ["", ".", "zz.zz", "' OR 1", "é", "1.0", "a.é0"] {
            let start = PageStart::After(cursor.to_owned());
            let query = ListQuery { any_of: vec![], order };
            let page = store.list(&query, &PageRequest { start, limit: 10 }).await.unwrap();
            assert!(page.items.len() <= 3);
        }
    }
}

fn named(name: &str) -> ArtifactQuery {
    ArtifactQuery { name: Some(name.parse().unwrap()), kinds: Vec::new() }
}

fn kind(kind: ArtifactType) -> ArtifactQuery {
    ArtifactQuery { name: None, kinds: vec![kind] }
}

/// All pages of this size, one after the other.
async fn walk(store: &AnyStore, query: &ListQuery, limit: u32) -> Vec<ArtifactId> {
    let mut found = Vec::new();
    let mut start = PageStart::First;
    loop {
        let page = store.list(query, &PageRequest { start, limit }).await.unwrap();
        assert!(page.items.len() <= limit as usize);
        found.extend(page.items.into_iter().map(|artifact| artifact.id));
        match page.next {
            Some(cursor) => start = PageStart::After(cursor),
            None => return found,
        }
    }
}
