//! Jobs: one an artifact, the latest.

use super::columns::{count, from_nanoseconds, json, nanoseconds, to_json};
use super::{SqliteStore, artifacts, ledger};
use crate::contract::{JobCounts, Jobs, Outcome};
use crate::error::StoreError;
use crate::held_job::HeldJob;
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::time::Duration;
use touchstone_domain::job::{Job, JobState, Lease, Progress};
use touchstone_domain::{ArtifactId, ArtifactStatus, Timestamp};

#[async_trait]
impl Jobs for SqliteStore {
    async fn lease(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(Job, Lease)>, StoreError> {
        // Idle workers ask often: without this each question would cost a commit.
        if self.next_due().await?.is_none_or(|due| due > now) {
            return Ok(None);
        }
        self.writer.write(move |connection| lease(connection, now, lease_for)).await
    }

    async fn heartbeat(
        &self,
        lease: &Lease,
        progress: &Progress,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<(), StoreError> {
        let (lease, progress) = (lease.clone(), progress.clone());
        self.writer
            .write(move |connection| {
                let (number, mut job) = held(connection, &lease)?;
                job.prolong(progress, now, lease_for);
                save(connection, number, &job)
            })
            .await
    }

    async fn finish(
        &self,
        lease: &Lease,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let lease = lease.clone();
        self.writer.write(move |connection| finish(connection, &lease, outcome, now)).await
    }

    async fn job(&self, artifact: &ArtifactId) -> Result<Option<Job>, StoreError> {
        self.readers.point(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT j.job FROM jobs j JOIN artifacts a ON a.number = j.artifact \
                 WHERE a.id = ?1",
            )?;
            Ok(statement.query_row([artifact.as_str()], |row| json(row, 0)).optional()?)
        })
    }

    async fn retry(&self, artifact: &ArtifactId, now: Timestamp) -> Result<bool, StoreError> {
        let id = artifact.clone();
        self.writer
            .write(move |connection| {
                let Some(number) = artifacts::number(connection, &id)? else { return Ok(false) };
                let Some(mut job) = load(connection, number)? else { return Ok(false) };
                let queued = job.retry(now);
                if queued {
                    save(connection, number, &job)?;
                    artifacts::set_unpublished(connection, number, &ArtifactStatus::Pending, now)?;
                }
                Ok(queued)
            })
            .await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.readers.point(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT min(due_at) FROM jobs WHERE due_at IS NOT NULL")?;
            let due: Option<i64> = statement.query_row([], |row| row.get(0))?;
            Ok(due.map(|due| from_nanoseconds(due, 0)).transpose()?)
        })
    }

    async fn job_counts(&self) -> Result<JobCounts, StoreError> {
        self.readers.lists.run(counts).await
    }
}

/// Reads the job of the artifact with this number.
pub(super) fn load(connection: &Connection, number: i64) -> Result<Option<HeldJob>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT job, leases, due_at FROM jobs WHERE artifact = ?1")?;
    Ok(statement.query_row([number], held_job).optional()?)
}

/// Writes the job of the artifact with this number over an earlier one.
pub(super) fn save(connection: &Connection, number: i64, held: &HeldJob) -> Result<(), StoreError> {
    let state = match held.job.state {
        JobState::Waiting => 0,
        JobState::Running => 1,
        JobState::Done => 2,
        JobState::Failed { .. } => 3,
    };
    connection
        .prepare_cached(
            "INSERT INTO jobs (artifact, state, leases, due_at, job) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (artifact) DO UPDATE SET state = excluded.state, \
             leases = excluded.leases, due_at = excluded.due_at, job = excluded.job",
        )?
        .execute(params![
            number,
            state,
            held.leases,
            held.due().map(nanoseconds),
            to_json(&held.job)?
        ])?;
    Ok(())
}

/// The job that this lease holds, with its artifact's number.
pub(super) fn held(connection: &Connection, lease: &Lease) -> Result<(i64, HeldJob), StoreError> {
    let number = artifacts::number(connection, &lease.artifact)?.ok_or(StoreError::LeaseLost)?;
    let job = load(connection, number)?.ok_or(StoreError::LeaseLost)?;
    job.check(lease)?;
    Ok((number, job))
}

fn held_job(row: &Row<'_>) -> rusqlite::Result<HeldJob> {
    let job: Job = json(row, 0)?;
    let due_at: Option<i64> = row.get(2)?;
    let leased_until = due_at
        .filter(|_| job.state == JobState::Running)
        .map(|due_at| from_nanoseconds(due_at, 2))
        .transpose()?;
    Ok(HeldJob { job, leases: row.get(1)?, leased_until })
}

fn lease(
    connection: &Connection,
    now: Timestamp,
    lease_for: Duration,
) -> Result<Option<(Job, Lease)>, StoreError> {
    let due = connection
        .prepare_cached(
            "SELECT artifact FROM jobs WHERE due_at <= ?1 ORDER BY due_at, artifact LIMIT 1",
        )?
        .query_row([nanoseconds(now)], |row| row.get(0))
        .optional()?;
    let Some(number) = due else { return Ok(None) };
    let Some(mut held) = load(connection, number)? else { return Ok(None) };
    let lease = held.take(now, lease_for);
    save(connection, number, &held)?;
    Ok(Some((held.job, lease)))
}

fn finish(
    connection: &Connection,
    lease: &Lease,
    outcome: Outcome,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (number, mut job) = held(connection, lease)?;
    job.finish(outcome.clone(), now);
    save(connection, number, &job)?;
    if let Outcome::Fail { reason } = outcome {
        ledger::unpin(connection, number)?;
        artifacts::set_unpublished(connection, number, &ArtifactStatus::Failed { reason }, now)?;
    }
    Ok(())
}

fn counts(connection: &Connection) -> Result<JobCounts, StoreError> {
    let mut counts = JobCounts::default();
    let mut statement = connection
        .prepare_cached("SELECT state, count(*) FROM jobs WHERE state <> 2 GROUP BY state")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match row.get::<_, i64>(0)? {
            0 => counts.waiting = count(row, 1)?,
            1 => counts.running = count(row, 1)?,
            _ => counts.failed = count(row, 1)?,
        }
    }
    Ok(counts)
}
