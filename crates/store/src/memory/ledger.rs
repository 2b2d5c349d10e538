//! Which blobs are needed: by manifests, or by an ingest under way.

use super::{MemoryStore, State};
use crate::CONDEMNED_AT_ONCE;
use crate::contract::BlobLedger;
use crate::error::StoreError;
use async_trait::async_trait;
use std::collections::HashSet;
use touchstone_domain::job::Lease;
use touchstone_domain::{FileEntry, Sha256, Timestamp};

#[async_trait]
impl BlobLedger for MemoryStore {
    async fn pin(&self, lease: &Lease, blobs: &[Sha256]) -> Result<(), StoreError> {
        let mut state = self.state();
        state.held(lease)?;
        if blobs.iter().any(|blob| state.condemned.contains(blob)) {
            return Err(StoreError::BeingCollected);
        }
        for blob in blobs {
            state.marked.remove(blob);
        }
        state.pins.entry(lease.artifact.clone()).or_default().extend(blobs.iter().cloned());
        Ok(())
    }

    async fn unneeded(&self, blobs: &[Sha256]) -> Result<Vec<Sha256>, StoreError> {
        let state = self.state();
        let needed = state.needed();
        Ok(blobs.iter().filter(|blob| !needed.contains(blob)).cloned().collect())
    }

    async fn mark(&self, blobs: &[Sha256], now: Timestamp) -> Result<u64, StoreError> {
        let mut guard = self.state();
        let state = &mut *guard;
        let needed: HashSet<Sha256> = state.needed().into_iter().cloned().collect();
        for blob in blobs {
            if needed.contains(blob) {
                state.marked.remove(blob);
            } else if !state.condemned.contains(blob) {
                state.marked.entry(blob.clone()).or_insert(now);
            }
        }
        Ok(state.marked.len() as u64)
    }

    async fn condemn(&self, before: Timestamp) -> Result<Vec<Sha256>, StoreError> {
        let mut guard = self.state();
        let state = &mut *guard;
        let needed = state.needed();
        let due: Vec<Sha256> = state
            .marked
            .iter()
            .filter(|(blob, marked_at)| **marked_at < before && !needed.contains(blob))
            .map(|(blob, _)| blob.clone())
            .take(CONDEMNED_AT_ONCE as usize)
            .collect();
        for blob in due {
            state.marked.remove(&blob);
            state.condemned.insert(blob);
        }
        Ok(state.condemned.iter().cloned().collect())
    }

    async fn forget(&self, blobs: &[Sha256]) -> Result<(), StoreError> {
        let mut state = self.state();
        for blob in blobs {
            state.condemned.remove(blob);
        }
        Ok(())
    }
}

impl State {
    fn needed(&self) -> HashSet<&Sha256> {
        let named = self
            .revisions
            .values()
            .flat_map(|stored| stored.revision.manifest.files())
            .filter_map(FileEntry::sha256);
        named.chain(self.pins.values().flatten()).collect()
    }
}
