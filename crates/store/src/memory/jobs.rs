//! Jobs: one an artifact, the latest.

use super::{HeldJob, MemoryStore};
use crate::contract::{JobCounts, Jobs, Outcome};
use crate::error::StoreError;
use crate::lease_end;
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
        held.leases += 1;
        held.leased_until = Some(lease_end(now, lease_for));
        held.job.state = JobState::Running;
        held.job.attempts += 1;
        held.job.updated_at = now;
        let lease = Lease {
            artifact: held.job.artifact.clone(),
            generation: held.job.generation,
            attempt: held.leases,
        };
        Ok(Some((held.job.clone(), lease)))
    }

    async fn heartbeat(
        &self,
        lease: &Lease,
        progress: &Progress,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        let held = state.held(lease)?;
        held.leased_until = Some(lease_end(now, lease_for));
        held.job.progress = progress.clone();
        held.job.updated_at = now;
        Ok(())
    }

    async fn finish(
        &self,
        lease: &Lease,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        let held = state.held(lease)?;
        held.leased_until = None;
        held.job.updated_at = now;
        match outcome {
            Outcome::Retry { at, reason } => {
                held.job.state = JobState::Waiting;
                held.job.not_before = at;
                held.job.last_problem = Some(reason);
            }
            Outcome::Release => {
                held.job.state = JobState::Waiting;
                held.job.attempts = held.job.attempts.saturating_sub(1);
            }
            Outcome::Fail { reason } => {
                held.job.state = JobState::Failed { reason: reason.clone() };
                held.job.last_problem = Some(reason.clone());
                state.pins.remove(&lease.artifact);
                if let Some(artifact) = state.artifacts.get_mut(&lease.artifact)
                    && artifact.current.is_none()
                {
                    artifact.status = ArtifactStatus::Failed { reason };
                    artifact.updated_at = now;
                }
            }
        }
        Ok(())
    }

    async fn job(&self, artifact: &ArtifactId) -> Result<Option<Job>, StoreError> {
        Ok(self.state().jobs.get(artifact).map(|held| held.job.clone()))
    }

    async fn retry(&self, artifact: &ArtifactId, now: Timestamp) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(held) = state.jobs.get_mut(artifact) else { return Ok(false) };
        if !matches!(held.job.state, JobState::Failed { .. }) {
            return Ok(false);
        }
        held.job.state = JobState::Waiting;
        held.job.progress = Progress::queued();
        held.job.attempts = 0;
        held.job.not_before = now;
        held.job.updated_at = now;
        if let Some(artifact) = state.artifacts.get_mut(artifact)
            && artifact.current.is_none()
        {
            artifact.status = ArtifactStatus::Pending;
            artifact.updated_at = now;
        }
        Ok(true)
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

impl HeldJob {
    /// From when it may be taken; nothing for one that is over.
    fn due(&self) -> Option<Timestamp> {
        match self.job.state {
            JobState::Waiting => Some(self.job.not_before),
            JobState::Running => self.leased_until,
            JobState::Done | JobState::Failed { .. } => None,
        }
    }
}
