//! Blobs as files of a folder.
//!
//! This is not `object_store`'s file system, because that one neither syncs what it writes nor
//! reads in pieces large enough to keep a network busy. Everything else about it is the same: the
//! keys are paths below the folder.

mod incoming;
mod list;
mod read;
mod write;

pub(super) use write::FolderSink;

use super::digest::Digest;
use super::key::{BLOBS, INCOMING, key};
use super::{BlobListing, ReadRange};
use crate::error::StoreError;
use bytes::Bytes;
use futures::stream::BoxStream;
use incoming::Incoming;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use touchstone_domain::Sha256;

/// The folder: cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    root: Arc<Path>,
}

impl Folder {
    pub(super) async fn open(root: PathBuf) -> Result<Self, StoreError> {
        let folder = Self { root: root.into() };
        let root = folder.root.clone();
        blocking("open the folder of blobs", move || {
            std::fs::create_dir_all(root.join(BLOBS))?;
            std::fs::create_dir_all(root.join(INCOMING))?;
            incoming::remove_orphans(&root.join(INCOMING))
        })
        .await?;
        Ok(folder)
    }

    pub(super) async fn size(&self, blob: &Sha256) -> Result<Option<u64>, StoreError> {
        let path = self.path(blob);
        blocking("look for a blob", move || absent_as_none(std::fs::metadata(path)))
            .await
            .map(|found| found.map(|metadata| metadata.len()))
    }

    pub(super) async fn sink(&self, digest: Digest) -> Result<FolderSink, StoreError> {
        FolderSink::create(self.root.clone(), digest).await
    }

    pub(super) async fn read(
        &self,
        blob: &Sha256,
        range: ReadRange,
    ) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        read::read(self.path(blob), blob.clone(), range).await
    }

    pub(super) fn list(&self) -> BoxStream<'static, Result<BlobListing, StoreError>> {
        list::list(self.root.join(BLOBS))
    }

    pub(super) async fn delete(&self, blob: &Sha256) -> Result<(), StoreError> {
        let path = self.path(blob);
        blocking("delete a blob", move || absent_as_none(std::fs::remove_file(path)))
            .await
            .map(|_| ())
    }

    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        let root = self.root.clone();
        blocking("probe the folder of blobs", move || {
            std::fs::read_dir(root.join(BLOBS))?;
            let (_incoming, mut file) = Incoming::create(&root)?;
            io::Write::write_all(&mut file, b"probe")?;
            file.sync_all()
        })
        .await
    }

    fn path(&self, blob: &Sha256) -> PathBuf {
        self.root.join(key(blob))
    }
}

fn absent_as_none<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Runs file work where it may block.
async fn blocking<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    joined(what, tokio::task::spawn_blocking(work).await)
}

/// The outcome of file work that has run where it may block.
fn joined<T>(
    what: &str,
    outcome: Result<io::Result<T>, tokio::task::JoinError>,
) -> Result<T, StoreError> {
    let error = match outcome {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error,
        Err(stopped) => io::Error::other(stopped),
    };
    Err(match error.kind() {
        // A file that its user or its file system does not let grow is as full as a disk.
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StoreError::Full
        }
        _ => StoreError::Unavailable { what: what.to_owned(), cause: Some(error.into()) },
    })
}
