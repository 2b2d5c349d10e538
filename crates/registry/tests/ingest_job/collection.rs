//! What is asked of upstream, and what is made of it.

use crate::support::{TestRegistry, WEIGHTS, file, small, weights};
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};
use touchstone_domain::{Clock, Missing, Timestamp};
use touchstone_stand_in::{CodeRepository, Commit, Fault, Kind, Repository};

const CARD: &str = "---\nlicense: mit\nbase_model: willow/base\ndatasets:\n- willow/rings\n---\n\
                    # Leaf\n\nTrained with [the tools](https://github.com/willow/tools).\n";

struct SystemClock(Instant);

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}

fn grow(test: &TestRegistry) {
    test.upstream.add(small("willow/base"));
    test.upstream.add(Repository::dataset("willow/rings").card("# Rings\n").file("a.csv", "1"));
    let begun = Commit::new("ann", Timestamp::UNIX_EPOCH, "Begin");
    test.upstream.add(
        CodeRepository::new("willow/tools")
            .file("README.md", "# Tools\n")
            .file("LICENSE", "Do what is right.\n")
            .commit(begun),
    );
    test.upstream.add(
        Repository::model("willow/leaf")
            .card(CARD)
            .file("config.json", "{}")
            .file(WEIGHTS, weights(9)),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_with_all_that_it_names_takes_few_requests_and_none_twice() {
    for test in [TestRegistry::start().await, TestRegistry::with_github_token().await] {
        grow(&test);
        test.upstream.redirect_large_files(false);
        let model = test.model("willow/leaf").await;
        test.published(&model).await;
        let requests = test.upstream.requests();
        assert!(requests.len() <= 16, "{}: {requests:#?}", requests.len());
        let mut times: HashMap<_, u32> = HashMap::new();
        for request in &requests {
            *times.entry((&request.method, &request.path, &request.query)).or_default() += 1;
        }
        assert!(times.values().all(|times| *times == 1), "{times:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_upstream_does_not_tell_in_time_is_a_missing_fact() {
    let within = Duration::from_millis(400);
    let test = TestRegistry::with(|settings| settings.collect_within = within).await;
    grow(&test);
    test.upstream.fault_times("*/config.json", Fault::Hang, 1);
    test.upstream.fault("*/commits/*", Fault::Hang);
    test.upstream.fault("*willow/rings*", Fault::Hang);
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    let facts = test.store.facts(&revision.id).await.unwrap().unwrap();
    let late = [facts.model.config.why_missing(), facts.model.history.why_missing()];
    for why in late.into_iter().chain([facts.datasets[0].info.why_missing()]) {
        assert!(
            matches!(why, Some(Missing::Failed { detail }) if detail.contains("time")),
            "{why:?}"
        );
    }
    assert!(facts.model.card.value().is_some());
    assert!(file(&revision, "config.json").is_stored());
    let rating = test.store.rating(&revision.id).await.unwrap().unwrap().record.rating;
    assert!(!rating.provisional.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn stored_facts_score_the_same_again() {
    let test = TestRegistry::start().await;
    grow(&test);
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    let facts = test.store.facts(&revision.id).await.unwrap().unwrap();
    let stored = test.store.rating(&revision.id).await.unwrap().unwrap().record.rating;
    let settings = &test.registry.settings().rating;
    let again = touchstone_rating::rate(&facts, settings, &SystemClock(Instant::now())).rating;
    assert_eq!(again, stored);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_names_becomes_its_edges() {
    let test = TestRegistry::start().await;
    grow(&test);
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    let edges = test.store.edges_of_revision(&revision.id).await.unwrap();
    let mut parents: Vec<_> = edges.iter().map(|edge| edge.parent.as_str()).collect();
    parents.sort_unstable();
    let expected = [
        "github.com/willow/tools",
        "huggingface.co/datasets/willow/rings",
        "huggingface.co/willow/base",
    ];
    assert_eq!(parents, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_data_set_that_a_model_names_becomes_an_edge() {
    let test = TestRegistry::start().await;
    test.upstream.add(Repository::dataset("willow/rings-0"));
    test.upstream.rename(Kind::Dataset, "willow/rings-0", "willow/years");
    let names: Vec<String> = (0..8).map(|number| format!("willow/rings-{number}")).collect();
    let card = format!("---\ndatasets: [{}]\n---\n# Leaf\n", names.join(", "));
    test.upstream.add(Repository::model("willow/leaf").card(&card));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await;
    let edges = test.store.edges_of_revision(&revision.id).await.unwrap();
    let parents: HashSet<_> = edges.iter().map(|edge| edge.parent.as_str()).collect();
    let expected =
        |name: &str| parents.contains(format!("huggingface.co/datasets/{name}").as_str());
    assert!(
        expected("willow/years") && names[1..].iter().all(|name| expected(name)),
        "{parents:?}"
    );
    assert_eq!(parents.len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_parent_counts_with_its_own_rating() {
    let test = TestRegistry::start().await;
    grow(&test);
    let base = test.model("willow/base").await;
    test.published(&base).await;
    let leaf = test.model("willow/leaf").await;
    let revision = test.published(&leaf).await;
    let facts = test.store.facts(&revision.id).await.unwrap().unwrap();
    let registered = facts.parents[0].registered.as_ref().unwrap();
    assert_eq!(registered.artifact, base.id.to_string());
}
