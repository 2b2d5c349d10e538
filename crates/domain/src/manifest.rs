//! A revision's files: path, size and hash of each, and whether its bytes are held here.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A SHA-256 as 64 lower-case hexadecimal digits: the name under which bytes are stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Sha256(String);

impl Sha256 {
    /// From the raw digest.
    #[must_use]
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in digest {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Sha256 {
    type Err = crate::artifact::InvalidWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            Ok(Self(text.to_owned()))
        } else {
            Err(crate::artifact::InvalidWord("a SHA-256 is 64 hexadecimal digits".to_owned()))
        }
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a file's bytes are here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "holding")]
pub enum FileHolding {
    /// Held and verified here.
    Stored {
        /// The hash of the bytes, under which they are kept.
        sha256: Sha256,
        /// CRC-32 (IEEE) of the bytes, which a ZIP entry needs.
        crc32: u32,
    },
    /// Known by what upstream says of it; not held and not verified here.
    Referenced {
        /// The hash that upstream states, where it states one.
        sha256: Option<Sha256>,
    },
}

/// One file of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path inside the repository, `/` between segments, never absolute, never with `..`.
    pub path: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Git's SHA-1 of the blob as upstream states it: of the bytes, or of the pointer where the
    /// bytes are in large-file storage.
    pub git_sha1: Option<String>,
    /// Whether its bytes are here.
    #[serde(flatten)]
    pub holding: FileHolding,
}

impl FileEntry {
    /// The hash of the bytes where it is known.
    #[must_use]
    pub fn sha256(&self) -> Option<&Sha256> {
        match &self.holding {
            FileHolding::Stored { sha256, .. } => Some(sha256),
            FileHolding::Referenced { sha256 } => sha256.as_ref(),
        }
    }

    /// Whether the bytes are held and verified here.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        matches!(self.holding, FileHolding::Stored { .. })
    }
}

/// All files of a revision, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    files: Vec<FileEntry>,
}

impl Manifest {
    /// A manifest of these files; of two with the same path the first is kept.
    #[must_use]
    pub fn new(mut files: Vec<FileEntry>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|later, first| later.path == first.path);
        Self { files }
    }

    /// The files, sorted by path.
    #[must_use]
    pub fn files(&self) -> &[FileEntry] {
        &self.files
    }

    /// The file at this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// Bytes of all files, held here or not.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size_bytes).fold(0, u64::saturating_add)
    }

    /// Bytes held here.
    #[must_use]
    pub fn stored_bytes(&self) -> u64 {
        self.files
            .iter()
            .filter(|file| file.is_stored())
            .map(|file| file.size_bytes)
            .fold(0, u64::saturating_add)
    }
}
