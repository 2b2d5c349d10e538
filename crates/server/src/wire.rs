//! Shapes that several routes answer with.

use crate::links::Links;
use serde::Serialize;
use touchstone_domain::{Artifact, ArtifactId, ArtifactName, ArtifactType};
use touchstone_registry::Pinned;
use utoipa::ToSchema;

/// An artifact's name, id and type.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactMetadata {
    /// What people call it.
    #[schema(value_type = String)]
    name: ArtifactName,
    /// Its identity.
    #[schema(value_type = String, pattern = "^[a-zA-Z0-9\\-]+$")]
    id: ArtifactId,
    /// Model, data set or code.
    #[serde(rename = "type")]
    #[schema(value_type = ArtifactTypeWord)]
    kind: ArtifactType,
}

impl ArtifactMetadata {
    /// Of an artifact that may be gone.
    pub(crate) fn new(name: ArtifactName, id: ArtifactId, kind: ArtifactType) -> Self {
        Self { name, id, kind }
    }
}

impl From<Artifact> for ArtifactMetadata {
    fn from(artifact: Artifact) -> Self {
        Self::new(artifact.name, artifact.id, artifact.kind)
    }
}

/// Model, data set or code.
#[derive(ToSchema)]
#[schema(as = ArtifactType, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the domain's ArtifactType to readers of the document")]
pub(crate) enum ArtifactTypeWord {
    /// A machine-learning model.
    Model,
    /// A data set.
    Dataset,
    /// A code repository.
    Code,
}

/// Where an artifact comes from and where its bytes are.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactData {
    /// The address as it was registered or last updated.
    url: String,
    /// Where its bundle can be downloaded from this registry.
    download_url: String,
}

/// An artifact as it is read and answered.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactEnvelope {
    metadata: ArtifactMetadata,
    data: ArtifactData,
    /// The upstream commit, where an older revision was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
}

impl ArtifactEnvelope {
    /// The artifact as it is.
    pub(crate) fn current(artifact: Artifact, links: &Links) -> Self {
        let download_url = links.download(&artifact, None);
        let data = ArtifactData { url: artifact.url.clone(), download_url };
        Self { metadata: artifact.into(), data, revision: None }
    }

    /// The artifact at one commit.
    pub(crate) fn pinned(Pinned { artifact, revision }: Pinned, links: &Links) -> Self {
        let download_url = links.download(&artifact, Some(&revision.commit));
        let data = ArtifactData { url: artifact.url.clone(), download_url };
        Self { metadata: artifact.into(), data, revision: Some(revision.commit) }
    }
}

/// That something was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct Done {
    /// What, as one sentence.
    detail: &'static str,
}

impl Done {
    /// Says so.
    pub(crate) fn saying(detail: &'static str) -> Self {
        Self { detail }
    }
}

/// That an artifact is not ready yet.
#[derive(Serialize, ToSchema)]
pub(crate) struct StillProcessing {
    /// So, as one sentence.
    detail: &'static str,
    /// Where its progress can be followed.
    progress_url: String,
}

impl StillProcessing {
    /// Says so, with the address of the progress.
    pub(crate) fn at(progress_url: String) -> Self {
        Self { detail: "The artifact is still being processed.", progress_url }
    }
}
