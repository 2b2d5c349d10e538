//! The ingest job: resolve, collect, transfer, rate, decide, publish. Each stage is idempotent; a
//! crash at any point leaves the job to be taken up again.

mod collect;
mod outcome;
mod parents;
mod publish;
mod score;
mod signals;
mod steps;
mod transfer;
mod weights;
mod worker;

pub(crate) use collect::Collected;
pub(crate) use publish::{edges_of, labels_of};
pub(crate) use signals::Signals;

/// What somebody says belongs to a model, beside what the model itself names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Linked {
    /// Addresses of its data sets.
    pub datasets: Vec<String>,
    /// Addresses of its code.
    pub repositories: Vec<String>,
    /// Addresses of data sets that count where the model names them, by whatever name.
    pub datasets_if_named: Vec<String>,
}
