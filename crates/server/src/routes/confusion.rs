//! Models that may have been uploaded to be taken for others.

use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::ArtifactId;
use touchstone_registry::Suspect;
use utoipa::ToSchema;

/// What the audit found.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfusionReport {
    /// The models that look like attempts.
    suspected: Vec<SuspectedModel>,
}

/// A model that looks like an attempt at confusion.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuspectedModel {
    /// Its id.
    #[schema(value_type = String)]
    artifact_id: ArtifactId,
    /// Its name.
    name: String,
    /// Where it came from.
    source_url: String,
    /// Why it is suspected.
    metadata: Suspicion,
}

/// Why a model is suspected.
#[derive(Serialize, ToSchema)]
pub(crate) struct Suspicion {
    /// The better-established model it could be taken for.
    #[schema(value_type = String)]
    resembles_artifact_id: ArtifactId,
    /// That one's name.
    resembles_name: String,
    /// Where that one came from.
    resembles_source_url: String,
    /// How alike the names are, 0 to 1.
    similarity: f64,
    /// What speaks for it.
    reasons: Vec<String>,
}

impl From<Suspect> for SuspectedModel {
    fn from(Suspect { artifact, resembles, similarity, reasons }: Suspect) -> Self {
        Self {
            artifact_id: artifact.id,
            name: artifact.name.to_string(),
            source_url: artifact.url,
            metadata: Suspicion {
                resembles_artifact_id: resembles.id,
                resembles_name: resembles.name.to_string(),
                resembles_source_url: resembles.url,
                similarity,
                reasons,
            },
        }
    }
}

/// Models that may have been uploaded to be taken for others.
#[utoipa::path(
    post, path = "", operation_id = "audit_confusion", tag = "trust",
    responses((status = 200, description = "The suspects.", body = ConfusionReport))
)]
pub(crate) async fn audit(State(served): App) -> Result<Json<ConfusionReport>, Problem> {
    let suspects = served.registry.confusion_audit().await?;
    Ok(Json(ConfusionReport { suspected: suspects.into_iter().map(Into::into).collect() }))
}
