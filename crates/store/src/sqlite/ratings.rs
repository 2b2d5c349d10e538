//! Facts and ratings of revisions.

use super::SqliteStore;
use super::columns::{
    count, document, from_nanoseconds, json, nanoseconds, time, to_document, to_json, word,
};
use super::revisions::insert_edges;
use super::writer::Group;
use super::{artifacts, audit, catalog, search};
use crate::error::StoreError;
use crate::paging;
use crate::ratings::{Completion, RatedRevision, RatingCounts, RatingRecord, Ratings, Rerating};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::time::Duration;
use touchstone_domain::{ArtifactId, Edition, Facts, Healing, Page, RevisionId, Timestamp};

/// What [`rated`] reads of a revision's row.
const NEWEST: &str = "rating_sequence, edition, rated_at, rating, healing";

#[async_trait]
impl Ratings for SqliteStore {
    async fn facts(&self, id: &RevisionId) -> Result<Option<Facts>, StoreError> {
        let statement = "SELECT facts FROM revisions WHERE id = ?1 AND facts IS NOT NULL";
        self.one(id, statement.to_owned(), |row| document(row, 0)).await
    }

    async fn rating(&self, id: &RevisionId) -> Result<Option<RatedRevision>, StoreError> {
        let statement =
            format!("SELECT {NEWEST} FROM revisions WHERE id = ?1 AND rating IS NOT NULL");
        self.one(id, statement, |row| rated(row).map(Some)).await
    }

    async fn ratings(&self, id: &RevisionId) -> Result<Vec<RatedRevision>, StoreError> {
        let id = id.clone();
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT {NEWEST} FROM revisions WHERE id = ?1 AND rating IS NOT NULL \
                     UNION ALL SELECT e.sequence, e.edition, e.rated_at, e.rating, NULL \
                     FROM earlier_ratings e JOIN revisions r ON r.number = e.revision \
                     WHERE r.id = ?1 ORDER BY 1 DESC"
                ))?;
                let ratings = statement.query_map([&id.0], rated)?;
                Ok(ratings.collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn net_scores(
        &self,
        artifacts: &[ArtifactId],
    ) -> Result<Vec<(ArtifactId, f64)>, StoreError> {
        let ids = to_json(&artifacts)?;
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT a.id, r.net_score FROM artifacts a JOIN revisions r \
                     ON r.id = a.current WHERE a.id IN (SELECT value FROM json_each(?1)) \
                     AND r.net_score IS NOT NULL",
                )?;
                let scores = statement.query_map([ids], |row| Ok((word(row, 0)?, row.get(1)?)))?;
                Ok(scores.collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn rate_anew(&self, rerating: Rerating) -> Result<bool, StoreError> {
        self.writer.write(move |connection| rate_anew(connection, &rerating)).await
    }

    async fn outdated(
        &self,
        edition: &Edition,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<RevisionId>, StoreError> {
        let (edition, after) = (edition.clone(), paging::read_pair(after.unwrap_or_default()));
        let found = self
            .readers
            .lists
            .run(move |connection| outdated(connection, &edition, after, i64::from(limit) + 1));
        let page = paging::page_of(found.await?, limit, |(edition, id)| {
            paging::write_pair(edition, &id.0)
        });
        Ok(page.map(|(_, id)| id))
    }

    async fn lease_healing(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(RevisionId, Healing)>, StoreError> {
        // Those who wait ask often: without this each question would cost a commit.
        if self.next_healing().await?.is_none_or(|due| due > now) {
            return Ok(None);
        }
        let until = now.checked_add(lease_for).unwrap_or(Timestamp::MAX);
        self.writer.write(move |connection| lease_healing(connection, now, until)).await
    }

    async fn postpone_healing(
        &self,
        id: &RevisionId,
        taken: &Healing,
        next: Healing,
    ) -> Result<bool, StoreError> {
        let (id, taken) = (id.clone(), taken.clone());
        self.writer
            .write(move |connection| {
                let held = healing(connection, &id)?.as_ref() == Some(&taken);
                if held {
                    set_healing(connection, &id, Some(&next))?;
                }
                Ok(held)
            })
            .await
    }

    async fn next_healing(&self) -> Result<Option<Timestamp>, StoreError> {
        self.readers.point(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT min(heal_at) FROM revisions WHERE heal_at IS NOT NULL")?;
            let due: Option<i64> = statement.query_row([], |row| row.get(0))?;
            Ok(due.map(|due| from_nanoseconds(due, 0)).transpose()?)
        })
    }

    async fn rating_counts(&self, edition: &Edition) -> Result<RatingCounts, StoreError> {
        let (ours, end) = (edition.clone(), edition.end_of_version());
        self.readers
            .lists
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT (SELECT count(*) FROM revisions WHERE heal_at IS NOT NULL), \
                     (SELECT count(*) FROM revisions WHERE edition < ?1) + \
                     (SELECT count(*) FROM revisions WHERE edition > ?1 AND edition < ?2)",
                )?;
                Ok(statement.query_row([ours.as_str(), end.as_str()], |row| {
                    Ok(RatingCounts { provisional: count(row, 0)?, outdated: count(row, 1)? })
                })?)
            })
            .await
    }
}

fn rated(row: &Row<'_>) -> rusqlite::Result<RatedRevision> {
    let (rating, latency) = document(row, 3)?;
    let edition = Edition::from(row.get::<_, String>(1)?);
    let record = RatingRecord { edition, rated_at: time(row, 2)?, rating, latency };
    let healing = row.get_ref(4)?.as_str_or_null()?.map(|_| json(row, 4)).transpose()?;
    Ok(RatedRevision { sequence: row.get(0)?, record, healing })
}

/// Both ranges are read from the index in its order, so that ratings of this edition cost nothing.
fn outdated(
    connection: &Connection,
    edition: &Edition,
    (after_edition, after_id): (String, String),
    limit: i64,
) -> Result<Vec<(String, RevisionId)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT edition, id FROM revisions WHERE (edition, id) > (?1, ?2) AND edition < ?3 \
         UNION ALL \
         SELECT edition, id FROM revisions WHERE (edition, id) > (?1, ?2) AND edition > ?3 \
         AND edition < ?4 ORDER BY edition, id LIMIT ?5",
    )?;
    let end = edition.end_of_version();
    let values = params![after_edition, after_id, edition.as_str(), end.as_str(), limit];
    let found = statement.query_map(values, |row| Ok((row.get(0)?, RevisionId(row.get(1)?))))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn lease_healing(
    connection: &Connection,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<(RevisionId, Healing)>, StoreError> {
    let due = connection
        .prepare_cached(
            "SELECT id FROM revisions WHERE heal_at <= ?1 ORDER BY heal_at, id LIMIT 1",
        )?
        .query_row([nanoseconds(now)], |row| row.get(0).map(RevisionId))
        .optional()?;
    let Some(id) = due else { return Ok(None) };
    let Some(healing) = healing(connection, &id)? else { return Ok(None) };
    let taken = healing.taken(until);
    set_healing(connection, &id, Some(&taken))?;
    Ok(Some((id, taken)))
}

fn healing(connection: &Connection, id: &RevisionId) -> Result<Option<Healing>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT healing FROM revisions WHERE id = ?1 AND healing IS NOT NULL")?;
    Ok(statement.query_row([&id.0], |row| json(row, 0)).optional()?)
}

/// Notes how the search for the missing facts of a revision stands.
pub(super) fn set_healing(
    connection: &Connection,
    id: &RevisionId,
    healing: Option<&Healing>,
) -> Result<(), StoreError> {
    let due_at = healing.and_then(|healing| healing.due_at).map(nanoseconds);
    connection
        .prepare_cached("UPDATE revisions SET healing = ?2, heal_at = ?3 WHERE id = ?1")?
        .execute(params![id.0, healing.map(to_json).transpose()?, due_at])?;
    Ok(())
}

fn rate_anew(connection: &Group<'_>, rerating: &Rerating) -> Result<bool, StoreError> {
    let Rerating { revision: id, follows, record, healing, completion, entries } = rerating;
    let found = connection
        .prepare_cached(
            "SELECT number, artifact FROM revisions WHERE id = ?1 AND rating_sequence = ?2 \
             AND rating IS NOT NULL",
        )?
        .query_row(params![id.0, follows], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((number, artifact)) = found else { return Ok(false) };
    keep_earlier(connection, number)?;
    connection
        .prepare_cached(
            "UPDATE revisions SET rating_sequence = rating_sequence + 1, edition = ?2, \
             rated_at = ?3, net_score = ?4, rating = ?5 WHERE number = ?1",
        )?
        .execute(params![
            number,
            record.edition.as_str(),
            nanoseconds(record.rated_at),
            record.rating.net_score,
            to_document(&(&record.rating, &record.latency))?,
        ])?;
    set_healing(connection, id, healing.as_ref())?;
    if let Some(completion) = completion {
        complete(connection, number, completion)?;
    }
    show(connection, artifact, rerating)?;
    entries.iter().try_for_each(|entry| audit::append(connection, entry))?;
    Ok(true)
}

fn keep_earlier(connection: &Connection, number: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO earlier_ratings (revision, sequence, edition, rated_at, rating) \
             SELECT number, rating_sequence, edition, rated_at, rating FROM revisions \
             WHERE number = ?1",
        )?
        .execute([number])?;
    Ok(())
}

fn complete(
    connection: &Connection,
    number: i64,
    completion: &Completion,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE revisions SET facts = ?2 WHERE number = ?1")?
        .execute(params![number, to_document(&completion.facts)?])?;
    connection.prepare_cached("DELETE FROM edges WHERE revision = ?1")?.execute([number])?;
    insert_edges(connection, number, &completion.edges)
}

/// Shows it in the catalogue and to searches, where the revision is the one that is served.
fn show(connection: &Group<'_>, artifact: i64, rerating: &Rerating) -> Result<(), StoreError> {
    let serving = connection
        .prepare_cached(&format!(
            "SELECT {} FROM artifacts a WHERE a.number = ?1 AND a.current = ?2",
            artifacts::COLUMNS
        ))?
        .query_row(params![artifact, rerating.revision.0], artifacts::artifact)
        .optional()?;
    let Some(serving) = serving else { return Ok(()) };
    catalog::list_scores(connection, artifact, Some(&rerating.record.rating))?;
    if let Some(completion) = &rerating.completion {
        catalog::list_labels(connection, artifact, &completion.labels)?;
        search::add_text(connection, artifact, &serving.name, completion.readme.as_deref())?;
    }
    Ok(())
}
