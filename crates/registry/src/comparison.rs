//! Comparing models by their ratings.

use crate::{RatedModel, Registry, RegistryError};
use std::time::Duration;
use touchstone_domain::audit::Caller;
use touchstone_domain::{ArtifactId, Comparison};

/// More models do not fit beside each other.
const MOST_MODELS: usize = 5;

/// Models side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedModels {
    /// The models with their ratings, in the order in which they were asked for.
    pub models: Vec<RatedModel>,
    /// Where the ratings differ, and why.
    pub comparison: Comparison,
}

impl Registry {
    /// Compares the ratings of two to five models, each read as [`Registry::rating`] does.
    pub async fn compare(
        &self,
        caller: &Caller,
        ids: &[ArtifactId],
        wait: Option<Duration>,
    ) -> Result<ComparedModels, RegistryError> {
        if !(2..=MOST_MODELS).contains(&ids.len()) {
            return Err(RegistryError::Invalid(format!(
                "two to {MOST_MODELS} models can be compared, not {}",
                ids.len()
            )));
        }
        let mut models = Vec::with_capacity(ids.len());
        for id in ids {
            models.push(self.rating(caller, id, None, wait).await?);
        }
        let ratings: Vec<_> = models.iter().map(|model| &model.rating).collect();
        let comparison = Comparison::of(&ratings);
        Ok(ComparedModels { models, comparison })
    }
}
