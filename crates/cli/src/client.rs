//! Speaking to a registry over HTTP: one that runs, or one opened here on the local store.

use crate::exit::Failure;
use crate::settings::Settings;
use crate::wiring;
use anyhow::{Context, Result, anyhow};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use touchstone_registry::Registry;
use touchstone_server::ServerSettings;
use url::Url;

/// Between two attempts to reach a registry that is just being started.
const TRY_EVERY: Duration = Duration::from_millis(100);

/// A registry to ask.
pub(crate) struct Client {
    base: String,
    http: reqwest::Client,
    /// Of a registry that was opened here: ends its server and workers.
    _local: Option<DropGuard>,
}

impl Client {
    /// A client of the registry at this address, or of one that is opened on the local store and
    /// served on a loopback port for as long as the client lives.
    pub(crate) async fn connect(server: Option<&Url>, settings: &Settings) -> Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("touchstone/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()?;
        if let Some(server) = server {
            let base = server.as_str().trim_end_matches('/').to_owned();
            return Ok(Self { base, http, _local: None });
        }
        let registry = wiring::open(settings).await?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let stop = CancellationToken::new();
        serve_locally(registry, listener, &stop);
        Ok(Self { base, http, _local: Some(stop.drop_guard()) })
    }

    /// Waits until the registry answers; an error where it still does not after this time.
    pub(crate) async fn answers_within(&self, patience: Duration) -> Result<()> {
        let began = Instant::now();
        loop {
            match self.get("/tracks").await {
                Err(_) if began.elapsed() < patience => tokio::time::sleep(TRY_EVERY).await,
                answer => return answer.map(|_| ()),
            }
        }
    }

    /// A request to a path of the registry.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Reads JSON.
    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.send(self.request(Method::GET, path)).await?.json().await?)
    }

    /// Sends JSON and reads JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        Ok(self.send(self.request(Method::POST, path).json(body)).await?.json().await?)
    }

    /// Sends a request; an answer other than success is an error in the registry's own words.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Response> {
        let answer = request
            .send()
            .await
            .with_context(|| format!("the registry at {} cannot be reached", self.base))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let problem: Value = answer.json().await.unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or("the registry gives no reason");
        Err(anyhow!(failure(status)).context(detail.to_owned()))
    }

    /// The artifact that an id, or a name that only one has, stands for: type and id.
    pub(crate) async fn find(&self, id_or_name: &str) -> Result<Found> {
        let name = percent_encoded(id_or_name);
        for kind in ["model", "dataset", "code"] {
            if looks_like_id(id_or_name)
                && let Ok(found) = self.get(&format!("/artifacts/{kind}/{name}?wait=0")).await
            {
                return Found::read(&found["metadata"]);
            }
        }
        let found = self.get(&format!("/artifact/byName/{name}")).await?;
        match found.as_array().map(Vec::as_slice).unwrap_or_default() {
            [one] => Found::read(one),
            many => {
                let ids: Vec<&str> = many.iter().filter_map(|one| one["id"].as_str()).collect();
                Err(anyhow!("several artifacts are called {id_or_name}: {}", ids.join(", ")))
            }
        }
    }
}

/// An artifact, by what addresses it.
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) name: String,
}

impl Found {
    fn read(metadata: &Value) -> Result<Self> {
        let word = |key: &str| {
            let word = metadata[key].as_str().map(str::to_owned);
            word.with_context(|| format!("the registry's answer has no {key}"))
        };
        Ok(Self { id: word("id")?, kind: word("type")?, name: word("name")? })
    }
}

fn looks_like_id(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// One path segment.
pub(crate) fn percent_encoded(segment: &str) -> String {
    url::form_urlencoded::byte_serialize(segment.as_bytes()).collect::<String>().replace('+', "%20")
}

fn failure(status: StatusCode) -> Failure {
    match status {
        StatusCode::NOT_FOUND => Failure::NotFound,
        StatusCode::CONFLICT => Failure::Exists,
        StatusCode::FAILED_DEPENDENCY => Failure::IngestFailed,
        _ => Failure::Broken,
    }
}

fn serve_locally(registry: Registry, listener: TcpListener, stop: &CancellationToken) {
    let settings = ServerSettings { rate_limit_per_minute: 0, ..ServerSettings::default() };
    let (workers, stopped) = (registry.clone(), stop.clone());
    tokio::spawn(async move {
        workers.run_workers(stopped, Duration::from_secs(5)).await;
    });
    let stopped = stop.clone();
    tokio::spawn(async move {
        if let Err(error) = touchstone_server::serve(listener, registry, settings, stopped).await {
            tracing::error!(%error, "the local registry ended");
        }
    });
}
