//! The download benchmark: many clients download one model from this registry at the same time.

use crate::extract::{Body, WordPath};
use crate::links::Links;
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::settings::ServerSettings;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use touchstone_domain::{ArtifactId, Timestamp};
use touchstone_registry::{BenchmarkJob, BenchmarkRequest, BenchmarkResults, BenchmarkStatus};
use url::Url;
use utoipa::ToSchema;

/// Downloads at the same time where nothing is said.
const DEFAULT_CONCURRENT_REQUESTS: u32 = 100;

/// Downloads at the same time at the most.
const MAX_CONCURRENT_REQUESTS: u32 = 1000;

/// What to measure.
#[derive(Deserialize, ToSchema, Default)]
#[serde(default, expecting = "an object")]
pub(crate) struct BenchmarkStart {
    /// The registry's own address, where it is stated at all: nothing else is loaded.
    target_url: Option<String>,
    /// Which model; the one whose name matches `Tiny-LLM` where none is named.
    artifact_id: Option<String>,
    /// Downloads at the same time, 100 where nothing is said.
    #[schema(minimum = 1, maximum = 1000)]
    concurrent_requests: Option<u32>,
}

/// That a benchmark began.
#[derive(Serialize, ToSchema)]
pub(crate) struct BenchmarkStarted {
    /// The id to ask by.
    job_id: String,
    /// `running`.
    status: &'static str,
    /// The same for people.
    message: String,
    /// What is loaded.
    target_url: String,
}

/// How a benchmark stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct BenchmarkReport {
    /// Its id.
    job_id: String,
    /// `running`, `completed` or `failed`.
    status: &'static str,
    /// When it began.
    #[schema(schema_with = timestamp)]
    started_at: Timestamp,
    /// Share of downloads that are finished, 0 to 100.
    progress: f64,
    /// Downloads finished, of all.
    current_progress: String,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = timestamp)]
    completed_at: Option<Timestamp>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Box<BenchmarkMeasurements>>,
    /// Why it could not be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// What a benchmark measured.
#[derive(Serialize, ToSchema)]
pub(crate) struct BenchmarkMeasurements {
    test_configuration: TestConfiguration,
    black_box_metrics: BlackBoxMetrics,
    white_box_metrics: WhiteBoxMetrics,
}

/// What was loaded, and how.
#[derive(Serialize, ToSchema)]
pub(crate) struct TestConfiguration {
    /// The address that was downloaded.
    target_url: String,
    /// The model.
    #[schema(value_type = String)]
    artifact_id: ArtifactId,
    /// Its name.
    artifact_name: String,
    /// Downloads at the same time.
    concurrent_requests: u32,
}

/// What the clients saw.
#[derive(Serialize, ToSchema)]
pub(crate) struct BlackBoxMetrics {
    throughput: Throughput,
    latency: LatencyMs,
    request_summary: RequestSummary,
}

/// How much came, how fast.
#[derive(Serialize, ToSchema)]
pub(crate) struct Throughput {
    /// Whole downloads a second.
    requests_per_second: f64,
    /// Megabits (10^6 bits) a second.
    mbps: f64,
    /// Bytes that came.
    total_bytes_downloaded: u64,
    /// The same in megabytes (10^6 bytes).
    total_downloaded_mb: f64,
    /// Bytes to a whole download.
    average_file_size_bytes: f64,
}

/// How long whole downloads took, in milliseconds.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the contract's names")]
pub(crate) struct LatencyMs {
    /// Mean.
    mean_ms: f64,
    /// Median.
    median_ms: f64,
    /// 99th percentile.
    p99_ms: f64,
    /// Shortest.
    min_ms: f64,
    /// Longest.
    max_ms: f64,
}

/// How the downloads ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestSummary {
    /// Downloads begun.
    total_requests: u64,
    /// Those that came whole.
    successful: u64,
    /// Those that did not.
    failed: u64,
    /// Percentage of downloads that came whole.
    success_rate: f64,
    /// Seconds from the first request to the last byte.
    total_duration_seconds: f64,
}

/// What the server itself saw meanwhile.
#[derive(Serialize, ToSchema)]
pub(crate) struct WhiteBoxMetrics {
    /// CPU seconds it used, where the system tells.
    cpu_seconds: Option<f64>,
    /// Its resident memory afterwards, in bytes, where the system tells.
    resident_memory_bytes: Option<u64>,
    /// Its largest resident memory meanwhile, in bytes, where the system tells.
    peak_resident_memory_bytes: Option<u64>,
    /// Bytes it served.
    bytes_served: u64,
    /// Why downloads did not come whole.
    error_breakdown: Vec<ErrorCount>,
}

/// A reason and how often it applied.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErrorCount {
    /// The reason.
    error: String,
    /// How often.
    count: u64,
}

impl From<BenchmarkJob> for BenchmarkReport {
    fn from(job: BenchmarkJob) -> Self {
        let (status, results, error) = match job.status {
            BenchmarkStatus::Running => ("running", None, None),
            BenchmarkStatus::Completed(results) => ("completed", Some(*results), None),
            BenchmarkStatus::Failed(reason) => ("failed", None, Some(reason)),
        };
        Self {
            job_id: job.id,
            status,
            started_at: job.started_at,
            progress: per_cent(u64::from(job.finished), u64::from(job.total)),
            current_progress: format!("{}/{}", job.finished, job.total),
            completed_at: job.completed_at,
            results: results.map(|results| Box::new(results.into())),
            error,
        }
    }
}

impl From<BenchmarkResults> for BenchmarkMeasurements {
    fn from(results: BenchmarkResults) -> Self {
        Self {
            black_box_metrics: black_box(&results),
            white_box_metrics: WhiteBoxMetrics {
                cpu_seconds: results.cpu_seconds,
                resident_memory_bytes: results.resident_bytes,
                peak_resident_memory_bytes: results.peak_resident_bytes,
                bytes_served: results.total_bytes,
                error_breakdown: results
                    .failures
                    .into_iter()
                    .map(|(error, count)| ErrorCount { error, count })
                    .collect(),
            },
            test_configuration: TestConfiguration {
                target_url: results.target_url,
                artifact_id: results.artifact,
                artifact_name: results.artifact_name,
                concurrent_requests: results.concurrent_requests,
            },
        }
    }
}

fn black_box(results: &BenchmarkResults) -> BlackBoxMetrics {
    let bytes = results.total_bytes as f64;
    let latency = results.latency;
    BlackBoxMetrics {
        throughput: Throughput {
            requests_per_second: ratio(results.successful as f64, results.duration_seconds),
            mbps: ratio(bytes * 8.0 / 1e6, results.duration_seconds),
            total_bytes_downloaded: results.total_bytes,
            total_downloaded_mb: bytes / 1e6,
            average_file_size_bytes: ratio(bytes, results.successful as f64),
        },
        latency: LatencyMs {
            mean_ms: latency.mean,
            median_ms: latency.median,
            p99_ms: latency.p99,
            min_ms: latency.min,
            max_ms: latency.max,
        },
        request_summary: RequestSummary {
            total_requests: results.total_requests,
            successful: results.successful,
            failed: results.total_requests.saturating_sub(results.successful),
            success_rate: per_cent(results.successful, results.total_requests),
            total_duration_seconds: results.duration_seconds,
        },
    }
}

fn per_cent(part: u64, whole: u64) -> f64 {
    ratio(part as f64 * 100.0, whole as f64)
}

fn ratio(amount: f64, of: f64) -> f64 {
    if of > 0.0 { amount / of } else { 0.0 }
}

/// Begins a benchmark of this registry's downloads.
#[utoipa::path(post, path = "", operation_id = "start_benchmark", tag = "health",
    request_body = Option<BenchmarkStart>,
    responses(
        (status = 200, description = "It began.", body = BenchmarkStarted),
        (status = 404, description = "The model is not registered."),
        (status = 409, description = "One is running already.")))]
pub(crate) async fn start(
    State(served): App,
    links: Links,
    body: Option<Body<BenchmarkStart>>,
) -> Result<Json<BenchmarkStarted>, Problem> {
    let body = body.map(|Body(body)| body).unwrap_or_default();
    let base_url = own_address(&served.settings)?;
    check_target(body.target_url.as_deref(), &base_url, &links)?;
    let concurrent_requests = body.concurrent_requests.unwrap_or(DEFAULT_CONCURRENT_REQUESTS);
    if !(1..=MAX_CONCURRENT_REQUESTS).contains(&concurrent_requests) {
        return Err(Problem::Invalid("concurrent_requests must be from 1 to 1000".to_owned()));
    }
    let artifact = body.artifact_id.map(|id| id.parse()).transpose()?;
    let target_url = base_url.to_string();
    let request = BenchmarkRequest { base_url, artifact, concurrent_requests };
    let job = served.registry.start_benchmark(request)?;
    Ok(Json(BenchmarkStarted {
        message: format!("{concurrent_requests} concurrent downloads have begun."),
        job_id: job.id,
        status: "running",
        target_url,
    }))
}

/// How a benchmark stands and, once it is done, what it measured.
#[utoipa::path(get, path = "", operation_id = "benchmark_report", tag = "health",
    responses(
        (status = 200, description = "How it stands.", body = BenchmarkReport),
        (status = 404, description = "There is no such benchmark.")))]
pub(crate) async fn report(
    State(served): App,
    WordPath(job_id): WordPath,
) -> Result<Json<BenchmarkReport>, Problem> {
    Ok(Json(served.registry.benchmark(&job_id)?.into()))
}

/// Where this process itself listens: what a request's headers claim must not choose who is loaded.
fn own_address(settings: &ServerSettings) -> Result<Url, Problem> {
    let address = match settings.bind.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    let address = SocketAddr::new(address, settings.bind.port());
    let url = format!("http://{address}{}", settings.root_path);
    url.parse().map_err(|_| Problem::Invalid("the registry does not know its address".to_owned()))
}

/// A target may be named, but only this registry by one of its own addresses.
fn check_target(target: Option<&str>, own: &Url, links: &Links) -> Result<(), Problem> {
    let Some(target) = target else { return Ok(()) };
    let origin = target.parse::<Url>().ok().map(|url| url.origin());
    let known = links.base().parse::<Url>().ok().map(|url| url.origin());
    if origin.is_some() && (origin == known || origin == Some(own.origin())) {
        Ok(())
    } else {
        Err(Problem::Invalid("target_url must be this registry's own address".to_owned()))
    }
}
