//! The way in: counts what comes, and leaves the rest to the place it goes to.

use super::digest::{Digest, size_mismatch};
use super::folder::{Folder, FolderSink};
use super::objects::{ObjectSink, Objects};
use super::{Expected, Written};
use crate::error::StoreError;
use bytes::Bytes;

/// Bytes on their way in, hashed as they pass.
///
/// After an error, or a call that was not awaited to its end, it can only be dropped.
#[derive(Debug)]
pub struct BlobWriter {
    expected: Expected,
    written_bytes: u64,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Folder(Box<FolderSink>),
    Objects(Box<ObjectSink>),
}

impl BlobWriter {
    pub(super) async fn into_folder(
        folder: &Folder,
        expected: Expected,
    ) -> Result<Self, StoreError> {
        let sink = folder.sink(Digest::new(&expected)?).await?;
        Ok(Self { expected, written_bytes: 0, sink: Sink::Folder(Box::new(sink)) })
    }

    pub(super) fn into_objects(objects: &Objects, expected: Expected) -> Result<Self, StoreError> {
        let sink = objects.sink(Digest::new(&expected)?, expected.sha256.as_ref());
        Ok(Self { expected, written_bytes: 0, sink: Sink::Objects(Box::new(sink)) })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] as soon as there are more than promised; [`StoreError::Full`];
    /// [`StoreError::Unavailable`].
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        let written_bytes = self.written_bytes.saturating_add(bytes.len() as u64);
        if let Some(promised) = self.expected.size_bytes
            && written_bytes > promised
        {
            return Err(size_mismatch(promised, written_bytes));
        }
        match &mut self.sink {
            Sink::Folder(sink) => sink.write(&bytes).await?,
            Sink::Objects(sink) => sink.write(&bytes).await?,
        }
        self.written_bytes = written_bytes;
        Ok(())
    }

    /// How many bytes have come: where to resume after a break.
    #[must_use]
    pub fn written_bytes(&self) -> u64 {
        self.written_bytes
    }

    /// Compares with what was promised, syncs, and gives the bytes their name.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`], [`StoreError::Full`] or [`StoreError::Unavailable`]; nothing is
    /// kept then.
    pub async fn finish(self) -> Result<Written, StoreError> {
        match self.sink {
            Sink::Folder(sink) => sink.finish(&self.expected).await,
            Sink::Objects(sink) => sink.finish(&self.expected).await,
        }
    }
}
