//! What the product does: one file a use case, and the ingest job. [`Registry`] is the only door.
//!
//! Every outcome is decided here; nothing here knows HTTP or a driver's name.

mod ancestors;
mod audit;
mod benchmark;
mod bundle;
mod catalog;
mod comparison;
mod confusion;
mod cost;
mod download;
mod edition;
mod error;
mod fetch;
mod gc;
mod healing;
mod health;
mod ingest;
mod license_check;
mod lineage;
mod process;
mod progress;
mod rating;
mod read_through;
mod register;
mod rerating;
mod reset;
mod search;
mod settings;
mod spread;
mod update;
mod verify;

pub use benchmark::{
    BenchmarkJob, BenchmarkRequest, BenchmarkResults, BenchmarkStatus, LatencyMilliseconds,
};
pub use comparison::ComparedModels;
pub use confusion::Suspect;
pub use download::{Download, DownloadBody};
pub use error::RegistryError;
pub use fetch::Pinned;
pub use gc::{Sweep, SweepMode};
pub use health::{ComponentHealth, HealthIssue, HealthStatus, IssueSeverity};
pub use ingest::Linked;
pub use lineage::LineageScope;
pub use progress::ProgressReport;
pub use rating::{RatedModel, RatingHistory};
pub use register::Registration;
pub use rerating::Rerated;
pub use settings::RegistrySettings;
pub use touchstone_store::{
    ArtifactQuery, Bounds, CatalogKey, CatalogOrder, CatalogQuery, Counts, ListQuery,
    RatedRevision, RevisionSummary, SearchPattern, SortOrder,
};
pub use update::{Update, Updated};
pub use verify::{UnsoundFile, Verified};

use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use touchstone_domain::{Clock, Edition};
use touchstone_sources::Sources;
use touchstone_store::{Blobs, Store};

/// The registry: cheap to clone, shared by everything that serves it.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    blobs: Blobs,
    sources: Sources,
    clock: Arc<dyn Clock>,
    settings: RegistrySettings,
    /// The rules that ratings are made under here.
    edition: Edition,
    ingest: ingest::Signals,
    benchmarks: benchmark::Benchmarks,
    probes: health::Probes,
}

impl Registry {
    /// A registry over these parts. Nothing runs until [`Registry::run_workers`].
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        blobs: Blobs,
        sources: Sources,
        clock: Arc<dyn Clock>,
        settings: RegistrySettings,
    ) -> Self {
        let inner = Inner {
            store,
            blobs,
            sources,
            clock,
            edition: edition::edition(&settings.rating),
            settings,
            ingest: ingest::Signals::default(),
            benchmarks: benchmark::Benchmarks::default(),
            probes: health::Probes::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Runs everything that goes on without being asked for, until `stop`: ingests, the search for
    /// what provisional ratings lack, and ratings to be made again under the rules in force. Jobs
    /// that are not finished within `grace` are given back to the store.
    pub async fn run_workers(&self, stop: CancellationToken, grace: Duration) {
        tokio::join!(
            self.ingest_until(stop.clone(), grace),
            self.heal_until(stop.clone()),
            self.rerate_until(stop),
        );
    }

    /// The settings it runs under.
    #[must_use]
    pub fn settings(&self) -> &RegistrySettings {
        &self.inner.settings
    }

    /// Lets accepted writes reach the disk and closes the store. Nothing can be asked afterwards.
    pub async fn close(&self) {
        self.inner.store.close().await;
    }

    /// Where its time comes from.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.inner.clock.as_ref()
    }
}
