//! Revisions: immutable once published.

use super::SqliteStore;
use super::columns::{digest, document, nanoseconds, time, to_document, to_json};
use super::writer::Group;
use super::{artifacts, audit, catalog, jobs, ledger, ratings, search};
use crate::contract::{Publication, RevisionSummary, Revisions};
use crate::error::StoreError;
use crate::ratings::RatingRecord;
use async_trait::async_trait;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::borrow::Cow;
use touchstone_domain::job::Lease;
use touchstone_domain::lineage::Edge;
use touchstone_domain::rating::RatingLatency;
use touchstone_domain::revision::PointerMove;
use touchstone_domain::{ArtifactId, FileEntry, Manifest, Rating, Revision, RevisionId};

/// What [`revision`] reads, of a table called `r`.
pub(super) const COLUMNS: &str = "r.revision, r.manifest";

#[async_trait]
impl Revisions for SqliteStore {
    async fn publish(&self, lease: &Lease, publication: Publication) -> Result<(), StoreError> {
        let lease = lease.clone();
        self.writer.write(move |connection| publish(connection, &lease, &publication)).await
    }

    async fn revisions(&self, artifact: &ArtifactId) -> Result<Vec<RevisionSummary>, StoreError> {
        let id = artifact.clone();
        self.readers.lists.run(move |connection| summaries(connection, &id)).await
    }

    async fn revision(&self, id: &RevisionId) -> Result<Option<Revision>, StoreError> {
        let statement = format!("SELECT {COLUMNS} FROM revisions r WHERE r.id = ?1");
        self.one(id, statement, |row| revision(row).map(Some)).await
    }

    async fn pointer_moves(&self, artifact: &ArtifactId) -> Result<Vec<PointerMove>, StoreError> {
        let id = artifact.clone();
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT m.at, m.by, m.revision FROM pointer_moves m JOIN artifacts a \
                     ON a.number = m.artifact WHERE a.id = ?1 ORDER BY m.position",
                )?;
                let moves = statement.query_map([id.as_str()], |row| {
                    let revision = RevisionId(row.get(2)?);
                    Ok(PointerMove { at: time(row, 0)?, by: row.get(1)?, revision })
                })?;
                Ok(moves.collect::<Result<_, _>>()?)
            })
            .await
    }
}

impl SqliteStore {
    /// One thing of one revision. Runs where it may block: manifests and facts can be large.
    pub(super) async fn one<T: Send + 'static>(
        &self,
        id: &RevisionId,
        statement: String,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<Option<T>> + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let id = id.clone();
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(&statement)?;
                Ok(statement.query_row([id.0], read).optional()?.flatten())
            })
            .await
    }
}

/// Reads the columns of [`COLUMNS`].
pub(super) fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    let mut revision: Revision = document(row, 0)?;
    revision.manifest = document(row, 1)?;
    Ok(revision)
}

fn summaries(
    connection: &Connection,
    artifact: &ArtifactId,
) -> Result<Vec<RevisionSummary>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, r.net_score, CASE WHEN r.id = a.current THEN (SELECT max(m.at) \
         FROM pointer_moves m WHERE m.artifact = a.number AND m.position = (SELECT max(position) \
         FROM pointer_moves WHERE artifact = a.number)) END \
         FROM revisions r JOIN artifacts a ON a.number = r.artifact \
         WHERE a.id = ?1 ORDER BY r.id DESC"
    ))?;
    let found = statement.query_map([artifact.as_str()], |row| {
        Ok(RevisionSummary {
            revision: revision(row)?,
            net_score: row.get(2)?,
            current_since: row.get::<_, Option<i64>>(3)?.map(|_| time(row, 3)).transpose()?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn publish(
    connection: &Group<'_>,
    lease: &Lease,
    publication: &Publication,
) -> Result<(), StoreError> {
    let (number, mut job) = jobs::held(connection, lease)?;
    let revision = &publication.revision;
    let at = revision.published_at;
    let artifact = connection
        .prepare_cached(&format!(
            "SELECT {} FROM artifacts a WHERE a.number = ?1",
            artifacts::COLUMNS
        ))?
        .query_row([number], artifacts::artifact)?;
    artifacts::refuse_taken_source(connection, artifact.kind, &revision.source, number)?;
    ledger::refuse_condemned(connection, &revision.manifest)?;
    let new_rating = publication.rating.as_ref().map(|record| &record.rating);
    let (current, rating) = match earlier(connection, number, revision)? {
        Some((earlier, rating)) => (earlier, rating.map(Cow::Owned)),
        None => (insert(connection, number, publication)?, new_rating.map(Cow::Borrowed)),
    };
    move_pointer(connection, number, &current, publication)?;
    let size_bytes = revision.manifest.total_bytes();
    catalog::list(connection, number, &publication.labels, size_bytes, rating.as_deref())?;
    search::add_text(connection, number, &artifact.name, publication.readme.as_deref())?;
    ledger::unpin(connection, number)?;
    job.publish(at);
    jobs::save(connection, number, &job)?;
    publication.entries.iter().try_for_each(|entry| audit::append(connection, entry))
}

/// The revision that holds this commit already, and its rating.
fn earlier(
    connection: &Connection,
    number: i64,
    revision: &Revision,
) -> Result<Option<(String, Option<Rating>)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, rating FROM revisions WHERE artifact = ?1 AND commit_id = ?2 AND canonical = ?3",
    )?;
    let values = params![number, revision.commit, revision.source.canonical()];
    let found = statement.query_row(values, |row| {
        let rated = row.get_ref(1)? != ValueRef::Null;
        let rating: Option<(Rating, RatingLatency)> =
            if rated { Some(document(row, 1)?) } else { None };
        Ok((row.get(0)?, rating.map(|(rating, _)| rating)))
    });
    Ok(found.optional()?)
}

fn insert(
    connection: &Connection,
    artifact: i64,
    publication: &Publication,
) -> Result<String, StoreError> {
    let revision = &publication.revision;
    let bare = Revision { manifest: Manifest::default(), ..revision.clone() };
    let rated: Option<&RatingRecord> = publication.rating.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO revisions (id, artifact, commit_id, canonical, net_score, revision, \
             manifest, rating, facts, edition, rated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            revision.id.0,
            artifact,
            revision.commit,
            revision.source.canonical(),
            rated.map(|record| record.rating.net_score),
            to_document(&bare)?,
            to_document(&revision.manifest)?,
            rated.map(|record| to_document(&(&record.rating, &record.latency))).transpose()?,
            publication.facts.as_ref().map(to_document).transpose()?,
            rated.map(|record| record.edition.as_str()),
            rated.map(|record| nanoseconds(record.rated_at)),
        ])?;
    let number = connection.last_insert_rowid();
    ratings::set_healing(connection, &revision.id, publication.healing.as_ref())?;
    insert_edges(connection, number, &publication.edges)?;
    let mut insert_blob = connection.prepare_cached(
        "INSERT OR IGNORE INTO manifest_blobs (sha256, revision) VALUES (?1, ?2)",
    )?;
    for blob in revision.manifest.files().iter().filter_map(FileEntry::sha256) {
        insert_blob.execute(params![digest(blob), number])?;
    }
    Ok(revision.id.0.clone())
}

/// Writes what a revision rests on.
pub(super) fn insert_edges(
    connection: &Connection,
    number: i64,
    edges: &[Edge],
) -> Result<(), StoreError> {
    let mut insert_edge = connection.prepare_cached(
        "INSERT INTO edges (revision, position, parent, edge) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (position, edge) in (0_i64..).zip(edges) {
        insert_edge.execute(params![number, position, edge.parent, to_json(edge)?])?;
    }
    Ok(())
}

fn move_pointer(
    connection: &Connection,
    artifact: i64,
    current: &str,
    publication: &Publication,
) -> Result<(), StoreError> {
    let source = &publication.revision.source;
    let at = nanoseconds(publication.revision.published_at);
    connection
        .prepare_cached(
            "INSERT INTO pointer_moves (artifact, position, at, by, revision) SELECT ?1, \
             coalesce(max(position), 0) + 1, ?2, ?3, ?4 FROM pointer_moves WHERE artifact = ?1",
        )?
        .execute(params![artifact, at, publication.asked_by, current])?;
    connection
        .prepare_cached(
            "UPDATE artifacts SET source = ?2, canonical = ?3, status = 1, reason = NULL, \
             current = ?4, updated_at = ?5 WHERE number = ?1",
        )?
        .execute(params![artifact, to_json(source)?, source.canonical(), current, at])?;
    Ok(())
}
