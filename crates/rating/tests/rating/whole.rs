//! What holds for a rating as a whole.

use crate::support::{absent, document, info, known, rating, whole_model};
use touchstone_domain::facts::Facts;
use touchstone_domain::{Fact, Metric, Missing};

type Change = fn(&mut Facts);

const KINDS: [(&str, Change); 8] = [
    ("licence", |facts| {
        facts.model.info = known(info());
        facts.model.card = known(document("README.md", "# Name\n"));
    }),
    ("metadata", |facts| facts.model.info = absent()),
    ("card", |facts| facts.model.card = absent()),
    ("files", |facts| facts.model.files = absent()),
    ("history", |facts| facts.model.history = absent()),
    ("owner", |facts| facts.model.owner = absent()),
    ("repository", |facts| facts.repositories.clear()),
    ("reviews", |facts| facts.repositories[0].reviews = absent()),
];

#[test]
fn what_is_missing_never_helps() {
    let whole = rating(&whole_model());
    for (kind, take_away) in KINDS {
        let mut facts = whole_model();
        take_away(&mut facts);
        let less = rating(&facts);
        assert!(less.net_score < whole.net_score + 1e-9, "without its {kind}");
        for (before, after) in whole.metrics.iter().zip(&less.metrics) {
            assert!(
                after.counted <= before.counted + 1e-9,
                "{:?} without its {kind}",
                before.metric
            );
        }
    }
}

#[test]
fn the_same_facts_give_the_same_rating_to_the_last_digit() {
    let facts = whole_model();
    let stored = serde_json::to_string(&facts).unwrap();
    let read: Facts = serde_json::from_str(&stored).unwrap();
    let (one, other) = (rating(&facts), rating(&read));
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
}

#[test]
fn a_fact_that_could_not_be_looked_at_counts_as_absent_and_shows() {
    let mut limited = whole_model();
    let until = "2026-01-02T00:00:00Z".parse().unwrap();
    limited.repositories[0].reviews =
        Fact::missing("https://upstream.test/reviews", Missing::RateLimited { until });
    let mut gone = whole_model();
    gone.repositories[0].reviews = absent();
    let (limited, gone) = (rating(&limited), rating(&gone));
    assert!((limited.net_score - gone.net_score).abs() < f64::EPSILON);
    assert!(limited.is_provisional() && !gone.is_provisional());
    let reviewed = limited.metric(Metric::Reviewedness).unwrap();
    assert!(reviewed.evidence[0].unavailable && reviewed.coverage.abs() < f64::EPSILON);
}
