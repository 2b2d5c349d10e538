//! From a request's parts to domain types; a request that cannot be read ends here, with one
//! sentence.

mod artifact_path;
mod caller;
mod json;
mod page;
mod query;

pub(crate) use artifact_path::{ArtifactPath, ModelsPath, NamePath, TypePath, WordPath};
pub(crate) use caller::{Client, client_address, is_trusted_proxy};
pub(crate) use json::Body;
pub(crate) use page::next_offset;
pub(crate) use query::Query;
