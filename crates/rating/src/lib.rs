//! From facts to scores with evidence: pure functions, without network, clock or names.
//!
//! [`rate`] answers the eleven questions of [`touchstone_domain::Metric`]; [`references()`] reads
//! which data sets, code repositories and parents a model names; [`license_check`] answers licence
//! questions. The same facts give the same answer, to the last digit.

mod context;
mod license;
mod metrics;
mod net_score;
mod references;
mod settings;
mod text;

pub use license::{
    LicenseTerms, license_between, license_check, license_of_product, license_terms,
};
pub use metrics::{Criterion, Scale, scale};
pub use references::{Named, References, references};
pub use settings::{DeviceBudgets, RatingSettings};

use context::Context;
use std::collections::BTreeMap;
use touchstone_domain::{Clock, Facts, Metric, Rating};

/// The edition of the scoring rules; raised whenever the same facts could score differently.
pub const SCORING_VERSION: u32 = 1;

/// A rating and what it took to compute each metric, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// The rating.
    pub rating: Rating,
    /// Seconds of computing, by metric. Measured, and so no part of the rating.
    pub seconds: BTreeMap<Metric, f64>,
}

/// Rates a model. The clock only measures how long each metric took.
#[must_use]
pub fn rate(facts: &Facts, settings: &RatingSettings, clock: &dyn Clock) -> Rated {
    let context = Context::new(facts, settings);
    let mut seconds = BTreeMap::new();
    let outcomes = Metric::ALL.map(|metric| {
        let begun = clock.elapsed();
        let outcome = metrics::answer(metric, &context);
        seconds.insert(metric, clock.elapsed().saturating_sub(begun).as_secs_f64());
        outcome
    });
    Rated { rating: net_score::combine(&context, outcomes), seconds }
}
