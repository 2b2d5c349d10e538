//! A whole registry in the test's process: memory store, memory blobs, upstreams of its own, and a
//! real server on a loopback port.

mod answer;
mod clock;
pub(crate) mod schema;

pub(crate) use answer::Answer;

use clock::SystemClock;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use touchstone_registry::{Registry, RegistrySettings};
use touchstone_server::ServerSettings;
use touchstone_sources::{Patience, SourceSettings, Sources};
use touchstone_stand_in::{CodeRepository, Commit, Repository, StandIn};
use touchstone_store::{BlobSettings, Blobs, StoreSettings};

/// What a registry is made of.
pub(crate) struct Parts {
    pub(crate) store: StoreSettings,
    pub(crate) blobs: BlobSettings,
    pub(crate) patience: Patience,
    pub(crate) settings: RegistrySettings,
}

impl Default for Parts {
    fn default() -> Self {
        let ingest_wait = Duration::from_secs(20);
        Self {
            store: StoreSettings::Memory,
            blobs: BlobSettings::Memory,
            patience: Patience::default(),
            settings: RegistrySettings { ingest_wait, ..RegistrySettings::default() },
        }
    }
}

impl Parts {
    async fn open(self, upstream: &StandIn) -> Registry {
        let clock = Arc::new(SystemClock::default());
        let sources = SourceSettings {
            patience: self.patience,
            ..SourceSettings::at(
                upstream.hugging_face_url().parse().unwrap(),
                upstream.github_url().parse().unwrap(),
            )
        };
        Registry::new(
            touchstone_store::open(&self.store).await.unwrap(),
            Blobs::open(&self.blobs).await.unwrap(),
            Sources::connect(sources, clock.clone()).unwrap(),
            clock,
            self.settings,
        )
    }
}

/// A running registry. It ends when this is dropped.
pub(crate) struct TestRegistry {
    /// Its address without a trailing slash.
    pub(crate) base: String,
    /// Its upstreams.
    pub(crate) upstream: StandIn,
    http: reqwest::Client,
    server: JoinHandle<std::io::Result<()>>,
    stop: DropGuard,
}

impl TestRegistry {
    /// With the settings of a fresh install, but without a limit on requests.
    pub(crate) async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// With other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut ServerSettings)) -> Self {
        Self::listening_at(Ipv4Addr::LOCALHOST, change).await
    }

    /// Listening at another address, which loopback must be a part of.
    pub(crate) async fn listening_at(
        address: Ipv4Addr,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Self {
        Self::opened(Parts::default(), address, change).await
    }

    /// Made of other parts.
    pub(crate) async fn of(parts: Parts) -> Self {
        Self::opened(parts, Ipv4Addr::LOCALHOST, |_| ()).await
    }

    async fn opened(
        parts: Parts,
        address: Ipv4Addr,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Self {
        let upstream = StandIn::start();
        let registry = parts.open(&upstream).await;
        let listener = TcpListener::bind((address, 0)).await.unwrap();
        let base = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let mut settings = ServerSettings { rate_limit_per_minute: 0, ..ServerSettings::default() };
        change(&mut settings);
        let stop = CancellationToken::new();
        let (workers, workers_stop) = (registry.clone(), stop.clone());
        tokio::spawn(async move { workers.run_workers(workers_stop, Duration::ZERO).await });
        let server = touchstone_server::serve(listener, registry, settings, stop.clone());
        let server = tokio::spawn(server);
        let http = reqwest::Client::builder()
            .no_proxy()
            .no_gzip()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { base, upstream, http, server, stop: stop.drop_guard() }
    }

    /// Asks the server to stop, and waits until it has.
    pub(crate) async fn stopped(self) {
        drop(self.stop);
        self.server.await.unwrap().unwrap();
    }

    /// A request to a path.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Sends a request and reads all of its answer.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.unwrap()).await
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("POST", path).json(body)).await
    }

    /// Puts JSON.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("PUT", path).json(body)).await
    }

    /// Deletes.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path)).await
    }

    /// Registers an address, and gives the new id.
    pub(crate) async fn register(&self, kind: &str, url: &str) -> String {
        let answer = self.post(&format!("/artifact/{kind}"), &json!({ "url": url })).await;
        assert!(matches!(answer.status, 201 | 202), "{answer:?}");
        answer.json()["metadata"]["id"].as_str().unwrap().to_owned()
    }

    /// Registers a model that upstream has, and waits until it is ready.
    pub(crate) async fn model(&self, repository: Repository) -> String {
        let url = format!("https://huggingface.co/{}", repository.id());
        self.upstream.add(repository);
        let id = self.register("model", &url).await;
        let ready = self.get(&format!("/artifacts/model/{id}")).await;
        assert_eq!(ready.status, 200, "{ready:?}");
        id
    }

    /// A small model, ready.
    pub(crate) async fn small_model(&self) -> String {
        self.model(small_repository("willow/tiny")).await
    }
}

/// A model of a few files, two of which every test of bytes can rely on.
pub(crate) fn small_repository(name: &str) -> Repository {
    repository_saying("license: apache-2.0", name)
}

/// The same with another front matter in its card.
pub(crate) fn repository_saying(front_matter: &str, name: &str) -> Repository {
    Repository::model(name)
        .card(&format!("---\n{front_matter}\n---\n# Tiny\nA model about beavers and dams.\n"))
        .file("config.json", "{\"architectures\": [\"Tiny\"]}")
        .file("weights.safetensors", weights())
}

/// A product on GitHub under the MIT licence.
pub(crate) fn product() -> CodeRepository {
    let date = "2026-01-01T00:00:00Z".parse().unwrap();
    CodeRepository::new("willow/product")
        .license("MIT", "MIT License")
        .file("LICENSE", "MIT License")
        .commit(Commit::new("ann", date, "Begin"))
}

/// The bytes of the model's weights: a thousand.
pub(crate) fn weights() -> Vec<u8> {
    (0..=250).cycle().take(1000).collect()
}
