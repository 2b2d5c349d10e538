//! An upstream repository at one pinned commit, and its bytes.

use crate::SourceError;
use bytes::Bytes;
use futures::stream::BoxStream;
use touchstone_domain::Source;
use touchstone_domain::facts::{HubInfo, RepositoryFile, RepositoryInfo};

/// What the host says of a repository.
#[derive(Debug, Clone, PartialEq)]
pub enum SnapshotInfo {
    /// A Hub repository.
    HuggingFace(Box<HubInfo>),
    /// A GitHub repository.
    GitHub(Box<RepositoryInfo>),
    /// A plain file.
    File,
}

/// A repository at one pinned commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The repository as upstream names it today, without a revision.
    pub source: Source,
    /// The commit: 40 hexadecimal digits; for a plain file a digest of its validators.
    pub commit: String,
    /// The name it was asked for under, where upstream answered under another.
    pub renamed_from: Option<String>,
    /// What the host says of it.
    pub info: SnapshotInfo,
    /// Its files, whole.
    pub files: Vec<RepositoryFile>,
}

/// A file's bytes on their way.
pub struct FileStream {
    /// The size of the whole file, where upstream states it.
    pub size_bytes: Option<u64>,
    /// Where in the file the stream begins: upstream may ignore a range and begin at 0.
    pub offset: u64,
    /// The bytes. Ends with an error where upstream broke off.
    pub body: BoxStream<'static, Result<Bytes, SourceError>>,
}

/// A part of an archive: a file's head, then its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchivePart {
    /// The next file begins.
    File {
        /// Its path in the repository, without the archive's top folder.
        path: String,
        /// Its size in bytes.
        size_bytes: u64,
    },
    /// Bytes of the file that began last.
    Bytes(Bytes),
}

/// The files of an archive, one after another.
pub type ArchiveStream = BoxStream<'static, Result<ArchivePart, SourceError>>;
