//! Finding what matches. Candidates come from the search index where it leaves few of them, else in
//! the order that is wanted; what the query says of the text confirms them.

use super::SqliteStore;
use super::catalog::{ENTRY_COLUMN_COUNT, entry, entry_columns};
use super::conditions::{Conditions, in_order, order_by};
use crate::catalog::{CatalogOrder, CatalogQuery, Position};
use crate::error::StoreError;
use crate::paging;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter};
use std::time::{Duration, Instant};
use touchstone_domain::Page;
use touchstone_domain::catalog::CatalogEntry;

const NAME_COLUMN: usize = 2;
/// How long a hunt runs on the lane that most are over on. What takes longer goes on on a lane of
/// its own, so that a short one never waits for a long one.
const FIRST_TURN: Duration = Duration::from_millis(20);
/// How long it runs there before the next long one has its turn.
const LATER_TURN: Duration = Duration::from_millis(50);
/// More candidates than this are not sorted: so many match that a page is sooner full by looking at
/// all artifacts in the order that is wanted.
const MOST_SORTED: i64 = 2_000;
/// How many artifacts are looked at in that order before the time is.
const AT_ONCE: u32 = 100;

impl SqliteStore {
    /// Goes on hunting until the page is full or the time is used up. Waiting for a turn counts:
    /// nobody is answered later than the budget allows.
    pub(super) async fn hunt(
        &self,
        hunt: Hunt,
        budget: Duration,
    ) -> Result<Option<Page<CatalogEntry>>, StoreError> {
        match tokio::time::timeout(budget, self.finish(hunt)).await {
            Ok(found) => found.map(Some),
            Err(_used_up) => Ok(None),
        }
    }

    async fn finish(&self, mut hunt: Hunt) -> Result<Page<CatalogEntry>, StoreError> {
        let (limit, key) = (hunt.limit, hunt.query.order.key);
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
    query: CatalogQuery,
    conditions: Conditions,
    /// Where the page before ended.
    after: Option<Position>,
    limit: u32,
    skip: u32,
    /// Where it is; nothing before its first turn.
    course: Option<Course>,
    /// The first matches in the order that is wanted, one more than the page holds: it tells whether
    /// there is a next one.
    found: Vec<(Position, CatalogEntry)>,
    over: bool,
}

/// Where candidates come from, and how far they have been looked at.
enum Course {
    /// From the index, in order of creation: the query, and the number of the last one.
    Index(String, i64),
    /// All artifacts in the order that is wanted: where the last one stands.
    Order(Option<Position>),
}

impl Hunt {
    pub(super) fn new(
        query: &CatalogQuery,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            query: query.clone(),
            conditions: Conditions::of(query)?,
            after: after.map(|cursor| Position::read(cursor, query.order.key)),
            limit,
            skip: 0,
            course: None,
            found: Vec::new(),
            over: false,
        })
    }

    /// The same, without the first so many matches.
    pub(super) fn skipping(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// Looks at candidates until the page is full, there are no more, or the turn is over.
    fn go_on(mut self, connection: &Connection, turn: Duration) -> Result<Self, StoreError> {
        let end = Instant::now() + turn;
        let mut course = match self.course.take() {
            Some(course) => course,
            None => self.first_course(connection)?,
        };
        while !self.over && Instant::now() < end {
            course = match course {
                Course::Index(query, number) => self.go_by_index(connection, query, number, end)?,
                Course::Order(after) => self.go_in_order(connection, after)?,
            };
        }
        self.course = Some(course);
        Ok(self)
    }

    fn first_course(&self, connection: &Connection) -> Result<Course, StoreError> {
        let in_order = Course::Order(self.after.clone());
        let query = self.query.pattern.as_ref().and_then(|pattern| pattern.index_query());
        let Some(query) = query.map(str::to_owned) else { return Ok(in_order) };
        if self.follows_creation() {
            let after = self.after.as_ref().map(|after| number_at(connection, &after.id));
            return Ok(Course::Index(query, after.transpose()?.unwrap_or(0)));
        }
        let candidates: i64 = connection
            .prepare_cached(
                "SELECT count(*) FROM \
                 (SELECT 1 FROM search_index WHERE search_index MATCH ?1 LIMIT ?2)",
            )?
            .query_row((&query, MOST_SORTED + 1), |row| row.get(0))?;
        Ok(if candidates > MOST_SORTED { in_order } else { Course::Index(query, 0) })
    }

    /// Whether the index gives candidates in the order that is wanted. In any other order all of
    /// them have to be seen.
    fn follows_creation(&self) -> bool {
        self.query.order == CatalogOrder::default()
    }

    fn go_by_index(
        &mut self,
        connection: &Connection,
        query: String,
        mut number: i64,
        end: Instant,
    ) -> Result<Course, StoreError> {
        let mut values = vec![number.into(), query.clone().into()];
        let conditions = self.conditions.bind(&mut values);
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {}, t.text, a.number FROM search_index s \
             CROSS JOIN artifacts a ON a.number = s.rowid \
             LEFT JOIN readmes t ON t.artifact = a.number \
             WHERE s.search_index MATCH ?2 AND s.rowid > ?1{conditions} ORDER BY s.rowid",
            entry_columns()
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        while Instant::now() < end {
            let Some(row) = rows.next()? else {
                self.over = true;
                break;
            };
            number = row.get(ENTRY_COLUMN_COUNT + 1)?;
            self.look_at(row)?;
            if self.follows_creation() && self.is_full() {
                self.over = true;
                break;
            }
        }
        Ok(Course::Index(query, number))
    }

    /// Looks at the next few artifacts. Without a pattern the first that are seen fill the page.
    fn go_in_order(
        &mut self,
        connection: &Connection,
        after: Option<Position>,
    ) -> Result<Course, StoreError> {
        let order = self.query.order;
        let (at_once, text) = match self.query.pattern {
            Some(_) => (AT_ONCE, "t.text"),
            None => (self.limit + 1, "NULL"),
        };
        let mut values = vec![Value::from(i64::from(at_once))];
        let kinds = &self.query.kinds;
        let page = in_order(kinds, &self.conditions, order, after, &mut values);
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {}, {text} FROM ({page}) AS page JOIN artifacts a ON a.id = page.id \
             LEFT JOIN readmes t ON t.artifact = a.number ORDER BY {}",
            entry_columns(),
            order_by(order)
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut seen, mut last) = (0, None);
        while let Some(row) = rows.next()? {
            seen += 1;
            last = Some(self.look_at(row)?);
            if self.is_full() {
                break;
            }
        }
        self.over = self.is_full() || seen < at_once;
        Ok(Course::Order(last))
    }

    fn is_full(&self) -> bool {
        self.found.len() > self.limit as usize
    }

    /// Keeps the artifact where it matches, and says where it stands.
    fn look_at(&mut self, row: &Row<'_>) -> rusqlite::Result<Position> {
        let name = row.get_ref(NAME_COLUMN)?.as_str()?;
        let readme = row.get_ref(ENTRY_COLUMN_COUNT)?.as_str_or_null()?;
        let matches = self.query.pattern.as_ref().is_none_or(|pattern| pattern.is_in(name, readme));
        let entry = entry(row)?;
        let position = Position::of(&entry, self.query.order.key);
        if matches && self.skip > 0 {
            self.skip -= 1;
        } else if matches {
            self.keep(position.clone(), entry);
        }
        Ok(position)
    }

    fn keep(&mut self, position: Position, entry: CatalogEntry) {
        let order = self.query.order;
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
