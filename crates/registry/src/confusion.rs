//! Models that may have been uploaded to be taken for others.

use crate::{Registry, RegistryError};
use touchstone_domain::Artifact;

/// A model that looks like an attempt at confusion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// The model.
    pub artifact: Artifact,
    /// The better-established one it could be taken for.
    pub resembles: Artifact,
    /// How alike the names are, 0 to 1.
    pub similarity: f64,
    /// What speaks for it, each as one sentence.
    pub reasons: Vec<String>,
}

impl Registry {
    /// Looks at all models' names, owners, downloads and scores.
    pub async fn confusion_audit(&self) -> Result<Vec<Suspect>, RegistryError> {
        todo!()
    }
}
