//! The download benchmark: many concurrent downloads of one model, over HTTP, from outside.

use crate::process::ProcessFigures;
use crate::{Registry, RegistryError};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use touchstone_domain::artifact::time_ordered_id;
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Clock, PageRequest, Timestamp};
use url::Url;

/// What to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenchmarkRequest {
    /// The registry's own address as clients reach it; downloads go nowhere else.
    pub base_url: Url,
    /// Which model; the one whose name matches `Tiny-LLM` where none is given.
    pub artifact: Option<ArtifactId>,
    /// How many downloads at the same time, 1 to 1000.
    pub concurrent_requests: u32,
}

/// A distribution of latencies, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LatencyMilliseconds {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// 99th percentile.
    pub p99: f64,
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
}

/// What was measured, from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchmarkResults {
    /// The address that was downloaded.
    pub target_url: String,
    /// The model.
    pub artifact: ArtifactId,
    /// Its name.
    pub artifact_name: String,
    /// Downloads at the same time.
    pub concurrent_requests: u32,
    /// Downloads begun.
    pub total_requests: u64,
    /// Downloads that came whole.
    pub successful: u64,
    /// Downloads that did not, with why and how often.
    pub failures: Vec<(String, u64)>,
    /// Bytes that came.
    pub total_bytes: u64,
    /// Seconds from the first request to the last byte.
    pub duration_seconds: f64,
    /// Of whole downloads.
    pub latency: LatencyMilliseconds,
    /// CPU seconds that this process used meanwhile, where the system tells.
    pub cpu_seconds: Option<f64>,
    /// Its resident memory afterwards, in bytes, where the system tells.
    pub resident_bytes: Option<u64>,
    /// Its largest resident memory meanwhile, in bytes, where the system tells.
    pub peak_resident_bytes: Option<u64>,
}

/// How a benchmark stands.
#[derive(Debug, Clone, PartialEq)]
pub enum BenchmarkStatus {
    /// Under way.
    Running,
    /// Finished.
    Completed(Box<BenchmarkResults>),
    /// Could not be run; why, as one sentence.
    Failed(String),
}

/// A benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchmarkJob {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub status: BenchmarkStatus,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// Downloads finished so far.
    pub finished: u32,
    /// Downloads in all.
    pub total: u32,
}

/// Benchmarks that are remembered.
const MOST_REMEMBERED: usize = 50;
/// After this a download counts as failed.
const DOWNLOAD_PATIENCE: Duration = Duration::from_mins(5);
/// The model that is measured where none is named.
const DEFAULT_MODEL: &str = "Tiny-LLM";

/// The newest benchmarks of this process, oldest first.
#[derive(Default)]
pub(crate) struct Benchmarks {
    jobs: Mutex<Vec<BenchmarkJob>>,
}

impl Benchmarks {
    fn jobs(&self) -> MutexGuard<'_, Vec<BenchmarkJob>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers the job, unless one runs.
    fn begin(&self, job: &BenchmarkJob) -> Result<(), RegistryError> {
        let mut jobs = self.jobs();
        if jobs.iter().any(|job| job.status == BenchmarkStatus::Running) {
            return Err(RegistryError::Busy("a benchmark is running already".to_owned()));
        }
        if jobs.len() == MOST_REMEMBERED {
            jobs.remove(0);
        }
        jobs.push(job.clone());
        Ok(())
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut BenchmarkJob)) {
        if let Some(job) = self.jobs().iter_mut().find(|job| job.id == id) {
            change(job);
        }
    }
}

/// How one download ended.
struct Finished {
    took: Duration,
    bytes: u64,
    problem: Option<String>,
}

impl Registry {
    /// Begins a benchmark.
    ///
    /// # Errors
    /// [`RegistryError::Busy`] while one runs.
    pub fn start_benchmark(
        &self,
        request: BenchmarkRequest,
    ) -> Result<BenchmarkJob, RegistryError> {
        if !(1..=1000).contains(&request.concurrent_requests) {
            return Err(RegistryError::Invalid(
                "concurrent_requests must be between 1 and 1000".to_owned(),
            ));
        }
        let now = self.inner.clock.now();
        let job = BenchmarkJob {
            id: time_ordered_id(now).to_string(),
            status: BenchmarkStatus::Running,
            started_at: now,
            completed_at: None,
            finished: 0,
            total: request.concurrent_requests,
        };
        self.inner.benchmarks.begin(&job)?;
        let (registry, id) = (self.clone(), job.id.clone());
        tokio::spawn(async move {
            let status = match registry.run_benchmark(&id, &request).await {
                Ok(results) => BenchmarkStatus::Completed(Box::new(results)),
                Err(error) => BenchmarkStatus::Failed(error.to_string()),
            };
            let now = registry.inner.clock.now();
            registry.inner.benchmarks.change(&id, |job| {
                job.status = status;
                job.completed_at = Some(now);
            });
        });
        Ok(job)
    }

    /// A benchmark of this process.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`].
    pub fn benchmark(&self, id: &str) -> Result<BenchmarkJob, RegistryError> {
        let jobs = self.inner.benchmarks.jobs();
        jobs.iter()
            .find(|job| job.id == id)
            .cloned()
            .ok_or_else(|| RegistryError::NotFound("there is no benchmark with this id".to_owned()))
    }

    async fn run_benchmark(
        &self,
        id: &str,
        request: &BenchmarkRequest,
    ) -> Result<BenchmarkResults, RegistryError> {
        let model = self.benchmarked_model(request.artifact.as_ref()).await?;
        let target = format!(
            "{}/artifact/model/{}/download",
            request.base_url.as_str().trim_end_matches('/'),
            model.id
        );
        #[expect(clippy::map_err_ignore, reason = "the cause names our own construction")]
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::limited(3))
            .timeout(DOWNLOAD_PATIENCE)
            .build()
            .map_err(|_| RegistryError::Invalid("the load generator cannot start".to_owned()))?;
        let before = ProcessFigures::read();
        let began = self.inner.clock.elapsed();
        let mut downloads = JoinSet::new();
        for _ in 0..request.concurrent_requests {
            let (client, target, clock) =
                (client.clone(), target.clone(), self.inner.clock.clone());
            downloads.spawn(async move { download(&client, &target, clock.as_ref()).await });
        }
        let mut finished = Vec::new();
        while let Some(download) = downloads.join_next().await {
            finished.extend(download.ok());
            self.inner.benchmarks.change(id, |job| job.finished += 1);
        }
        let duration = self.inner.clock.elapsed().saturating_sub(began);
        let after = ProcessFigures::read();
        let cpu = before.cpu_seconds.zip(after.cpu_seconds).map(|(before, after)| after - before);
        Ok(BenchmarkResults {
            target_url: target,
            artifact: model.id,
            artifact_name: model.name.to_string(),
            concurrent_requests: request.concurrent_requests,
            total_requests: finished.len() as u64,
            successful: finished.iter().filter(|one| one.problem.is_none()).count() as u64,
            failures: failures(&finished),
            total_bytes: finished.iter().map(|one| one.bytes).sum(),
            duration_seconds: duration.as_secs_f64(),
            latency: latency(&finished),
            cpu_seconds: cpu,
            resident_bytes: after.resident_bytes,
            peak_resident_bytes: after.peak_resident_bytes,
        })
    }

    /// The named model, or the one that is measured by default.
    async fn benchmarked_model(&self, id: Option<&ArtifactId>) -> Result<Artifact, RegistryError> {
        if let Some(id) = id {
            return self.artifact(ArtifactType::Model, id).await;
        }
        let found = self.by_regex(DEFAULT_MODEL, &PageRequest::first()).await;
        let named = found.ok().and_then(|page| {
            page.items.into_iter().find(|artifact| {
                artifact.kind == ArtifactType::Model
                    && artifact.name.folded().contains(&DEFAULT_MODEL.to_lowercase())
            })
        });
        named.ok_or_else(|| {
            RegistryError::NotFound(format!(
                "no model whose name matches {DEFAULT_MODEL} is registered; register it or name \
                 another by artifact_id"
            ))
        })
    }
}

async fn download(client: &reqwest::Client, target: &str, clock: &dyn Clock) -> Finished {
    let began = clock.elapsed();
    let mut bytes = 0;
    let problem = whole_body(client, target, &mut bytes).await.err();
    Finished { took: clock.elapsed().saturating_sub(began), bytes, problem }
}

async fn whole_body(client: &reqwest::Client, target: &str, bytes: &mut u64) -> Result<(), String> {
    let broken = |error: reqwest::Error| {
        if error.is_timeout() { "timed out".to_owned() } else { "broke off".to_owned() }
    };
    let mut answer = client.get(target).send().await.map_err(broken)?;
    if answer.status() != reqwest::StatusCode::OK {
        return Err(format!("status {}", answer.status().as_u16()));
    }
    while let Some(piece) = answer.chunk().await.map_err(broken)? {
        *bytes += piece.len() as u64;
    }
    Ok(())
}

fn failures(finished: &[Finished]) -> Vec<(String, u64)> {
    let mut counts = BTreeMap::new();
    for problem in finished.iter().filter_map(|one| one.problem.as_ref()) {
        *counts.entry(problem.clone()).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

fn latency(finished: &[Finished]) -> LatencyMilliseconds {
    let whole = finished.iter().filter(|one| one.problem.is_none());
    let mut times: Vec<f64> = whole.map(|one| one.took.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    let (Some(min), Some(max)) = (times.first(), times.last()) else {
        return LatencyMilliseconds::default();
    };
    // The nearest-rank percentile: an observed value, not an interpolation.
    let percentile = |percent: usize| times[(times.len() * percent).div_ceil(100).max(1) - 1];
    LatencyMilliseconds {
        mean: times.iter().sum::<f64>() / times.len() as f64,
        median: percentile(50),
        p99: percentile(99),
        min: *min,
        max: *max,
    }
}
