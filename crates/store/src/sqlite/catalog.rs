//! Browsing. Without a pattern a page is read in order from an index, each type apart and then
//! merged; with one it is a search whose candidates must meet the conditions too.

use super::SqliteStore;
use super::artifacts::{COLUMN_COUNT, COLUMNS, artifact};
use super::columns::{count, kind_code, to_json};
use super::search::Hunt;
use crate::catalog::{
    Bounds, Catalog, CatalogKey, CatalogOrder, CatalogQuery, Position, SortValue, bin,
};
use crate::error::StoreError;
use crate::paging;
use async_trait::async_trait;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary, LabelCounts, Labels, StatusWord};
use touchstone_domain::{ArtifactType, Page, Rating};

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
        let conditions = Conditions::of(query)?;
        let order = query.order;
        let after = after.map(|cursor| Position::read(cursor, order.key));
        let page = async {
            let Some(pattern) = &query.pattern else {
                let kinds = query.kinds.clone();
                let read = move |connection: &Connection| {
                    in_order(connection, &kinds, &conditions, order, after, limit)
                };
                return self.readers.searches.run(read).await;
            };
            let conditions = conditions.and_kinds(&query.kinds)?;
            self.hunt(Hunt::new(pattern, conditions, order, after, limit)).await
        };
        match tokio::time::timeout(budget, page).await {
            Ok(page) => page.map(Some),
            Err(_used_up) => Ok(None),
        }
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
        .prepare_cached(
            "UPDATE artifacts SET license = ?2, task = ?3, library = ?4, size_bytes = ?5 \
             WHERE number = ?1",
        )?
        .execute(params![
            number,
            labels.license,
            labels.task,
            labels.library,
            i64::try_from(size_bytes).unwrap_or(i64::MAX),
        ])?;
    list_scores(connection, number, rating)
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

/// Conditions in this module's own words, with the values that are bound to them.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions(Vec<(String, Value)>);

/// Stands in a condition where its value goes.
const VALUE: &str = "{value}";

impl Conditions {
    fn of(query: &CatalogQuery) -> Result<Self, StoreError> {
        let mut conditions = Self::default();
        let statuses: Vec<_> = query.statuses.iter().map(|status| status_code(*status)).collect();
        conditions.any_of("a.status", &statuses)?;
        conditions.any_of("a.license", &query.licenses)?;
        conditions.any_of("a.task", &query.tasks)?;
        conditions.any_of("a.library", &query.libraries)?;
        let bytes = |bound: Option<u64>| bound.map(|at| i64::try_from(at).unwrap_or(i64::MAX));
        let Bounds { at_least, at_most } = query.size_bytes;
        let size = Bounds { at_least: bytes(at_least), at_most: bytes(at_most) };
        conditions.within("a.size_bytes", size);
        conditions.within("a.net_score", query.net_score);
        for (metric, bounds) in &query.scores {
            conditions.within(&format!("a.scores ->> '{}'", metric.as_str()), *bounds);
        }
        Ok(conditions)
    }

    fn and_kinds(mut self, kinds: &[ArtifactType]) -> Result<Self, StoreError> {
        let kinds: Vec<_> = kinds.iter().map(|kind| kind_code(*kind)).collect();
        self.any_of("a.kind", &kinds)?;
        Ok(self)
    }

    fn any_of<T: Serialize>(&mut self, column: &str, values: &[T]) -> Result<(), StoreError> {
        if !values.is_empty() {
            let condition = format!("{column} IN (SELECT value FROM json_each({VALUE}))");
            self.0.push((condition, to_json(&values)?.into()));
        }
        Ok(())
    }

    fn within<T: Into<Value>>(&mut self, column: &str, bounds: Bounds<T>) {
        let ends = [(">=", bounds.at_least), ("<=", bounds.at_most)];
        for (relation, end) in ends {
            if let Some(end) = end {
                self.0.push((format!("{column} {relation} {VALUE}"), end.into()));
            }
        }
    }

    /// The conditions, each after an AND; their values are added to those that are bound already.
    pub(super) fn bind(&self, values: &mut Vec<Value>) -> String {
        let mut words = String::new();
        for (condition, value) in &self.0 {
            values.push(value.clone());
            words.push_str(" AND ");
            words.push_str(&condition.replace(VALUE, &format!("?{}", values.len())));
        }
        words
    }
}

/// The expression that is sorted by before the id, as an index holds it.
const fn sorted_by(key: CatalogKey) -> Option<&'static str> {
    match key {
        CatalogKey::Created => None,
        CatalogKey::Name => Some("a.folded_name"),
        CatalogKey::NetScore => Some("coalesce(a.net_score, -1)"),
        CatalogKey::Size => Some("coalesce(a.size_bytes, -1)"),
    }
}

/// The condition of standing behind a position.
fn behind(position: Position, order: CatalogOrder, values: &mut Vec<Value>) -> String {
    let relation = if order.descending { '<' } else { '>' };
    let value = match position.value {
        SortValue::None => None,
        SortValue::Text(text) => Some(Value::from(text)),
        SortValue::Number(number) => Some(Value::from(number)),
    };
    if let (Some(expression), Some(value)) = (sorted_by(order.key), value) {
        values.extend([value, position.id.into()]);
        let count = values.len();
        format!(" AND ({expression}, a.id) {relation} (?{}, ?{count})", count - 1)
    } else {
        values.push(position.id.into());
        format!(" AND a.id {relation} ?{}", values.len())
    }
}

/// A page without a pattern.
fn in_order(
    connection: &Connection,
    kinds: &[ArtifactType],
    conditions: &Conditions,
    order: CatalogOrder,
    after: Option<Position>,
    limit: u32,
) -> Result<Page<CatalogEntry>, StoreError> {
    let mut values = vec![Value::from(i64::from(limit) + 1)];
    let mut wanted = conditions.bind(&mut values);
    if let Some(after) = after {
        wanted.push_str(&behind(after, order, &mut values));
    }
    let kinds: BTreeSet<_> =
        if kinds.is_empty() { &ArtifactType::ALL } else { kinds }.iter().collect();
    let key =
        sorted_by(order.key).map_or(String::new(), |expression| format!("{expression} AS key, "));
    let branches: Vec<_> = kinds
        .into_iter()
        .map(|kind| {
            let kind = kind_code(*kind);
            format!("SELECT {key}a.id AS id FROM artifacts a WHERE a.kind = {kind}{wanted}")
        })
        .collect();
    let direction = if order.descending { " DESC" } else { "" };
    let sort = |key: &str, id: &str| match key {
        "" => format!("{id}{direction}"),
        key => format!("{key}{direction}, {id}{direction}"),
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} FROM ({} ORDER BY {} LIMIT ?1) AS page \
         JOIN artifacts a ON a.id = page.id ORDER BY {}",
        entry_columns(),
        branches.join(" UNION ALL "),
        sort(if key.is_empty() { "" } else { "key" }, "id"),
        sort(sorted_by(order.key).unwrap_or_default(), "a.id"),
    ))?;
    let items = statement.query_map(params_from_iter(values), entry)?.collect::<Result<_, _>>()?;
    Ok(paging::page_of(items, limit, |last| Position::of(last, order.key).cursor()))
}

const fn status_code(status: StatusWord) -> i64 {
    match status {
        StatusWord::Pending => 0,
        StatusWord::Ready => 1,
        StatusWord::Failed => 2,
    }
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
