//! Collecting bytes that no manifest names any more: mark, wait, condemn, delete, forget.

use crate::{Registry, RegistryError};
use futures::{StreamExt as _, TryStreamExt as _};
use touchstone_domain::{Sha256, Timestamp};
use touchstone_store::BlobListing;

/// Blobs that the store is asked about at once.
const ASKED_AT_ONCE: usize = 1000;

/// Whether a sweep deletes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepMode {
    /// Only says what it would do.
    DryRun,
    /// Marks, and deletes what was marked longer ago than the grace time.
    Collect,
}

/// What a sweep saw and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sweep {
    /// Blobs in all.
    pub blobs: u64,
    /// Bytes in all.
    pub bytes: u64,
    /// Blobs that nothing needs.
    pub unneeded_blobs: u64,
    /// Bytes that nothing needs.
    pub unneeded_bytes: u64,
    /// Blobs deleted.
    pub deleted_blobs: u64,
    /// Bytes freed.
    pub deleted_bytes: u64,
}

impl Registry {
    /// Sweeps once. Safe at any time, beside ingests and other sweeps, and after a crash.
    pub async fn sweep(&self, mode: SweepMode) -> Result<Sweep, RegistryError> {
        let mut sweep = Sweep::default();
        let mut listing = self.inner.blobs.list().try_chunks(ASKED_AT_ONCE);
        while let Some(blobs) = listing.next().await {
            let blobs = blobs.map_err(|cut_off| cut_off.1)?;
            self.look_at(&blobs, mode, &mut sweep).await?;
        }
        if mode == SweepMode::Collect {
            self.collect_marked(&mut sweep).await?;
        }
        Ok(sweep)
    }

    async fn look_at(
        &self,
        blobs: &[BlobListing],
        mode: SweepMode,
        sweep: &mut Sweep,
    ) -> Result<(), RegistryError> {
        let names: Vec<Sha256> = blobs.iter().map(|blob| blob.sha256.clone()).collect();
        let unneeded = self.inner.store.unneeded(&names).await?;
        let unneeded: std::collections::HashSet<Sha256> = unneeded.into_iter().collect();
        for blob in blobs {
            sweep.blobs += 1;
            sweep.bytes += blob.size_bytes;
            if unneeded.contains(&blob.sha256) {
                sweep.unneeded_blobs += 1;
                sweep.unneeded_bytes += blob.size_bytes;
            }
        }
        if mode == SweepMode::Collect {
            self.inner.store.mark(&names, self.inner.clock.now()).await?;
        }
        Ok(())
    }

    /// A condemned blob is deleted before it is forgotten: a crash between the two leaves it
    /// condemned, and the next sweep deletes it again.
    async fn collect_marked(&self, sweep: &mut Sweep) -> Result<(), RegistryError> {
        let now = self.inner.clock.now();
        let before = now.checked_sub(self.inner.settings.gc_grace).unwrap_or(Timestamp::MIN);
        loop {
            let condemned = self.inner.store.condemn(before).await?;
            if condemned.is_empty() {
                return Ok(());
            }
            for blob in &condemned {
                if let Some(size_bytes) = self.inner.blobs.size(blob).await? {
                    self.inner.blobs.delete(blob).await?;
                    sweep.deleted_blobs += 1;
                    sweep.deleted_bytes += size_bytes;
                }
            }
            self.inner.store.forget(&condemned).await?;
        }
    }
}
