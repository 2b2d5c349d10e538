//! How workers and those who wait for them hear of each other, inside one process. Between
//! processes the store says the same, later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use touchstone_domain::ArtifactId;
use touchstone_domain::job::Progress;

/// What this process knows of the ingests that are waited for or under way.
#[derive(Default)]
pub(crate) struct Signals {
    /// A job was queued.
    pub(crate) queued: Notify,
    channels: Arc<Channels>,
}

type Channels = Mutex<HashMap<ArtifactId, Channel>>;

/// One artifact's ingest: progress goes in, and the end is that the sender is gone.
struct Channel {
    progress: watch::Sender<Option<Progress>>,
    /// Cancelled when the job was replaced or its artifact removed; there while a worker has it.
    cancelled: Option<CancellationToken>,
}

/// A worker's end of a channel. Whoever waits is told when it is dropped.
pub(crate) struct Working {
    channels: Arc<Channels>,
    artifact: ArtifactId,
    progress: watch::Sender<Option<Progress>>,
    cancelled: CancellationToken,
}

/// The end of someone who waits.
pub(crate) struct Waiting {
    channels: Arc<Channels>,
    artifact: ArtifactId,
    progress: Option<watch::Receiver<Option<Progress>>>,
}

impl Signals {
    /// A worker takes up this artifact's job.
    pub(crate) fn work(&self, artifact: &ArtifactId) -> Working {
        let cancelled = CancellationToken::new();
        let mut channels = lock(&self.channels);
        let channel = channels.entry(artifact.clone()).or_insert_with(Channel::new);
        channel.cancelled = Some(cancelled.clone());
        Working {
            channels: Arc::clone(&self.channels),
            artifact: artifact.clone(),
            progress: channel.progress.clone(),
            cancelled,
        }
    }

    /// Someone waits for this artifact's job, whether it has been taken up or not.
    pub(crate) fn wait(&self, artifact: &ArtifactId) -> Waiting {
        let mut channels = lock(&self.channels);
        let channel = channels.entry(artifact.clone()).or_insert_with(Channel::new);
        Waiting {
            channels: Arc::clone(&self.channels),
            artifact: artifact.clone(),
            progress: Some(channel.progress.subscribe()),
        }
    }

    /// How far a job is that this process works on.
    pub(crate) fn progress(&self, artifact: &ArtifactId) -> Option<Progress> {
        lock(&self.channels).get(artifact)?.progress.borrow().clone()
    }

    /// The job was replaced or its artifact removed: whoever works on it must stop.
    pub(crate) fn cancel(&self, artifact: &ArtifactId) {
        if let Some(cancelled) =
            lock(&self.channels).remove(artifact).and_then(|channel| channel.cancelled)
        {
            cancelled.cancel();
        }
    }

    /// All of them.
    pub(crate) fn cancel_all(&self) {
        for channel in lock(&self.channels).drain().map(|(_, channel)| channel) {
            if let Some(cancelled) = channel.cancelled {
                cancelled.cancel();
            }
        }
    }
}

impl Channel {
    fn new() -> Self {
        Self { progress: watch::Sender::new(None), cancelled: None }
    }
}

impl Working {
    /// Where the worker says how far it is.
    pub(crate) fn progress(&self) -> &watch::Sender<Option<Progress>> {
        &self.progress
    }

    /// Done when the job was replaced or its artifact removed.
    pub(crate) async fn cancelled(&self) {
        self.cancelled.cancelled().await;
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let mut channels = lock(&self.channels);
        if channels
            .get(&self.artifact)
            .is_some_and(|channel| channel.progress.same_channel(&self.progress))
        {
            channels.remove(&self.artifact);
        }
    }
}

impl Waiting {
    /// Done when there is progress (true) or the job is over (false), as far as this process knows.
    pub(crate) async fn changed(&mut self) -> bool {
        match &mut self.progress {
            Some(progress) => progress.changed().await.is_ok(),
            None => false,
        }
    }

    /// Done when the job is over, as far as this process knows.
    pub(crate) async fn ended(&mut self) {
        while self.changed().await {}
    }
}

impl Drop for Waiting {
    /// Nobody works on an artifact whose job another process has, so nobody else would clean up.
    fn drop(&mut self) {
        self.progress = None;
        let mut channels = lock(&self.channels);
        if channels.get(&self.artifact).is_some_and(|channel| {
            channel.cancelled.is_none() && channel.progress.receiver_count() == 0
        }) {
            channels.remove(&self.artifact);
        }
    }
}

fn lock(channels: &Channels) -> MutexGuard<'_, HashMap<ArtifactId, Channel>> {
    channels.lock().unwrap_or_else(PoisonError::into_inner)
}
