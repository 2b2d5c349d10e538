//! Who did what to an artifact.

use crate::extract::{ArtifactPath, Client};
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::App;
use crate::wire::ArtifactMetadata;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::Timestamp;
use touchstone_domain::audit::{AuditAction, AuditEntry};
use utoipa::ToSchema;

/// One line of the trail.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactAuditEntry {
    /// Who.
    user: User,
    /// When, UTC.
    #[schema(schema_with = timestamp)]
    date: Timestamp,
    /// To which artifact.
    artifact: ArtifactMetadata,
    /// What.
    #[schema(value_type = AuditActionWord)]
    action: AuditAction,
    /// What came of it, where the action does not say it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// Whoever did it.
#[derive(Serialize, ToSchema)]
pub(crate) struct User {
    /// Their name; `anonymous@` and an address where there is no sign-in.
    name: String,
    /// Whether they are an administrator.
    is_admin: bool,
}

/// What was done.
#[derive(ToSchema)]
#[schema(as = AuditAction, rename_all = "UPPERCASE")]
#[expect(dead_code, reason = "describes the domain's AuditAction to readers of the document")]
pub(crate) enum AuditActionWord {
    /// It was registered.
    Create,
    /// It was pointed at another revision or repository.
    Update,
    /// Its bytes were downloaded.
    Download,
    /// Its rating was asked for, or made anew.
    Rate,
    /// Its trail was read.
    Audit,
}

impl From<AuditEntry> for ArtifactAuditEntry {
    fn from(entry: AuditEntry) -> Self {
        Self {
            user: User { name: entry.caller.name, is_admin: entry.caller.is_admin },
            date: entry.date,
            artifact: ArtifactMetadata::new(entry.name, entry.artifact, entry.kind),
            action: entry.action,
            detail: entry.detail,
        }
    }
}

/// Who did what to an artifact, oldest first.
#[utoipa::path(
    get, path = "", operation_id = "audit_trail", tag = "trust",
    responses((status = 200, description = "The trail.", body = Vec<ArtifactAuditEntry>))
)]
pub(crate) async fn audit(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    Client(caller): Client,
) -> Result<Json<Vec<ArtifactAuditEntry>>, Problem> {
    let trail = served.registry.audit_trail(&caller, kind, &id).await?;
    Ok(Json(trail.into_iter().map(ArtifactAuditEntry::from).collect()))
}
