//! What an artifact costs to download.

use crate::extract::{ArtifactPath, Query};
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use touchstone_domain::cost::{Cost, megabytes};
use utoipa::ToSchema;

/// Megabytes (10^6 bytes) to download.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactCost {
    /// Of its own files, where dependencies are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    standalone_cost: Option<f64>,
    /// Of everything that was asked for, each file set counted once.
    total_cost: f64,
}

impl ArtifactCost {
    fn of(cost: Cost, dependencies: bool) -> Self {
        let standalone = megabytes(cost.standalone_bytes);
        if dependencies {
            let total_cost = megabytes(cost.total_bytes);
            Self { standalone_cost: Some(standalone), total_cost }
        } else {
            Self { standalone_cost: None, total_cost: standalone }
        }
    }
}

/// What an artifact costs to download, in megabytes.
#[utoipa::path(
    get, path = "", operation_id = "artifact_cost", tag = "trust",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."),
        ("dependency" = Option<bool>, Query, description = "Whether to add what it depends on.")
    ),
    responses(
        (status = 200, description = "Costs by id.", body = BTreeMap<String, ArtifactCost>),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn cost(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    query: Query,
) -> Result<Json<BTreeMap<String, ArtifactCost>>, Problem> {
    let dependencies = query.flag(&["dependency"])?;
    let costs = served.registry.cost(kind, &id, query.revision()?, dependencies).await?;
    let by_id =
        costs.into_iter().map(|(id, cost)| (id.to_string(), ArtifactCost::of(cost, dependencies)));
    Ok(Json(by_id.collect()))
}
