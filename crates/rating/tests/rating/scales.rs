//! What a metric's table of points says is what its evidence shows.

use crate::support::{absent, facts, rating, whole_model};
use std::collections::BTreeMap;
use touchstone_domain::{Facts, Metric};
use touchstone_rating::scale;

#[test]
fn a_table_of_points_adds_up_and_repeats_no_name() {
    for scale in Metric::ALL.map(scale) {
        let name = scale.metric;
        let sum: f64 = scale.criteria.iter().map(|row| row.points).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{name:?}: the rows add up to {sum}");
        let instead: f64 = scale.instead.iter().map(|row| row.points).sum();
        assert!(instead < 1.0, "{name:?}: what counts instead counts less");
        let mut keys: Vec<&str> = scale.rows().map(|row| row.key).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all, "{name:?} names two rows alike");
    }
}

#[test]
fn every_point_belongs_to_a_row_and_no_row_gives_more_than_it_has() {
    let mut nothing = facts();
    nothing.model.info = absent();
    for facts in [nothing, facts(), whole_model()] {
        every_point_belongs_to_a_row(&facts);
    }
}

fn every_point_belongs_to_a_row(facts: &Facts) {
    for answer in &rating(facts).metrics {
        let scale = scale(answer.metric);
        let name = answer.metric;
        let mut possible: BTreeMap<&str, f64> = BTreeMap::new();
        for line in answer.evidence.iter().filter(|line| line.of > 0.0) {
            assert!(!line.because.is_empty(), "{name:?}: {}", line.observation);
            assert!(line.points <= line.of, "{name:?}: {}", line.observation);
            *possible.entry(&line.criterion).or_default() += line.of;
        }
        for (key, of) in possible {
            let row = scale.rows().find(|row| row.key == key);
            let points = row.map_or(0.0, |row| row.points);
            assert!(of <= points + 1e-9, "{name:?}: {key:?} could give {of} of {points}");
        }
    }
}

#[test]
fn the_points_of_the_evidence_are_the_score() {
    for answer in rating(&whole_model()).metrics {
        let points: f64 = answer.evidence.iter().map(|line| line.points).sum();
        assert!((points - answer.counted).abs() < 0.0006, "{:?}", answer.metric);
    }
}
