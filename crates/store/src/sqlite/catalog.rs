//! Browsing: what a catalogue shows of each artifact, and counts over the whole of it.

use super::SqliteStore;
use super::artifacts::{COLUMN_COUNT, COLUMNS, artifact};
use super::columns::{count, kind_code, to_json};
use super::hunt::Hunt;
use crate::catalog::{Catalog, CatalogQuery, bin};
use crate::error::StoreError;
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::collections::BTreeMap;
use std::time::Duration;
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary, LabelCounts, Labels};
use touchstone_domain::{ArtifactId, ArtifactType, Page, Rating};

/// What [`entry`] reads, of a table called `a`.
pub(super) fn entry_columns() -> String {
    format!("{COLUMNS}, a.license, a.task, a.library, a.size_bytes, a.net_score, a.scores")
}

/// How many columns that is: where a query's own columns begin.
pub(super) const ENTRY_COLUMN_COUNT: usize = COLUMN_COUNT + 6;

#[async_trait]
impl Catalog for SqliteStore {
    async fn browse(
        &self,
        query: &CatalogQuery,
        after: Option<&str>,
        limit: u32,
        budget: Duration,
    ) -> Result<Option<Page<CatalogEntry>>, StoreError> {
        self.hunt(Hunt::new(query, after, limit)?, budget).await
    }

    async fn entry(&self, id: &ArtifactId) -> Result<Option<CatalogEntry>, StoreError> {
        self.readers.point(|connection| {
            let columns = entry_columns();
            let statement = format!("SELECT {columns} FROM artifacts a WHERE a.id = ?1");
            let mut statement = connection.prepare_cached(&statement)?;
            Ok(statement.query_row([id.as_str()], entry).optional()?)
        })
    }

    async fn summary(&self) -> Result<CatalogSummary, StoreError> {
        self.readers
            .searches
            .run(|connection| {
                Ok(CatalogSummary {
                    net_scores: net_scores(connection)?,
                    licenses: values_of(connection, "license")?,
                    tasks: values_of(connection, "task")?,
                    libraries: values_of(connection, "library")?,
                })
            })
            .await
    }
}

/// Reads the columns of [`entry_columns`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<CatalogEntry> {
    let scores: Option<String> = row.get(COLUMN_COUNT + 5)?;
    Ok(CatalogEntry {
        artifact: artifact(row)?,
        labels: Labels {
            license: row.get(COLUMN_COUNT)?,
            task: row.get(COLUMN_COUNT + 1)?,
            library: row.get(COLUMN_COUNT + 2)?,
        },
        size_bytes: row.get::<_, Option<i64>>(COLUMN_COUNT + 3)?.map(i64::unsigned_abs),
        net_score: row.get(COLUMN_COUNT + 4)?,
        // A metric that this version does not know is left out with the others of its row.
        scores: scores.and_then(|scores| serde_json::from_str(&scores).ok()).unwrap_or_default(),
    })
}

/// Writes what the catalogue shows of the revision that is served from now on.
pub(super) fn list(
    connection: &Connection,
    number: i64,
    labels: &Labels,
    size_bytes: u64,
    rating: Option<&Rating>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE artifacts SET size_bytes = ?2 WHERE number = ?1")?
        .execute(params![number, i64::try_from(size_bytes).unwrap_or(i64::MAX)])?;
    list_labels(connection, number, labels)?;
    list_scores(connection, number, rating)
}

/// Writes what the revision that is served is found by.
pub(super) fn list_labels(
    connection: &Connection,
    number: i64,
    labels: &Labels,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE artifacts SET license = ?2, task = ?3, library = ?4 WHERE number = ?1",
        )?
        .execute(params![number, labels.license, labels.task, labels.library])?;
    Ok(())
}

/// Writes how the revision that is served scores.
pub(super) fn list_scores(
    connection: &Connection,
    number: i64,
    rating: Option<&Rating>,
) -> Result<(), StoreError> {
    let scores = rating.map(|rating| {
        rating.metrics.iter().map(|one| (one.metric, one.score)).collect::<BTreeMap<_, _>>()
    });
    connection
        .prepare_cached("UPDATE artifacts SET net_score = ?2, scores = ?3 WHERE number = ?1")?
        .execute(params![
            number,
            rating.map(|rating| rating.net_score),
            scores.as_ref().map(to_json).transpose()?,
        ])?;
    Ok(())
}

fn net_scores(connection: &Connection) -> Result<[u64; CatalogSummary::BINS], StoreError> {
    let mut bins = [0; CatalogSummary::BINS];
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(net_score, -1) FROM artifacts WHERE kind = ?1 AND coalesce(net_score, -1) >= 0",
    )?;
    let mut rows = statement.query([kind_code(ArtifactType::Model)])?;
    while let Some(row) = rows.next()? {
        if let Some(counted) = bins.get_mut(bin(row.get(0)?)) {
            *counted += 1;
        }
    }
    Ok(bins)
}

/// The commonest values of a column that has an index of its own.
fn values_of(connection: &Connection, column: &str) -> Result<LabelCounts, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {column}, count(*) FROM artifacts WHERE {column} IS NOT NULL \
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {}",
        CatalogSummary::MOST_VALUES
    ))?;
    let values = statement.query_map([], |row| Ok((row.get(0)?, count(row, 1)?)))?;
    Ok(values.collect::<Result<_, _>>()?)
}
