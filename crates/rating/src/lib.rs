//! From facts to scores with evidence: pure functions, without network, clock or names.
//!
//! [`rate`] answers the eleven questions of [`touchstone_domain::Metric`]; [`references`] reads
//! which data sets, code repositories and parents a model names; [`license`] answers licence
//! questions. The same facts give the same answer, to the last digit.

use std::collections::BTreeMap;
use touchstone_domain::facts::ModelFacts;
use touchstone_domain::license::{LicenseAnswer, Use};
use touchstone_domain::lineage::{Edge, Provenance};
use touchstone_domain::{Clock, Facts, Metric, Rating};

/// The edition of the scoring rules; raised whenever the same facts could score differently.
pub const SCORING_VERSION: u32 = 1;

/// What an operator may set.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingSettings {
    /// Each metric's share of the net score, summing to 1.
    pub weights: BTreeMap<Metric, f64>,
    /// The licence of the product that models are to be used in (`LICENSE_TARGET`), an SPDX
    /// expression.
    pub license_target: String,
    /// What each class of device holds, in bytes.
    pub budgets: DeviceBudgets,
}

/// What each class of device holds, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceBudgets {
    /// Raspberry Pi.
    pub raspberry_pi: u64,
    /// Jetson Nano.
    pub jetson_nano: u64,
    /// A desktop computer.
    pub desktop_pc: u64,
    /// A server in the cloud.
    pub aws_server: u64,
}

impl Default for RatingSettings {
    fn default() -> Self {
        todo!()
    }
}

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
pub fn rate(_facts: &Facts, _settings: &RatingSettings, _clock: &dyn Clock) -> Rated {
    todo!()
}

/// A name that a model gives to something else, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written: `owner/name`, `name`, or an address.
    pub name: String,
    /// Where the model names it.
    pub stated_in: Provenance,
}

/// What a model's own repository names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct References {
    /// Data sets, in the order of their weight as a statement, without duplicates.
    pub datasets: Vec<Named>,
    /// GitHub repositories as `owner/name`, most relevant first.
    pub repositories: Vec<Named>,
    /// Parent models: one edge a parent, with everything that states it.
    pub parents: Vec<Edge>,
}

/// Reads which data sets, code repositories and parents a model names.
#[must_use]
pub fn references(_model: &ModelFacts) -> References {
    todo!()
}

/// Whether the model may be used in a product under `target` in each of these ways. `target` is the
/// licence of the product as its repository states it (SPDX id or expression, or nothing).
#[must_use]
pub fn license_check(
    _facts: &Facts,
    _target: Option<&str>,
    _target_seen_at: Option<&str>,
    _uses: &[Use],
) -> LicenseAnswer {
    todo!()
}
