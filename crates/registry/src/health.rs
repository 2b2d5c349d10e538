//! How the parts are, each really asked.

use crate::Registry;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::Mutex;
use touchstone_domain::Timestamp;
use touchstone_sources::{Budget, Upstream};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HealthStatus {
    /// Well.
    Ok,
    /// Nobody could tell.
    Unknown,
    /// Works, but not as it should.
    Degraded,
    /// Does not work.
    Critical,
}

/// How grave an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueSeverity {
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// To be mended now.
    Error,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthIssue {
    /// A stable word for programs.
    pub code: String,
    /// How grave.
    pub severity: IssueSeverity,
    /// What, as one sentence.
    pub summary: String,
    /// What to do about it.
    pub details: Option<String>,
}

/// How one component is: `store`, `blobs`, `ingest`, `hugging-face`, `github`.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentHealth {
    /// Its stable id.
    pub id: &'static str,
    /// Its name for people.
    pub display_name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// How it is.
    pub status: HealthStatus,
    /// When it was asked.
    pub observed_at: Timestamp,
    /// Figures by name.
    pub metrics: BTreeMap<String, serde_json::Value>,
    /// What is not as it should be.
    pub issues: Vec<HealthIssue>,
}

/// How long the answers of our own parts are good for.
const LOCAL_GOOD_FOR: Duration = Duration::from_secs(5);
/// How long the answers of upstreams are good for.
const UPSTREAM_GOOD_FOR: Duration = Duration::from_mins(1);
/// After this a component is said to hang.
const PATIENCE: Duration = Duration::from_secs(2);
/// An answer slower than this is worth a word.
const SLOW: Duration = Duration::from_secs(1);

/// The last answers, so that a page that is reloaded asks nobody anew.
#[derive(Default)]
pub(crate) struct Probes {
    local: Mutex<Option<(Duration, Vec<ComponentHealth>)>>,
    upstream: Mutex<Option<(Duration, Vec<ComponentHealth>)>>,
}

impl Registry {
    /// Asks every component. Answers are remembered for some seconds (upstreams for a minute), and
    /// a component that hangs is reported as such after two seconds.
    pub async fn component_health(&self) -> Vec<ComponentHealth> {
        let probes = &self.inner.probes;
        let (mut local, upstream) = tokio::join!(
            self.remembered(&probes.local, LOCAL_GOOD_FOR, async {
                let (store, blobs, ingest) =
                    tokio::join!(self.store_health(), self.blobs_health(), self.ingest_health());
                vec![store, blobs, ingest]
            }),
            self.remembered(&probes.upstream, UPSTREAM_GOOD_FOR, async {
                let (hub, github) = tokio::join!(
                    self.upstream_health(Upstream::HuggingFace),
                    self.upstream_health(Upstream::GitHub)
                );
                vec![hub, github]
            })
        );
        local.extend(upstream);
        local
    }

    async fn remembered(
        &self,
        memory: &Mutex<Option<(Duration, Vec<ComponentHealth>)>>,
        good_for: Duration,
        ask: impl Future<Output = Vec<ComponentHealth>>,
    ) -> Vec<ComponentHealth> {
        let mut memory = memory.lock().await;
        let now = self.inner.clock.elapsed();
        if let Some((asked, answers)) = memory.as_ref()
            && now.saturating_sub(*asked) < good_for
        {
            return answers.clone();
        }
        let answers = ask.await;
        *memory = Some((now, answers.clone()));
        answers
    }

    async fn store_health(&self) -> ComponentHealth {
        let mut health = self.component("store", "Store", "Keeps everything but the bytes.");
        let began = self.inner.clock.elapsed();
        match tokio::time::timeout(PATIENCE, self.inner.store.probe()).await {
            Ok(Ok(())) => health.answered(self.inner.clock.elapsed().saturating_sub(began)),
            Ok(Err(error)) => {
                health.broken("store_failed", format!("The store does not work: {error}."));
            }
            Err(_) => health.hangs(),
        }
        if let Ok(Ok(counts)) = tokio::time::timeout(PATIENCE, self.inner.store.counts()).await {
            for (kind, pending, ready, failed) in counts.by_type {
                health.figure(&format!("{kind}_artifacts"), pending + ready + failed);
            }
        }
        health
    }

    async fn blobs_health(&self) -> ComponentHealth {
        let mut health = self.component("blobs", "Blobs", "Keeps the bytes of all files.");
        let began = self.inner.clock.elapsed();
        match tokio::time::timeout(PATIENCE, self.inner.blobs.probe()).await {
            Ok(Ok(())) => health.answered(self.inner.clock.elapsed().saturating_sub(began)),
            Ok(Err(error)) => {
                health.broken("blobs_failed", format!("Bytes cannot be kept: {error}."));
            }
            Err(_) => health.hangs(),
        }
        health
    }

    async fn ingest_health(&self) -> ComponentHealth {
        let mut health =
            self.component("ingest", "Ingest", "Brings, rates and publishes what is registered.");
        match tokio::time::timeout(PATIENCE, self.inner.store.job_counts()).await {
            Ok(Ok(counts)) => {
                health.figure("waiting_jobs", counts.waiting);
                health.figure("running_jobs", counts.running);
                health.figure("failed_jobs", counts.failed);
                if counts.failed > 0 {
                    health.note(
                        "failed_jobs",
                        IssueSeverity::Info,
                        format!("{} ingests failed and can be tried again.", counts.failed),
                    );
                }
            }
            Ok(Err(error)) => {
                health.broken("jobs_unreadable", format!("Jobs cannot be read: {error}."));
            }
            Err(_) => health.hangs(),
        }
        let ratings = self.inner.store.rating_counts(&self.inner.edition);
        if let Ok(Ok(counts)) = tokio::time::timeout(PATIENCE, ratings).await {
            health.figure("provisional_ratings", counts.provisional);
            health.figure("outdated_ratings", counts.outdated);
            if counts.outdated > 0 {
                let summary = format!(
                    "{} ratings are still to be made under today's rules.",
                    counts.outdated
                );
                health.note("outdated_ratings", IssueSeverity::Info, summary);
            }
        }
        health
    }

    async fn upstream_health(&self, upstream: Upstream) -> ComponentHealth {
        let mut health = match upstream {
            Upstream::HuggingFace => self.component(
                "hugging-face",
                "Hugging Face",
                "Models and data sets are taken from here.",
            ),
            Upstream::GitHub => {
                self.component("github", "GitHub", "Code repositories are looked at here.")
            }
        };
        let probe = tokio::time::timeout(PATIENCE, self.inner.sources.probe(upstream)).await;
        match probe.map(|probe| (probe.took, probe.problem)) {
            Ok((took, None)) => health.answered(took),
            Ok((_, Some(problem))) => {
                health.status = HealthStatus::Degraded;
                health.note("upstream_unreachable", IssueSeverity::Warning, problem);
            }
            Err(_) => {
                health.hangs();
                health.status = HealthStatus::Degraded;
            }
        }
        for budget in self.inner.sources.budgets() {
            if budget.upstream == upstream {
                health.budget(&budget);
            }
        }
        health
    }

    fn component(
        &self,
        id: &'static str,
        display_name: &'static str,
        description: &'static str,
    ) -> ComponentHealth {
        ComponentHealth {
            id,
            display_name,
            description,
            status: HealthStatus::Ok,
            observed_at: self.inner.clock.now(),
            metrics: BTreeMap::new(),
            issues: Vec::new(),
        }
    }
}

impl ComponentHealth {
    fn figure(&mut self, name: &str, value: impl Into<serde_json::Value>) {
        self.metrics.insert(name.to_owned(), value.into());
    }

    fn note(&mut self, code: &str, severity: IssueSeverity, summary: String) {
        self.issues.push(HealthIssue { code: code.to_owned(), severity, summary, details: None });
    }

    fn answered(&mut self, took: Duration) {
        self.figure("answer_milliseconds", took.as_secs_f64() * 1000.0);
        if took > SLOW {
            self.status = HealthStatus::Degraded;
            self.note(
                "slow",
                IssueSeverity::Warning,
                format!("It took {} milliseconds to answer.", took.as_millis()),
            );
        }
    }

    fn broken(&mut self, code: &str, summary: String) {
        self.status = HealthStatus::Critical;
        self.note(code, IssueSeverity::Error, summary);
    }

    fn hangs(&mut self) {
        self.broken("hangs", format!("It did not answer within {} seconds.", PATIENCE.as_secs()));
    }

    fn budget(&mut self, budget: &Budget) {
        let resource = &budget.resource;
        if let Some(remaining) = budget.remaining {
            self.figure(&format!("{resource}_requests_left"), remaining);
        }
        if let Some(limit) = budget.limit {
            self.figure(&format!("{resource}_requests_allowed"), limit);
        }
        if let Some(resets_at) = budget.resets_at {
            self.figure(&format!("{resource}_resets_at"), resets_at.to_string());
        }
        if budget.remaining == Some(0) {
            self.status = self.status.max(HealthStatus::Degraded);
            self.note(
                "limit_used_up",
                IssueSeverity::Warning,
                format!(
                    "The limit for {resource} requests is used up; work goes on when it is renewed."
                ),
            );
        }
    }
}
