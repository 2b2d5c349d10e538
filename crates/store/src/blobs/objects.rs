//! Blobs as objects of an `object_store`: in memory now, in S3 with the same code.
//!
//! What fits one part is put at once. What is larger goes up in parts, to its own key where its
//! SHA-256 was promised, and else to a temporary one from which it is copied. S3 copies up to
//! 5 GB: what is that large comes with its SHA-256, because upstream keeps it by it. What a crash
//! leaves below `incoming/` or in unfinished uploads is for the bucket's own expiry rules.

use super::digest::Digest;
use super::key::{BLOBS, incoming_key, key, parse_key};
use super::{BlobListing, Expected, ReadRange, Written};
use crate::error::StoreError;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt as _,
};
use std::sync::Arc;
use touchstone_domain::{Sha256, Timestamp};

/// The size of a part. S3 takes 10,000 of at least 5 MiB, so a blob may have 80 GiB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// The largest piece that is given out.
const PIECE_BYTES: usize = 256 * 1024;

/// The objects: cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
}

impl Objects {
    pub(super) fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()) }
    }

    pub(super) async fn size(&self, blob: &Sha256) -> Result<Option<u64>, StoreError> {
        match self.store.head(&path(blob)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable("look for a blob", error)),
        }
    }

    pub(super) fn sink(&self, digest: Digest, promised: Option<&Sha256>) -> ObjectSink {
        let target = promised.map_or_else(|| Path::from(incoming_key()), path);
        let objects = self.clone();
        ObjectSink { objects, digest, target, part: Vec::new(), upload: Upload(None) }
    }

    pub(super) async fn read(
        &self,
        blob: &Sha256,
        range: ReadRange,
    ) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        let size_bytes = self.size(blob).await?.ok_or(StoreError::NotFound)?;
        let held = range.start..range.end.min(size_bytes);
        let short = (held.end < range.end).then(|| Err(too_short(blob, size_bytes, range.end)));
        let ending = stream::iter(short);
        if held.is_empty() {
            return Ok(ending.boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(held)), ..GetOptions::default() };
        let found = match self.store.get_opts(&path(blob), options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Err(StoreError::NotFound),
            Err(error) => return Err(unavailable("read a blob", error)),
        };
        Ok(found.into_stream().flat_map(|piece| stream::iter(pieces(piece))).chain(ending).boxed())
    }

    pub(super) fn list(&self) -> BoxStream<'static, Result<BlobListing, StoreError>> {
        self.store
            .list(Some(&Path::from(BLOBS)))
            .filter_map(|found| async { listing(found).transpose() })
            .boxed()
    }

    pub(super) async fn delete(&self, blob: &Sha256) -> Result<(), StoreError> {
        match self.store.delete(&path(blob)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable("delete a blob", error)),
        }
    }

    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        let probe = Path::from(incoming_key());
        let failed = |error| unavailable("probe the place of blobs", error);
        self.store.put(&probe, "probe".into()).await.map_err(failed)?;
        self.store.head(&probe).await.map_err(failed)?;
        self.store.delete(&probe).await.map_err(failed)
    }
}

/// An object on its way in.
#[derive(Debug)]
pub(super) struct ObjectSink {
    objects: Objects,
    digest: Digest,
    target: Path,
    part: Vec<u8>,
    upload: Upload,
}

/// Parts that are kept apart until they are completed. Dropping it gives them up.
#[derive(Debug)]
struct Upload(Option<Box<dyn MultipartUpload>>);

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(mut upload) = self.0.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                if let Err(error) = upload.abort().await {
                    tracing::warn!(%error, "an upload in parts could not be given up");
                }
            });
        }
    }
}

impl ObjectSink {
    pub(super) async fn write(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        while !bytes.is_empty() {
            // A full part waits for the next byte, because the last part may not be empty.
            if self.part.len() == PART_BYTES {
                self.send_part().await?;
            }
            let room = PART_BYTES - self.part.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.digest.update(now);
            self.part.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    async fn send_part(&mut self) -> Result<(), StoreError> {
        let part = std::mem::take(&mut self.part);
        let upload = match &mut self.upload.0 {
            Some(upload) => upload,
            none => {
                none.insert(self.objects.store.put_multipart(&self.target).await.map_err(failed)?)
            }
        };
        upload.put_part(part.into()).await.map_err(failed)
    }

    pub(super) async fn finish(mut self, expected: &Expected) -> Result<Written, StoreError> {
        let digest = std::mem::replace(&mut self.digest, Digest::new(&Expected::default())?);
        let written = digest.verify(expected)?;
        // One of another size was damaged from outside, and is replaced.
        if self.objects.size(&written.sha256).await? != Some(written.size_bytes) {
            self.keep(&path(&written.sha256)).await?;
        }
        Ok(written)
    }

    async fn keep(mut self, name: &Path) -> Result<(), StoreError> {
        let store = self.objects.store.clone();
        if self.upload.0.is_none() {
            store.put(name, self.part.into()).await.map_err(failed)?;
            return Ok(());
        }
        self.send_part().await?;
        if let Some(mut upload) = self.upload.0.take() {
            upload.complete().await.map_err(failed)?;
        }
        if self.target != *name {
            store.rename(&self.target, name).await.map_err(failed)?;
        }
        Ok(())
    }
}

fn path(blob: &Sha256) -> Path {
    Path::from(key(blob))
}

/// One piece in pieces of bounded size.
fn pieces(piece: object_store::Result<Bytes>) -> Vec<Result<Bytes, StoreError>> {
    match piece {
        Ok(bytes) => (0..bytes.len())
            .step_by(PIECE_BYTES)
            .map(|start| Ok(bytes.slice(start..bytes.len().min(start + PIECE_BYTES))))
            .collect(),
        Err(error) => vec![Err(unavailable("read a blob", error))],
    }
}

fn listing(found: object_store::Result<ObjectMeta>) -> Result<Option<BlobListing>, StoreError> {
    let found = found.map_err(|error| unavailable("list the blobs", error))?;
    let Some(sha256) = parse_key(found.location.as_ref()) else {
        return Ok(None);
    };
    let written_at = Timestamp::from_second(found.last_modified.timestamp()).map_err(|cause| {
        let what = format!("the time of {}", found.location);
        StoreError::Corrupt { what, cause: Some(cause.into()) }
    })?;
    Ok(Some(BlobListing { sha256, size_bytes: found.size, written_at }))
}

fn too_short(blob: &Sha256, size_bytes: u64, wanted_bytes: u64) -> StoreError {
    let what = format!("blob {blob} has {size_bytes} bytes and not {wanted_bytes}");
    StoreError::Corrupt { what, cause: None }
}

fn failed(error: object_store::Error) -> StoreError {
    unavailable("write a blob", error)
}

fn unavailable(what: &str, cause: object_store::Error) -> StoreError {
    StoreError::Unavailable { what: what.to_owned(), cause: Some(cause.into()) }
}
