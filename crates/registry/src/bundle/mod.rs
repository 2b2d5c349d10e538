//! The bundle of a revision: a ZIP of its held files that is computed and never stored.
//!
//! Entries are stored uncompressed, and their sizes and checksums are known, so the place of every
//! byte follows by arithmetic: the length is known beforehand, any range can be read alone, and
//! the bytes are the same each time.

mod layout;
mod path;
mod read;
mod record;
#[cfg(test)]
mod tests;

pub(crate) use layout::{BundleEntry, BundleLayout, ReferencedEntry};

use touchstone_domain::{FileHolding, Manifest};

/// Why files cannot be bundled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BundleError {
    /// A path would lead out of the folder it is unpacked into, or somewhere else on some system.
    #[error("the path {0:?} cannot be put into a bundle")]
    UnsafePath(String),
    /// Two files have the same path.
    #[error("the path {0:?} is there twice")]
    SamePath(String),
    /// More bytes than a number of 64 bits can count.
    #[error("the bundle would be larger than any file can be")]
    TooLarge,
}

impl BundleLayout {
    /// The bundle of a revision: its held files, and the list of those that are referenced.
    ///
    /// # Errors
    /// [`BundleError`]
    pub(crate) fn of(manifest: &Manifest) -> Result<Self, BundleError> {
        let (mut entries, mut referenced) = (Vec::new(), Vec::new());
        for file in manifest.files() {
            let (path, size_bytes) = (file.path.clone(), file.size_bytes);
            match &file.holding {
                FileHolding::Stored { sha256, crc32 } => {
                    let (sha256, crc32) = (sha256.clone(), *crc32);
                    entries.push(BundleEntry { path, size_bytes, crc32, sha256 });
                }
                FileHolding::Referenced { sha256 } => {
                    referenced.push(ReferencedEntry { path, size_bytes, sha256: sha256.clone() });
                }
            }
        }
        Self::new(entries, &referenced)
    }
}
