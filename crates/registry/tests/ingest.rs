//! From registration to download, over real HTTP to a stand-in of the upstreams.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

use futures::StreamExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use touchstone_domain::audit::Caller;
use touchstone_domain::{Artifact, ArtifactType, Clock, Timestamp};
use touchstone_registry::{
    DownloadBody, Registration, Registry, RegistryError, RegistrySettings, Update, Updated,
};
use touchstone_sources::{SourceSettings, Sources};
use touchstone_stand_in::{CodeRepository, Commit, Fault, Kind, Repository, StandIn};
use touchstone_store::{BlobSettings, Blobs, StoreSettings};

/// A time of day that stands still, beside a real stopwatch.
struct StandingClock(Instant);

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_750_000_000).unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A registry with running workers on its own upstreams.
struct Running {
    upstream: StandIn,
    registry: Registry,
    stop: CancellationToken,
    _folder: tempfile::TempDir,
}

impl Running {
    async fn start() -> Self {
        Self::start_with(RegistrySettings::default()).await
    }

    async fn start_with(settings: RegistrySettings) -> Self {
        let upstream = StandIn::start();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        let store = touchstone_store::open(&StoreSettings::Sqlite { path }).await.unwrap();
        let path = folder.path().join("blobs");
        let blobs = Blobs::open(&BlobSettings::Folder { path }).await.unwrap();
        let clock: Arc<dyn Clock> = Arc::new(StandingClock(Instant::now()));
        let at = SourceSettings::at(
            upstream.hugging_face_url().parse().unwrap(),
            upstream.github_url().parse().unwrap(),
        );
        let sources = Sources::connect(at, Arc::clone(&clock)).unwrap();
        let registry = Registry::new(store, blobs, sources, clock, settings);
        let stop = CancellationToken::new();
        let (workers, stopped) = (registry.clone(), stop.clone());
        tokio::spawn(async move { workers.run_workers(stopped, Duration::ZERO).await });
        Self { upstream, registry, stop, _folder: folder }
    }

    async fn register(&self, kind: ArtifactType, url: &str) -> Artifact {
        let registration = Registration { url: url.to_owned(), name: None };
        self.registry.register(&caller(), kind, registration).await.unwrap()
    }

    /// Follows an ingest to its end.
    async fn finish(&self, artifact: &Artifact) {
        let mut progress = self.registry.watch_progress(artifact.kind, &artifact.id).await.unwrap();
        let ended = async { while progress.next().await.is_some() {} };
        tokio::time::timeout(Duration::from_secs(30), ended).await.unwrap();
    }

    async fn file(&self, artifact: &Artifact, path: &str) -> Vec<u8> {
        let (kind, id) = (artifact.kind, &artifact.id);
        let file = self.registry.file(&caller(), kind, id, None, path).await.unwrap();
        let size = file.size_bytes.unwrap();
        let body = match file.body {
            DownloadBody::Held(read) => read(0..size),
            DownloadBody::Through(body) => body,
        };
        body.map(Result::unwrap).collect::<Vec<_>>().await.concat()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn caller() -> Caller {
    Caller { name: "anonymous@127.0.0.1".to_owned(), is_admin: false }
}

fn tiny() -> Repository {
    Repository::model("willow/tiny")
        .card("---\nlicense: mit\n---\n# Tiny\n")
        .file("config.json", "{}")
        .file("model.safetensors", vec![7; 100_000])
}

fn code() -> CodeRepository {
    let begun = Timestamp::from_second(1_700_000_000).unwrap();
    CodeRepository::new("willow/code")
        .file("main.py", "print(1)")
        .commit(Commit::new("ada", begun, "Begin"))
}

const TINY: &str = "https://huggingface.co/willow/tiny";

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_model_is_rated_and_gives_the_bytes_that_upstream_has() {
    let running = Running::start().await;
    running.upstream.add(tiny());
    let model = running.register(ArtifactType::Model, TINY).await;
    let settled = running.registry.settled(ArtifactType::Model, &model.id, None).await.unwrap();
    let rated = running.registry.rating(&caller(), &settled.id, None, None).await.unwrap();
    assert_eq!(rated.rating.metrics.len(), 11);
    assert_eq!(running.file(&settled, "model.safetensors").await, vec![7; 100_000]);
    assert_eq!(running.file(&settled, "config.json").await, b"{}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_set_and_code_are_held_too() {
    let running = Running::start().await;
    running.upstream.add(Repository::dataset("willow/leaves").file("a.csv", "1,2"));
    running.upstream.add(code());
    let leaves =
        running.register(ArtifactType::Dataset, "https://huggingface.co/datasets/willow/leaves");
    let leaves = leaves.await;
    let code = running.register(ArtifactType::Code, "https://github.com/willow/code").await;
    running.finish(&leaves).await;
    running.finish(&code).await;
    assert_eq!(running.file(&leaves, "a.csv").await, b"1,2");
    assert_eq!(running.file(&code, "main.py").await, b"print(1)");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_does_not_exist_fails_with_its_reason() {
    let running = Running::start().await;
    let model = running.register(ArtifactType::Model, TINY).await;
    let failed = running.registry.settled(ArtifactType::Model, &model.id, None).await;
    assert!(
        matches!(&failed, Err(RegistryError::IngestFailed { reason }) if !reason.is_empty()),
        "{failed:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_over_the_mirror_limit_is_read_through() {
    let settings = RegistrySettings { mirror_max_bytes: 1000, ..RegistrySettings::default() };
    let running = Running::start_with(settings).await;
    running.upstream.add(tiny());
    let model = running.register(ArtifactType::Model, TINY).await;
    running.registry.settled(ArtifactType::Model, &model.id, None).await.unwrap();
    let pinned = running.registry.pinned(ArtifactType::Model, &model.id, None).await.unwrap();
    let weights = pinned.revision.manifest.file("model.safetensors").unwrap();
    assert!(!weights.is_stored());
    assert_eq!(running.file(&model, "model.safetensors").await, vec![7; 100_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_fails_leaves_the_old_revision_serving() {
    let running = Running::start().await;
    running.upstream.add(tiny());
    let model = running.register(ArtifactType::Model, TINY).await;
    let ready = running.registry.settled(ArtifactType::Model, &model.id, None).await.unwrap();
    running.upstream.remove(Kind::Model, "willow/tiny");
    let update = Update {
        name: "tiny".to_owned(),
        id: model.id.to_string(),
        url: "https://huggingface.co/willow/gone".to_owned(),
    };
    let updated = running.registry.update(&caller(), model.kind, &model.id, update).await.unwrap();
    assert!(matches!(updated, Updated::Accepted(_)));
    running.finish(&model).await;
    let after = running.registry.settled(ArtifactType::Model, &model.id, None).await.unwrap();
    assert_eq!(after.current, ready.current);
    assert_eq!(running.file(&model, "config.json").await, b"{}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_artifact_is_gone_and_its_source_is_free() {
    let running = Running::start().await;
    running.upstream.add(tiny());
    let model = running.register(ArtifactType::Model, TINY).await;
    running.registry.delete(&caller(), model.kind, &model.id).await.unwrap();
    let gone = running.registry.artifact(model.kind, &model.id).await;
    assert!(matches!(gone, Err(RegistryError::NotFound(_))));
    let again = running.register(ArtifactType::Model, TINY).await;
    running.registry.settled(ArtifactType::Model, &again.id, None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_costs_few_requests_and_none_twice() {
    let running = Running::start().await;
    running.upstream.add(tiny());
    running.upstream.add(Repository::dataset("willow/leaves").card("# Leaves\n"));
    running.upstream.add(code());
    running.upstream.add(Repository::model("willow/sprout").card(
        "---\nbase_model: willow/tiny\ndatasets: [willow/leaves]\n---\n# Sprout\n\
         Code: https://github.com/willow/code\n",
    ));
    let sprout = "https://huggingface.co/willow/sprout";
    let model = running.register(ArtifactType::Model, sprout).await;
    running.registry.settled(ArtifactType::Model, &model.id, None).await.unwrap();
    let mut asked: Vec<String> = running
        .upstream
        .requests()
        .iter()
        .map(|request| format!("{} {}?{}", request.method, request.path, request.query))
        .collect();
    let all = asked.len();
    assert!(all <= 16, "{asked:#?}");
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), all, "{asked:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_with_another_hash_than_listed_fail_the_model() {
    let running = Running::start().await;
    running.upstream.add(tiny());
    running.upstream.fault("*config.json", Fault::WrongBytes);
    let model = running.register(ArtifactType::Model, TINY).await;
    let failed = running.registry.settled(ArtifactType::Model, &model.id, None).await;
    assert!(matches!(failed, Err(RegistryError::IngestFailed { .. })), "{failed:?}");
}
