//! Bytes, kept once under the SHA-256 of their content.

use crate::error::StoreError;
use bytes::Bytes;
use futures::stream::BoxStream;
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
pub struct Blobs {}

impl Blobs {
    /// Opens the place, makes what is missing, and removes what a crash left half-written.
    pub async fn open(_settings: &BlobSettings) -> Result<Self, StoreError> {
        todo!()
    }

    /// The size of a blob, where it is kept.
    pub async fn size(&self, _blob: &Sha256) -> Result<Option<u64>, StoreError> {
        todo!()
    }

    /// Begins to write. Nothing can be read until [`BlobWriter::finish`] has answered; a writer
    /// that is dropped leaves nothing.
    pub async fn writer(&self, _expected: Expected) -> Result<BlobWriter, StoreError> {
        todo!()
    }

    /// Some of a blob's bytes, in pieces of bounded size.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where it is not kept.
    pub async fn read(
        &self,
        _blob: &Sha256,
        _range: ReadRange,
    ) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        todo!()
    }

    /// Every blob, in no order.
    pub fn list(&self) -> BoxStream<'static, Result<BlobListing, StoreError>> {
        todo!()
    }

    /// Deletes a blob. Nothing happens where it is not kept.
    pub async fn delete(&self, _blob: &Sha256) -> Result<(), StoreError> {
        todo!()
    }

    /// Whether the place can be read and written.
    pub async fn probe(&self) -> Result<(), StoreError> {
        todo!()
    }
}

/// Bytes on their way in, hashed as they pass.
#[derive(Debug)]
pub struct BlobWriter {}

impl BlobWriter {
    /// Adds bytes.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] as soon as there are more than promised; [`StoreError::Full`].
    pub async fn write(&mut self, _bytes: Bytes) -> Result<(), StoreError> {
        todo!()
    }

    /// How many bytes have come: where to resume after a break.
    #[must_use]
    pub fn written_bytes(&self) -> u64 {
        todo!()
    }

    /// Compares with what was promised, syncs, and gives the bytes their name.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`]; nothing is kept then.
    pub async fn finish(self) -> Result<Written, StoreError> {
        todo!()
    }
}
