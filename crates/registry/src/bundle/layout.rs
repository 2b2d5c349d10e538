//! Where each byte of a bundle is: pure arithmetic over sizes and names.

use super::record::{Directory, File};
use super::{BundleError, path};
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest as _, Sha256 as Sha256Hasher};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use touchstone_domain::Sha256;

/// What the list of referenced files is called, with `_` before it where a file is called so.
const REFERENCED_FILES: &str = "REFERENCED-FILES.json";

/// Stands for the rules by which bytes follow from entries: change it when they change.
const FORMAT: &[u8] = b"touchstone bundle 1";

/// A file whose bytes are in the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BundleEntry {
    /// Where it is unpacked.
    pub(crate) path: String,
    /// Its size in bytes.
    pub(crate) size_bytes: u64,
    /// CRC-32 (IEEE) of its bytes.
    pub(crate) crc32: u32,
    /// The blob that holds its bytes.
    pub(crate) sha256: Sha256,
}

/// A file that belongs to the revision and is not in the bundle, as its list names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReferencedEntry {
    /// Where it belongs.
    pub(crate) path: String,
    /// Its size in bytes, as upstream states it.
    pub(crate) size_bytes: u64,
    /// The SHA-256 of its bytes, where upstream states it.
    pub(crate) sha256: Option<Sha256>,
}

/// A bundle, laid out. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct BundleLayout {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    entries: Vec<Placed>,
    directory: Directory,
    size_bytes: u64,
    etag: String,
}

#[derive(Debug)]
struct Placed {
    path: String,
    size_bytes: u64,
    crc32: u32,
    content: Content,
    /// Of its local header.
    offset: u64,
    /// Of its line in the directory.
    directory_offset: u64,
}

#[derive(Debug, Clone)]
enum Content {
    Blob(Sha256),
    Made(Bytes),
}

/// Some bytes of a bundle, and where they come from.
#[derive(Debug)]
pub(super) enum Part {
    Made(Bytes),
    Blob(Sha256, Range<u64>),
}

impl BundleLayout {
    /// Lays out these files in this order. Where files are `referenced`, a last entry
    /// `REFERENCED-FILES.json` lists them.
    ///
    /// # Errors
    /// [`BundleError`]
    pub(crate) fn new(
        entries: Vec<BundleEntry>,
        referenced: &[ReferencedEntry],
    ) -> Result<Self, BundleError> {
        let mut placed: Vec<Placed> = entries.into_iter().map(Placed::held).collect();
        check_paths(&placed)?;
        if !referenced.is_empty() {
            let list = Placed::list(&placed, referenced);
            placed.push(list);
        }
        let directory = place(&mut placed).ok_or(BundleError::TooLarge)?;
        let directory_end = directory.offset + directory.size_bytes;
        let size_bytes =
            directory_end.checked_add(directory.end_bytes()).ok_or(BundleError::TooLarge)?;
        let etag = etag(&placed);
        let inner = Inner { entries: placed, directory, size_bytes, etag };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The length of the whole in bytes.
    #[must_use]
    pub(crate) fn size_bytes(&self) -> u64 {
        self.inner.size_bytes
    }

    /// A strong validator, without quotes: bundles with the same one have the same bytes.
    #[must_use]
    pub(crate) fn etag(&self) -> &str {
        &self.inner.etag
    }

    /// The part that begins at `start` and goes up to its own end or `end`, whichever is first;
    /// none where `start` is not before `end` or the end of the whole.
    pub(super) fn part(&self, start: u64, end: u64) -> Option<Part> {
        let end = end.min(self.inner.size_bytes);
        if start >= end {
            return None;
        }
        Some(if start < self.inner.directory.offset {
            self.entry_part(start, end)
        } else {
            self.directory_part(start, end)
        })
    }

    fn entry_part(&self, start: u64, end: u64) -> Part {
        let after = self.inner.entries.partition_point(|entry| entry.offset <= start);
        let entry = &self.inner.entries[after - 1];
        let header_end = entry.offset + entry.file().local_header_bytes();
        if start < header_end {
            return cut(&entry.file().local_header().into(), entry.offset, start, end);
        }
        match &entry.content {
            Content::Made(bytes) => cut(bytes, header_end, start, end),
            Content::Blob(blob) => {
                let until = end.min(header_end + entry.size_bytes);
                Part::Blob(blob.clone(), start - header_end..until - header_end)
            }
        }
    }

    fn directory_part(&self, start: u64, end: u64) -> Part {
        let Inner { entries, directory, .. } = &*self.inner;
        let directory_end = directory.offset + directory.size_bytes;
        if start >= directory_end {
            return cut(&directory.end().into(), directory_end, start, end);
        }
        let after = entries.partition_point(|entry| entry.directory_offset <= start);
        let entry = &entries[after - 1];
        let line = entry.file().directory_entry(entry.offset);
        cut(&line.into(), entry.directory_offset, start, end)
    }
}

impl Placed {
    fn held(entry: BundleEntry) -> Self {
        let BundleEntry { path, size_bytes, crc32, sha256 } = entry;
        let content = Content::Blob(sha256);
        Self { path, size_bytes, crc32, content, offset: 0, directory_offset: 0 }
    }

    fn list(beside: &[Self], referenced: &[ReferencedEntry]) -> Self {
        let taken: HashSet<&str> = beside.iter().map(|entry| entry.path.as_str()).collect();
        let mut path = REFERENCED_FILES.to_owned();
        while taken.contains(path.as_str()) {
            path.insert(0, '_');
        }
        let mut text = serde_json::json!({ "referenced_files": referenced }).to_string();
        text.push('\n');
        let crc32 = crc32fast::hash(text.as_bytes());
        let (size_bytes, content) = (text.len() as u64, Content::Made(text.into()));
        Self { path, size_bytes, crc32, content, offset: 0, directory_offset: 0 }
    }

    fn file(&self) -> File<'_> {
        File { path: &self.path, size_bytes: self.size_bytes, crc32: self.crc32 }
    }
}

fn check_paths(entries: &[Placed]) -> Result<(), BundleError> {
    let mut seen = HashSet::with_capacity(entries.len());
    for Placed { path, .. } in entries {
        if !path::is_safe(path) {
            return Err(BundleError::UnsafePath(path.clone()));
        }
        if !seen.insert(path) {
            return Err(BundleError::SamePath(path.clone()));
        }
    }
    Ok(())
}

/// Gives every entry its offsets; none where they overflow.
fn place(entries: &mut [Placed]) -> Option<Directory> {
    let mut next = 0_u64;
    for entry in &mut *entries {
        entry.offset = next;
        let header_bytes = entry.file().local_header_bytes();
        next = next.checked_add(header_bytes)?.checked_add(entry.size_bytes)?;
    }
    let offset = next;
    for entry in &mut *entries {
        entry.directory_offset = next;
        next = next.checked_add(entry.file().directory_entry_bytes(entry.offset))?;
    }
    Some(Directory { entries: entries.len() as u64, offset, size_bytes: next - offset })
}

fn etag(entries: &[Placed]) -> String {
    let mut hasher = Sha256Hasher::new_with_prefix(FORMAT);
    for entry in entries {
        hasher.update((entry.path.len() as u64).to_le_bytes());
        hasher.update(&entry.path);
        hasher.update(entry.size_bytes.to_le_bytes());
        hasher.update(entry.crc32.to_le_bytes());
        match &entry.content {
            Content::Blob(sha256) => hasher.update(sha256.as_str()),
            Content::Made(bytes) => hasher.update(Sha256Hasher::digest(bytes)),
        }
    }
    Sha256::from_digest(&hasher.finalize().into()).to_string()
}

/// What lies between `start` and `end` of bytes that begin at `offset`, at or before `start`.
fn cut(bytes: &Bytes, offset: u64, start: u64, end: u64) -> Part {
    let inside =
        |at: u64| usize::try_from(at - offset).map_or(bytes.len(), |at| at.min(bytes.len()));
    Part::Made(bytes.slice(inside(start)..inside(end)))
}
