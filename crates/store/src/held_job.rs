//! How a job changes hands: the same rules in every driver.

use crate::contract::Outcome;
use crate::error::StoreError;
use std::time::Duration;
use touchstone_domain::Timestamp;
use touchstone_domain::job::{Job, JobState, Lease, Progress};

/// A job with what the store alone knows of it.
#[derive(Debug, Clone)]
pub(crate) struct HeldJob {
    pub(crate) job: Job,
    /// Counts every lease of this generation, so that no two share a number even where an attempt
    /// was given back or the attempts were counted anew.
    pub(crate) leases: u32,
    pub(crate) leased_until: Option<Timestamp>,
}

impl HeldJob {
    pub(crate) fn waiting(job: Job) -> Self {
        Self { job, leases: 0, leased_until: None }
    }

    /// From when it may be taken; nothing for one that is over.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        match self.job.state {
            JobState::Waiting => Some(self.job.not_before),
            JobState::Running => self.leased_until,
            JobState::Done | JobState::Failed { .. } => None,
        }
    }

    /// A lease that ran out holds until somebody else takes the job: until then nothing is lost by
    /// letting a slow worker finish.
    pub(crate) fn check(&self, lease: &Lease) -> Result<(), StoreError> {
        let holds = self.job.state == JobState::Running
            && self.job.generation == lease.generation
            && self.leases == lease.attempt;
        if holds { Ok(()) } else { Err(StoreError::LeaseLost) }
    }

    pub(crate) fn take(&mut self, now: Timestamp, lease_for: Duration) -> Lease {
        self.leases += 1;
        self.leased_until = Some(lease_end(now, lease_for));
        self.job.state = JobState::Running;
        self.job.attempts += 1;
        self.job.updated_at = now;
        Lease {
            artifact: self.job.artifact.clone(),
            generation: self.job.generation,
            attempt: self.leases,
        }
    }

    pub(crate) fn prolong(&mut self, progress: Progress, now: Timestamp, lease_for: Duration) {
        self.leased_until = Some(lease_end(now, lease_for));
        self.job.progress = progress;
        self.job.updated_at = now;
    }

    pub(crate) fn finish(&mut self, outcome: Outcome, now: Timestamp) {
        self.leased_until = None;
        self.job.updated_at = now;
        match outcome {
            Outcome::Retry { at, reason } => {
                self.job.state = JobState::Waiting;
                self.job.not_before = at;
                self.job.last_problem = Some(reason);
            }
            Outcome::Release => {
                self.job.state = JobState::Waiting;
                self.job.attempts = self.job.attempts.saturating_sub(1);
            }
            Outcome::Fail { reason } => {
                self.job.last_problem = Some(reason.clone());
                self.job.state = JobState::Failed { reason };
            }
        }
    }

    pub(crate) fn publish(&mut self, now: Timestamp) {
        self.leased_until = None;
        self.job.state = JobState::Done;
        self.job.updated_at = now;
    }

    /// Queues a failed job again; false where it is not failed.
    pub(crate) fn retry(&mut self, now: Timestamp) -> bool {
        let failed = matches!(self.job.state, JobState::Failed { .. });
        if failed {
            self.job.state = JobState::Waiting;
            self.job.progress = Progress::queued();
            self.job.attempts = 0;
            self.job.not_before = now;
            self.job.updated_at = now;
        }
        failed
    }
}

/// When a lease taken now runs out; the end of time where that is further away.
fn lease_end(now: Timestamp, lease_for: Duration) -> Timestamp {
    now.checked_add(lease_for).unwrap_or(Timestamp::MAX)
}
