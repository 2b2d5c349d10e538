//! Taking jobs from the store, keeping hold of them, and ending them.

use super::outcome::Setback;
use super::signals::Working;
use crate::Registry;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use touchstone_domain::job::{Job, Lease, Progress};
use touchstone_store::{Outcome, StoreError};

/// How often the store is asked for jobs that another process queued.
const ASK_EVERY: Duration = Duration::from_secs(2);

/// At most so often is progress written.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// At least so often a worker looks whether it still has its job.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How long jobs that are given back may take to say so.
const RELEASE_WITHIN: Duration = Duration::from_secs(2);

/// A job that this process works on.
pub(super) struct Attempt {
    pub(super) registry: Registry,
    pub(super) job: Job,
    pub(super) lease: Lease,
    pub(super) working: Working,
}

impl Registry {
    /// Runs ingests until `stop`, then gives jobs that are not finished within `grace` back to the
    /// store.
    pub(crate) async fn ingest_until(&self, stop: CancellationToken, grace: Duration) {
        let places = Arc::new(Semaphore::new(self.inner.settings.ingest_workers.max(1)));
        let give_back = CancellationToken::new();
        let mut working = JoinSet::new();
        while let Some(place) = free_place(&places, &stop).await {
            match self.next_job(&stop).await {
                Some((job, lease)) => {
                    let (registry, give_back) = (self.clone(), give_back.clone());
                    working.spawn(registry.work_on(job, lease, give_back, place));
                }
                None => break,
            }
            while working.try_join_next().is_some() {}
        }
        if tokio::time::timeout(grace, all_ended(&mut working)).await.is_err() {
            give_back.cancel();
            let _ = tokio::time::timeout(RELEASE_WITHIN, all_ended(&mut working)).await;
        }
    }

    /// Waits for a job; none once it is time to stop.
    async fn next_job(&self, stop: &CancellationToken) -> Option<(Job, Lease)> {
        loop {
            let queued = self.inner.ingest.queued.notified();
            let wait = match self.due_job().await {
                Ok(Ok(taken)) => return Some(taken),
                Ok(Err(wait)) => wait,
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "no job to be had");
                    ASK_EVERY
                }
            };
            tokio::select! {
                () = stop.cancelled() => return None,
                () = queued => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// The job that is due, or how long to wait for one. Looking is cheap and taking is a write,
    /// so an idle registry only looks.
    async fn due_job(&self) -> Result<Result<(Job, Lease), Duration>, StoreError> {
        let now = self.inner.clock.now();
        let due = self.inner.store.next_due().await?;
        let Some(due) = due else { return Ok(Err(ASK_EVERY)) };
        if due > now {
            let wait = Duration::try_from(due.duration_since(now)).unwrap_or(ASK_EVERY);
            return Ok(Err(wait.min(ASK_EVERY)));
        }
        let taken = self.inner.store.lease(now, self.inner.settings.lease_for).await?;
        Ok(taken.ok_or(Duration::ZERO))
    }

    async fn work_on(
        self,
        job: Job,
        lease: Lease,
        give_back: CancellationToken,
        _place: OwnedSemaphorePermit,
    ) {
        let working = self.inner.ingest.work(&lease.artifact);
        let attempt = Arc::new(Attempt { registry: self, job, lease, working });
        let mut running = Running::begin(&attempt);
        let outcome = tokio::select! {
            biased;
            // Where the job was replaced while this one had just been taken in its place, the new
            // one goes back into the queue; of a job that is gone the store refuses the word.
            () = attempt.working.cancelled() => Some(Outcome::Release),
            () = attempt.keep_hold() => None,
            () = give_back.cancelled() => Some(Outcome::Release),
            outcome = running.ended() => outcome.unwrap_or_else(|panic| attempt.broken(&panic)),
        };
        running.stop().await;
        if let Some(outcome) = outcome {
            attempt.end(outcome).await;
        }
    }
}

/// An attempt in a task of its own, so that a panic ends the attempt and not its worker.
struct Running(JoinHandle<Option<Outcome>>);

impl Running {
    fn begin(attempt: &Arc<Attempt>) -> Self {
        let attempt = Arc::clone(attempt);
        Self(tokio::spawn(async move { attempt.run().await }))
    }

    async fn ended(&mut self) -> Result<Option<Outcome>, JoinError> {
        (&mut self.0).await
    }

    /// Stops it where it goes on, and waits until it has stopped.
    async fn stop(self) {
        if !self.0.is_finished() {
            self.0.abort();
            let _ = self.0.await;
        }
    }
}

impl Attempt {
    /// The outcome of an attempt that panicked: the next one may come through.
    fn broken(&self, panic: &JoinError) -> Option<Outcome> {
        tracing::error!(artifact = %self.lease.artifact, %panic, "an ingest panicked");
        let now = self.registry.inner.clock.now();
        let max_attempts = self.registry.inner.settings.max_attempts;
        Setback::passing("the registry made a mistake in the midst of it; the log says which")
            .outcome(self.job.attempts, max_attempts, now)
    }

    /// Says how far it is, to whoever listens in this process.
    pub(super) fn tell(&self, change: impl FnOnce(&mut Progress)) {
        self.working.progress().send_modify(|progress| {
            change(progress.get_or_insert_with(|| self.job.progress.clone()));
        });
    }

    /// Prolongs the lease and writes progress, until the job is no longer held.
    async fn keep_hold(&self) {
        let settings = &self.registry.inner.settings;
        let look_every = LOOK_EVERY.min(settings.lease_for / 3);
        let mut seen = self.working.progress().subscribe();
        seen.mark_unchanged();
        loop {
            tokio::time::sleep(WRITE_EVERY.min(look_every)).await;
            let _ = tokio::time::timeout(look_every, seen.changed()).await;
            let progress = seen.borrow_and_update().clone();
            let progress = progress.unwrap_or_else(|| self.job.progress.clone());
            let now = self.registry.inner.clock.now();
            let store = &self.registry.inner.store;
            match store.heartbeat(&self.lease, &progress, now, settings.lease_for).await {
                Ok(()) => {}
                Err(StoreError::LeaseLost | StoreError::NotFound) => return,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "no sign of life");
                }
            }
        }
    }

    /// Runs the stages unless attempts are used up, as by crashes in the midst of it. Nothing where
    /// there is nothing more to say to the store.
    async fn run(&self) -> Option<Outcome> {
        let max_attempts = self.registry.inner.settings.max_attempts;
        if self.job.attempts > max_attempts {
            let reason = self.job.last_problem.clone().unwrap_or_else(|| {
                format!("{max_attempts} attempts ended before they could say why")
            });
            return Some(Outcome::Fail { reason });
        }
        let now = || self.registry.inner.clock.now();
        match self.ingest().await {
            Ok(()) => None,
            Err(setback) => setback.outcome(self.job.attempts, max_attempts, now()),
        }
    }

    /// Tells the store how the attempt ended. Where that fails, the lease runs out and the job is
    /// taken up again.
    async fn end(&self, outcome: Outcome) {
        let now = self.registry.inner.clock.now();
        match &outcome {
            Outcome::Fail { reason } | Outcome::Retry { reason, .. } => {
                tracing::warn!(artifact = %self.lease.artifact, reason, "an ingest did not succeed");
            }
            Outcome::Release => {}
        }
        let ended = self.registry.inner.store.finish(&self.lease, outcome, now).await;
        if let Err(error) = ended {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "an attempt could not be ended"
            );
        }
    }
}

async fn free_place(
    places: &Arc<Semaphore>,
    stop: &CancellationToken,
) -> Option<OwnedSemaphorePermit> {
    tokio::select! {
        () = stop.cancelled() => None,
        place = Arc::clone(places).acquire_owned() => place.ok(),
    }
}

async fn all_ended(working: &mut JoinSet<()>) {
    while working.join_next().await.is_some() {}
}
