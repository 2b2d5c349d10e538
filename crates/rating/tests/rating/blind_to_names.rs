//! Another owner and name change only what the owner's own facts change.

use crate::support::models::{ALL, Kind};
use crate::support::{owner, rating};
use touchstone_domain::Metric;

const NAMES: [&str; 3] = ["someone-else/another", "x/y-7b-instruct", "a-famous-lab/gold-standard"];

#[test]
fn another_owner_and_name_change_no_score() {
    for model in ALL {
        let own = rating(&model.whole());
        for name in NAMES {
            let renamed = rating(&model.without(Kind::Rest, name));
            for (one, other) in own.metrics.iter().zip(&renamed.metrics) {
                let metric = one.metric;
                assert_eq!(one.score, other.score, "{metric:?} of {} as {name}", model.name);
            }
            assert_eq!(own.net_score, renamed.net_score, "{} as {name}", model.name);
        }
    }
}

#[test]
fn who_the_owner_is_changes_only_what_rests_on_people() {
    for model in ALL {
        let mut personal = model.whole();
        personal.model.owner = owner(false, None);
        let mut shared = model.whole();
        shared.model.owner = owner(true, Some(40));
        let (personal, shared) = (rating(&personal), rating(&shared));
        for (one, other) in personal.metrics.iter().zip(&shared.metrics) {
            let is_about_people = one.metric == Metric::BusFactor;
            assert_eq!(one.score < other.score, is_about_people, "{:?}", one.metric);
            assert!(is_about_people || one.score == other.score, "{:?}", one.metric);
        }
    }
}
