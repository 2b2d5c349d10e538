//! Everything that an operator may set, from the command line, the environment, a `.env` file in
//! the working directory, or a default, in this order.

mod ingest;
mod language_model;
mod log;
mod rating;
mod server;
mod sources;
mod store;

pub(crate) use server::ServerOptions;

use clap::Args;
use std::path::PathBuf;
use touchstone_registry::RegistrySettings;
use touchstone_sources::SourceSettings;
use touchstone_store::{BlobSettings, StoreSettings};

/// The settings of a registry that runs in this process.
#[derive(Args, Debug, Clone)]
pub(crate) struct Settings {
    #[command(flatten)]
    pub(crate) store: store::StoreOptions,
    #[command(flatten)]
    pub(crate) sources: sources::SourceOptions,
    #[command(flatten)]
    pub(crate) ingest: ingest::IngestOptions,
    #[command(flatten)]
    pub(crate) rating: rating::RatingOptions,
    #[command(flatten)]
    pub(crate) language_model: language_model::LanguageModelOptions,
    #[command(flatten)]
    pub(crate) log: log::LogOptions,
}

impl Settings {
    /// How the registry behaves.
    pub(crate) fn registry(&self) -> RegistrySettings {
        let defaults = RegistrySettings::default();
        RegistrySettings {
            rating: self.rating.settings(),
            mirror_max_bytes: self.ingest.mirror_max_bytes,
            ingest_wait: std::time::Duration::from_secs(self.ingest.ingest_wait_seconds),
            ingest_workers: usize::from(self.ingest.ingest_workers),
            gc_grace: std::time::Duration::from_secs(self.ingest.gc_grace_seconds),
            admission_min_net_score: self.rating.admission_min_net_score,
            ..defaults
        }
    }

    /// Where metadata is kept.
    pub(crate) fn store(&self) -> StoreSettings {
        self.store.metadata()
    }

    /// Where bytes are kept.
    pub(crate) fn blobs(&self) -> BlobSettings {
        self.store.blobs()
    }

    /// How upstreams are reached.
    pub(crate) fn sources(&self) -> SourceSettings {
        SourceSettings {
            language_model: self.language_model.settings(),
            ..self.sources.settings(self.cache_dir())
        }
    }

    fn cache_dir(&self) -> Option<PathBuf> {
        self.store.is_on_disk().then(|| self.store.data_dir.join("cache"))
    }
}
