//! The trail of who did what.

use super::MemoryStore;
use crate::contract::AuditLog;
use crate::error::StoreError;
use async_trait::async_trait;
use touchstone_domain::ArtifactId;
use touchstone_domain::audit::AuditEntry;

#[async_trait]
impl AuditLog for MemoryStore {
    async fn append(&self, entry: AuditEntry) -> Result<(), StoreError> {
        self.state().trail.push(entry);
        Ok(())
    }

    async fn trail(
        &self,
        artifact: &ArtifactId,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let state = self.state();
        let newest_first = state.trail.iter().rev().filter(|entry| entry.artifact == *artifact);
        let mut lines: Vec<_> = newest_first.take(limit as usize).cloned().collect();
        lines.reverse();
        Ok(lines)
    }
}
