//! The trail of who did what.

use super::SqliteStore;
use super::columns::{json, to_json};
use crate::contract::AuditLog;
use crate::error::StoreError;
use async_trait::async_trait;
use rusqlite::{Connection, params};
use touchstone_domain::ArtifactId;
use touchstone_domain::audit::AuditEntry;

#[async_trait]
impl AuditLog for SqliteStore {
    async fn append(&self, entry: AuditEntry) -> Result<(), StoreError> {
        self.writer.write(move |connection| append(connection, &entry)).await
    }

    async fn trail(
        &self,
        artifact: &ArtifactId,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let id = artifact.clone();
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT entry FROM audit_trail WHERE artifact = ?1 \
                     ORDER BY number DESC LIMIT ?2",
                )?;
                let lines = statement.query_map(params![id.as_str(), limit], |row| json(row, 0))?;
                let mut lines: Vec<AuditEntry> = lines.collect::<Result<_, _>>()?;
                lines.reverse();
                Ok(lines)
            })
            .await
    }
}

/// Adds a line inside a larger write.
pub(super) fn append(connection: &Connection, entry: &AuditEntry) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO audit_trail (artifact, entry) VALUES (?1, ?2)")?
        .execute(params![entry.artifact.as_str(), to_json(entry)?])?;
    Ok(())
}
