//! Giving out bytes: a bundle of all files, or one file.

use crate::{Registry, RegistryError};
use bytes::Bytes;
use futures::stream::BoxStream;
use touchstone_domain::audit::Caller;
use touchstone_domain::{ArtifactId, ArtifactType};

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
        _caller: &Caller,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _commit: Option<&str>,
    ) -> Result<Download, RegistryError> {
        todo!()
    }

    /// One file of an artifact. A referenced file is streamed from its source.
    ///
    /// # Errors
    /// As [`Registry::pinned`], and [`RegistryError::NotFound`] for a path that is not in the
    /// manifest; [`RegistryError::UpstreamUnavailable`] where the source does not give it.
    pub async fn file(
        &self,
        _caller: &Caller,
        _kind: ArtifactType,
        _id: &ArtifactId,
        _commit: Option<&str>,
        _path: &str,
    ) -> Result<Download, RegistryError> {
        todo!()
    }
}
