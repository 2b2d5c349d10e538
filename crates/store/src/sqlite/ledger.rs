//! Which blobs are needed: by manifests, or by an ingest under way.

use super::columns::{count, digest, nanoseconds, sha256};
use super::{SqliteStore, jobs};
use crate::CONDEMNED_AT_ONCE;
use crate::contract::BlobLedger;
use crate::error::StoreError;
use async_trait::async_trait;
use rusqlite::{Connection, params};
use touchstone_domain::job::Lease;
use touchstone_domain::{FileEntry, Manifest, Sha256, Timestamp};

/// True of `sha256` of the table `u` where something needs it.
const NEEDED: &str = "(EXISTS (SELECT 1 FROM manifest_blobs m WHERE m.sha256 = u.sha256) \
                      OR EXISTS (SELECT 1 FROM pinned_blobs p WHERE p.sha256 = u.sha256))";

#[async_trait]
impl BlobLedger for SqliteStore {
    async fn pin(&self, lease: &Lease, blobs: &[Sha256]) -> Result<(), StoreError> {
        let (lease, blobs) = (lease.clone(), blobs.to_vec());
        self.writer.write(move |connection| pin(connection, &lease, &blobs)).await
    }

    async fn unneeded(&self, blobs: &[Sha256]) -> Result<Vec<Sha256>, StoreError> {
        let blobs = blobs.to_vec();
        self.readers
            .lists
            .run(move |connection| {
                let snapshot = connection.unchecked_transaction()?;
                let mut unneeded = Vec::new();
                for blob in blobs {
                    if !is_needed(&snapshot, &blob)? {
                        unneeded.push(blob);
                    }
                }
                Ok(unneeded)
            })
            .await
    }

    async fn mark(&self, blobs: &[Sha256], now: Timestamp) -> Result<u64, StoreError> {
        let blobs = blobs.to_vec();
        self.writer.write(move |connection| mark(connection, &blobs, now)).await
    }

    async fn condemn(&self, before: Timestamp) -> Result<Vec<Sha256>, StoreError> {
        self.writer.write(move |connection| condemn(connection, before)).await
    }

    async fn forget(&self, blobs: &[Sha256]) -> Result<(), StoreError> {
        let blobs = blobs.to_vec();
        self.writer
            .write(move |connection| {
                let mut forget = connection.prepare_cached(
                    "DELETE FROM unneeded_blobs WHERE sha256 = ?1 AND condemned = 1",
                )?;
                for blob in &blobs {
                    forget.execute([digest(blob)])?;
                }
                Ok(())
            })
            .await
    }
}

/// Lets go of everything that the job of this artifact relied on.
pub(super) fn unpin(connection: &Connection, artifact: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM pinned_blobs WHERE artifact = ?1")?
        .execute([artifact])?;
    Ok(())
}

/// Refuses a manifest that names a blob which is about to be gone.
pub(super) fn refuse_condemned(
    connection: &Connection,
    manifest: &Manifest,
) -> Result<(), StoreError> {
    refuse(connection, manifest.files().iter().filter_map(FileEntry::sha256))
}

fn refuse<'a>(
    connection: &Connection,
    blobs: impl IntoIterator<Item = &'a Sha256>,
) -> Result<(), StoreError> {
    let mut condemned = connection
        .prepare_cached("SELECT 1 FROM unneeded_blobs WHERE sha256 = ?1 AND condemned = 1")?;
    for blob in blobs {
        if condemned.exists([digest(blob)])? {
            return Err(StoreError::BeingCollected);
        }
    }
    Ok(())
}

fn pin(connection: &Connection, lease: &Lease, blobs: &[Sha256]) -> Result<(), StoreError> {
    let (number, _) = jobs::held(connection, lease)?;
    refuse(connection, blobs)?;
    let mut unmark = connection.prepare_cached("DELETE FROM unneeded_blobs WHERE sha256 = ?1")?;
    let mut pin = connection
        .prepare_cached("INSERT OR IGNORE INTO pinned_blobs (sha256, artifact) VALUES (?1, ?2)")?;
    for blob in blobs {
        unmark.execute([digest(blob)])?;
        pin.execute(params![digest(blob), number])?;
    }
    Ok(())
}

fn is_needed(connection: &Connection, blob: &Sha256) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {NEEDED} FROM (SELECT ?1 AS sha256) AS u"))?;
    Ok(statement.query_row([digest(blob)], |row| row.get(0))?)
}

fn mark(connection: &Connection, blobs: &[Sha256], now: Timestamp) -> Result<u64, StoreError> {
    let mut mark = connection.prepare_cached(
        "INSERT OR IGNORE INTO unneeded_blobs (sha256, marked_at) VALUES (?1, ?2)",
    )?;
    let mut unmark = connection
        .prepare_cached("DELETE FROM unneeded_blobs WHERE sha256 = ?1 AND condemned = 0")?;
    for blob in blobs {
        if is_needed(connection, blob)? {
            unmark.execute([digest(blob)])?;
        } else {
            mark.execute(params![digest(blob), nanoseconds(now)])?;
        }
    }
    let mut marked =
        connection.prepare_cached("SELECT count(*) FROM unneeded_blobs WHERE condemned = 0")?;
    Ok(marked.query_row([], |row| count(row, 0))?)
}

fn condemn(connection: &Connection, before: Timestamp) -> Result<Vec<Sha256>, StoreError> {
    connection
        .prepare_cached(&format!(
            "UPDATE unneeded_blobs SET condemned = 1 WHERE sha256 IN (SELECT u.sha256 \
             FROM unneeded_blobs u WHERE u.condemned = 0 AND u.marked_at < ?1 AND NOT {NEEDED} \
             ORDER BY u.marked_at LIMIT ?2)"
        ))?
        .execute(params![nanoseconds(before), CONDEMNED_AT_ONCE])?;
    let mut statement =
        connection.prepare_cached("SELECT sha256 FROM unneeded_blobs WHERE condemned = 1")?;
    let condemned = statement.query_map([], |row| sha256(row, 0))?;
    Ok(condemned.collect::<Result<_, _>>()?)
}
