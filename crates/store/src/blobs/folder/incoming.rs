//! Files that are being written and have no name yet.
//!
//! Each is locked by its writer for as long as it is open. The kernel lets go of a dead writer's
//! locks, so an unlocked file is one that a crash left: no clock and no process id is needed to
//! tell, and several processes can share the folder.

use super::super::key::incoming_key;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The temporary name of a file. Dropping it removes the file.
#[derive(Debug)]
pub(super) struct Incoming {
    path: Option<PathBuf>,
}

impl Incoming {
    /// A new file, locked.
    pub(super) fn create(root: &Path) -> io::Result<(Self, File)> {
        loop {
            let path = root.join(incoming_key());
            let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
            let incoming = Self { path: Some(path) };
            // A process that is opening the folder may take the file for an orphan before it is
            // locked here. Then it is lost, and another takes its place.
            if lock(&file)? && incoming.exists()? {
                return Ok((incoming, file));
            }
        }
    }

    /// Gives the file its name for good.
    pub(super) fn rename(mut self, name: &Path) -> io::Result<()> {
        if let Some(path) = &self.path {
            std::fs::rename(path, name)?;
        }
        self.path = None;
        Ok(())
    }

    fn exists(&self) -> io::Result<bool> {
        self.path.as_ref().map_or(Ok(false), |path| path.try_exists())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if let Some(path) = &self.path
            && let Err(error) = std::fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %path.display(), "a temporary file could not be removed");
        }
    }
}

/// Removes the files whose writers are dead.
pub(super) fn remove_orphans(incoming: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(incoming)? {
        let path = entry?.path();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if lock(&file)? {
            drop(Incoming { path: Some(path) });
        }
    }
    Ok(())
}

/// Whether the lock could be had.
fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
