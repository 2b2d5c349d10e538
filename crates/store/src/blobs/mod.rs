//! Bytes, kept once under the SHA-256 of their content.
//!
//! A [`folder`] keeps them as files with code of its own; every other place is an `object_store`
//! ([`objects`]). Both use the same keys ([`key`]) and the same checks on the way in ([`digest`]).

mod digest;
mod folder;
mod key;
mod objects;
mod writer;

pub use writer::BlobWriter;

use crate::error::StoreError;
use bytes::Bytes;
use folder::Folder;
use futures::stream::{self, BoxStream, StreamExt as _};
use objects::Objects;
use std::path::PathBuf;
use touchstone_domain::{Sha256, Timestamp};

/// Where bytes are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobSettings {
    /// In the process: for tests, gone with it.
    Memory,
    /// In a folder.
    Folder {
        /// Its path; made where it does not exist.
        path: PathBuf,
    },
}

/// What is promised of bytes before they come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// Their number.
    pub size_bytes: Option<u64>,
    /// Their SHA-256.
    pub sha256: Option<Sha256>,
    /// Git's SHA-1 of them as a blob (`blob <size>\0` before the bytes). Needs the size.
    pub git_sha1: Option<String>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The name under which the bytes are kept.
    pub sha256: Sha256,
    /// CRC-32 (IEEE) of the bytes.
    pub crc32: u32,
    /// Their number.
    pub size_bytes: u64,
}

/// A range of bytes: from `start` up to but not including `end`.
pub type ReadRange = std::ops::Range<u64>;

/// A blob as a listing gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobListing {
    /// Its name.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// When it was written.
    pub written_at: Timestamp,
}

/// The bytes of all artifacts.
#[derive(Debug, Clone)]
pub struct Blobs {
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Folder(Folder),
    Objects(Objects),
}

impl Blobs {
    /// Opens the place, makes what is missing, and removes what a crash left half-written.
    /// Several processes may have the same place open.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it cannot be made or read; [`StoreError::Full`].
    pub async fn open(settings: &BlobSettings) -> Result<Self, StoreError> {
        let place = match settings {
            BlobSettings::Memory => Place::Objects(Objects::in_memory()),
            BlobSettings::Folder { path } => Place::Folder(Folder::open(path.clone()).await?),
        };
        Ok(Self { place })
    }

    /// The size of a blob in bytes, where it is kept.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn size(&self, blob: &Sha256) -> Result<Option<u64>, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.size(blob).await,
            Place::Objects(objects) => objects.size(blob).await,
        }
    }

    /// Begins to write. Nothing can be read until [`BlobWriter::finish`] has answered; a writer
    /// that is dropped leaves nothing. Bytes that are kept already may be written again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Full`]; [`StoreError::Mismatch`] where git's
    /// SHA-1 is promised without the size it covers.
    pub async fn writer(&self, expected: Expected) -> Result<BlobWriter, StoreError> {
        match &self.place {
            Place::Folder(folder) => BlobWriter::into_folder(folder, expected).await,
            Place::Objects(objects) => BlobWriter::into_objects(objects, expected),
        }
    }

    /// Some of a blob's bytes, in pieces of bounded size. A range without bytes gives none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where it is not kept. The stream ends with
    /// [`StoreError::Corrupt`] where the blob ends before the range does.
    pub async fn read(
        &self,
        blob: &Sha256,
        range: ReadRange,
    ) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        if range.is_empty() {
            return match self.size(blob).await? {
                Some(_) => Ok(stream::empty().boxed()),
                None => Err(StoreError::NotFound),
            };
        }
        match &self.place {
            Place::Folder(folder) => folder.read(blob, range).await,
            Place::Objects(objects) => objects.read(blob, range).await,
        }
    }

    /// Every blob, in no order. One that is deleted meanwhile may be in it or not.
    #[must_use]
    pub fn list(&self) -> BoxStream<'static, Result<BlobListing, StoreError>> {
        match &self.place {
            Place::Folder(folder) => folder.list(),
            Place::Objects(objects) => objects.list(),
        }
    }

    /// Deletes a blob. Nothing happens where it is not kept. Who reads it now reads to its end.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete(&self, blob: &Sha256) -> Result<(), StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.delete(blob).await,
            Place::Objects(objects) => objects.delete(blob).await,
        }
    }

    /// Whether the place can be read and written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Full`].
    pub async fn probe(&self) -> Result<(), StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.probe().await,
            Place::Objects(objects) => objects.probe().await,
        }
    }
}
