//! What a model's own repository names: data sets, code repositories and parents.

mod datasets;
pub(crate) mod parents;
mod repositories;

use crate::text::Card;
use touchstone_domain::facts::ModelFacts;
use touchstone_domain::lineage::{Edge, Provenance};

/// More data sets are not followed.
const MAX_DATASETS: usize = 20;
/// More code repositories are not followed.
const MAX_REPOSITORIES: usize = 5;
/// More parents are not followed.
const MAX_PARENTS: usize = 20;

/// A name that a model gives to something else, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written: `owner/name`, `name`, or an address.
    pub name: String,
    /// Where the model names it.
    pub stated_in: Provenance,
}

/// What a model's own repository names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct References {
    /// Data sets of the Hub as `owner/name` or `name`, in the order of their weight as a
    /// statement, without duplicates; at most 20.
    pub datasets: Vec<Named>,
    /// GitHub repositories as `owner/name`, most relevant first; at most 5.
    pub repositories: Vec<Named>,
    /// Parent models: one edge a parent, with everything that states it; at most 20.
    pub parents: Vec<Edge>,
}

/// Reads which data sets, code repositories and parents a model names.
#[must_use]
pub fn references(model: &ModelFacts) -> References {
    let card = Card::of(model);
    References {
        datasets: datasets::named(model, &card),
        repositories: repositories::named(model, &card),
        parents: parents::stated(model, &card),
    }
}
