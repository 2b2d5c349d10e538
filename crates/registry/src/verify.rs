//! Reading every stored byte again: is what is held what was promised?

use crate::{Registry, RegistryError};
use futures::TryStreamExt as _;
use std::collections::HashSet;
use touchstone_domain::page::PageStart;
use touchstone_domain::{ArtifactId, FileEntry, FileHolding, PageRequest, Sha256};
use touchstone_store::StoreError;

/// A file whose bytes are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsoundFile {
    /// The artifact that needs it.
    pub artifact: ArtifactId,
    /// Its path.
    pub path: String,
    /// What is wrong, as one sentence.
    pub problem: String,
}

/// What a verification saw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Distinct blobs read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files that are not held here and so cannot be verified.
    pub referenced_files: u64,
    /// Files whose bytes are not what they should be.
    pub unsound: Vec<UnsoundFile>,
}

impl Registry {
    /// Reads every blob that a manifest names, once, and compares it with its hash and size. Tells
    /// `on_bytes` as it goes on.
    pub async fn verify(&self, mut on_bytes: impl FnMut(u64)) -> Result<Verified, RegistryError> {
        let mut verified = Verified::default();
        let mut seen: HashSet<Sha256> = HashSet::new();
        let mut request = PageRequest::first();
        loop {
            let page = self.inner.store.all_revisions(&request).await?;
            for revision in &page.items {
                for file in revision.manifest.files() {
                    let FileHolding::Stored { sha256, .. } = &file.holding else {
                        verified.referenced_files += 1;
                        continue;
                    };
                    if !seen.insert(sha256.clone()) {
                        continue;
                    }
                    verified.files += 1;
                    if let Err(problem) =
                        self.verify_blob(file, sha256, &mut verified.bytes, &mut on_bytes).await?
                    {
                        verified.unsound.push(UnsoundFile {
                            artifact: revision.artifact.clone(),
                            path: file.path.clone(),
                            problem,
                        });
                    }
                }
            }
            match page.next {
                Some(cursor) => request.start = PageStart::After(cursor),
                None => return Ok(verified),
            }
        }
    }

    /// The inner result says what is wrong with the bytes, the outer one that they could not be
    /// read at all.
    async fn verify_blob(
        &self,
        file: &FileEntry,
        sha256: &Sha256,
        bytes: &mut u64,
        on_bytes: &mut impl FnMut(u64),
    ) -> Result<Result<(), String>, RegistryError> {
        use sha2::Digest as _;
        let missing = || Ok(Err("its bytes are missing".to_owned()));
        match self.inner.blobs.size(sha256).await? {
            None => return missing(),
            Some(size) if size != file.size_bytes => {
                return Ok(Err(format!("it has {size} bytes instead of {}", file.size_bytes)));
            }
            Some(_) => {}
        }
        let mut stream = match self.inner.blobs.read(sha256, 0..file.size_bytes).await {
            Ok(stream) => stream,
            Err(StoreError::NotFound) => return missing(),
            Err(error) => return Err(error.into()),
        };
        let mut hash = sha2::Sha256::new();
        while let Some(piece) = stream.try_next().await? {
            hash.update(&piece);
            *bytes += piece.len() as u64;
            on_bytes(piece.len() as u64);
        }
        let found = Sha256::from_digest(&hash.finalize().into());
        Ok(if found == *sha256 { Ok(()) } else { Err("its bytes have another hash".to_owned()) })
    }
}
