//! How models are rated, and which are let in.

use clap::Args;
use touchstone_rating::RatingSettings;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Rating")]
pub(crate) struct RatingOptions {
    /// The licence of the product that models are to be used in
    #[arg(
        long,
        env = "LICENSE_TARGET",
        default_value = "LGPL-2.1-only",
        value_name = "SPDX",
        global = true
    )]
    pub(crate) license_target: String,
    /// The least net score that a model needs to be let in, 0 to 1
    #[arg(
        long,
        env = "ADMISSION_MIN_NET_SCORE",
        default_value_t = 0.0,
        value_name = "SCORE",
        value_parser = share,
        global = true
    )]
    pub(crate) admission_min_net_score: f64,
}

impl RatingOptions {
    pub(crate) fn settings(&self) -> RatingSettings {
        RatingSettings { license_target: self.license_target.clone(), ..RatingSettings::default() }
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}
