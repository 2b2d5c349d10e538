//! Who did what to which artifact, and when: an append-only trail.

use crate::artifact::{ArtifactId, ArtifactName, ArtifactType};
use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum AuditAction {
    /// It was registered.
    Create,
    /// It was pointed at another revision or repository, or its current revision moved.
    Update,
    /// Its bytes were downloaded.
    Download,
    /// Its rating was asked for, or made anew.
    Rate,
    /// Its audit trail was read.
    Audit,
}

/// Whoever asked: a person once there is sign-in, until then the client's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// A user's name, or `anonymous@` and the client's address.
    pub name: String,
    /// Whether this is an administrator.
    pub is_admin: bool,
}

impl Caller {
    /// The registry itself: jobs and maintenance.
    #[must_use]
    pub fn registry() -> Self {
        Self { name: "touchstone".to_owned(), is_admin: true }
    }
}

/// One line of the trail. The name and type are kept with it, so that it can be read after the
/// artifact is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When, UTC.
    pub date: Timestamp,
    /// Who.
    pub caller: Caller,
    /// What.
    pub action: AuditAction,
    /// To which artifact.
    pub artifact: ArtifactId,
    /// Its name.
    pub name: ArtifactName,
    /// Its type.
    pub kind: ArtifactType,
    /// What came of it, as one sentence, where the action does not say it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
