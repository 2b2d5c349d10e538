//! A well-documented base model comes before a well-known model without data and code, and that
//! before a hobbyist's paragraph; and no metric says the same of everything.

use crate::support::models::{ALL, FULL, Kind};
use crate::support::{document, files, history, info, known, owner, rating};
use touchstone_domain::facts::HubInfo;
use touchstone_domain::{Facts, Metric, Rating};

/// A speech model that many use: a good card of an organisation, no linked data, no linked code.
fn well_known() -> Facts {
    let mut facts = FULL.whole();
    facts.model.card = FULL.without(Kind::Code, "willow/harbour-base").model.card;
    let card = facts.model.card.value().map(|card| card.text.clone()).unwrap_or_default();
    let card = card.replace("datasets:\n- lab/harbour\n", "").replace("base_model: lab/waal\n", "");
    let (before, training) = card.split_once("## Training data").unwrap();
    let (_, after) = training.split_once("## Evaluation").unwrap();
    let card = format!(
        "{before}## Evaluation{}",
        after.replace("| base | Harbour | test | 84.0 | 88.1 |\n", "")
    );
    facts.model.card = known(document("README.md", &card));
    facts.model.info = known(HubInfo {
        downloads: 700_000,
        likes: 300,
        ..facts.model.info.value().unwrap().clone()
    });
    facts.datasets.clear();
    facts.repositories.clear();
    facts.parents.clear();
    facts
}

/// One paragraph on somebody's first classifier.
fn hobby() -> Facts {
    let mut facts = crate::support::facts();
    facts.model.info = known(HubInfo { downloads: 12, likes: 1, ..info() });
    facts.model.card = known(document(
        "README.md",
        "# audience\n\nThis is my classifier for audiences, trained for 3 epochs. Accuracy 0.81.\n",
    ));
    facts.model.owner = owner(false, None);
    facts.model.history = history(&["me"]);
    facts.model.files = files(&[("model.safetensors", 270_000_000), ("train.py", 900)]);
    facts
}

fn scores(facts: &Facts) -> (Rating, impl Fn(Metric) -> f64 + use<>) {
    let rating = rating(facts);
    let of = rating.clone();
    (rating, move |metric| of.metric(metric).unwrap().counted)
}

#[test]
fn a_documented_base_model_comes_before_a_known_one_and_that_before_a_hobby() {
    let (first, base) = scores(&FULL.whole());
    let (second, known) = scores(&well_known());
    let (third, hobby) = scores(&hobby());
    let nets = [first.net_score, second.net_score, third.net_score];
    assert!(nets[0] > nets[1] + 0.1 && nets[1] > nets[2] + 0.1, "{nets:?}");
    for metric in [Metric::BusFactor, Metric::PerformanceClaims] {
        let scores = [base(metric), known(metric), hobby(metric)];
        assert!(scores[0] > scores[1] && scores[1] > scores[2], "{metric:?} {scores:?}");
    }
    // Both are documented alike; the more adopted one may even be a little ahead.
    let metric = Metric::RampUpTime;
    assert!(base(metric) > 0.6 && known(metric) > 0.6 && hobby(metric) < 0.4);
    assert_eq!(
        [base(Metric::License), known(Metric::License), hobby(Metric::License)],
        [1.0, 1.0, 0.0]
    );
    for metric in [Metric::DatasetAndCodeScore, Metric::DatasetQuality, Metric::CodeQuality] {
        assert!(base(metric) > known(metric) + 0.2, "{metric:?}");
        assert!(base(metric) > hobby(metric) + 0.2, "{metric:?}");
    }
}

#[test]
fn no_metric_says_the_same_of_all_models_or_nothing_of_most() {
    let mut models: Vec<Facts> = ALL.iter().map(|model| model.whole()).collect();
    models.extend([well_known(), hobby()]);
    let ratings: Vec<Rating> = models.iter().map(rating).collect();
    for metric in Metric::ALL {
        let scores: Vec<f64> = ratings
            .iter()
            .filter_map(|rating| rating.metric(metric).filter(|answer| answer.applies))
            .map(|answer| answer.counted)
            .collect();
        let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert!(most - least > 0.05, "{metric:?} is constant: {scores:?}");
        let zeros = scores.iter().filter(|score| **score <= 0.0).count();
        assert!(zeros * 2 <= scores.len(), "{metric:?} is 0 for most: {scores:?}");
    }
}
