//! The models that a model was made from, with everything that states each.

mod local;
mod prose;

use super::MAX_PARENTS;
use crate::text::Card;
use serde_json::Value;
use std::collections::BTreeMap;
use touchstone_domain::ArtifactType;
use touchstone_domain::facts::{Document, ModelFacts};
use touchstone_domain::lineage::{Edge, Provenance, Relation, Statement};
use touchstone_domain::source::canonical_model;

/// One edge for each parent, in the order in which the most trustworthy sources name them.
pub(crate) fn stated(model: &ModelFacts, card: &Card) -> Vec<Edge> {
    let own = model.source.canonical();
    let former = model.renamed_from.as_deref().and_then(canonical_model);
    let former = former.map(|source| source.canonical());
    let mut order = Vec::new();
    let mut edges: BTreeMap<String, Edge> = BTreeMap::new();
    for named in statements(model, card) {
        let Some(parent) = canonical_model(&named.name).map(|source| source.canonical()) else {
            continue;
        };
        if parent == own || Some(&parent) == former.as_ref() {
            continue;
        }
        let edge = edges.entry(parent.clone()).or_insert_with(|| {
            order.push(parent.clone());
            let (parent_kind, relation) = (ArtifactType::Model, named.statement.relation);
            Edge { parent, parent_kind, relation, statements: Vec::new() }
        });
        edge.also(named.statement);
    }
    order.iter().take(MAX_PARENTS).filter_map(|parent| edges.remove(parent)).collect()
}

/// A parent as one place names it.
struct NamedParent {
    name: String,
    statement: Statement,
}

impl NamedParent {
    fn new(name: impl Into<String>, relation: Relation, stated_in: Provenance) -> Self {
        Self { name: name.into(), statement: Statement { stated_in, relation } }
    }
}

/// Everything that names a parent, most trustworthy source first.
fn statements(model: &ModelFacts, card: &Card) -> Vec<NamedParent> {
    let mut all = Vec::new();
    let relation = card.front_matter.get("base_model_relation").and_then(Value::as_str);
    let relation = relation.map_or(Relation::BaseModel, relation_named);
    let on_card = card.strings("base_model").into_iter();
    all.extend(on_card.map(|name| NamedParent::new(name, relation, Provenance::Card)));
    if let Some(info) = model.info.value() {
        all.extend(
            info.base_models
                .iter()
                .map(|(relation, name)| NamedParent::new(name, *relation, Provenance::HubTree)),
        );
    }
    let adapter = text_field(model.adapter_config.value(), "base_model_name_or_path");
    let config = text_field(model.config.value(), "_name_or_path");
    all.extend(
        adapter.map(|it| NamedParent::new(it, Relation::Adapter, Provenance::AdapterConfig)),
    );
    all.extend(config.map(|it| NamedParent::new(it, Relation::BaseModel, Provenance::ConfigJson)));
    if let Some(info) = model.info.value() {
        all.extend(info.tags.iter().filter_map(|tag| tagged(tag)));
    }
    for named in &mut all {
        if let Some(name) = local::cached(&named.name) {
            named.name = name;
        }
    }
    all.retain(|named| !local::is_local(&named.name));
    all.extend(card.own_sections().flat_map(prose::named));
    all
}

/// `base_model:owner/name` or `base_model:RELATION:owner/name`.
fn tagged(tag: &str) -> Option<NamedParent> {
    let rest = tag.strip_prefix("base_model:")?;
    let (relation, name) = match rest.split_once(':') {
        Some((relation, name)) => (relation_named(relation), name),
        None => (Relation::BaseModel, rest),
    };
    Some(NamedParent::new(name, relation, Provenance::Tag))
}

fn relation_named(word: &str) -> Relation {
    match word.trim().to_ascii_lowercase().as_str() {
        "finetune" => Relation::Finetune,
        "adapter" => Relation::Adapter,
        "quantized" => Relation::Quantized,
        "merge" => Relation::Merge,
        _ => Relation::BaseModel,
    }
}

fn text_field(document: Option<&Document>, field: &str) -> Option<String> {
    let value: Value = serde_json::from_str(&document?.text).ok()?;
    Some(value.get(field)?.as_str()?.trim().to_owned())
}
