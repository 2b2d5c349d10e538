//! The only place that opens drivers and puts the parts together.

use crate::settings::Settings;
use anyhow::{Context, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};
use touchstone_domain::{Clock, Timestamp};
use touchstone_registry::Registry;
use touchstone_sources::Sources;
use touchstone_store::Blobs;

/// The machine's clock.
#[derive(Debug)]
pub(crate) struct SystemClock {
    started: Instant,
}

impl SystemClock {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock that everything else uses")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// A registry on the drivers that the settings name.
pub(crate) async fn open(settings: &Settings) -> Result<Registry> {
    if settings.store.is_on_disk() {
        let folder = &settings.store.data_dir;
        std::fs::create_dir_all(folder)
            .with_context(|| format!("DATA_DIR: cannot make {}", folder.display()))?;
    }
    let store = touchstone_store::open(&settings.store()).await.context("cannot open the store")?;
    let blobs = Blobs::open(&settings.blobs()).await.context("cannot open the blobs")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let sources = Sources::connect(settings.sources(), Arc::clone(&clock))?;
    Ok(Registry::new(store, blobs, sources, clock, settings.registry()))
}
