//! Ratings that could not be made whole at once.

use crate::support::{TestRegistry, WEIGHTS, weights};
use std::time::Duration;
use touchstone_domain::{Artifact, Healing, RevisionId};
use touchstone_stand_in::{CodeRepository, Fault, Repository};
use touchstone_store::RatedRevision;

const CARD: &str = "---\nlicense: mit\ndatasets:\n- willow/rings\n---\n# Leaf\n\nLeaves of a \
                    willow by the river, made with [tools](https://github.com/willow/tools).\n";
const TOOLS: &str = "*/repos/willow/tools*";
const LEAF_CARD: &str = "GET /willow/leaf/resolve/*/README.md";
const OWNER: &str = "/api/organizations/willow/overview";

fn grow(test: &TestRegistry) {
    test.upstream.redirect_large_files(false);
    test.upstream.add(Repository::dataset("willow/rings").card("# Rings\n").file("a.csv", "1"));
    test.upstream.add(CodeRepository::new("willow/tools").file("README.md", "# Tools\n"));
    let leaf = Repository::model("willow/leaf").card(CARD).file(WEIGHTS, weights(9));
    test.upstream.add(leaf.file("config.json", "{}"));
}

/// A registry without workers, in which the model was published while this fault was on.
async fn published_under(
    path: &str,
    fault: Fault,
    times: usize,
) -> (TestRegistry, Artifact, RevisionId) {
    let test = TestRegistry::start().await;
    grow(&test);
    test.upstream.fault_times(path, fault, times);
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await.id;
    (test.stopped().await, model, revision)
}

async fn rated(test: &TestRegistry, revision: &RevisionId) -> RatedRevision {
    test.store.rating(revision).await.unwrap().unwrap()
}

async fn healing(test: &TestRegistry, revision: &RevisionId) -> Healing {
    rated(test, revision).await.healing.unwrap()
}

async fn details(test: &TestRegistry, model: &Artifact) -> Vec<String> {
    let trail = test.store.trail(&model.id, 100).await.unwrap();
    trail.into_iter().filter_map(|line| line.detail).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_limited_is_asked_for_when_its_time_has_come_and_nothing_else_is() {
    let limited = Fault::TooManyRequests { retry_after_seconds: 3600 };
    let (test, model, revision) = published_under(TOOLS, limited, 99).await;
    let before = rated(&test, &revision).await;
    assert!(before.record.rating.is_provisional());
    let due = before.healing.unwrap().due_at.unwrap();
    let hour = Duration::try_from(due - before.record.rated_at).unwrap().as_secs();
    assert!((3500..=3601).contains(&hour), "{hour}");
    assert_eq!(test.registry.heal_due().await.unwrap(), 0);

    test.upstream.clear_faults();
    let asked_before = test.upstream.requests().len();
    test.clock.put_forward_to(due);
    assert_eq!(test.registry.heal_due().await.unwrap(), 1);
    let asked = test.upstream.requests().split_off(asked_before);
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|it| it.path.contains("/repos/willow/tools")), "{asked:#?}");

    let after = rated(&test, &revision).await;
    assert_eq!((after.sequence, after.healing), (2, None));
    assert!(!after.record.rating.is_provisional());
    assert!(after.record.rating.coverage > before.record.rating.coverage);
    let all = test.store.ratings(&revision).await.unwrap();
    assert_eq!(all[1].record, before.record, "the first rating stays readable");
    let details = details(&test, &model).await;
    let net_score = format!("{:.2}", after.record.rating.net_score);
    assert!(details[0].contains("The repository willow/tools"), "{details:?}");
    assert!(details[0].contains(&net_score), "{details:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_late_brings_all_that_it_names() {
    let (test, _, revision) = published_under(LEAF_CARD, Fault::Status(503), 3).await;
    let known = test.store.facts(&revision).await.unwrap().unwrap();
    assert!(known.repositories.is_empty());
    test.clock.put_forward_to(healing(&test, &revision).await.due_at.unwrap());
    // A restart in between loses nothing.
    assert_eq!(test.another(|_| ()).heal_due().await.unwrap(), 1);
    let facts = test.store.facts(&revision).await.unwrap().unwrap();
    assert_eq!(facts.model.card.value().map(|card| card.text.as_str()), Some(CARD));
    assert_eq!(facts.collected_at, known.collected_at);
    assert!(facts.completed_at > Some(facts.collected_at));
    let edges = test.store.edges_of_revision(&revision).await.unwrap();
    assert!(edges.iter().any(|edge| edge.parent == "github.com/willow/tools"), "{edges:?}");
    let pattern = touchstone_store::SearchPattern::parse("by the river").unwrap();
    let first = touchstone_domain::PageRequest::first();
    let found = test.store.search(&pattern, &first, Duration::from_mins(1)).await.unwrap();
    assert_eq!(found.unwrap().items.len(), 1);
    assert_eq!(rated(&test, &revision).await.healing, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_away_is_put_off_ever_longer_and_given_up_after_a_week() {
    let (test, model, revision) = published_under(OWNER, Fault::Status(500), 9999).await;
    let begun = healing(&test, &revision).await;
    let mut looks = 0;
    while let Some(due) = healing(&test, &revision).await.due_at {
        test.clock.put_forward_to(due);
        looks += test.registry.heal_due().await.unwrap();
    }
    let end = healing(&test, &revision).await;
    assert_eq!((u64::from(end.attempts), end.since), (looks, begun.since));
    assert!((20..=100).contains(&looks), "{looks}");
    let last = rated(&test, &revision).await;
    assert!(last.sequence == 1 && last.record.rating.is_provisional());
    let details = details(&test, &model).await;
    assert_eq!(details.len(), 1, "{details:?}");
    assert!(details[0].contains("The model's owner"), "{details:?}");
    assert_eq!(test.store.next_healing().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_instances_one_heals_a_rating() {
    let (test, _, revision) = published_under(OWNER, Fault::Status(500), 3).await;
    test.clock.put_forward_to(healing(&test, &revision).await.due_at.unwrap());
    let another = test.another(|_| ());
    let (one, other) = tokio::join!(test.registry.heal_due(), another.heal_due());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(rated(&test, &revision).await.sequence, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_was_deleted_meanwhile_is_not_looked_at() {
    let (test, model, revision) = published_under(OWNER, Fault::Status(500), 3).await;
    test.clock.put_forward_to(healing(&test, &revision).await.due_at.unwrap());
    test.store.delete(&model.id).await.unwrap();
    assert_eq!(test.registry.heal_due().await.unwrap(), 0);
}
