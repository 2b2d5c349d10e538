//! Artifacts: their rows, lists and changes.

use super::columns::{count, json, kind, kind_code, nanoseconds, time, to_json, word};
use super::writer::Group;
use super::{SqliteStore, jobs, listing, search};
use crate::contract::{Artifacts, Counts, ListQuery, NewArtifact, Repoint};
use crate::error::StoreError;
use crate::held_job::HeldJob;
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};
use touchstone_domain::revision::RevisionId;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactStatus, ArtifactType, Page, PageRequest, Source, Timestamp,
};

/// What [`artifact`] reads, of a table called `a`.
pub(super) const COLUMNS: &str = "a.id, a.kind, a.name, a.url, a.source, a.status, a.reason, a.current, a.created_at, a.updated_at";
/// How many columns that is: where a query's own columns begin.
pub(super) const COLUMN_COUNT: usize = 10;

#[async_trait]
impl Artifacts for SqliteStore {
    async fn register(&self, new: NewArtifact) -> Result<(), StoreError> {
        self.writer.write(move |connection| register(connection, &new)).await
    }

    async fn artifact(&self, id: &ArtifactId) -> Result<Option<Artifact>, StoreError> {
        self.readers.point(|connection| {
            let statement = format!("SELECT {COLUMNS} FROM artifacts a WHERE a.id = ?1");
            let mut statement = connection.prepare_cached(&statement)?;
            Ok(statement.query_row([id.as_str()], artifact).optional()?)
        })
    }

    async fn artifacts(&self, ids: &[ArtifactId]) -> Result<Vec<Artifact>, StoreError> {
        let ids = to_json(&ids)?;
        let statement = format!(
            "SELECT {COLUMNS} FROM artifacts a \
             WHERE a.id IN (SELECT value FROM json_each(?1)) ORDER BY a.id"
        );
        self.readers.lists.run(move |connection| all(connection, &statement, &ids)).await
    }

    async fn by_sources(&self, canonical: &[String]) -> Result<Vec<Artifact>, StoreError> {
        let canonical = to_json(&canonical)?;
        let statement = format!(
            "SELECT {COLUMNS} FROM artifacts a \
             WHERE a.canonical IN (SELECT value FROM json_each(?1)) ORDER BY a.id"
        );
        self.readers.lists.run(move |connection| all(connection, &statement, &canonical)).await
    }

    async fn list(
        &self,
        query: &ListQuery,
        page: &PageRequest,
    ) -> Result<Page<Artifact>, StoreError> {
        let (query, page) = (query.clone(), page.clone());
        self.readers.lists.run(move |connection| listing::page(connection, &query, &page)).await
    }

    async fn repoint(&self, change: Repoint) -> Result<(), StoreError> {
        self.writer.write(move |connection| repoint(connection, change)).await
    }

    async fn delete(&self, id: &ArtifactId) -> Result<bool, StoreError> {
        let id = id.clone();
        self.writer
            .write(move |connection| {
                let Some(number) = number(connection, &id)? else { return Ok(false) };
                search::remove(connection, number);
                connection
                    .prepare_cached("DELETE FROM artifacts WHERE number = ?1")?
                    .execute([number])?;
                Ok(true)
            })
            .await
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        self.readers.lists.run(counts).await
    }
}

/// Reads the columns of [`COLUMNS`].
pub(super) fn artifact(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    let status = match row.get(5)? {
        0 => ArtifactStatus::Pending,
        1 => ArtifactStatus::Ready,
        _ => {
            ArtifactStatus::Failed { reason: row.get::<_, Option<String>>(6)?.unwrap_or_default() }
        }
    };
    Ok(Artifact {
        id: word(row, 0)?,
        kind: kind(row, 1)?,
        name: word(row, 2)?,
        url: row.get(3)?,
        source: json(row, 4)?,
        status,
        current: row.get::<_, Option<String>>(7)?.map(RevisionId),
        created_at: time(row, 8)?,
        updated_at: time(row, 9)?,
    })
}

/// The number under which other tables know an artifact.
pub(super) fn number(connection: &Connection, id: &ArtifactId) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT number FROM artifacts WHERE id = ?1")?;
    Ok(statement.query_row([id.as_str()], |row| row.get(0)).optional()?)
}

/// Refuses a source that an artifact of this type holds, other than the one with this number.
pub(super) fn refuse_taken_source(
    connection: &Connection,
    kind: ArtifactType,
    source: &Source,
    number: i64,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM artifacts WHERE canonical = ?1 AND kind = ?2 AND number <> ?3",
    )?;
    let values = params![source.canonical(), kind_code(kind), number];
    match statement.query_row(values, |row| word(row, 0)).optional()? {
        Some(existing) => Err(StoreError::Conflict { existing }),
        None => Ok(()),
    }
}

/// Changes the status of an artifact that has nothing to serve yet.
pub(super) fn set_unpublished(
    connection: &Connection,
    number: i64,
    status: &ArtifactStatus,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (code, reason) = status_columns(status);
    connection
        .prepare_cached(
            "UPDATE artifacts SET status = ?2, reason = ?3, updated_at = ?4 \
             WHERE number = ?1 AND current IS NULL",
        )?
        .execute(params![number, code, reason, nanoseconds(now)])?;
    Ok(())
}

fn status_columns(status: &ArtifactStatus) -> (i64, Option<&str>) {
    match status {
        ArtifactStatus::Pending => (0, None),
        ArtifactStatus::Ready => (1, None),
        ArtifactStatus::Failed { reason } => (2, Some(reason)),
    }
}

fn register(connection: &Group<'_>, new: &NewArtifact) -> Result<(), StoreError> {
    let artifact = &new.artifact;
    refuse_taken_source(connection, artifact.kind, &artifact.source, 0)?;
    if number(connection, &artifact.id)?.is_some() {
        return Err(StoreError::Conflict { existing: artifact.id.clone() });
    }
    let (status, reason) = status_columns(&artifact.status);
    connection
        .prepare_cached(
            "INSERT INTO artifacts (id, kind, name, folded_name, url, source, canonical, status, \
             reason, current, created_at, updated_at) VALUES (:id, :kind, :name, :folded_name, \
             :url, :source, :canonical, :status, :reason, :current, :created_at, :updated_at)",
        )?
        .execute(named_params! {
            ":id": artifact.id.as_str(),
            ":kind": kind_code(artifact.kind),
            ":name": artifact.name.as_str(),
            ":folded_name": artifact.name.folded(),
            ":url": artifact.url,
            ":source": to_json(&artifact.source)?,
            ":canonical": artifact.source.canonical(),
            ":status": status,
            ":reason": reason,
            ":current": artifact.current.as_ref().map(|current| &current.0),
            ":created_at": nanoseconds(artifact.created_at),
            ":updated_at": nanoseconds(artifact.updated_at),
        })?;
    let number = connection.last_insert_rowid();
    jobs::save(connection, number, &HeldJob::waiting(new.job.clone()))?;
    search::add_name(connection, number, &artifact.name);
    super::audit::append(connection, &new.entry)
}

fn repoint(connection: &Connection, change: Repoint) -> Result<(), StoreError> {
    let found = connection
        .prepare_cached("SELECT number, kind FROM artifacts WHERE id = ?1")?
        .query_row([change.artifact.as_str()], |row| Ok((row.get(0)?, kind(row, 1)?)))
        .optional()?;
    let (number, kind) = found.ok_or(StoreError::NotFound)?;
    refuse_taken_source(connection, kind, &change.source, number)?;
    let now = change.job.updated_at;
    connection
        .prepare_cached(
            "UPDATE artifacts SET url = ?2, source = ?3, canonical = ?4, updated_at = ?5 \
             WHERE number = ?1",
        )?
        .execute(params![
            number,
            change.url,
            to_json(&change.source)?,
            change.source.canonical(),
            nanoseconds(now),
        ])?;
    set_unpublished(connection, number, &ArtifactStatus::Pending, now)?;
    let mut job = change.job;
    job.generation = 1 + jobs::load(connection, number)?.map_or(0, |last| last.job.generation);
    super::ledger::unpin(connection, number)?;
    jobs::save(connection, number, &HeldJob::waiting(job))?;
    super::audit::append(connection, &change.entry)
}

fn all(
    connection: &Connection,
    statement: &str,
    values: &str,
) -> Result<Vec<Artifact>, StoreError> {
    let mut statement = connection.prepare_cached(statement)?;
    let found = statement.query_map([values], artifact)?.collect::<Result<_, _>>()?;
    Ok(found)
}

fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let mut by_type: Vec<_> = ArtifactType::ALL.map(|kind| (kind, 0, 0, 0)).into();
    let mut statement =
        connection.prepare_cached("SELECT kind, status, count(*) FROM artifacts GROUP BY 1, 2")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, status, number) = (kind(row, 0)?, row.get::<_, i64>(1)?, count(row, 2)?);
        for counted in by_type.iter_mut().filter(|counted| counted.0 == kind) {
            match status {
                0 => counted.1 = number,
                1 => counted.2 = number,
                _ => counted.3 = number,
            }
        }
    }
    Ok(Counts { by_type })
}
