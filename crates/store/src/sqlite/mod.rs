//! The store in one SQLite file: a write-ahead log, one writer that groups what is waiting into one
//! commit, and readers that never wait for it.

mod artifacts;
mod audit;
mod catalog;
mod columns;
mod conditions;
mod connection;
mod hunt;
mod jobs;
mod ledger;
mod lineage;
mod listing;
mod maintenance;
mod migrations;
mod ratings;
mod readers;
mod revisions;
mod search;
#[cfg(test)]
mod tests;
mod writer;

use crate::error::StoreError;
use readers::Readers;
use std::path::Path;
use writer::Writer;

/// A store in a file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the file, makes what is missing, and brings its tables up to date.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        connection::create(path)?;
        let mut writing = connection::open_writing(path)?;
        migrations::apply(&mut writing)?;
        Ok(Self { writer: Writer::start(writing)?, readers: Readers::open(path)? })
    }
}

/// Whether the disk takes no more. SQLite knows only one word for a file that its user or its file
/// system does not let grow and for a disk that fails to write.
fn is_full(error: &rusqlite::Error) -> bool {
    use rusqlite::{ErrorCode, ffi};
    let refused = error.sqlite_error().is_some_and(|error| {
        error.code == ErrorCode::DiskFull || error.extended_code == ffi::SQLITE_IOERR_WRITE
    });
    if refused {
        tracing::warn!(%error, "the disk does not take what is written");
    }
    refused
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match cause.sqlite_error_code() {
            _ if is_full(&cause) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { what: "the database file".to_owned(), cause: Some(cause.into()) }
            }
            Some(_) => {
                Self::Unavailable { what: "SQLite failed".to_owned(), cause: Some(cause.into()) }
            }
            None => Self::Corrupt {
                what: "a row of the database".to_owned(),
                cause: Some(cause.into()),
            },
        }
    }
}
