//! Rates a folder of cards and repositories, offline: how each metric spreads, which models stand
//! out, and the evidence of any line.

mod distribution;
mod explain;
mod folder;

use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;
use touchstone_domain::{Clock, Metric, Rating, Timestamp};
use touchstone_rating::{RatingSettings, rate};

/// Rate a folder of cards and repositories, without the network
///
/// Cards are files named `owner__name.md`; repositories are folders named `owner__name` with any of
/// `README.md`, `config.json`, `adapter_config.json`, LICENSE, files.json (the listing), info.json (the
/// Hub's record), repositories.json (facts of linked code), or facts.json (all facts as a registry
/// keeps them). Below a folder named `datasets` they are data sets, which models may name.
#[derive(Args)]
pub(crate) struct RateReport {
    /// The folder
    folder: PathBuf,
    /// Print the evidence of this model, and of one metric where one is named
    #[arg(long, num_args = 1..=2, value_names = ["NAME", "METRIC"])]
    explain: Vec<String>,
}

/// A model of the folder, rated.
struct Rated {
    name: String,
    rating: Rating,
}

impl RateReport {
    /// Rates, and prints the whole report or one model's evidence.
    pub(crate) fn run(self) -> Result<()> {
        let settings = RatingSettings::default();
        let models: Vec<Rated> = folder::read(&self.folder)?
            .into_iter()
            .map(|(name, facts)| Rated {
                name,
                rating: rate(&facts, &settings, &Unmeasured).rating,
            })
            .collect();
        match self.explain.as_slice() {
            [] if models.is_empty() => bail!("{} has no cards", self.folder.display()),
            [] => distribution::print(&models),
            [name, rest @ ..] => {
                let model = models.iter().find(|model| model.name.ends_with(name.as_str()));
                let model = model.with_context(|| format!("no model is called {name}"))?;
                explain::print(model, rest.first().map(|metric| named(metric)).transpose()?);
            }
        }
        Ok(())
    }
}

fn named(word: &str) -> Result<Metric> {
    let metric = Metric::ALL.into_iter().find(|metric| metric.as_str() == word);
    metric.with_context(|| format!("{word} is no metric"))
}

/// Nothing is measured here, and no rule may know the time.
struct Unmeasured;

impl Clock for Unmeasured {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}
