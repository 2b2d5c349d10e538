//! An artifact's pinned revisions, and the files of one of them.

use crate::extract::{ArtifactPath, Query};
use crate::links::Links;
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::{Artifact, FileEntry, Revision, RevisionId, RevisionState, Timestamp};
use touchstone_registry::{Pinned, RevisionSummary};
use utoipa::ToSchema;

/// One pinned revision.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactRevision {
    /// Its identity here.
    #[schema(value_type = String)]
    id: RevisionId,
    /// The upstream commit.
    commit: String,
    /// Where it was taken from.
    source_url: String,
    /// `published` or `refused`.
    state: &'static str,
    /// Whether it is the one that is served.
    current: bool,
    /// Since when it has been.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = timestamp)]
    current_since: Option<Timestamp>,
    /// Bytes of all its files.
    size_bytes: u64,
    /// Bytes of its files that are held here.
    stored_bytes: u64,
    /// How many files it has.
    files: usize,
    /// Its net score, where it is a rated model.
    net_score: Option<f64>,
    /// When its ingest began.
    #[schema(schema_with = timestamp)]
    created_at: Timestamp,
    /// When it was published.
    #[schema(schema_with = timestamp)]
    published_at: Timestamp,
}

impl From<RevisionSummary> for ArtifactRevision {
    fn from(RevisionSummary { revision, net_score, current_since }: RevisionSummary) -> Self {
        Self {
            source_url: revision.source.page_url(),
            state: match revision.state {
                RevisionState::Published => "published",
                RevisionState::Refused => "refused",
            },
            current: current_since.is_some(),
            current_since,
            size_bytes: revision.manifest.total_bytes(),
            stored_bytes: revision.manifest.stored_bytes(),
            files: revision.manifest.files().len(),
            net_score,
            id: revision.id,
            commit: revision.commit,
            created_at: revision.created_at,
            published_at: revision.published_at,
        }
    }
}

/// The files of one revision.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactFiles {
    /// The upstream commit.
    commit: String,
    /// Bytes of all files.
    size_bytes: u64,
    /// Bytes of those that are held here.
    stored_bytes: u64,
    /// The files, sorted by path.
    files: Vec<ArtifactFile>,
}

/// One file.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactFile {
    /// Its path inside the repository.
    path: String,
    /// Its size.
    size_bytes: u64,
    /// The hash of its bytes, where it is known.
    sha256: Option<String>,
    /// `stored`: held and verified here; `referenced`: known by what upstream says of it.
    holding: &'static str,
    /// Where its bytes can be downloaded from this registry.
    download_url: String,
    /// Where upstream shows it.
    source_url: String,
}

impl ArtifactFile {
    fn of(file: &FileEntry, artifact: &Artifact, revision: &Revision, links: &Links) -> Self {
        Self {
            size_bytes: file.size_bytes,
            sha256: file.sha256().map(ToString::to_string),
            holding: if file.is_stored() { "stored" } else { "referenced" },
            download_url: links.file(artifact, &revision.commit, &file.path),
            source_url: revision.source.file_url(&revision.commit, &file.path),
            path: file.path.clone(),
        }
    }
}

/// Every pinned revision of an artifact, newest first.
#[utoipa::path(
    get, path = "", operation_id = "artifact_revisions", tag = "artifacts",
    responses((status = 200, description = "The revisions.", body = Vec<ArtifactRevision>))
)]
pub(crate) async fn revisions(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
) -> Result<Json<Vec<ArtifactRevision>>, Problem> {
    let revisions = served.registry.revisions(kind, &id).await?;
    Ok(Json(revisions.into_iter().map(ArtifactRevision::from).collect()))
}

/// The files of an artifact, with their sizes and hashes.
#[utoipa::path(
    get, path = "", operation_id = "artifact_files", tag = "bytes",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named.")),
    responses(
        (status = 200, description = "The files.", body = ArtifactFiles),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn files(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    query: Query,
    links: Links,
) -> Result<Json<ArtifactFiles>, Problem> {
    let pinned = served.registry.pinned(kind, &id, query.revision()?).await?;
    let Pinned { artifact, revision } = pinned;
    let files = revision.manifest.files().iter();
    Ok(Json(ArtifactFiles {
        commit: revision.commit.clone(),
        size_bytes: revision.manifest.total_bytes(),
        stored_bytes: revision.manifest.stored_bytes(),
        files: files.map(|file| ArtifactFile::of(file, &artifact, &revision, &links)).collect(),
    }))
}
