//! What the weight files that are held here say of themselves, read from their first bytes.

use super::outcome::Setback;
use super::worker::Attempt;
use futures::TryStreamExt as _;
use touchstone_domain::weights::{MOST_HEADER_BYTES, WeightHeader, has_header, header};
use touchstone_domain::{FileEntry, FileHolding, Manifest, Sha256};
use touchstone_store::StoreError;

/// Files whose headers are read; the largest models come in a few hundred.
const MOST_FILES: usize = 1000;

/// What is read of a file at first; most headers are shorter.
const FIRST_BYTES: u64 = 64 * 1024;

impl Attempt {
    /// The headers of weight files that are held here.
    pub(super) async fn weight_headers(
        &self,
        manifest: &Manifest,
    ) -> Result<Vec<WeightHeader>, Setback> {
        let mut headers = Vec::new();
        let weights = manifest.files().iter().filter(|file| has_header(&file.path));
        for file in weights.take(MOST_FILES) {
            if let FileHolding::Stored { sha256, .. } = &file.holding {
                headers.extend(self.weight_header(file, sha256).await?);
            }
        }
        Ok(headers)
    }

    /// Reads four times as much each time until the header is whole.
    async fn weight_header(
        &self,
        file: &FileEntry,
        sha256: &Sha256,
    ) -> Result<Option<WeightHeader>, StoreError> {
        let most_bytes = file.size_bytes.min(MOST_HEADER_BYTES);
        let mut bytes = FIRST_BYTES.min(most_bytes);
        loop {
            let pieces = self.registry.inner.blobs.read(sha256, 0..bytes).await?;
            let first = pieces.try_collect::<Vec<_>>().await?.concat();
            let found = header(&file.path, file.size_bytes, &first);
            if found.is_some() || bytes == most_bytes {
                return Ok(found);
            }
            bytes = bytes.saturating_mul(4).min(most_bytes);
        }
    }
}
