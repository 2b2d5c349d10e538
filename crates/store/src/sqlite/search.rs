//! Search by regular expression: the index gives candidates, the expression confirms them.

use super::SqliteStore;
use super::catalog::{Conditions, ENTRY_COLUMN_COUNT, entry, entry_columns};
use super::writer::Group;
use crate::catalog::{CatalogKey, CatalogOrder, Position};
use crate::contract::Search;
use crate::error::StoreError;
use crate::paging;
use crate::pattern::{SearchPattern, fold};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use touchstone_domain::catalog::CatalogEntry;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Artifact, ArtifactName, Page, PageRequest};

const NAME_COLUMN: usize = 2;
const INDEXED: &str = "FROM search_index s CROSS JOIN artifacts a ON a.number = s.rowid \
                       LEFT JOIN readmes t ON t.artifact = a.number \
                       WHERE s.search_index MATCH ?2 AND s.rowid > ?1";
const EVERYTHING: &str = "FROM artifacts a LEFT JOIN readmes t ON t.artifact = a.number \
                          WHERE ?2 IS NULL AND a.number > ?1";
/// How long a search runs on the lane that most are over on. What takes longer goes on on a lane of
/// its own, so that a short search never waits for a long one.
const FIRST_TURN: Duration = Duration::from_millis(20);
/// How long it runs there before the next long one has its turn.
const LATER_TURN: Duration = Duration::from_millis(50);
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
        // Waiting for a turn counts: nobody is answered later than the budget allows.
        let (after, skip) = match &page.start {
            PageStart::First => (None, 0),
            PageStart::Skip(count) => (None, *count),
            PageStart::After(cursor) => (Some(Position::read(cursor, CatalogKey::Created)), 0),
        };
        let order = CatalogOrder::default();
        let hunt = Hunt::new(pattern, Conditions::default(), order, after, page.limit);
        let hunt = Hunt { skip, ..hunt };
        let found = tokio::time::timeout(budget, self.hunt(hunt)).await;
        let Ok(found) = found else { return Ok(None) };
        Ok(Some(found?.map(|entry| entry.artifact)))
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

impl SqliteStore {
    pub(super) async fn hunt(&self, mut hunt: Hunt) -> Result<Page<CatalogEntry>, StoreError> {
        let (limit, key) = (hunt.limit, hunt.order.key);
        let first = move |connection: &Connection| hunt.go_on(connection, FIRST_TURN);
        hunt = self.readers.searches.run(first).await?;
        while !hunt.over {
            let later = move |connection: &Connection| hunt.go_on(connection, LATER_TURN);
            hunt = self.readers.long_searches.run(later).await?;
        }
        let found = hunt.found.into_iter().map(|(_, entry)| entry).collect();
        Ok(paging::page_of(found, limit, |last| Position::of(last, key).cursor()))
    }
}

/// A search under way.
pub(super) struct Hunt {
    pattern: SearchPattern,
    conditions: Conditions,
    order: CatalogOrder,
    /// Where the page before ended.
    after: Option<Position>,
    limit: u32,
    skip: u32,
    /// The artifact that was looked at last.
    number: Option<i64>,
    /// The first matches in the order that is wanted, one more than the page holds: it tells whether
    /// there is a next one.
    found: Vec<(Position, CatalogEntry)>,
    over: bool,
}

impl Hunt {
    pub(super) fn new(
        pattern: &SearchPattern,
        conditions: Conditions,
        order: CatalogOrder,
        after: Option<Position>,
        limit: u32,
    ) -> Self {
        Self {
            pattern: pattern.clone(),
            conditions,
            order,
            after,
            limit,
            skip: 0,
            number: None,
            found: Vec::new(),
            over: false,
        }
    }

    /// Candidates come in order of creation: in any other order all of them have to be seen.
    fn comes_sorted(&self) -> bool {
        self.order == CatalogOrder::default()
    }

    /// Looks at candidates until the page is full, there are no more, or the turn is over.
    fn go_on(mut self, connection: &Connection, turn: Duration) -> Result<Self, StoreError> {
        let begun = Instant::now();
        let number = match (self.number, &self.after) {
            (Some(number), _) => number,
            (None, Some(after)) if self.comes_sorted() => number_at(connection, &after.id)?,
            (None, _) => 0,
        };
        let index_query = self.pattern.index_query().map(str::to_owned);
        let candidates = if index_query.is_some() { INDEXED } else { EVERYTHING };
        let mut values = vec![number.into(), index_query.into()];
        let conditions = self.conditions.bind(&mut values);
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {}, a.number, t.text {candidates}{conditions} ORDER BY a.number",
            entry_columns()
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        while begun.elapsed() < turn {
            let Some(row) = rows.next()? else {
                self.over = true;
                break;
            };
            self.number = Some(row.get(ENTRY_COLUMN_COUNT)?);
            self.look_at(row)?;
            if self.comes_sorted() && self.found.len() > self.limit as usize {
                self.over = true;
                break;
            }
        }
        drop(rows);
        drop(statement);
        Ok(self)
    }

    fn look_at(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let name = row.get_ref(NAME_COLUMN)?.as_str()?;
        let readme = row.get_ref(ENTRY_COLUMN_COUNT + 1)?.as_str_or_null()?;
        if !self.pattern.is_in(name, readme) {
            return Ok(());
        }
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        let entry = entry(row)?;
        self.keep(Position::of(&entry, self.order.key), entry);
        Ok(())
    }

    fn keep(&mut self, position: Position, entry: CatalogEntry) {
        let order = self.order;
        let follows = |after: &Position| order.compare(&position, after).is_gt();
        if !self.after.as_ref().is_none_or(follows) {
            return;
        }
        let place = self.found.partition_point(|(kept, _)| order.compare(kept, &position).is_lt());
        self.found.insert(place, (position, entry));
        self.found.truncate(self.limit as usize + 1);
    }
}

/// The number of the artifact with this id, or of the one before where it is gone.
fn number_at(connection: &Connection, id: &str) -> Result<i64, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT number FROM artifacts WHERE id <= ?1 ORDER BY id DESC LIMIT 1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?.unwrap_or(0))
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
