//! Models side by side, metric by metric, with the reasons for the difference.

use super::rating::Observation;
use crate::extract::{Client, ModelsPath, Query};
use crate::links::Links;
use crate::problem::Problem;
use crate::state::App;
use crate::wire::ArtifactEnvelope;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::comparison::{
    Comparison, CriterionComparison, CriterionSide, MetricComparison, MetricSide,
};
use touchstone_registry::{ComparedModels, RatedModel};
use utoipa::ToSchema;

/// Two to five models side by side; every list of sides is in the order of the models.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedRatings {
    /// The models, in the order in which they were asked for.
    models: Vec<ComparedModel>,
    /// The questions, and what each model's answer rests on.
    metrics: Vec<ComparedMetric>,
}

/// One of the models.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedModel {
    /// The model.
    artifact: ArtifactEnvelope,
    /// The upstream commit that was rated.
    commit: String,
    /// The weighted mean of all scores.
    net_score: f64,
    /// Share of the weight that rests on facts that were really there, 0 to 1.
    coverage: f64,
    /// The metric with the lowest score among those that apply.
    weakest: &'static str,
    /// Findings that no average may launder, each as one sentence.
    blocking: Vec<String>,
    /// Whether facts could not be had for a passing reason.
    provisional: bool,
}

impl ComparedModel {
    fn of(rated: RatedModel, links: &Links) -> Self {
        let RatedModel { artifact, revision, rating, .. } = rated;
        Self {
            artifact: ArtifactEnvelope::current(artifact, links),
            commit: revision.commit,
            net_score: rating.net_score,
            coverage: rating.coverage,
            weakest: rating.weakest.as_str(),
            provisional: rating.is_provisional(),
            blocking: rating.blocking.into_iter().map(|finding| finding.summary).collect(),
        }
    }
}

/// The answers to one question.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedMetric {
    /// Which metric.
    metric: &'static str,
    /// Whether the answers differ.
    differs: bool,
    /// What each model's answer is.
    sides: Vec<ComparedAnswer>,
    /// The rows of the metric's table of points that any of the models used.
    criteria: Vec<ComparedCriterion>,
}

impl From<MetricComparison> for ComparedMetric {
    fn from(MetricComparison { metric, differs, sides, criteria }: MetricComparison) -> Self {
        Self {
            metric: metric.as_str(),
            differs,
            sides: sides.into_iter().map(ComparedAnswer::from).collect(),
            criteria: criteria.into_iter().map(ComparedCriterion::from).collect(),
        }
    }
}

/// One model's answer to one question.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedAnswer {
    /// The score, 0 to 1; -1 for reviewedness without a linked repository.
    score: f64,
    /// What it adds to the net score: the counted score times its weight.
    adds: f64,
    /// Whether the question can be asked of this model at all.
    applies: bool,
    /// Share of the points that rest on facts that were really there, 0 to 1.
    coverage: f64,
}

impl From<MetricSide> for ComparedAnswer {
    fn from(MetricSide { score, adds, applies, coverage }: MetricSide) -> Self {
        Self { score, adds, applies, coverage }
    }
}

/// What one row of a table of points gave to each model.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedCriterion {
    /// The row's name.
    criterion: String,
    /// Why it counts.
    because: String,
    /// Whether it gave more to one model than to another.
    differs: bool,
    /// What it gave to each.
    sides: Vec<ComparedPoints>,
}

impl From<CriterionComparison> for ComparedCriterion {
    fn from(row: CriterionComparison) -> Self {
        let CriterionComparison { criterion, because, differs, sides } = row;
        let sides = sides.into_iter().map(ComparedPoints::from).collect();
        Self { criterion, because, differs, sides }
    }
}

/// What one row gave to one model, and what was seen.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedPoints {
    /// Points given.
    points: f64,
    /// Points that could have been given; 0 where the row was not used for this model.
    of: f64,
    /// Whether any of it could not be looked at.
    unavailable: bool,
    /// What was seen, or looked for and not found.
    evidence: Vec<Observation>,
}

impl From<CriterionSide> for ComparedPoints {
    fn from(CriterionSide { points, of, unavailable, evidence }: CriterionSide) -> Self {
        let evidence = evidence.into_iter().map(Observation::from).collect();
        Self { points, of, unavailable, evidence }
    }
}

/// How models differ, metric by metric, and why.
#[utoipa::path(
    get, path = "", operation_id = "compare_ratings", tag = "trust",
    params(
        ("id" = String, Path, description = "The first model."),
        ("others" = String, Path, description = "One to four other models, by commas."),
        ("wait" = Option<u64>, Query, minimum = 0, maximum = 600, description = "Seconds to wait for a model that is still being ingested.")
    ),
    responses(
        (status = 200, description = "The models side by side.", body = ComparedRatings),
        (status = 424, description = "The ingest of one of them failed; the detail says why."),
        (status = 504, description = "One of them is still being ingested.")
    )
)]
pub(crate) async fn compare(
    State(served): App,
    ModelsPath(ids): ModelsPath,
    Client(caller): Client,
    query: Query,
    links: Links,
) -> Result<Json<ComparedRatings>, Problem> {
    let ComparedModels { models, comparison: Comparison { metrics, .. } } =
        served.registry.compare(&caller, &ids, query.wait()?).await?;
    Ok(Json(ComparedRatings {
        models: models.into_iter().map(|rated| ComparedModel::of(rated, &links)).collect(),
        metrics: metrics.into_iter().map(ComparedMetric::from).collect(),
    }))
}
