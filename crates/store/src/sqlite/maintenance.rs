//! Looking after the store.

use super::{SqliteStore, revisions};
use crate::contract::Maintenance;
use crate::error::StoreError;
use crate::paging;
use async_trait::async_trait;
use rusqlite::params;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Page, PageRequest, Revision};

/// Children before parents, so that nothing cascades row by row.
const EMPTY: &str = "
    DELETE FROM pinned_blobs; DELETE FROM manifest_blobs; DELETE FROM unneeded_blobs;
    DELETE FROM edges; DELETE FROM pointer_moves; DELETE FROM readmes; DELETE FROM earlier_ratings;
    DELETE FROM revisions;
    DELETE FROM jobs; DELETE FROM artifacts; DELETE FROM audit_trail;
    INSERT INTO search_index (search_index) VALUES ('delete-all');";

#[async_trait]
impl Maintenance for SqliteStore {
    async fn probe(&self) -> Result<(), StoreError> {
        self.writer
            .write(|connection| {
                connection
                    .prepare_cached(
                        "INSERT INTO probes (only, number) VALUES (1, 1) \
                         ON CONFLICT (only) DO UPDATE SET number = number + 1",
                    )?
                    .execute([])?;
                Ok(())
            })
            .await?;
        self.readers.point(|connection| {
            let mut statement = connection.prepare_cached("SELECT number FROM probes")?;
            Ok(statement.query_row([], |_| Ok(()))?)
        })
    }

    async fn reset(&self) -> Result<(), StoreError> {
        self.writer.write(|connection| Ok(connection.execute_batch(EMPTY)?)).await
    }

    async fn all_revisions(&self, page: &PageRequest) -> Result<Page<Revision>, StoreError> {
        let (skip, after) = match &page.start {
            PageStart::First => (0, String::new()),
            PageStart::Skip(count) => (*count, String::new()),
            PageStart::After(cursor) => (0, cursor.clone()),
        };
        let limit = page.limit;
        let items = self
            .readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT {} FROM revisions r WHERE r.id > ?1 ORDER BY r.id LIMIT ?2 OFFSET ?3",
                    revisions::COLUMNS
                ))?;
                let values = params![after, i64::from(limit) + 1, skip];
                let found = statement.query_map(values, revisions::revision)?;
                Ok(found.collect::<Result<_, _>>()?)
            })
            .await?;
        Ok(paging::page_of(items, limit, |last: &Revision| last.id.0.clone()))
    }

    async fn close(&self) {
        self.writer.close().await;
    }
}
