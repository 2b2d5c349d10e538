//! Licence questions: what a model and its lineage state, what that asks for, and what follows for
//! a use.
//!
//! [`statements`] reads where a repository states a licence and [`declared`] what holds where it
//! states several; [`expression`] understands what is written there, [`names`] prose and addresses,
//! [`texts`] whole texts. [`terms`] has the tables of what each licence asks for, [`rules`] draws
//! the conclusion, [`lineage`] finds whose terms bind, and [`answer`] puts it together.

mod answer;
mod declared;
mod expression;
mod lineage;
mod names;
mod rules;
mod spelling;
mod statements;
mod terms;
mod texts;

pub(crate) use answer::{Question, code_contradicts};
pub(crate) use declared::Declared;
pub(crate) use lineage::{ancestors, data, own};

pub use answer::{license_between, license_check, license_of_product};
pub use terms::{LicenseTerms, license_terms};
