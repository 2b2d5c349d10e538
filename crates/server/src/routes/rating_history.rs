//! The ratings that a model has had: when each was made, under which rules, and what it said.

use crate::extract::{ArtifactPath, Query};
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use touchstone_domain::{Healing, Timestamp};
use touchstone_registry::{RatedRevision, RatingHistory};
use utoipa::ToSchema;

/// Whether a rating is the last word on its facts.
#[derive(Serialize, ToSchema, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RatingState {
    /// Nothing is missing for a passing reason.
    Final,
    /// Facts are missing, and are looked for again.
    Provisional,
    /// Facts are missing, and are not looked for any more.
    GivenUp,
}

impl RatingState {
    /// From what the rating says of itself, and how the search for what it lacks stands.
    pub(crate) fn of(is_provisional: bool, healing: Option<&Healing>) -> Self {
        match healing {
            Some(Healing { due_at: None, .. }) => Self::GivenUp,
            Some(_) => Self::Provisional,
            None if is_provisional => Self::Provisional,
            None => Self::Final,
        }
    }
}

/// The ratings of one revision.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModelRatingHistory {
    /// The upstream commit.
    commit: String,
    /// The ratings, newest first: the first is in force.
    ratings: Vec<EarlierRating>,
}

/// One of the ratings of a revision.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarlierRating {
    /// Its number, from 1 on: `rate/evidence?rating=` shows how it came about.
    rating: u32,
    /// When it was made.
    #[schema(schema_with = timestamp)]
    rated_at: Timestamp,
    /// Which edition of the scoring rules was used.
    scoring_version: u32,
    /// The same with a digest of the settings that count.
    edition: String,
    /// Whether it was the last word on the facts.
    state: RatingState,
    /// The weighted mean of all scores.
    net_score: f64,
    /// The reported scores, one a metric.
    scores: BTreeMap<&'static str, f64>,
}

impl From<RatedRevision> for EarlierRating {
    fn from(RatedRevision { sequence, record, healing }: RatedRevision) -> Self {
        let rating = record.rating;
        Self {
            rating: sequence,
            rated_at: record.rated_at,
            scoring_version: rating.scoring_version,
            edition: record.edition.to_string(),
            state: RatingState::of(rating.is_provisional(), healing.as_ref()),
            net_score: rating.net_score,
            scores: rating.metrics.iter().map(|one| (one.metric.as_str(), one.score)).collect(),
        }
    }
}

/// Every rating that a model's revision has had, newest first.
#[utoipa::path(
    get, path = "", operation_id = "rating_history", tag = "trust",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named.")),
    responses(
        (status = 200, description = "The ratings.", body = ModelRatingHistory),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn history(
    State(served): App,
    ArtifactPath { id, .. }: ArtifactPath,
    query: Query,
) -> Result<Json<ModelRatingHistory>, Problem> {
    let history = served.registry.rating_history(&id, query.revision()?).await?;
    let RatingHistory { commit, ratings } = history;
    let ratings = ratings.into_iter().map(EarlierRating::from).collect();
    Ok(Json(ModelRatingHistory { commit, ratings }))
}
