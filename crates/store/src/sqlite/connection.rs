//! Connections to the file, each set up for what it is used for.

use crate::error::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Another process may hold the file for a moment: the command line works on the same one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const STATEMENTS_KEPT: usize = 64;
/// Negative: in kibibytes.
const WRITER_CACHE: i64 = -8_192;
const READER_CACHE: i64 = -2_048;
/// In pages of 4 kB: how far the log grows before it is brought into the file. The longer, the more
/// often a page that many writes share is brought there once for all of them.
const PAGES_BETWEEN_CHECKPOINTS: i64 = 12_000;
const LOG_BYTES_KEPT: i64 = 64 * 1024 * 1024;

/// Makes the file where it is missing, readable by its owner alone, and makes its name last.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    create_file(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Unavailable {
            what: format!("the database file {} cannot be made", path.display()),
            cause: Some(cause.into()),
        },
    })
}

fn create_file(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    DirBuilder::new().recursive(true).create(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => file.sync_all()?,
        Err(existing) if existing.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(other) => return Err(other),
    }
    File::open(folder)?.sync_all()
}

/// The one connection that writes.
pub(super) fn open_writing(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE)?;
    connection.pragma_update(None, "wal_autocheckpoint", PAGES_BETWEEN_CHECKPOINTS)?;
    connection.pragma_update(None, "journal_size_limit", LOG_BYTES_KEPT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "cache_size", READER_CACHE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}
