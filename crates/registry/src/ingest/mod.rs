//! The ingest job: resolve, collect, transfer, rate, decide, publish. Each stage is idempotent; a
//! crash at any point leaves the job to be taken up again.

use crate::{Registry, RegistryError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use touchstone_domain::Source;
use touchstone_domain::rating::{Rating, RatingLatency};

/// What somebody says belongs to a model, beside what the model itself names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Linked {
    /// Addresses of its data sets.
    pub datasets: Vec<String>,
    /// Addresses of its code.
    pub repositories: Vec<String>,
    /// Addresses of data sets that count where the model names them, by whatever name.
    pub datasets_if_named: Vec<String>,
}

/// How workers and those who wait for them hear of each other, inside one process.
#[derive(Default)]
pub(crate) struct Signals {
    /// A job was queued.
    #[expect(dead_code, reason = "filled in by the next step")]
    pub(crate) queued: Notify,
}

impl Registry {
    /// Runs the workers until `stop`, then gives jobs that are not finished within `grace` back to
    /// the store.
    pub async fn run_workers(&self, _stop: CancellationToken, _grace: Duration) {
        todo!()
    }

    /// Collects the facts of a model and rates them, without storing anything: what
    /// `touchstone rate` shows of an address. `linked` adds to what the model itself names.
    pub async fn rate_source(
        &self,
        _source: &Source,
        _linked: &Linked,
    ) -> Result<(Rating, RatingLatency), RegistryError> {
        todo!()
    }
}
