//! What holds for the rating of any facts, hostile ones among them.

use crate::support::any::{any_facts, fair_scores, hostile_scores};
use crate::support::rating;
use proptest::prelude::*;
use touchstone_domain::{Facts, Metric};
use touchstone_rating::{Scale, scale};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_the_facts_are_every_score_is_in_its_bounds_and_is_what_its_evidence_adds_up_to(
        facts in any_facts(hostile_scores())
    ) {
        let rating = rating(&facts);
        prop_assert!((0.0..=1.0).contains(&rating.net_score));
        prop_assert!((0.0..=1.0).contains(&rating.coverage));
        let size = rating.size;
        prop_assert!(size.raspberry_pi <= size.jetson_nano, "a bigger device scores lower");
        prop_assert!(size.jetson_nano <= size.desktop_pc, "a bigger device scores lower");
        prop_assert!(size.desktop_pc <= size.aws_server, "a bigger device scores lower");
        for answer in &rating.metrics {
            let metric = answer.metric;
            let is_unlinked = metric == Metric::Reviewedness && answer.score == -1.0;
            prop_assert!((0.0..=1.0).contains(&answer.score) || is_unlinked, "{answer:?}");
            prop_assert!((0.0..=1.0).contains(&answer.counted), "{answer:?}");
            prop_assert!((0.0..=1.0).contains(&answer.coverage), "{answer:?}");
            let points: f64 = answer.evidence.iter().map(|line| line.points).sum();
            prop_assert!((points - answer.counted).abs() < 0.0006, "{answer:?}");
            for line in answer.evidence.iter().filter(|line| line.of > 0.0) {
                prop_assert!((0.0..=line.of).contains(&line.points), "{line:?}");
                let is_row = |scale: &Scale| scale.rows().any(|row| row.key == line.criterion);
                prop_assert!(is_row(scale(metric)), "{line:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_same_facts_have_the_same_rating_after_they_were_stored_and_read(
        facts in any_facts(fair_scores())
    ) {
        let stored = serde_json::to_string(&facts).unwrap();
        let read: Facts = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(bits(&facts), bits(&read));
    }

    #[test]
    fn the_same_facts_have_the_same_rating_on_every_thread(facts in any_facts(fair_scores())) {
        let alone = bits(&facts);
        let together = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| bits(&facts))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        prop_assert!(together.iter().all(|other| *other == alone));
    }
}

/// The whole rating, its numbers by their bits.
fn bits(facts: &Facts) -> (Vec<u64>, String) {
    let rating = rating(facts);
    let mut bits = vec![rating.net_score.to_bits(), rating.coverage.to_bits()];
    for answer in &rating.metrics {
        bits.extend([answer.score, answer.counted, answer.weight].map(f64::to_bits));
        bits.extend(answer.evidence.iter().map(|line| line.points.to_bits()));
    }
    (bits, serde_json::to_string(&rating).unwrap())
}
