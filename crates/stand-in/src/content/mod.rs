//! The bytes of a served file: held, on disk, or made up while they are sent; with true hashes.

mod synthetic;
mod weights;

use axum::body::Body;
use bytes::Bytes;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use synthetic::Synthetic;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

pub use weights::safetensors;

/// Above this, the hash of synthetic bytes is invented from their seed instead of computed:
/// hashing ten gigabytes at start-up would cost what such a file is meant to save.
const LARGEST_HASHED_SYNTHETIC_BYTES: u64 = 1 << 30;

/// What one file holds, and what its hashes are.
#[derive(Debug, Clone)]
pub struct Content {
    origin: Origin,
    size_bytes: u64,
    git_sha1: String,
    sha256: String,
}

#[derive(Debug, Clone)]
enum Origin {
    Memory(Bytes),
    Disk(PathBuf),
    Synthetic(Synthetic),
}

impl Content {
    /// Bytes held in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let size_bytes = bytes.len() as u64;
        let mut hashes = Hashes::of_blob(size_bytes);
        hashes.update(&bytes);
        hashes.finish(Origin::Memory(bytes), size_bytes)
    }

    /// A file on disk, read once now for its hashes and streamed from there whenever asked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn on_disk(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let size_bytes = file.metadata()?.len();
        let mut hashes = Hashes::of_blob(size_bytes);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hashes.update(&buffer[..read]);
        }
        Ok(hashes.finish(Origin::Disk(path.to_owned()), size_bytes))
    }

    /// `size_bytes` bytes that follow from `seed` and are made while they are sent.
    ///
    /// The hashes are true up to 1 GiB. A larger file has invented ones, so whoever verifies it
    /// finds them wrong.
    #[must_use]
    pub fn synthetic(size_bytes: u64, seed: u64) -> Self {
        let synthetic = Synthetic::new(seed);
        let mut hashes = Hashes::of_blob(size_bytes);
        if size_bytes <= LARGEST_HASHED_SYNTHETIC_BYTES {
            for chunk in synthetic.chunks(0..size_bytes) {
                hashes.update(&chunk);
            }
        } else {
            hashes.update(&seed.to_le_bytes());
        }
        hashes.finish(Origin::Synthetic(synthetic), size_bytes)
    }

    /// Length of the whole.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// SHA-256 of the bytes, 64 lowercase hex digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What git calls this blob: SHA-1 over `blob <length>\0` and the bytes, 40 hex digits.
    #[must_use]
    pub fn git_sha1(&self) -> &str {
        &self.git_sha1
    }

    /// The bytes when they are held in memory or are a file small enough to be a document.
    pub(crate) fn document(&self) -> Option<Bytes> {
        const LARGEST_DOCUMENT_BYTES: u64 = 1 << 22;
        match &self.origin {
            Origin::Memory(bytes) => Some(bytes.clone()),
            Origin::Disk(path) if self.size_bytes <= LARGEST_DOCUMENT_BYTES => {
                std::fs::read(path).ok().map(Bytes::from)
            }
            Origin::Disk(_) | Origin::Synthetic(_) => None,
        }
    }

    /// The first bytes, at most `limit` of them.
    pub(crate) fn beginning(&self, limit: u64) -> Vec<u8> {
        let wanted = usize::try_from(limit.min(self.size_bytes)).unwrap_or(0);
        match &self.origin {
            Origin::Memory(bytes) => bytes[..wanted].to_vec(),
            Origin::Disk(path) => {
                let mut start = Vec::with_capacity(wanted);
                let read =
                    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut start));
                if read.is_ok() { start } else { Vec::new() }
            }
            Origin::Synthetic(_) => Vec::new(),
        }
    }

    /// Streams one part of the bytes; `range` lies within the size.
    pub(crate) async fn stream(&self, range: Range<u64>) -> io::Result<Body> {
        match &self.origin {
            Origin::Memory(bytes) => {
                let start = usize::try_from(range.start).map_err(io::Error::other)?;
                let end = usize::try_from(range.end).map_err(io::Error::other)?;
                Ok(Body::from(bytes.slice(start..end)))
            }
            Origin::Disk(path) => {
                let mut file = tokio::fs::File::open(path).await?;
                file.seek(io::SeekFrom::Start(range.start)).await?;
                let part = file.take(range.end - range.start);
                Ok(Body::from_stream(ReaderStream::with_capacity(part, 1 << 17)))
            }
            Origin::Synthetic(synthetic) => {
                let chunks = synthetic.chunks(range).map(Ok::<_, io::Error>);
                Ok(Body::from_stream(futures::stream::iter(chunks)))
            }
        }
    }
}

struct Hashes {
    git: Sha1,
    sha256: Sha256,
}

impl Hashes {
    fn of_blob(size_bytes: u64) -> Self {
        let mut git = Sha1::new();
        git.update(format!("blob {size_bytes}\0"));
        Self { git, sha256: Sha256::new() }
    }

    fn update(&mut self, bytes: &[u8]) {
        self.git.update(bytes);
        self.sha256.update(bytes);
    }

    fn finish(self, origin: Origin, size_bytes: u64) -> Content {
        let git_sha1 = hex(&self.git.finalize());
        Content { origin, size_bytes, git_sha1, sha256: hex(&self.sha256.finalize()) }
    }
}

/// SHA-1 of a text, for the object names that git would give.
pub(crate) fn sha1_hex(text: &str) -> String {
    hex(&Sha1::digest(text))
}

/// SHA-256 of a text.
pub(crate) fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
