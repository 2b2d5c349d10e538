//! More of the same evidence never lowers its metric.

use crate::support::models::{ALL, Written};
use crate::support::{commit, contributors, history, known, owner, rating, reviews, score};
use proptest::prelude::*;
use touchstone_domain::facts::HubInfo;
use touchstone_domain::{Facts, Metric};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn more_adoption_never_lowers_a_score(
        model in any_model(), downloads in any::<u64>(), likes in any::<u64>(), more in any::<u64>()
    ) {
        let with = |downloads, likes| {
            let mut facts = model.whole();
            let info = facts.model.info.value().cloned();
            let info = info.unwrap_or_else(crate::support::info);
            facts.model.info = known(HubInfo { downloads, likes, ..info });
            facts
        };
        let few = with(downloads, likes);
        let many = with(downloads.saturating_add(more), likes.saturating_add(more));
        none_falls(&few, &many)?;
    }

    #[test]
    fn more_people_never_lower_a_score(
        model in any_model(), authors in 1..6_usize, members in 1..50_u64
    ) {
        let names = ["ada", "ben", "cem", "dora", "emil", "finn"];
        let with = |authors: usize, members| {
            let mut facts = model.whole();
            facts.model.history = history(&names[..authors]);
            facts.model.owner = owner(true, Some(members));
            facts
        };
        none_falls(&with(authors, members), &with((authors + 1).min(6), members + 1))?;
    }

    #[test]
    fn one_more_person_with_an_equal_part_never_lowers_the_bus_factor(
        people in 1..30_usize, commits in 1..100_u64
    ) {
        let with = |people| {
            let mut facts = ALL[0].whole();
            facts.repositories[0].contributors = contributors(&vec![commits; people]);
            score(&facts, Metric::BusFactor)
        };
        prop_assert!(with(people) <= with(people + 1));
    }

    #[test]
    fn one_more_reviewed_change_never_lowers_what_was_read(
        read in 0..20_usize, unread in 0..20_usize, lines in 1..1000_u64
    ) {
        let with = |read| {
            let mut changes = vec![commit(lines, "ada", None); unread];
            changes.extend(vec![commit(lines, "ada", Some(&["ben"])); read]);
            let mut facts = ALL[0].whole();
            facts.repositories[0].reviews = reviews(changes);
            score(&facts, Metric::Reviewedness)
        };
        prop_assert!(with(read) <= with(read + 1));
    }

    #[test]
    fn more_results_never_lower_the_claims(values in prop::collection::vec(1..1000_u32, 1..12)) {
        let with = |values: &[u32]| {
            let rows = values.iter().enumerate().map(|(index, value)| {
                format!("| Harbour {index} | {}.{} |\n", value / 10, value % 10)
            });
            let rows: String = rows.collect();
            let card = format!("# Name\n\n## Evaluation\n\n| Dataset | F1 |\n|-|-|\n{rows}");
            let mut facts = ALL[0].whole();
            facts.model.card = known(crate::support::document("README.md", &card));
            score(&facts, Metric::PerformanceClaims)
        };
        prop_assert!(with(&values[..values.len() - 1]) <= with(&values));
    }
}

fn any_model() -> impl Strategy<Value = &'static Written> {
    (0..ALL.len()).prop_map(|index| ALL[index])
}

fn none_falls(few: &Facts, many: &Facts) -> Result<(), TestCaseError> {
    let (few, many) = (rating(few), rating(many));
    for (one, other) in few.metrics.iter().zip(&many.metrics) {
        prop_assert!(one.counted <= other.counted, "{:?}", one.metric);
    }
    prop_assert!(few.net_score <= many.net_score);
    Ok(())
}
