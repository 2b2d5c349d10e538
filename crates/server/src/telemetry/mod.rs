//! What the server sees of its requests: a ring of minutes for the health pages and totals for
//! Prometheus. Everything is counted as it happens; nothing ever goes through a list of requests.

mod clients;
mod latency;
mod prometheus;
mod ring;

pub(crate) use prometheus::render;
pub(crate) use ring::Window;

use axum::http::{Method, StatusCode};
use latency::Latencies;
use ring::Ring;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use touchstone_domain::ArtifactType;

/// The classes of statuses that are told apart: 2xx to 5xx.
pub(crate) const STATUS_CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// What is known of a request when its response leaves.
pub(crate) struct Seen<'a> {
    /// Its method.
    pub(crate) method: &'a Method,
    /// The path as the table of contents has it; nothing where it is not in it.
    pub(crate) route: Option<&'a str>,
    /// The type of artifact that its path names.
    pub(crate) kind: Option<ArtifactType>,
    /// How it was answered.
    pub(crate) status: StatusCode,
    /// How long the answer took.
    pub(crate) took: Duration,
    /// Who asked.
    pub(crate) client: IpAddr,
    /// When it was answered, on the clock that never goes back.
    pub(crate) at: Duration,
}

/// Requests answered by one route, by class of status.
pub(crate) type ByClass<T> = [T; STATUS_CLASSES.len()];

/// Counts since the start, and of the last 24 hours by minute.
pub(crate) struct Telemetry {
    started_at: Duration,
    in_flight: AtomicI64,
    hasher: RandomState,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    /// Method and path of each route that was asked for; its place is its number.
    routes: Vec<String>,
    totals: Vec<ByClass<u64>>,
    latencies: Latencies<u64>,
    ring: Ring,
}

/// A request under way; it ends when this is dropped.
pub(crate) struct InFlight<'a>(&'a AtomicI64);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Telemetry {
    /// Starts counting now.
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            started_at: now,
            in_flight: AtomicI64::new(0),
            hasher: RandomState::new(),
            counts: Mutex::default(),
        }
    }

    /// Counts a request as being under way.
    pub(crate) fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(&self.in_flight)
    }

    /// Counts an answered request.
    pub(crate) fn record(&self, seen: &Seen<'_>) {
        let client = self.hasher.hash_one(seen.client);
        let mut counts = self.counts();
        let Counts { routes, totals, latencies, ring } = &mut *counts;
        let route = number_of(routes, seen.method, seen.route);
        let class = class_of(seen.status);
        totals.resize(routes.len(), ByClass::default());
        if let Some(count) = totals.get_mut(route).and_then(|classes| classes.get_mut(class)) {
            *count += 1;
        }
        latencies.add(seen.took);
        let minute = ring.minute(minute_of(self.since_start(seen.at)));
        minute.count(route, class, seen.kind, is_failure(seen.status), seen.took, client);
    }

    /// Counts a look at a component.
    pub(crate) fn probed(&self, component: &'static str, well: bool, now: Duration) {
        let minute = minute_of(self.since_start(now));
        self.counts().ring.minute(minute).probed(component, well);
    }

    /// What was seen in the last so many minutes, the current one included.
    pub(crate) fn window(&self, minutes: u64, now: Duration) -> Window {
        let counts = self.counts();
        counts.ring.window(minute_of(self.since_start(now)), minutes, &counts.routes)
    }

    /// Requests a minute over the window, in buckets of some minutes, oldest first.
    pub(crate) fn timeline(&self, minutes: u64, now: Duration) -> Vec<ring::Bucket> {
        self.counts().ring.requests_timeline(minute_of(self.since_start(now)), minutes)
    }

    /// Share of looks at a component that found it well, over the window, oldest first.
    pub(crate) fn probes(&self, component: &str, minutes: u64, now: Duration) -> Vec<ring::Bucket> {
        let minute = minute_of(self.since_start(now));
        self.counts().ring.probes_timeline(component, minute, minutes)
    }

    /// How long the server has been running.
    pub(crate) fn since_start(&self, now: Duration) -> Duration {
        now.saturating_sub(self.started_at)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn minute_of(since_start: Duration) -> u64 {
    since_start.as_secs() / 60
}

fn class_of(status: StatusCode) -> usize {
    usize::from(status.as_u16() / 100).clamp(2, 5) - 2
}

/// Failures of ours; that an upstream fails or a model takes long is not.
fn is_failure(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::INSUFFICIENT_STORAGE
    )
}

/// The number of a route. There are only as many as the table of contents has paths: methods that
/// it does not know, and paths, share a number each.
fn number_of(routes: &mut Vec<String>, method: &Method, route: Option<&str>) -> usize {
    let path = route.unwrap_or("(other)");
    let method = match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS") => known,
        _ => "OTHER",
    };
    let is_it = |known: &String| {
        known.strip_prefix(method).and_then(|rest| rest.strip_prefix(' ')) == Some(path)
    };
    routes.iter().position(is_it).unwrap_or_else(|| {
        routes.push(format!("{method} {path}"));
        routes.len() - 1
    })
}

/// Names with counts above zero.
pub(crate) type Named = BTreeMap<String, u64>;
