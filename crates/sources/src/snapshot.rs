//! An upstream repository at one pinned commit, and its bytes.

use crate::SourceError;
use crate::http::Streamed;
use bytes::Bytes;
use futures::stream::BoxStream;
use reqwest::header;
use tokio::time::{Instant, timeout_at};
use touchstone_domain::facts::{HubInfo, ModelFacts, RepositoryFile, RepositoryInfo};
use touchstone_domain::{Fact, Missing, Source};

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

/// Whether a listed path stays in its repository, as Git's own paths do.
pub(crate) fn is_inside(path: &str) -> bool {
    let plain = |segment: &str| !matches!(segment, "" | "." | "..");
    path.len() <= 4096 && !path.contains('\0') && path.split('/').all(plain)
}

/// A fact that was not answered in time.
pub fn too_late<T>(seen_at: impl Into<String>) -> Fact<T> {
    let detail = "it was not answered in the time that there was".to_owned();
    Fact::missing(seen_at, Missing::Failed { detail })
}

/// The fact, or that it was not answered by then.
pub(crate) async fn answered_by<T>(
    deadline: Instant,
    seen_at: String,
    asked: impl Future<Output = Fact<T>>,
) -> Fact<T> {
    timeout_at(deadline, asked).await.unwrap_or_else(|_| too_late(seen_at))
}

/// Facts of a model of which nothing could be had, or nothing was asked, for this reason.
pub(crate) fn unasked(source: &Source, commit: &str, why: Missing) -> ModelFacts {
    let page = source.page_url();
    ModelFacts {
        source: source.clone(),
        commit: commit.to_owned(),
        renamed_from: None,
        info: Fact::missing(&page, why.clone()),
        files: Fact::missing(&page, why.clone()),
        card: Fact::missing(&page, why.clone()),
        config: Fact::missing(&page, why.clone()),
        adapter_config: Fact::missing(&page, why.clone()),
        license_file: Fact::missing(&page, why.clone()),
        documents: Vec::new(),
        unread: Vec::new(),
        history: Fact::missing(&page, why.clone()),
        owner: Fact::missing(&page, why),
        weight_headers: Vec::new(),
    }
}

/// The whole's size and the offset, from `Content-Range` of a part or `Content-Length` of a whole.
pub(crate) fn file_stream(streamed: Streamed) -> FileStream {
    let text = |name: header::HeaderName| streamed.headers.get(name)?.to_str().ok();
    let range = text(header::CONTENT_RANGE).filter(|_| streamed.status.as_u16() == 206);
    let part = range.and_then(|range| {
        let (bounds, size) = range.strip_prefix("bytes ")?.split_once('/')?;
        let (start, _) = bounds.split_once('-')?;
        Some((start.trim().parse().ok()?, size.trim().parse().ok()))
    });
    let (offset, size_bytes) = match part {
        Some(part) => part,
        None => (0, text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok())),
    };
    FileStream { size_bytes, offset, body: streamed.body }
}
