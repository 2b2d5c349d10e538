//! What need not be brought: bytes of an earlier revision, of another artifact, or of a document
//! that was read already.

use super::super::outcome::Setback;
use super::{Transfer, entry, promised};
use bytes::Bytes;
use futures::TryStreamExt as _;
use sha1::{Digest as _, Sha1};
use std::collections::HashMap;
use touchstone_domain::facts::RepositoryFile;
use touchstone_domain::{Artifact, FileEntry, FileHolding, Sha256};
use touchstone_store::{Store, StoreError, Written};

/// The files of the revision that is served now, by git's name for their content.
pub(super) struct Earlier {
    by_git_sha1: HashMap<String, Written>,
}

impl Earlier {
    pub(super) async fn of(store: &dyn Store, artifact: &Artifact) -> Result<Self, StoreError> {
        let current = match &artifact.current {
            Some(current) => store.revision(current).await?,
            None => None,
        };
        let files = current.iter().flat_map(|revision| revision.manifest.files());
        let by_git_sha1 = files.filter_map(named_by_git).collect();
        Ok(Self { by_git_sha1 })
    }

    fn get(&self, file: &RepositoryFile) -> Option<&Written> {
        let written = self.by_git_sha1.get(file.git_sha1.as_ref()?)?;
        let same_size = file.size_bytes.is_none_or(|size_bytes| size_bytes == written.size_bytes);
        let same_hash = file.sha256.as_ref().is_none_or(|sha256| *sha256 == written.sha256);
        (same_size && same_hash).then_some(written)
    }

    /// The hash of a file's bytes, where it is known before they are read.
    pub(super) fn hash_of(&self, file: &RepositoryFile) -> Option<Sha256> {
        file.sha256.clone().or_else(|| Some(self.get(file)?.sha256.clone()))
    }
}

fn named_by_git(file: &FileEntry) -> Option<(String, Written)> {
    let FileHolding::Stored { sha256, crc32 } = &file.holding else { return None };
    let (sha256, size_bytes) = (sha256.clone(), file.size_bytes);
    Some((file.git_sha1.clone()?, Written { sha256, crc32: *crc32, size_bytes }))
}

impl Transfer<'_> {
    /// The file, where it is here.
    pub(super) async fn here(&self, file: &RepositoryFile) -> Result<Option<FileEntry>, Setback> {
        let written = match self.of_earlier_revision(file).await? {
            Some(written) => Some(written),
            None => match self.of_another_artifact(file).await? {
                Some(written) => Some(written),
                None => self.of_document(file).await?,
            },
        };
        Ok(written.map(|written| entry(file, written)))
    }

    async fn of_earlier_revision(&self, file: &RepositoryFile) -> Result<Option<Written>, Setback> {
        let Some(written) = self.earlier.get(file) else { return Ok(None) };
        let kept = self.attempt.registry.inner.blobs.size(&written.sha256).await?;
        Ok((kept == Some(written.size_bytes)).then(|| written.clone()))
    }

    /// Upstream says the hash and the blob is here: its checksum is all that is not known.
    async fn of_another_artifact(&self, file: &RepositoryFile) -> Result<Option<Written>, Setback> {
        let Some(sha256) = &file.sha256 else { return Ok(None) };
        let blobs = &self.attempt.registry.inner.blobs;
        let Some(size_bytes) = blobs.size(sha256).await? else { return Ok(None) };
        if file.size_bytes.is_some_and(|promised| promised != size_bytes) {
            return Ok(None);
        }
        let mut bytes = match blobs.read(sha256, 0..size_bytes).await {
            Err(StoreError::NotFound) => return Ok(None),
            bytes => bytes?,
        };
        let mut crc32 = crc32fast::Hasher::new();
        while let Some(piece) = bytes.try_next().await? {
            crc32.update(&piece);
        }
        Ok(Some(Written { sha256: sha256.clone(), crc32: crc32.finalize(), size_bytes }))
    }

    /// A text that was read as a fact is the file where its bytes are those that upstream lists:
    /// what was not UTF-8 has other bytes by now.
    async fn of_document(&self, file: &RepositoryFile) -> Result<Option<Written>, Setback> {
        let document = self.documents.iter().find(|document| document.path == file.path);
        let Some(document) = document.filter(|document| is_file(&document.text, file)) else {
            return Ok(None);
        };
        let mut writer = self.attempt.registry.inner.blobs.writer(promised(file)).await?;
        writer.write(Bytes::copy_from_slice(document.text.as_bytes())).await?;
        Ok(Some(writer.finish().await?))
    }
}

fn is_file(text: &str, file: &RepositoryFile) -> bool {
    let Some(git_sha1) = file.git_sha1.as_deref().filter(|_| file.sha256.is_none()) else {
        return false;
    };
    file.size_bytes == Some(text.len() as u64) && git_blob_sha1(text.as_bytes()) == *git_sha1
}

/// Git's name for a blob of these bytes.
fn git_blob_sha1(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let digest =
        Sha1::new().chain_update(format!("blob {}\0", bytes.len())).chain_update(bytes).finalize();
    digest.iter().fold(String::with_capacity(40), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
