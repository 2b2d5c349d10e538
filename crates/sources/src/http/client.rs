//! Asking: through the guard, within limits, three times at the most.

use super::cache::{Cache, Kept};
use super::flight::Flights;
use super::guard::{Guard, NotPublic, host};
use super::limits::{Limits, retry_at};
use super::names::PublicNames;
use super::origin::Origin;
use crate::{Budget, SourceError, SourceSettings, Upstream};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use touchstone_domain::{Clock, Timestamp};
use url::Url;

const ATTEMPTS: u32 = 3;
const MOST_REDIRECTS: usize = 5;
/// Requests to one origin at the same time.
const AT_ONCE: usize = 32;
/// Files from one origin at the same time, apart from documents so that they do not wait for them.
const FILES_AT_ONCE: usize = 32;
/// Gates of origins that nothing is asked of are forgotten where there are more.
const MOST_IDLE_GATES: usize = 256;
/// What is read of an answer that refuses a file.
const MOST_REFUSAL_BYTES: usize = 64 * 1024;
/// Headers that readers of documents need.
const KEPT_HEADERS: [&str; 5] =
    ["link", "x-total-count", "x-error-code", "x-error-message", "x-repo-commit"];

/// What is asked for.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) url: Url,
    pub(crate) accept: &'static str,
    /// Sent to the address's own origin only, never after a redirect to another.
    pub(crate) token: Option<SecretString>,
    /// The most that is read.
    pub(crate) limit_bytes: usize,
    /// Whether the answer can never change.
    pub(crate) immutable: bool,
    /// Which of the origin's limits it counts against.
    pub(crate) resource: &'static str,
    /// Sent with POST, where there is one.
    pub(crate) body: Option<serde_json::Value>,
}

impl Ask {
    fn key(&self) -> String {
        let token =
            self.token.as_ref().map(secrecy::ExposeSecret::expose_secret).unwrap_or_default();
        let body = self.body.as_ref().map(ToString::to_string).unwrap_or_default();
        Cache::key(&[self.url.as_str(), self.accept, token, &body])
    }
}

/// A whole answer: 200, 204 or one that says that there is nothing or that it is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The head of an answer whose body does not matter.
    pub(crate) fn without_body(status: StatusCode, headers: &HeaderMap) -> Self {
        Self { status, headers: kept_headers(headers), body: Bytes::new() }
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status.is_success()
    }
}

/// A file on its way.
pub(crate) struct Streamed {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: BoxStream<'static, Result<Bytes, SourceError>>,
}

/// The way to the outside.
pub(crate) struct Http {
    public: Client,
    exempt: Client,
    guard: Guard,
    limits: Limits,
    cache: Cache,
    flights: Flights,
    gates: Mutex<HashMap<(Origin, bool), Arc<Semaphore>>>,
    settings: SourceSettings,
    clock: Arc<dyn Clock>,
}

impl Http {
    pub(crate) fn new(
        settings: SourceSettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>, SourceError> {
        let unusable = |error: &dyn std::fmt::Display| SourceError::Settings(error.to_string());
        let builder = || {
            Client::builder()
                .user_agent(concat!("touchstone/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .connect_timeout(settings.patience.connect)
                .pool_max_idle_per_host(AT_ONCE)
        };
        let public = builder().dns_resolver(Arc::new(PublicNames(Arc::clone(&settings.names))));
        Ok(Arc::new(Self {
            public: public.build().map_err(|error| unusable(&error))?,
            exempt: builder().build().map_err(|error| unusable(&error))?,
            guard: Guard::new(&settings.endpoints()),
            limits: Limits::default(),
            cache: Cache::open(settings.cache_dir.as_deref()).map_err(|error| unusable(&error))?,
            flights: Flights::default(),
            gates: Mutex::default(),
            settings,
            clock,
        }))
    }

    pub(crate) fn settings(&self) -> &SourceSettings {
        &self.settings
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// A document, from the cache where it cannot have changed, once for everybody who asks now.
    pub(crate) async fn document(self: &Arc<Self>, ask: Ask) -> Result<Arc<Reply>, SourceError> {
        let key = ask.key();
        let this = Arc::clone(self);
        let begin = {
            let key = key.clone();
            || -> futures::future::BoxFuture<'static, _> {
                Box::pin(async move { this.conditional(&key, &ask).await.map(Arc::new) })
            }
        };
        self.flights.join(&key, begin).await
    }

    async fn conditional(&self, key: &str, ask: &Ask) -> Result<Reply, SourceError> {
        let kept = if ask.body.is_none() { self.cache.get(key).await } else { None };
        if let Some(kept) = kept.as_ref().filter(|kept| kept.immutable) {
            return Ok(kept.clone().into());
        }
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let (status, headers, body) = self.patiently(ask, etag).await?;
        if let (StatusCode::NOT_MODIFIED, Some(kept)) = (status, kept) {
            return Ok(kept.into());
        }
        let kept_headers = kept_headers(&headers);
        let etag = text(&headers, "etag");
        if status == StatusCode::OK && ask.body.is_none() && (etag.is_some() || ask.immutable) {
            let answer = Kept {
                etag,
                immutable: ask.immutable,
                headers: kept_headers.clone(),
                body: body.clone(),
            };
            self.cache.put(key, answer).await;
        }
        Ok(Reply { status, headers: kept_headers, body })
    }

    /// Asks again after passing faults, with growing pauses of random length.
    async fn patiently(
        &self,
        ask: &Ask,
        etag: Option<&str>,
    ) -> Result<(StatusCode, HeaderMap, Bytes), SourceError> {
        let mut attempt = 1;
        loop {
            let error = match self.once(ask, etag, self.settings.patience.document).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let pause = match &error {
                SourceError::RateLimited { until, .. } => self.short_wait(*until),
                SourceError::Failed { .. } => Some(self.back_off(attempt)),
                _ => None,
            };
            match pause {
                Some(pause) if attempt < ATTEMPTS => tokio::time::sleep(pause).await,
                _ => {
                    self.log(&ask.url, &error);
                    return Err(error);
                }
            }
            attempt += 1;
        }
    }

    /// Says under the upstream's own target what is wrong with it.
    fn log(&self, url: &Url, error: &SourceError) {
        let (origin, path) = (Origin::of(url), url.path());
        if !error.is_passing() {
            tracing::debug!(%origin, path, %error, "upstream does not give it");
        } else if origin == Origin::of(&self.settings.hugging_face) {
            tracing::warn!(target: "touchstone_sources::hugging_face", path, %error, "no answer");
        } else if origin == Origin::of(&self.settings.github) {
            tracing::warn!(target: "touchstone_sources::github", path, %error, "no answer");
        } else {
            tracing::warn!(%origin, path, %error, "no answer");
        }
    }

    fn back_off(&self, attempt: u32) -> Duration {
        let longest = self.settings.patience.first_retry * 2_u32.pow(attempt - 1);
        longest.mul_f64(0.5 + rand::random::<f64>() / 2.0)
    }

    /// The wait for a limit, where it is short enough to be waited for here.
    fn short_wait(&self, until: Timestamp) -> Option<Duration> {
        let wait = Duration::try_from(until - self.clock.now()).unwrap_or_default();
        (wait <= self.settings.patience.wait_in_place).then_some(wait)
    }

    /// Asks once, and keeps nothing of the answer.
    pub(crate) async fn once_within(
        &self,
        ask: &Ask,
        patience: Duration,
    ) -> Result<Reply, SourceError> {
        let (status, headers, body) = self.once(ask, None, patience).await?;
        Ok(Reply { status, headers: kept_headers(&headers), body })
    }

    async fn once(
        &self,
        ask: &Ask,
        etag: Option<&str>,
        patience: Duration,
    ) -> Result<(StatusCode, HeaderMap, Bytes), SourceError> {
        let origin = Origin::of(&ask.url);
        self.obey(&origin, ask)?;
        let whole = async {
            let _slot = self.slot(&origin, false).await;
            let answer = self.follow(ask, etag.map(|etag| (header::IF_NONE_MATCH, etag))).await?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let body = bounded(answer, ask).await?;
            Ok((status, headers, body))
        };
        let (status, headers, body) = tokio::time::timeout(patience, whole)
            .await
            .map_err(|_| failed(&ask.url, format!("did not answer within {patience:?}")))??;
        self.judge(ask, status, &headers, &body)?;
        Ok((status, headers, body))
    }

    /// Refuses to ask in vain.
    fn obey(&self, origin: &Origin, ask: &Ask) -> Result<(), SourceError> {
        match self.limits.closed_until(origin, ask.resource, self.clock.now()) {
            Some(until) => Err(SourceError::RateLimited { host: host(&ask.url), until }),
            None => Ok(()),
        }
    }

    /// Refusals by limits and failures of upstream are errors; everything else is an answer.
    fn judge(
        &self,
        ask: &Ask,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), SourceError> {
        let now = self.clock.now();
        let secondary = status == StatusCode::FORBIDDEN
            && String::from_utf8_lossy(body).contains("secondary rate limit");
        let at = retry_at(headers, now);
        let limited = status == StatusCode::TOO_MANY_REQUESTS
            || (status == StatusCode::FORBIDDEN && (secondary || at.is_some()));
        if limited {
            // GitHub asks for at least a minute where it names no time.
            let until = at.or_else(|| now.checked_add(Duration::from_mins(1)).ok()).unwrap_or(now);
            self.limits.close(&Origin::of(&ask.url), ask.resource, until, now);
            return Err(SourceError::RateLimited { host: host(&ask.url), until });
        }
        if status.is_server_error() {
            return Err(failed(&ask.url, format!("answered with status {}", status.as_u16())));
        }
        Ok(())
    }

    /// Sends the request and follows redirects, each judged anew.
    async fn follow(
        &self,
        ask: &Ask,
        extra: Option<(HeaderName, &str)>,
    ) -> Result<Response, SourceError> {
        let home = Origin::of(&ask.url);
        let (mut url, mut at_home) = (ask.url.clone(), true);
        for _ in 0..=MOST_REDIRECTS {
            at_home = at_home && Origin::of(&url) == home;
            self.guard.check(&url, at_home)?;
            let exempt = at_home && self.guard.is_exempt(&url);
            let client = if exempt { &self.exempt } else { &self.public };
            let method = if ask.body.is_some() { Method::POST } else { Method::GET };
            let mut request =
                client.request(method, url.clone()).header(header::ACCEPT, ask.accept);
            if let Some(body) = &ask.body {
                request = request.json(body);
            }
            if let Some((name, value)) = &extra {
                request = request.header(name, *value);
            }
            if let Some(token) = ask.token.as_ref().filter(|_| at_home) {
                request = request.bearer_auth(token.expose_secret());
            }
            let answer = request.send().await.map_err(|error| refused(&url, &error))?;
            self.limits.learn(&Origin::of(&url), answer.headers(), self.clock.now());
            let Some(next) = redirect(&url, &answer) else { return Ok(answer) };
            url = next;
        }
        Err(failed(&ask.url, "redirects in circles".to_owned()))
    }

    /// A small file at a pinned commit that was read as a document is not asked for again.
    async fn kept(&self, ask: &Ask) -> Option<Kept> {
        if !ask.immutable {
            return None;
        }
        self.cache.get(&ask.key()).await.filter(|kept| kept.immutable)
    }

    /// A file's bytes, from an offset on where one is given.
    pub(crate) async fn stream(&self, ask: &Ask, offset: u64) -> Result<Streamed, SourceError> {
        let origin = Origin::of(&ask.url);
        if let Some(kept) = self.kept(ask).await {
            return Ok(kept.streamed_from(offset));
        }
        self.obey(&origin, ask)?;
        let slot = self.slot(&origin, true).await;
        let range = format!("bytes={offset}-");
        let extra = (offset > 0).then_some((header::RANGE, range.as_str()));
        let patience = self.settings.patience.document;
        let answer = tokio::time::timeout(patience, self.follow(ask, extra))
            .await
            .map_err(|_| failed(&ask.url, format!("did not answer within {patience:?}")))??;
        let (status, headers) = (answer.status(), answer.headers().clone());
        if !status.is_success() {
            let short = Ask { limit_bytes: MOST_REFUSAL_BYTES, ..ask.clone() };
            let body = tokio::time::timeout(patience, bounded(answer, &short)).await;
            let body = body.ok().and_then(Result::ok);
            self.judge(ask, status, &headers, &body.unwrap_or_default())?;
            return Ok(Streamed { status, headers, body: futures::stream::empty().boxed() });
        }
        let body = pieces(answer, ask.url.clone(), self.settings.patience.between_pieces, slot);
        Ok(Streamed { status, headers, body })
    }

    async fn slot(&self, origin: &Origin, file: bool) -> Option<OwnedSemaphorePermit> {
        let gate = {
            let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
            if gates.len() >= MOST_IDLE_GATES {
                gates.retain(|_, gate| Arc::strong_count(gate) > 1);
            }
            let places = if file { FILES_AT_ONCE } else { AT_ONCE };
            let gate = gates.entry((origin.clone(), file));
            Arc::clone(gate.or_insert_with(|| Arc::new(Semaphore::new(places))))
        };
        // A gate is never closed.
        gate.acquire_owned().await.ok()
    }

    /// What an upstream's origin last said of its limits.
    pub(crate) fn budgets(&self, upstream: Upstream) -> Vec<Budget> {
        let url = match upstream {
            Upstream::HuggingFace => &self.settings.hugging_face,
            Upstream::GitHub => &self.settings.github,
        };
        let stated = self.limits.of(&Origin::of(url)).into_iter();
        stated
            .map(|stated| Budget {
                upstream,
                resource: stated.resource,
                remaining: stated.remaining,
                limit: stated.limit,
                resets_at: stated.resets_at,
            })
            .collect()
    }
}

impl From<Kept> for Reply {
    fn from(kept: Kept) -> Self {
        Self { status: StatusCode::OK, headers: kept.headers, body: kept.body }
    }
}

impl Kept {
    fn streamed_from(self, offset: u64) -> Streamed {
        let size = self.body.len();
        let begin = usize::try_from(offset).unwrap_or(size).min(size);
        let mut headers = HeaderMap::new();
        let status = if begin == 0 { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
        let range = format!("bytes {begin}-{size}/{size}");
        if let Some(range) = HeaderValue::from_str(&range).ok().filter(|_| begin > 0) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size - begin));
        let rest = self.body.slice(begin..);
        Streamed { status, headers, body: futures::stream::iter([Ok(rest)]).boxed() }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn kept_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = KEPT_HEADERS.iter();
    kept.filter_map(|name| Some(((*name).to_owned(), text(headers, name)?))).collect()
}

/// What went wrong at a host.
pub(crate) fn failed(url: &Url, detail: String) -> SourceError {
    SourceError::Failed { host: host(url), detail }
}

fn redirect(url: &Url, answer: &Response) -> Option<Url> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.headers().get(header::LOCATION).map(HeaderValue::as_bytes)?;
    url.join(std::str::from_utf8(location).ok()?).ok()
}

fn refused(url: &Url, error: &reqwest::Error) -> SourceError {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<NotPublic>() {
            return SourceError::ForbiddenAddress { host: host(url) };
        }
        cause = inner.source();
    }
    let detail = if error.is_timeout() {
        "did not answer in time"
    } else if error.is_connect() {
        "cannot be reached"
    } else {
        "broke the connection off"
    };
    failed(url, detail.to_owned())
}

async fn bounded(mut answer: Response, ask: &Ask) -> Result<Bytes, SourceError> {
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| refused(&ask.url, &error))? {
        if body.len() + piece.len() > ask.limit_bytes {
            return Err(SourceError::TooLarge {
                what: ask.url.to_string(),
                limit_bytes: ask.limit_bytes as u64,
            });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

fn pieces(
    answer: Response,
    url: Url,
    patience: Duration,
    slot: Option<OwnedSemaphorePermit>,
) -> BoxStream<'static, Result<Bytes, SourceError>> {
    let state = Some((answer, url, slot));
    futures::stream::unfold(state, move |state| async move {
        let (mut answer, url, slot) = state?;
        match tokio::time::timeout(patience, answer.chunk()).await {
            Ok(Ok(Some(piece))) => Some((Ok(piece), Some((answer, url, slot)))),
            Ok(Ok(None)) => None,
            Ok(Err(error)) => Some((Err(refused(&url, &error)), None)),
            Err(_) => {
                let detail = format!("sent nothing for {patience:?}");
                Some((Err(failed(&url, detail)), None))
            }
        }
    })
    .boxed()
}
