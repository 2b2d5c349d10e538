//! Giving out bytes: a bundle of all files, or one file.

use crate::bundle::BundleLayout;
use crate::read_through::verified;
use crate::{Pinned, Registry, RegistryError};
use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use std::io;
use touchstone_domain::audit::{AuditAction, Caller};
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactType, FileEntry, FileHolding, Manifest, Sha256,
};
use touchstone_store::StoreError;

/// Bytes to give out.
pub struct Download {
    /// What to call them: a file name without folders.
    pub file_name: String,
    /// Their media type.
    pub media_type: String,
    /// A strong validator without quotes, where the bytes are held here.
    pub etag: Option<String>,
    /// Their number, where known. It always is for bytes that are held here.
    pub size_bytes: Option<u64>,
    /// How many files of the revision are referenced and so are not in a bundle; for one file
    /// whether it is streamed from its source.
    pub referenced_files: u64,
    /// The bytes.
    pub body: DownloadBody,
}

/// How the bytes come.
pub enum DownloadBody {
    /// Held here: any range can be read, again and again.
    Held(
        Box<
            dyn Fn(std::ops::Range<u64>) -> BoxStream<'static, std::io::Result<Bytes>>
                + Send
                + Sync,
        >,
    ),
    /// Streamed from the source once, while being verified.
    Through(BoxStream<'static, std::io::Result<Bytes>>),
}

impl Registry {
    /// The bundle of an artifact at a commit or its current revision: a ZIP of all held files,
    /// identical each time. Leaves a DOWNLOAD line in the audit trail.
    ///
    /// # Errors
    /// As [`Registry::pinned`].
    pub async fn bundle(
        &self,
        caller: &Caller,
        kind: ArtifactType,
        id: &ArtifactId,
        commit: Option<&str>,
    ) -> Result<Download, RegistryError> {
        let Pinned { artifact, revision } = self.pinned(kind, id, commit).await?;
        let layout = BundleLayout::of(&revision.manifest)
            .map_err(|error| RegistryError::Internal(Box::new(error)))?;
        self.record_download(caller, &artifact).await?;
        let blobs = self.inner.blobs.clone();
        Ok(Download {
            file_name: format!("{}.zip", file_name(artifact.name.as_str())),
            media_type: "application/zip".to_owned(),
            etag: Some(layout.etag().to_owned()),
            size_bytes: Some(layout.size_bytes()),
            referenced_files: referenced_files(&revision.manifest),
            body: DownloadBody::Held(Box::new(move |range| {
                layout.read(&blobs, range).map_err(broken_off).boxed()
            })),
        })
    }

    /// One file of an artifact. A referenced file is streamed from its source. Leaves a DOWNLOAD
    /// line in the audit trail.
    ///
    /// # Errors
    /// As [`Registry::pinned`], and [`RegistryError::NotFound`] for a path that is not in the
    /// manifest; [`RegistryError::UpstreamUnavailable`] where the source does not give it.
    pub async fn file(
        &self,
        caller: &Caller,
        kind: ArtifactType,
        id: &ArtifactId,
        commit: Option<&str>,
        path: &str,
    ) -> Result<Download, RegistryError> {
        let pinned = self.pinned(kind, id, commit).await?;
        let file = pinned.revision.manifest.file(path).cloned().ok_or_else(|| {
            RegistryError::NotFound("the artifact has no file at this path".to_owned())
        })?;
        let (size_bytes, body) = match &file.holding {
            FileHolding::Stored { sha256, .. } => (Some(file.size_bytes), self.held(sha256)),
            FileHolding::Referenced { .. } => self.through(&pinned, &file).await?,
        };
        self.record_download(caller, &pinned.artifact).await?;
        Ok(Download {
            file_name: file_name(path.rsplit('/').next().unwrap_or(path)),
            media_type: "application/octet-stream".to_owned(),
            etag: file.sha256().filter(|_| file.is_stored()).map(Sha256::to_string),
            size_bytes,
            referenced_files: u64::from(!file.is_stored()),
            body,
        })
    }

    fn held(&self, sha256: &Sha256) -> DownloadBody {
        let (blobs, sha256) = (self.inner.blobs.clone(), sha256.clone());
        DownloadBody::Held(Box::new(move |range| {
            let (blobs, sha256) = (blobs.clone(), sha256.clone());
            let body = async move { blobs.read(&sha256, range).await };
            stream::once(body).try_flatten().map_err(broken_off).boxed()
        }))
    }

    async fn through(
        &self,
        pinned: &Pinned,
        file: &FileEntry,
    ) -> Result<(Option<u64>, DownloadBody), RegistryError> {
        let revision = &pinned.revision;
        let opened = self
            .inner
            .sources
            .open_file(&revision.source, &revision.commit, &file.path, 0)
            .await
            .map_err(|error| RegistryError::UpstreamUnavailable(error.to_string()))?;
        if opened.offset != 0 || opened.size_bytes.is_some_and(|size| size != file.size_bytes) {
            return Err(RegistryError::UpstreamUnavailable(
                "upstream gives another file than the one that was registered".to_owned(),
            ));
        }
        Ok((Some(file.size_bytes), DownloadBody::Through(verified(opened, file))))
    }

    /// Written before bytes flow: what cannot be recorded is not given out.
    async fn record_download(
        &self,
        caller: &Caller,
        artifact: &Artifact,
    ) -> Result<(), RegistryError> {
        let entry = self.audit_entry(caller, AuditAction::Download, artifact);
        Ok(self.inner.store.append(entry).await?)
    }
}

fn broken_off(error: StoreError) -> io::Error {
    tracing::error!(%error, "held bytes could not be read");
    io::Error::other(error)
}

fn referenced_files(manifest: &Manifest) -> u64 {
    manifest.files().iter().filter(|file| !file.is_stored()).count() as u64
}

/// A name that no system reads as a folder, a header or a command.
fn file_name(name: &str) -> String {
    let plain = |letter: char| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        letter if letter.is_control() => '_',
        letter => letter,
    };
    name.chars().map(plain).collect()
}
