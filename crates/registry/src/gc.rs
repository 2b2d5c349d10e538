//! Collecting bytes that no manifest names any more: mark, wait, condemn, delete, forget.

use crate::{Registry, RegistryError};

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
    pub async fn sweep(&self, _mode: SweepMode) -> Result<Sweep, RegistryError> {
        todo!()
    }
}
