//! One file for each of the eleven questions. Each is a function from the facts to an
//! [`Outcome`], and states its scale of points in one table beside the code.

mod bus_factor;
mod code_quality;
mod dataset_and_code;
mod dataset_quality;
mod license;
mod performance_claims;
mod ramp_up_time;
mod reproducibility;
mod reviewedness;
mod scale;
mod size;
mod tally;
mod tree_score;

pub use scale::{Criterion, Scale};

pub(crate) use size::by_device;
pub(crate) use tally::{Outcome, Tally, why_missing};

use crate::context::Context;
use touchstone_domain::Metric;
use touchstone_domain::facts::RepositoryFacts;

/// Answers one question.
pub(crate) fn answer(metric: Metric, context: &Context<'_>) -> Outcome {
    match metric {
        Metric::RampUpTime => ramp_up_time::score(context),
        Metric::BusFactor => bus_factor::score(context),
        Metric::PerformanceClaims => performance_claims::score(context),
        Metric::License => license::score(context),
        Metric::SizeScore => size::score(context),
        Metric::DatasetAndCodeScore => dataset_and_code::score(context),
        Metric::DatasetQuality => dataset_quality::score(context),
        Metric::CodeQuality => code_quality::score(context),
        Metric::Reproducibility => reproducibility::score(context),
        Metric::Reviewedness => reviewedness::score(context),
        Metric::TreeScore => tree_score::score(context),
    }
}

/// A metric's table of points.
#[must_use]
pub const fn scale(metric: Metric) -> &'static Scale {
    match metric {
        Metric::RampUpTime => &ramp_up_time::SCALE,
        Metric::BusFactor => &bus_factor::SCALE,
        Metric::PerformanceClaims => &performance_claims::SCALE,
        Metric::License => &license::SCALE,
        Metric::SizeScore => &size::SCALE,
        Metric::DatasetAndCodeScore => &dataset_and_code::SCALE,
        Metric::DatasetQuality => &dataset_quality::SCALE,
        Metric::CodeQuality => &code_quality::SCALE,
        Metric::Reproducibility => &reproducibility::SCALE,
        Metric::Reviewedness => &reviewedness::SCALE,
        Metric::TreeScore => &tree_score::SCALE,
    }
}

/// The code repository that stands for the model: the most relevant one that could be seen.
pub(crate) fn linked_repository<'a>(context: &Context<'a>) -> Option<&'a RepositoryFacts> {
    context.repositories.iter().find(|repository| repository.info.value().is_some())
}
