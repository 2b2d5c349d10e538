//! Ratings made again under other rules.

use crate::support::{TestRegistry, small};
use touchstone_domain::Metric;
use touchstone_registry::{Registry, Rerated};

/// An instance for another product.
fn for_another_product(test: &TestRegistry) -> Registry {
    test.another(|settings| "GPL-2.0-only".clone_into(&mut settings.rating.license_target))
}

#[tokio::test(flavor = "multi_thread")]
async fn other_settings_rate_what_is_stored_anew_from_its_facts_alone() {
    let test = TestRegistry::start().await;
    let mut revisions = Vec::new();
    for name in ["willow/leaf", "willow/bark", "willow/root"] {
        let license = if name == "willow/root" { "apache-2.0" } else { "mit" };
        test.upstream.add(small(name).card(&format!("---\nlicense: {license}\n---\n# A tree\n")));
        let model = test.model(name).await;
        revisions.push(test.published(&model).await.id);
    }
    let test = test.stopped().await;
    let registry = for_another_product(&test);
    assert_eq!(test.registry.outdated_ratings().await.unwrap(), 0);
    assert_eq!(registry.outdated_ratings().await.unwrap(), 3);
    let asked_before = test.upstream.requests().len();
    let mut told = Vec::new();
    let done = registry.rerate_all(|so_far| told.push(so_far.rated)).await.unwrap();
    assert_eq!(done, Rerated { rated: 3, failed: 0 });
    assert_eq!(told, [1, 2, 3]);
    assert_eq!(test.upstream.requests().len(), asked_before, "nobody was asked");
    for revision in &revisions {
        let ratings = test.store.ratings(revision).await.unwrap();
        assert_eq!(ratings.iter().map(|rated| rated.sequence).collect::<Vec<_>>(), [2, 1]);
        let same_facts = |at: usize| ratings[at].record.rating.metric(Metric::RampUpTime).cloned();
        assert_eq!(same_facts(0), same_facts(1));
        assert_ne!(ratings[0].record.edition, ratings[1].record.edition);
    }
    let said = |at: usize| {
        let rating = &revisions[at];
        async { test.store.rating(rating).await.unwrap().unwrap().record.rating }
    };
    let target = |rating: &touchstone_domain::Rating| {
        let license = rating.metric(Metric::License).unwrap();
        license.evidence.iter().any(|line| line.observation.contains("GPL-2.0-only"))
    };
    assert!(target(&said(2).await));
    assert_eq!(registry.rerate_all(|_| ()).await.unwrap(), Rerated::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_that_rate_anew_at_once_leave_one_new_rating_each() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await.id;
    let test = test.stopped().await;
    let (one, other) = (for_another_product(&test), for_another_product(&test));
    let (one, other) = tokio::join!(one.rerate_all(|_| ()), other.rerate_all(|_| ()));
    assert_eq!((one.unwrap().failed, other.unwrap().failed), (0, 0));
    assert_eq!(test.store.ratings(&revision).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_program_leaves_newer_ratings_alone() {
    let test = TestRegistry::start().await;
    test.upstream.add(small("willow/leaf"));
    let model = test.model("willow/leaf").await;
    let revision = test.published(&model).await.id;
    let test = test.stopped().await;
    let rated = test.store.rating(&revision).await.unwrap().unwrap();
    let mut newer = rated.record;
    newer.edition = touchstone_domain::Edition::new(u32::MAX, "from-the-future");
    let rerating = touchstone_store::Rerating {
        revision,
        follows: rated.sequence,
        record: newer,
        healing: None,
        completion: None,
        entries: Vec::new(),
    };
    assert!(test.store.rate_anew(rerating).await.unwrap());
    assert_eq!(test.registry.rerate_all(|_| ()).await.unwrap(), Rerated::default());
}
