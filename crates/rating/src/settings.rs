//! What an operator may set, with the defaults that the project stands for.

use std::collections::BTreeMap;
use touchstone_domain::Metric;

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

const DEFAULT_WEIGHTS: [(Metric, f64); 11] = [
    (Metric::RampUpTime, 0.10),
    (Metric::BusFactor, 0.10),
    (Metric::PerformanceClaims, 0.09),
    (Metric::License, 0.09),
    (Metric::SizeScore, 0.11),
    (Metric::DatasetAndCodeScore, 0.13),
    (Metric::DatasetQuality, 0.13),
    (Metric::CodeQuality, 0.10),
    (Metric::Reproducibility, 0.05),
    (Metric::Reviewedness, 0.05),
    (Metric::TreeScore, 0.05),
];

const GIGABYTE: u64 = 1_000_000_000;

impl Default for RatingSettings {
    fn default() -> Self {
        Self {
            weights: BTreeMap::from(DEFAULT_WEIGHTS),
            license_target: "LGPL-2.1-only".to_owned(),
            budgets: DeviceBudgets::default(),
        }
    }
}

impl Default for DeviceBudgets {
    fn default() -> Self {
        Self {
            raspberry_pi: 2 * GIGABYTE,
            jetson_nano: 4 * GIGABYTE,
            desktop_pc: 16 * GIGABYTE,
            aws_server: 128 * GIGABYTE,
        }
    }
}
