//! Reading a range of a bundle: made bytes and pieces of blobs, one after another.

use super::BundleLayout;
use super::layout::Part;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use std::ops::Range;
use touchstone_store::{Blobs, StoreError};

/// How many made bytes are gathered before they are given out: a directory of many lines would
/// else go out in many small pieces.
const GATHERED_BYTES: usize = 32 * 1024;

/// How far a reader has come.
struct Reading {
    layout: BundleLayout,
    blobs: Blobs,
    rest: Range<u64>,
    blob: Option<BoxStream<'static, Result<Bytes, StoreError>>>,
}

impl BundleLayout {
    /// The bytes of this range, as far as the bundle goes. Of each blob only what is needed is
    /// read, and when it is needed.
    ///
    /// The stream ends with [`StoreError::NotFound`] where a blob is not kept, and with
    /// [`StoreError::Corrupt`] where it is shorter than its entry says.
    pub(crate) fn read(
        &self,
        blobs: &Blobs,
        range: Range<u64>,
    ) -> BoxStream<'static, Result<Bytes, StoreError>> {
        let (layout, blobs) = (self.clone(), blobs.clone());
        let reading = Reading { layout, blobs, rest: range, blob: None };
        stream::try_unfold(reading, Reading::next).boxed()
    }
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, StoreError> {
        loop {
            if let Some(blob) = &mut self.blob {
                match blob.next().await {
                    Some(piece) => return Ok(Some((piece?, self))),
                    None => self.blob = None,
                }
            }
            let made = self.gather().await?;
            if !made.is_empty() {
                return Ok(Some((made, self)));
            }
            if self.blob.is_none() {
                return Ok(None);
            }
        }
    }

    /// Takes made bytes up to the next blob, which it opens.
    async fn gather(&mut self) -> Result<Bytes, StoreError> {
        let mut gathered = Vec::new();
        while gathered.len() < GATHERED_BYTES
            && let Some(part) = self.layout.part(self.rest.start, self.rest.end)
        {
            match part {
                Part::Made(bytes) => {
                    self.rest.start += bytes.len() as u64;
                    gathered.extend_from_slice(&bytes);
                }
                Part::Blob(blob, range) => {
                    self.rest.start += range.end - range.start;
                    self.blob = Some(self.blobs.read(&blob, range).await?);
                    break;
                }
            }
        }
        Ok(gathered.into())
    }
}
