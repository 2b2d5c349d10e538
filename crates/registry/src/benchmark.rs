//! The download benchmark: many concurrent downloads of one model, over HTTP, from outside.

use crate::{Registry, RegistryError};
use touchstone_domain::{ArtifactId, Timestamp};
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

/// The newest benchmarks of this process.
#[derive(Default)]
pub(crate) struct Benchmarks {}

impl Registry {
    /// Begins a benchmark.
    ///
    /// # Errors
    /// [`RegistryError::Busy`] while one runs.
    pub async fn start_benchmark(
        &self,
        _request: BenchmarkRequest,
    ) -> Result<BenchmarkJob, RegistryError> {
        todo!()
    }

    /// A benchmark of this process.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`].
    pub fn benchmark(&self, _id: &str) -> Result<BenchmarkJob, RegistryError> {
        todo!()
    }
}
