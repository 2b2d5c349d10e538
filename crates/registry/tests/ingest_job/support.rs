//! A whole registry in the test's process: SQLite and blobs in a folder, upstreams over HTTP.

use futures::StreamExt as _;
use secrecy::SecretString;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use touchstone_domain::audit::Caller;
use touchstone_domain::job::JobState;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactType, Clock, FileEntry, Revision, Timestamp,
};
use touchstone_registry::{
    DownloadBody, ProgressReport, Registration, Registry, RegistryError, RegistrySettings, Update,
    Updated,
};
use touchstone_sources::{SourceSettings, Sources};
use touchstone_stand_in::{Repository, StandIn, safetensors};
use touchstone_store::{BlobSettings, Blobs, Store, StoreSettings};

/// Real time, put forward by whoever does not want to wait. Its stopwatch, which an ingest looks at
/// first of all, can be made to break.
pub(crate) struct TestClock {
    began: Instant,
    breaks: AtomicBool,
    ahead: Mutex<Duration>,
}

impl TestClock {
    /// Lets the next look at the stopwatch panic.
    pub(crate) fn break_once(&self) {
        self.breaks.store(true, Ordering::Relaxed);
    }

    /// Puts the time of day forward to this moment; never back.
    pub(crate) fn put_forward_to(&self, moment: Timestamp) {
        let ahead = Duration::try_from(moment.duration_since(self.now())).unwrap_or_default();
        *self.ahead.lock().unwrap() += ahead;
    }
}

impl Clock for TestClock {
    #[expect(clippy::disallowed_methods, reason = "the clock of a test that runs in real time")]
    fn now(&self) -> Timestamp {
        Timestamp::now() + *self.ahead.lock().unwrap()
    }

    fn elapsed(&self) -> Duration {
        assert!(!self.breaks.swap(false, Ordering::Relaxed), "the stopwatch is broken");
        self.began.elapsed()
    }
}

/// A registry with its workers. They end when it is dropped.
pub(crate) struct TestRegistry {
    pub(crate) upstream: StandIn,
    pub(crate) registry: Registry,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) blobs: Blobs,
    pub(crate) clock: Arc<TestClock>,
    sources: Sources,
    _folder: TempDir,
    stop: Option<DropGuard>,
    workers: Option<JoinHandle<()>>,
}

impl TestRegistry {
    pub(crate) async fn start() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut RegistrySettings)) -> Self {
        Self::opened(|_| (), change).await
    }

    /// With a token for GitHub, whose history then comes over GraphQL.
    pub(crate) async fn with_github_token() -> Self {
        Self::opened(|sources| sources.github_token = Some("token".into()), |_| ()).await
    }

    /// With a token for the Hub.
    pub(crate) async fn with_hugging_face_token(token: &str) -> Self {
        let token = SecretString::from(token);
        Self::opened(|sources| sources.hugging_face_token = Some(token), |_| ()).await
    }

    async fn opened(
        change_sources: impl FnOnce(&mut SourceSettings),
        change: impl FnOnce(&mut RegistrySettings),
    ) -> Self {
        let (upstream, folder) = (StandIn::start(), tempfile::tempdir().unwrap());
        let path = folder.path().join("registry.sqlite");
        let store = touchstone_store::open(&StoreSettings::Sqlite { path }).await.unwrap();
        let path = folder.path().join("blobs");
        let blobs = Blobs::open(&BlobSettings::Folder { path }).await.unwrap();
        let clock = Arc::new(TestClock {
            began: Instant::now(),
            breaks: AtomicBool::new(false),
            ahead: Mutex::default(),
        });
        let address = |text: String| text.parse().unwrap();
        let mut upstreams = SourceSettings::at(
            address(upstream.hugging_face_url()),
            address(upstream.github_url()),
        );
        upstreams.patience.first_retry = Duration::from_millis(1);
        change_sources(&mut upstreams);
        let sources = Sources::connect(upstreams, clock.clone()).unwrap();
        let mut settings = RegistrySettings::default();
        change(&mut settings);
        let registry = Registry::new(
            Arc::clone(&store),
            blobs.clone(),
            sources.clone(),
            clock.clone(),
            settings,
        );
        let stop = CancellationToken::new();
        let (workers, stopped) = (registry.clone(), stop.clone());
        let workers =
            tokio::spawn(async move { workers.run_workers(stopped, Duration::ZERO).await });
        let (stop, workers) = (Some(stop.drop_guard()), Some(workers));
        Self { upstream, registry, store, blobs, clock, sources, _folder: folder, stop, workers }
    }

    /// Another instance on the same store, without workers.
    pub(crate) fn another(&self, change: impl FnOnce(&mut RegistrySettings)) -> Registry {
        let mut settings = self.registry.settings().clone();
        change(&mut settings);
        let (store, blobs) = (Arc::clone(&self.store), self.blobs.clone());
        Registry::new(store, blobs, self.sources.clone(), self.clock.clone(), settings)
    }

    /// The same, its workers ended.
    pub(crate) async fn stopped(mut self) -> Self {
        drop(self.stop.take());
        self.workers.take().unwrap().await.unwrap();
        self
    }

    pub(crate) async fn register(&self, kind: ArtifactType, url: &str) -> Artifact {
        let registration = Registration { url: url.to_owned(), name: None };
        self.registry.register(&caller(), kind, registration).await.unwrap()
    }

    pub(crate) async fn model(&self, repository: &str) -> Artifact {
        self.register(ArtifactType::Model, &format!("https://huggingface.co/{repository}")).await
    }

    /// The latest ingest, once it is over.
    pub(crate) async fn ended(&self, artifact: &Artifact) -> ProgressReport {
        let reports = self.registry.watch_progress(artifact.kind, &artifact.id).await.unwrap();
        let last = reports.fold(None, async |_, report| Some(report)).await.unwrap();
        assert!(is_over(&last), "{last:?}");
        last
    }

    /// The published revision of an artifact whose ingest must succeed.
    pub(crate) async fn published(&self, artifact: &Artifact) -> Revision {
        let last = self.ended(artifact).await;
        assert_eq!(last.job.state, JobState::Done, "{:?}", last.job);
        self.registry.pinned(artifact.kind, &artifact.id, None).await.unwrap().revision
    }

    /// Why an ingest that must fail did.
    pub(crate) async fn failure(&self, artifact: &Artifact) -> String {
        match self.ended(artifact).await.job.state {
            JobState::Failed { reason } => reason,
            state => panic!("it should have failed: {state:?}"),
        }
    }

    /// The bytes of one file, as a client gets them.
    pub(crate) async fn bytes(&self, artifact: &Artifact, path: &str) -> std::io::Result<Vec<u8>> {
        let found = self.registry.file(&caller(), artifact.kind, &artifact.id, None, path).await;
        let file = found.unwrap();
        let body = match file.body {
            DownloadBody::Held(read) => read(0..file.size_bytes.unwrap()),
            DownloadBody::Through(body) => body,
        };
        let pieces: Vec<_> = body.collect().await;
        pieces.into_iter().try_fold(Vec::new(), |mut all, piece| {
            all.extend_from_slice(&piece?);
            Ok(all)
        })
    }

    pub(crate) async fn update(
        &self,
        artifact: &Artifact,
        url: &str,
    ) -> Result<Updated, RegistryError> {
        let (name, id) = (artifact.name.to_string(), artifact.id.to_string());
        let update = Update { name, id, url: url.to_owned() };
        self.registry.update(&caller(), artifact.kind, &artifact.id, update).await
    }

    pub(crate) async fn current(&self, id: &ArtifactId) -> Artifact {
        self.store.artifact(id).await.unwrap().unwrap()
    }

    pub(crate) async fn kept_blobs(&self) -> usize {
        self.blobs.list().count().await
    }
}

fn is_over(report: &ProgressReport) -> bool {
    matches!(report.job.state, JobState::Done | JobState::Failed { .. })
}

pub(crate) fn caller() -> Caller {
    Caller { name: "anonymous@127.0.0.1".to_owned(), is_admin: false }
}

pub(crate) const WEIGHTS: &str = "model.safetensors";

/// A small model with a card, a configuration and weights of its own.
pub(crate) fn small(id: &str) -> Repository {
    Repository::model(id)
        .card("---\nlicense: mit\n---\n# A tree\n\nIt grows.\n")
        .file("config.json", r#"{"model_type":"bert"}"#)
        .file(WEIGHTS, weights(7))
}

pub(crate) fn weights(seed: u64) -> Vec<u8> {
    safetensors(&[("weight", &[64, 64])], seed)
}

pub(crate) fn file<'a>(revision: &'a Revision, path: &str) -> &'a FileEntry {
    revision.manifest.file(path).unwrap()
}
