//! A model's rating, and the evidence for it.

use crate::extract::{ArtifactPath, Client, Query};
use crate::links::Links;
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::routes::rating_history::RatingState;
use crate::state::App;
use crate::wire::ArtifactEnvelope;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::rating::{
    BlockingFinding, Evidence, MetricScore, RatingLatency, SizeScores,
};
use touchstone_domain::{Metric, Rating, Timestamp};
use touchstone_registry::RatedModel;
use utoipa::ToSchema;

/// A model's scores, 0 to 1, and the seconds that each took.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModelRating {
    /// The model's name.
    name: String,
    /// What kind of model it is: its pipeline tag, else `unknown`.
    category: String,
    /// The weighted mean of all scores.
    net_score: f64,
    /// Seconds from the first upstream request to the net score.
    net_score_latency: f64,
    /// How fast a newcomer gets a first result.
    ramp_up_time: f64,
    /// Seconds it took.
    ramp_up_time_latency: f64,
    /// What happens if the main author leaves.
    bus_factor: f64,
    /// Seconds it took.
    bus_factor_latency: f64,
    /// Whether the claims are backed.
    performance_claims: f64,
    /// Seconds it took.
    performance_claims_latency: f64,
    /// Whether we may build on it.
    license: f64,
    /// Seconds it took.
    license_latency: f64,
    /// Whether training data and example code are there and documented.
    dataset_and_code_score: f64,
    /// Seconds it took.
    dataset_and_code_score_latency: f64,
    /// Whether that data is any good.
    dataset_quality: f64,
    /// Seconds it took.
    dataset_quality_latency: f64,
    /// Whether the code is maintained like software.
    code_quality: f64,
    /// Seconds it took.
    code_quality_latency: f64,
    /// Whether the card's own example runs as it stands.
    reproducibility: f64,
    /// Seconds it took.
    reproducibility_latency: f64,
    /// How much of the code a second person read; -1 without a linked repository.
    reviewedness: f64,
    /// Seconds it took.
    reviewedness_latency: f64,
    /// Whether its parents are good.
    tree_score: f64,
    /// Seconds it took.
    tree_score_latency: f64,
    /// Which devices can hold it.
    size_score: DeviceScores,
    /// Seconds it took.
    size_score_latency: f64,
}

/// How well each class of device holds the model, 0 to 1.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeviceScores {
    /// Raspberry Pi.
    raspberry_pi: f64,
    /// Jetson Nano.
    jetson_nano: f64,
    /// A desktop computer.
    desktop_pc: f64,
    /// A server in the cloud.
    aws_server: f64,
}

impl From<SizeScores> for DeviceScores {
    fn from(size: SizeScores) -> Self {
        Self {
            raspberry_pi: size.raspberry_pi,
            jetson_nano: size.jetson_nano,
            desktop_pc: size.desktop_pc,
            aws_server: size.aws_server,
        }
    }
}

impl From<RatedModel> for ModelRating {
    fn from(RatedModel { artifact, rating, latency, .. }: RatedModel) -> Self {
        let score = |metric| rating.metric(metric).map_or(0.0, |answer| answer.score);
        let seconds = |metric| seconds(&latency, metric);
        Self {
            name: artifact.name.to_string(),
            net_score: rating.net_score,
            net_score_latency: latency.net_seconds,
            ramp_up_time: score(Metric::RampUpTime),
            ramp_up_time_latency: seconds(Metric::RampUpTime),
            bus_factor: score(Metric::BusFactor),
            bus_factor_latency: seconds(Metric::BusFactor),
            performance_claims: score(Metric::PerformanceClaims),
            performance_claims_latency: seconds(Metric::PerformanceClaims),
            license: score(Metric::License),
            license_latency: seconds(Metric::License),
            dataset_and_code_score: score(Metric::DatasetAndCodeScore),
            dataset_and_code_score_latency: seconds(Metric::DatasetAndCodeScore),
            dataset_quality: score(Metric::DatasetQuality),
            dataset_quality_latency: seconds(Metric::DatasetQuality),
            code_quality: score(Metric::CodeQuality),
            code_quality_latency: seconds(Metric::CodeQuality),
            reproducibility: score(Metric::Reproducibility),
            reproducibility_latency: seconds(Metric::Reproducibility),
            reviewedness: score(Metric::Reviewedness),
            reviewedness_latency: seconds(Metric::Reviewedness),
            tree_score: score(Metric::TreeScore),
            tree_score_latency: seconds(Metric::TreeScore),
            size_score: rating.size.into(),
            size_score_latency: seconds(Metric::SizeScore),
            category: rating.category,
        }
    }
}

fn seconds(latency: &RatingLatency, metric: Metric) -> f64 {
    latency.metric_seconds.get(&metric).copied().unwrap_or(0.0)
}

/// How every score came about.
#[derive(Serialize, ToSchema)]
pub(crate) struct RatingEvidence {
    /// The model.
    artifact: ArtifactEnvelope,
    /// The upstream commit that was rated.
    commit: String,
    /// Which of the commit's ratings it is, from 1 on.
    rating_number: u32,
    /// When it was made.
    #[schema(schema_with = timestamp)]
    rated_at: Timestamp,
    /// Whether it is the last word on the facts.
    state: RatingState,
    /// When the facts that it lacks are looked for again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = timestamp)]
    looked_at_again: Option<Timestamp>,
    /// Seconds from the first upstream request to the net score.
    net_score_latency: f64,
    /// The derivation.
    rating: Derivation,
}

/// A rating with what it rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct Derivation {
    /// Which edition of the scoring rules was used.
    scoring_version: u32,
    /// When the facts were collected.
    #[schema(schema_with = timestamp)]
    collected_at: Timestamp,
    /// What kind of model it is.
    category: String,
    /// The weighted mean of all scores.
    net_score: f64,
    /// Share of the weight that rests on facts that were really there, 0 to 1.
    coverage: f64,
    /// The metric with the lowest score among those that apply.
    weakest: &'static str,
    /// Findings that no average may launder.
    blocking: Vec<Blocking>,
    /// Facts that could not be had for a passing reason.
    provisional: Vec<String>,
    /// The answers, one a metric.
    metrics: Vec<MetricAnswer>,
    /// The size score by device.
    size: DeviceScores,
}

/// A finding that no average may launder.
#[derive(Serialize, ToSchema)]
pub(crate) struct Blocking {
    /// A stable word for programs.
    code: String,
    /// The finding, as one sentence.
    summary: String,
    /// Where it was seen.
    seen_at: Option<String>,
}

impl From<BlockingFinding> for Blocking {
    fn from(BlockingFinding { code, summary, seen_at }: BlockingFinding) -> Self {
        Self { code, summary, seen_at }
    }
}

/// One metric's answer with what it rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct MetricAnswer {
    /// Which metric.
    metric: &'static str,
    /// The score, 0 to 1; -1 for reviewedness without a linked repository.
    score: f64,
    /// The score as it counts in the net score, 0 to 1.
    counted: f64,
    /// Its share of the net score; 0 where it does not apply.
    weight: f64,
    /// Whether the question can be asked of this model at all.
    applies: bool,
    /// Share of the points that rest on facts that were really there, 0 to 1.
    coverage: f64,
    /// Seconds it took.
    latency: f64,
    /// The observations.
    evidence: Vec<Observation>,
}

impl MetricAnswer {
    fn of(answer: MetricScore, latency: &RatingLatency) -> Self {
        Self {
            metric: answer.metric.as_str(),
            score: answer.score,
            counted: answer.counted,
            weight: answer.weight,
            applies: answer.applies,
            coverage: answer.coverage,
            latency: seconds(latency, answer.metric),
            evidence: answer.evidence.into_iter().map(Observation::from).collect(),
        }
    }
}

/// One observation, what it gave and what it could have given.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "as the domain's Evidence names it")]
pub(crate) struct Observation {
    /// The row of the metric's table of points that it belongs to; empty for a remark.
    criterion: String,
    /// What was seen, or looked for and not found.
    observation: String,
    /// Where: an address to open.
    seen_at: Option<String>,
    /// Points given.
    points: f64,
    /// Points that could have been given; 0 for a remark.
    of: f64,
    /// Why it counts; empty for a remark.
    because: String,
    /// Whether nobody could look, which is not the same as not being there.
    unavailable: bool,
}

impl From<Evidence> for Observation {
    fn from(evidence: Evidence) -> Self {
        let Evidence { criterion, observation, seen_at, points, of, because, unavailable } =
            evidence;
        Self { criterion, observation, seen_at, points, of, because, unavailable }
    }
}

impl RatingEvidence {
    fn of(rated: RatedModel, links: &Links) -> Self {
        let RatedModel { artifact, revision, sequence, rated_at, healing, rating, latency } = rated;
        Self {
            artifact: ArtifactEnvelope::current(artifact, links),
            commit: revision.commit,
            rating_number: sequence,
            rated_at,
            state: RatingState::of(rating.is_provisional(), healing.as_ref()),
            looked_at_again: healing.and_then(|healing| healing.due_at),
            net_score_latency: latency.net_seconds,
            rating: Derivation::of(rating, &latency),
        }
    }
}

impl Derivation {
    fn of(rating: Rating, latency: &RatingLatency) -> Self {
        let metrics = rating.metrics.into_iter();
        Self {
            scoring_version: rating.scoring_version,
            collected_at: rating.collected_at,
            category: rating.category,
            net_score: rating.net_score,
            coverage: rating.coverage,
            weakest: rating.weakest.as_str(),
            blocking: rating.blocking.into_iter().map(Blocking::from).collect(),
            provisional: rating.provisional,
            metrics: metrics.map(|answer| MetricAnswer::of(answer, latency)).collect(),
            size: rating.size.into(),
        }
    }
}

/// A model's scores.
#[utoipa::path(
    get, path = "", operation_id = "rate_model", tag = "trust",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."), ("wait" = Option<u64>, Query, minimum = 0, maximum = 600, description = "Seconds to wait for a model that is still being ingested.")),
    responses(
        (status = 200, description = "The scores.", body = ModelRating),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn rate(
    State(served): App,
    ArtifactPath { id, .. }: ArtifactPath,
    Client(caller): Client,
    query: Query,
) -> Result<Json<ModelRating>, Problem> {
    let rated = served.registry.rating(&caller, &id, query.revision()?, query.wait()?).await?;
    Ok(Json(rated.into()))
}

/// How each of a model's scores came about.
#[utoipa::path(
    get, path = "", operation_id = "explain_rating", tag = "trust",
    params(("rating" = Option<u32>, Query, minimum = 1, description = "The number of an earlier rating; the newest where none is named."), ("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."), ("wait" = Option<u64>, Query, minimum = 0, maximum = 600, description = "Seconds to wait for a model that is still being ingested.")),
    responses(
        (status = 200, description = "The derivation.", body = RatingEvidence),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn evidence(
    State(served): App,
    ArtifactPath { id, .. }: ArtifactPath,
    Client(caller): Client,
    query: Query,
    links: Links,
) -> Result<Json<RatingEvidence>, Problem> {
    let (commit, wait) = (query.revision()?, query.wait()?);
    let number = query.integer(&["rating"], 1..=u64::from(u32::MAX))?;
    let rated = match number.and_then(|number| u32::try_from(number).ok()) {
        Some(number) => served.registry.numbered_rating(&caller, &id, commit, number).await?,
        None => served.registry.rating(&caller, &id, commit, wait).await?,
    };
    Ok(Json(RatingEvidence::of(rated, &links)))
}
