//! Promises about facts and ratings.

use super::artifacts::repoint;
use super::samples::{
    AnyStore, LEASE, at, canonical, edge, edition, entry, facts, id, lease, publication, publish,
    rating, register, revision_id,
};
use crate::catalog::CatalogQuery;
use crate::pattern::SearchPattern;
use crate::ratings::{Completion, RatedRevision, RatingCounts, Rerating};
use std::time::Duration;
use touchstone_domain::audit::AuditAction;
use touchstone_domain::catalog::Labels;
use touchstone_domain::{Edition, Healing, PageRequest};

/// A rating of revision `number` that follows this one.
fn rerating(number: u32, follows: u32, net_score: f64) -> Rerating {
    Rerating {
        revision: revision_id(number),
        follows,
        record: rating(net_score),
        healing: None,
        completion: None,
        entries: Vec::new(),
    }
}

fn completion(name: &str) -> Completion {
    let license = Some("MIT".to_owned());
    Completion {
        facts: facts(name),
        labels: Labels { license, task: None, library: None },
        edges: vec![edge("newly-known")],
        readme: Some(format!("{name} speaks of beavers")),
    }
}

fn due(second: i64) -> Healing {
    Healing { since: at(0), attempts: 0, due_at: Some(at(second)) }
}

/// Publishes a model whose rating lacks something until then.
async fn provisional(store: &AnyStore, number: u32, second: i64) {
    publish(store, number, &format!("model-{number}"), |publication| {
        publication.rating = Some(rating(0.5));
        publication.facts = Some(facts("lacking"));
        publication.healing = Some(due(second));
    })
    .await;
}

async fn readme_is_found(store: &AnyStore, word: &str) -> bool {
    let pattern = SearchPattern::parse(word).unwrap();
    let found = store.search(&pattern, &PageRequest::first(), Duration::from_mins(1)).await;
    !found.unwrap().unwrap().items.is_empty()
}

pub(super) async fn facts_and_ratings_come_back_as_they_were(store: &AnyStore) {
    let record = rating(0.1 + 0.2);
    publish(store, 1, "one", |publication| {
        publication.facts = Some(facts("one"));
        publication.rating = Some(record.clone());
        publication.healing = Some(due(77));
    })
    .await;
    let current = revision_id(1);
    assert_eq!(store.facts(&current).await.unwrap(), Some(facts("one")));
    let rated = RatedRevision { sequence: 1, record, healing: Some(due(77)) };
    assert_eq!(store.rating(&current).await.unwrap(), Some(rated.clone()));
    assert_eq!(store.ratings(&current).await.unwrap(), [rated]);
    assert_eq!(store.facts(&revision_id(9)).await.unwrap(), None);
    publish(store, 2, "two", |_| {}).await;
    assert_eq!(store.facts(&revision_id(2)).await.unwrap(), None);
    assert_eq!(store.rating(&revision_id(2)).await.unwrap(), None);
    assert_eq!(store.ratings(&revision_id(2)).await.unwrap(), []);
}

pub(super) async fn net_scores_are_those_of_current_revisions(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.rating = Some(rating(0.25))).await;
    publish(store, 2, "two", |publication| publication.rating = Some(rating(0.75))).await;
    publish(store, 3, "three", |_| {}).await;
    register(store, 4, "four").await;
    let scores = store.net_scores(&[id(1), id(2), id(3), id(4), id(5)]).await.unwrap();
    assert_eq!(scores, [(id(1), 0.25), (id(2), 0.75)]);
}

pub(super) async fn a_rating_that_follows_is_in_force_and_the_earlier_one_stays(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.rating = Some(rating(0.25))).await;
    let mut follows = rerating(1, 1, 0.75);
    follows.record.edition = edition(2);
    follows.entries = vec![entry(1, AuditAction::Rate, 9)];
    assert!(store.rate_anew(follows.clone()).await.unwrap());
    let newest = RatedRevision { sequence: 2, record: follows.record, healing: None };
    let first = RatedRevision { sequence: 1, record: rating(0.25), healing: None };
    assert_eq!(store.rating(&revision_id(1)).await.unwrap(), Some(newest.clone()));
    assert_eq!(store.ratings(&revision_id(1)).await.unwrap(), [newest, first]);
    assert_eq!(store.net_scores(&[id(1)]).await.unwrap(), [(id(1), 0.75)]);
    assert_eq!(store.revisions(&id(1)).await.unwrap()[0].net_score, Some(0.75));
    let listed = store.browse(&CatalogQuery::default(), None, 10, LEASE).await.unwrap().unwrap();
    assert_eq!(listed.items[0].net_score, Some(0.75));
    assert_eq!(store.trail(&id(1), 1).await.unwrap(), [entry(1, AuditAction::Rate, 9)]);
    store.delete(&id(1)).await.unwrap();
    assert_eq!(store.ratings(&revision_id(1)).await.unwrap(), []);
}

pub(super) async fn a_rating_that_does_not_follow_the_newest_changes_nothing(store: &AnyStore) {
    provisional(store, 1, 50).await;
    publish(store, 2, "unrated", |_| {}).await;
    let mut late = rerating(1, 0, 0.9);
    late.completion = Some(completion("late"));
    late.entries = vec![entry(1, AuditAction::Rate, 9)];
    for refused in [late, rerating(1, 2, 0.9), rerating(2, 1, 0.9), rerating(7, 1, 0.9)] {
        assert!(!store.rate_anew(refused).await.unwrap());
    }
    let rated = store.rating(&revision_id(1)).await.unwrap().unwrap();
    assert_eq!((rated.sequence, rated.healing), (1, Some(due(50))));
    assert_eq!(store.facts(&revision_id(1)).await.unwrap(), Some(facts("lacking")));
    assert_eq!(store.trail(&id(1), 9).await.unwrap().len(), 1);
}

pub(super) async fn of_many_racing_ratings_one_follows(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.rating = Some(rating(0.25))).await;
    let racing = (0..20_i32).map(|number| {
        let (store, net_score) = (store.clone(), f64::from(number) / 100.0);
        tokio::spawn(async move { store.rate_anew(rerating(1, 1, net_score)).await.unwrap() })
    });
    let ends = futures::future::join_all(racing).await;
    assert_eq!(ends.into_iter().filter(|end| *end.as_ref().unwrap()).count(), 1);
    assert_eq!(store.ratings(&revision_id(1)).await.unwrap().len(), 2);
}

pub(super) async fn what_has_come_is_shown_with_the_rating_made_of_it(store: &AnyStore) {
    provisional(store, 1, 50).await;
    let mut follows = rerating(1, 1, 0.75);
    follows.completion = Some(completion("whole"));
    assert!(store.rate_anew(follows).await.unwrap());
    assert_eq!(store.facts(&revision_id(1)).await.unwrap(), Some(facts("whole")));
    assert_eq!(store.edges_of_revision(&revision_id(1)).await.unwrap(), [edge("newly-known")]);
    let children = store.children_of(&[canonical("newly-known")], 10).await.unwrap();
    assert_eq!(children.len(), 1);
    assert!(readme_is_found(store, "beavers").await);
    let listed = store.browse(&CatalogQuery::default(), None, 10, LEASE).await.unwrap().unwrap();
    assert_eq!(listed.items[0].labels.license.as_deref(), Some("MIT"));
}

pub(super) async fn what_has_come_for_an_earlier_revision_is_not_shown(store: &AnyStore) {
    provisional(store, 1, 50).await;
    store.repoint(repoint(1, "model-1")).await.unwrap();
    let lease = lease(store, 20_000).await;
    store.publish(&lease, publication(1, "model-1", 2)).await.unwrap();
    let mut follows = rerating(1, 1, 0.75);
    follows.completion = Some(completion("whole"));
    assert!(store.rate_anew(follows).await.unwrap());
    assert_eq!(store.facts(&revision_id(1)).await.unwrap(), Some(facts("whole")));
    assert!(!readme_is_found(store, "beavers").await);
    let listed = store.browse(&CatalogQuery::default(), None, 10, LEASE).await.unwrap().unwrap();
    assert_eq!((listed.items[0].net_score, listed.items[0].labels.license.as_ref()), (None, None));
}

pub(super) async fn what_is_rated_under_older_rules_is_outdated(store: &AnyStore) {
    let editions =
        [edition(1), Edition::new(2, "elm"), edition(2), Edition::new(2, "yew"), edition(3)];
    for (number, edition) in (1..).zip(editions) {
        publish(store, number, &format!("model-{number}"), |publication| {
            let mut record = rating(0.5);
            record.edition = edition;
            publication.rating = Some(record);
        })
        .await;
    }
    publish(store, 6, "unrated", |_| {}).await;
    let found = store.outdated(&edition(2), None, 10).await.unwrap();
    assert_eq!(found.items, [revision_id(1), revision_id(2), revision_id(4)]);
    assert_eq!(found.next, None);
    assert_eq!(store.outdated(&edition(1), None, 10).await.unwrap().items, []);
}

pub(super) async fn the_outdated_are_paged_and_fewer_with_each_new_rating(store: &AnyStore) {
    for number in 1..=7 {
        publish(store, number, &format!("model-{number}"), |publication| {
            publication.rating = Some(rating(0.5));
        })
        .await;
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = store.outdated(&edition(2), after.as_deref(), 3).await.unwrap();
        let mut follows = rerating(1, 1, 0.6);
        follows.revision = page.items[0].clone();
        follows.record.edition = edition(2);
        assert!(store.rate_anew(follows).await.unwrap());
        seen.extend(page.items);
        match page.next {
            Some(cursor) => after = Some(cursor),
            None => break,
        }
    }
    assert_eq!(seen, (1..=7).map(revision_id).collect::<Vec<_>>());
    let left = store.outdated(&edition(2), None, 10).await.unwrap().items;
    assert_eq!(left, [2, 3, 5, 6].map(revision_id));
}

pub(super) async fn a_healing_is_taken_when_its_time_has_come(store: &AnyStore) {
    assert_eq!(store.next_healing().await.unwrap(), None);
    for (number, second) in [(1, 70), (2, 50), (3, 60)] {
        provisional(store, number, second).await;
    }
    publish(store, 4, "final", |publication| publication.rating = Some(rating(0.5))).await;
    assert_eq!(store.next_healing().await.unwrap(), Some(at(50)));
    assert_eq!(store.lease_healing(at(49), LEASE).await.unwrap(), None);
    let taken = Healing { since: at(0), attempts: 1, due_at: Some(at(110)) };
    let first = store.lease_healing(at(50), LEASE).await.unwrap();
    assert_eq!(first, Some((revision_id(2), taken.clone())));
    assert_eq!(store.rating(&revision_id(2)).await.unwrap().unwrap().healing, Some(taken));
    let (second, _) = store.lease_healing(at(100), LEASE).await.unwrap().unwrap();
    let (third, _) = store.lease_healing(at(100), LEASE).await.unwrap().unwrap();
    assert_eq!((second, third), (revision_id(3), revision_id(1)));
    assert_eq!(store.lease_healing(at(100), LEASE).await.unwrap(), None);
}

pub(super) async fn of_many_racing_healers_one_gets_it(store: &AnyStore) {
    provisional(store, 1, 50).await;
    let racing = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.lease_healing(at(60), LEASE).await.unwrap() })
    });
    let ends = futures::future::join_all(racing).await;
    assert_eq!(ends.into_iter().filter(|end| end.as_ref().unwrap().is_some()).count(), 1);
}

pub(super) async fn a_healing_is_due_again_when_nothing_is_heard_of_it(store: &AnyStore) {
    provisional(store, 1, 50).await;
    store.lease_healing(at(60), LEASE).await.unwrap().unwrap();
    assert_eq!(store.lease_healing(at(119), LEASE).await.unwrap(), None);
    let (_, again) = store.lease_healing(at(120), LEASE).await.unwrap().unwrap();
    assert_eq!((again.attempts, again.due_at), (2, Some(at(180))));
}

pub(super) async fn a_healing_that_was_taken_over_cannot_be_put_off(store: &AnyStore) {
    provisional(store, 1, 50).await;
    let (revision, slow) = store.lease_healing(at(60), LEASE).await.unwrap().unwrap();
    let (_, taken) = store.lease_healing(at(120), LEASE).await.unwrap().unwrap();
    let later = Healing { due_at: Some(at(500)), ..taken.clone() };
    assert!(!store.postpone_healing(&revision, &slow, later.clone()).await.unwrap());
    assert!(store.postpone_healing(&revision, &taken, later.clone()).await.unwrap());
    assert_eq!(store.rating(&revision).await.unwrap().unwrap().healing, Some(later.clone()));
    assert!(!store.postpone_healing(&revision_id(9), &taken, later).await.unwrap());
    assert_eq!(store.lease_healing(at(499), LEASE).await.unwrap(), None);
    assert!(store.lease_healing(at(500), LEASE).await.unwrap().is_some());
}

pub(super) async fn a_healing_that_was_given_up_is_never_due(store: &AnyStore) {
    provisional(store, 1, 50).await;
    let (revision, taken) = store.lease_healing(at(60), LEASE).await.unwrap().unwrap();
    let given_up = Healing { due_at: None, ..taken.clone() };
    assert!(store.postpone_healing(&revision, &taken, given_up.clone()).await.unwrap());
    assert_eq!(store.next_healing().await.unwrap(), None);
    assert_eq!(store.lease_healing(at(99_999), LEASE).await.unwrap(), None);
    assert_eq!(store.rating(&revision).await.unwrap().unwrap().healing, Some(given_up));
}

pub(super) async fn a_final_rating_ends_the_healing(store: &AnyStore) {
    provisional(store, 1, 50).await;
    let (revision, taken) = store.lease_healing(at(60), LEASE).await.unwrap().unwrap();
    assert!(store.rate_anew(rerating(1, 1, 0.75)).await.unwrap());
    assert_eq!(store.next_healing().await.unwrap(), None);
    assert!(!store.postpone_healing(&revision, &taken, due(70)).await.unwrap());
    assert_eq!(store.rating(&revision).await.unwrap().unwrap().healing, None);
}

pub(super) async fn ratings_to_be_made_again_are_counted(store: &AnyStore) {
    assert_eq!(store.rating_counts(&edition(1)).await.unwrap(), RatingCounts::default());
    provisional(store, 1, 50).await;
    publish(store, 2, "two", |publication| publication.rating = Some(rating(0.5))).await;
    let counts = |provisional, outdated| RatingCounts { provisional, outdated };
    assert_eq!(store.rating_counts(&edition(1)).await.unwrap(), counts(1, 0));
    assert_eq!(store.rating_counts(&edition(2)).await.unwrap(), counts(1, 2));
    store.reset().await.unwrap();
    assert_eq!(store.rating_counts(&edition(2)).await.unwrap(), counts(0, 0));
}
