//! The data sets that a model names: front matter, then tags, then links in the text.

use super::{MAX_DATASETS, Named};
use crate::text::{Card, LinkKind};
use std::collections::HashSet;
use touchstone_domain::ArtifactType;
use touchstone_domain::facts::ModelFacts;
use touchstone_domain::lineage::Provenance;
use touchstone_domain::source::Source;

/// The data sets that a model names, each once.
pub(super) fn named(model: &ModelFacts, card: &Card) -> Vec<Named> {
    let tags = model.info.value().map(|info| info.tags.as_slice()).unwrap_or_default();
    let stated = card.strings("datasets").into_iter().map(|name| (name, Provenance::Card));
    let tagged = tags
        .iter()
        .filter_map(|tag| tag.strip_prefix("dataset:"))
        .map(|name| (name, Provenance::Tag));
    let linked = card.links().filter_map(|link| match &link.kind {
        LinkKind::Dataset(name) => Some((name.as_str(), Provenance::Prose)),
        _ => None,
    });
    let mut seen = HashSet::new();
    stated
        .chain(tagged)
        .chain(linked)
        .filter_map(|(name, stated_in)| Some(Named { name: dataset_name(name)?, stated_in }))
        .filter(|named| seen.insert(named.name.to_lowercase()))
        .take(MAX_DATASETS)
        .collect()
}

/// A data set's `owner/name` or `name` from how a card writes it, which may be an address; nothing
/// for what can be no data set of the Hub.
fn dataset_name(written: &str) -> Option<String> {
    let written = written.trim();
    let address = if written.starts_with("http") {
        written.to_owned()
    } else {
        format!("https://huggingface.co/datasets/{written}")
    };
    match Source::parse(&address, ArtifactType::Dataset) {
        Ok(Source::HuggingFace { repository, .. }) => Some(repository),
        _ => None,
    }
}
