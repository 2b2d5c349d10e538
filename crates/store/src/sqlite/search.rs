//! The search index: what it holds of each artifact, and what is found with it.

use super::SqliteStore;
use super::hunt::Hunt;
use super::writer::Group;
use crate::catalog::CatalogQuery;
use crate::contract::Search;
use crate::error::StoreError;
use crate::pattern::{SearchPattern, fold};
use async_trait::async_trait;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::time::Duration;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Artifact, ArtifactName, Page, PageRequest};

/// How many artifacts are indexed in one write when the index is made anew.
const INDEXED_AT_ONCE: u32 = 200;

#[async_trait]
impl Search for SqliteStore {
    async fn search(
        &self,
        pattern: &SearchPattern,
        page: &PageRequest,
        budget: Duration,
    ) -> Result<Option<Page<Artifact>>, StoreError> {
        let (after, skip) = match &page.start {
            PageStart::First => (None, 0),
            PageStart::Skip(count) => (None, *count),
            PageStart::After(cursor) => (Some(cursor.as_str()), 0),
        };
        let query = CatalogQuery { pattern: Some(pattern.clone()), ..CatalogQuery::default() };
        let hunt = Hunt::new(&query, after, page.limit)?.skipping(skip);
        let found = self.hunt(hunt, budget).await?;
        Ok(found.map(|page| page.map(|entry| entry.artifact)))
    }

    async fn rebuild_index(&self) -> Result<u64, StoreError> {
        self.writer
            .write(|connection| {
                let empty = "INSERT INTO search_index (search_index) VALUES ('delete-all')";
                connection.execute(empty, [])?;
                Ok(())
            })
            .await?;
        let (mut after, mut indexed) = (0, 0);
        loop {
            let some = self.writer.write(move |group| index_some(group, after)).await?;
            let Some((last, count)) = some else { return Ok(indexed) };
            after = last;
            indexed += count;
        }
    }
}

/// What is to be held of an artifact from now on.
pub(super) struct IndexChange {
    number: i64,
    /// Folded; nothing to forget it.
    text: Option<String>,
}

/// Makes all changes of a group, the last one of each artifact. They go by number, because FTS5
/// keeps them together only as long as numbers rise.
pub(super) fn change_index(
    connection: &Connection,
    changes: Vec<IndexChange>,
) -> rusqlite::Result<()> {
    let last: BTreeMap<_, _> =
        changes.into_iter().map(|change| (change.number, change.text)).collect();
    for (number, text) in last {
        match text {
            Some(text) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO search_index (rowid, text) VALUES (?1, ?2)",
                )?
                .execute(params![number, text])?,
            None => connection
                .prepare_cached("DELETE FROM search_index WHERE rowid = ?1")?
                .execute([number])?,
        };
    }
    Ok(())
}

/// Indexes the name of a new artifact.
pub(super) fn add_name(group: &Group<'_>, number: i64, name: &ArtifactName) {
    group.change_index(indexed(number, name.as_str(), None));
}

/// Keeps the README of an artifact, and indexes it with the name in place of what was indexed.
pub(super) fn add_text(
    group: &Group<'_>,
    number: i64,
    name: &ArtifactName,
    readme: Option<&str>,
) -> Result<(), StoreError> {
    let readme = readme.map(SearchPattern::searched);
    let changed = match readme {
        Some(text) => group
            .prepare_cached("INSERT OR REPLACE INTO readmes (artifact, text) VALUES (?1, ?2)")?
            .execute(params![number, text])?,
        None => {
            group.prepare_cached("DELETE FROM readmes WHERE artifact = ?1")?.execute([number])?
        }
    };
    if changed > 0 {
        group.change_index(indexed(number, name.as_str(), readme));
    }
    Ok(())
}

/// Takes an artifact out of the index.
pub(super) fn remove(group: &Group<'_>, number: i64) {
    group.change_index(IndexChange { number, text: None });
}

fn indexed(number: i64, name: &str, readme: Option<&str>) -> IndexChange {
    let text = fold(&format!("{name}\n{}", readme.unwrap_or_default()));
    IndexChange { number, text: Some(text) }
}

/// Indexes the artifacts that follow this number; gives the last of them and how many there were.
fn index_some(group: &Group<'_>, after: i64) -> Result<Option<(i64, u64)>, StoreError> {
    let mut statement = group.prepare_cached(
        "SELECT a.number, a.name, t.text FROM artifacts a LEFT JOIN readmes t \
         ON t.artifact = a.number WHERE a.number > ?1 ORDER BY a.number LIMIT ?2",
    )?;
    let mut rows = statement.query(params![after, INDEXED_AT_ONCE])?;
    let (mut last, mut count) = (None, 0);
    while let Some(row) = rows.next()? {
        let number = row.get(0)?;
        let (name, readme): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        group.change_index(indexed(number, &name, readme.as_deref()));
        last = Some(number);
        count += 1;
    }
    Ok(last.map(|number| (number, count)))
}
