//! Jobs: one an artifact, the latest.

use super::{MemoryStore, State};
use crate::contract::{JobCounts, Jobs, Outcome};
use crate::error::StoreError;
use crate::held_job::HeldJob;
use async_trait::async_trait;
use std::time::Duration;
use touchstone_domain::job::{Job, JobState, Lease, Progress};
use touchstone_domain::{ArtifactId, ArtifactStatus, Timestamp};

#[async_trait]
impl Jobs for MemoryStore {
    async fn lease(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(Job, Lease)>, StoreError> {
        let mut state = self.state();
        let due = state.jobs.values_mut().filter(|held| held.due().is_some_and(|due| due <= now));
        let Some(held) = due.min_by_key(|held| held.due()) else { return Ok(None) };
        let lease = held.take(now, lease_for);
        Ok(Some((held.job.clone(), lease)))
    }

    async fn heartbeat(
        &self,
        lease: &Lease,
        progress: &Progress,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<(), StoreError> {
        self.state().held(lease)?.prolong(progress.clone(), now, lease_for);
        Ok(())
    }

    async fn finish(
        &self,
        lease: &Lease,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        state.held(lease)?.finish(outcome.clone(), now);
        if let Outcome::Fail { reason } = outcome {
            state.pins.remove(&lease.artifact);
            state.set_unpublished(&lease.artifact, ArtifactStatus::Failed { reason }, now);
        }
        Ok(())
    }

    async fn job(&self, artifact: &ArtifactId) -> Result<Option<Job>, StoreError> {
        Ok(self.state().jobs.get(artifact).map(|held| held.job.clone()))
    }

    async fn retry(&self, artifact: &ArtifactId, now: Timestamp) -> Result<bool, StoreError> {
        let mut state = self.state();
        let queued = state.jobs.get_mut(artifact).is_some_and(|held| held.retry(now));
        if queued {
            state.set_unpublished(artifact, ArtifactStatus::Pending, now);
        }
        Ok(queued)
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.state().jobs.values().filter_map(HeldJob::due).min())
    }

    async fn job_counts(&self) -> Result<JobCounts, StoreError> {
        let mut counts = JobCounts::default();
        for held in self.state().jobs.values() {
            match held.job.state {
                JobState::Waiting => counts.waiting += 1,
                JobState::Running => counts.running += 1,
                JobState::Failed { .. } => counts.failed += 1,
                JobState::Done => {}
            }
        }
        Ok(counts)
    }
}

impl State {
    /// Changes the status of an artifact that has nothing to serve yet.
    fn set_unpublished(&mut self, id: &ArtifactId, status: ArtifactStatus, now: Timestamp) {
        if let Some(artifact) = self.artifacts.get_mut(id)
            && artifact.current.is_none()
        {
            artifact.status = status;
            artifact.updated_at = now;
        }
    }
}
