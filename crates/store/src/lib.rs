//! What must survive a restart: the contracts, their drivers, and the bytes.
//!
//! The drivers are private; [`open`] picks one from the settings, so no other crate can name a
//! database. Contracts are intentions, not queries: every method is atomic in every driver, and no
//! transaction handle leaks out. A lookup returns `Option`: absence is not an error.
//!
//! To add a driver: implement the contracts in a folder beside `sqlite`, add a variant to
//! [`StoreSettings`], and run the `conformance` promises against it (`every_promise!`).

mod blobs;
mod catalog;
#[cfg(test)]
mod conformance;
mod contract;
mod error;
mod held_job;
mod memory;
mod paging;
mod pattern;
mod ratings;
mod sqlite;

pub use blobs::{BlobListing, BlobSettings, BlobWriter, Blobs, Expected, ReadRange, Written};
pub use catalog::{Bounds, Catalog, CatalogKey, CatalogOrder, CatalogQuery};
pub use contract::{
    ArtifactQuery, Artifacts, AuditLog, BlobLedger, Counts, Family, JobCounts, Jobs, Lineage,
    ListQuery, Maintenance, NewArtifact, Outcome, Publication, Repoint, RevisionSummary, Revisions,
    Search, SortOrder, Store,
};
pub use error::StoreError;
pub use pattern::{InvalidPattern, SearchPattern};
pub use ratings::{Completion, RatedRevision, RatingCounts, RatingRecord, Ratings, Rerating};

use memory::MemoryStore;
use sqlite::SqliteStore;
use std::path::PathBuf;
use std::sync::Arc;

/// Which driver keeps the metadata, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreSettings {
    /// In the process: for tests, gone with it.
    Memory,
    /// One SQLite file.
    Sqlite {
        /// Its path; made where it does not exist.
        path: PathBuf,
    },
}

/// Opens the store: makes what is missing, applies migrations, checks that it can be written.
pub async fn open(settings: &StoreSettings) -> Result<Arc<dyn Store>, StoreError> {
    match settings {
        StoreSettings::Memory => Ok(Arc::new(MemoryStore::default())),
        StoreSettings::Sqlite { path } => {
            let path = path.clone();
            let opening = tokio::task::spawn_blocking(move || SqliteStore::open(&path));
            let store = opening.await.map_err(|cause| StoreError::Unavailable {
                what: "the opening thread ended early".to_owned(),
                cause: Some(cause.into()),
            })??;
            store.probe().await?;
            Ok(Arc::new(store))
        }
    }
}

/// How many blobs one sweep condemns: what one transaction of any driver can carry.
const CONDEMNED_AT_ONCE: u32 = 1_000;
