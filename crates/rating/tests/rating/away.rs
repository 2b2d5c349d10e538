//! Taking one kind of evidence away lowers the metrics that rest on it and no other.

use crate::support::models::{ALL, Kind, Written};
use crate::support::rating;
use touchstone_domain::Metric;

/// What another metric may change by: removed words are fewer words to read.
const ELSEWHERE: f64 = 0.02;

/// The metrics that rest on a kind of evidence: those that have to fall, and those that may.
fn resting_on(kind: Kind) -> (&'static [Metric], &'static [Metric]) {
    use Metric::{
        BusFactor, CodeQuality, DatasetAndCodeScore, DatasetQuality, License, PerformanceClaims,
        RampUpTime, Reproducibility, Reviewedness,
    };
    match kind {
        Kind::Rest => (&[], &[]),
        Kind::License => (&[License], &[]),
        Kind::Code => (&[BusFactor, DatasetAndCodeScore], &[CodeQuality, Reviewedness]),
        Kind::Examples => (&[Reproducibility, RampUpTime, DatasetAndCodeScore], &[CodeQuality]),
        Kind::Evaluation => (&[PerformanceClaims], &[]),
        Kind::Data => (&[DatasetQuality, DatasetAndCodeScore], &[]),
    }
}

fn taken_from(model: &Written, kind: Kind) {
    let before = rating(&model.whole());
    let after = rating(&model.without(kind, &format!("willow/{}", model.name)));
    let case = format!("{} without {kind:?}", model.name);
    assert!(after.net_score < before.net_score, "{case}: the net score does not fall");
    let (must, may) = resting_on(kind);
    for (one, other) in before.metrics.iter().zip(&after.metrics) {
        let fell = one.counted - other.counted;
        let metric = one.metric;
        assert!(fell > -1e-9, "{case}: {metric:?} rises by {}", -fell);
        if must.contains(&metric) {
            assert!(fell > ELSEWHERE, "{case}: {metric:?} falls by {fell} only");
        } else if !may.contains(&metric) {
            assert!(fell <= ELSEWHERE, "{case}: {metric:?} falls by {fell}");
        }
    }
}

fn taken_from_all(kind: Kind) {
    let with: Vec<_> = ALL.into_iter().filter(|model| model.has(kind)).collect();
    assert!(with.len() > 1, "{kind:?} can be taken from several models");
    for model in with {
        taken_from(model, kind);
    }
}

#[test]
fn without_its_licence_a_model_loses_its_licence_score_and_nothing_else() {
    taken_from_all(Kind::License);
}

#[test]
fn without_its_code_link_a_model_loses_what_rests_on_code_and_nothing_else() {
    taken_from_all(Kind::Code);
}

#[test]
fn without_its_examples_a_model_loses_what_rests_on_them_and_nothing_else() {
    taken_from_all(Kind::Examples);
}

#[test]
fn without_its_evaluation_a_model_loses_its_claims_and_nothing_else() {
    taken_from_all(Kind::Evaluation);
}

#[test]
fn without_its_data_sets_a_model_loses_what_rests_on_data_and_nothing_else() {
    taken_from_all(Kind::Data);
}
