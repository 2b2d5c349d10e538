//! Where things are kept.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use touchstone_store::{BlobSettings, StoreSettings};

/// Which driver keeps the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Backend {
    /// One SQLite file in the data folder.
    Sqlite,
    /// In the process; gone with it.
    Memory,
}

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Store")]
pub(crate) struct StoreOptions {
    /// The folder that holds everything the registry keeps
    #[arg(long, env = "DATA_DIR", default_value = "data", value_name = "FOLDER", global = true)]
    pub(crate) data_dir: PathBuf,
    /// What keeps the metadata
    #[arg(long, env = "STORAGE_BACKEND", default_value = "sqlite", global = true)]
    pub(crate) storage_backend: Backend,
}

impl StoreOptions {
    pub(crate) fn is_on_disk(&self) -> bool {
        self.storage_backend == Backend::Sqlite
    }

    pub(crate) fn metadata(&self) -> StoreSettings {
        match self.storage_backend {
            Backend::Sqlite => StoreSettings::Sqlite { path: self.data_dir.join("registry.db") },
            Backend::Memory => StoreSettings::Memory,
        }
    }

    pub(crate) fn blobs(&self) -> BlobSettings {
        match self.storage_backend {
            Backend::Sqlite => BlobSettings::Folder { path: self.data_dir.join("blobs") },
            Backend::Memory => BlobSettings::Memory,
        }
    }
}
