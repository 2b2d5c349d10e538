//! The models that a model was made from, with everything that states each.

use super::MAX_PARENTS;
use crate::text::{Card, LinkKind, Section, words_of};
use serde_json::Value;
use std::collections::BTreeMap;
use touchstone_domain::ArtifactType;
use touchstone_domain::facts::{Document, ModelFacts};
use touchstone_domain::lineage::{Edge, Provenance, Relation};
use touchstone_domain::source::canonical_model;

/// One edge for each parent, in the order in which the most trustworthy sources name them.
pub(super) fn stated(model: &ModelFacts, card: &Card) -> Vec<Edge> {
    let own = model.source.canonical();
    let former = model.renamed_from.as_deref().and_then(canonical_model);
    let former = former.map(|source| source.canonical());
    let mut order = Vec::new();
    let mut edges: BTreeMap<String, Edge> = BTreeMap::new();
    for (name, relation, stated_in) in statements(model, card) {
        let Some(parent) = canonical_model(&name).map(|source| source.canonical()) else {
            continue;
        };
        if parent == own || Some(&parent) == former.as_ref() {
            continue;
        }
        let edge = edges.entry(parent.clone()).or_insert_with(|| {
            order.push(parent.clone());
            Edge { parent, parent_kind: ArtifactType::Model, relation, stated_in: Vec::new() }
        });
        if edge.relation == Relation::BaseModel {
            edge.relation = relation;
        }
        if !edge.stated_in.contains(&stated_in) {
            edge.stated_in.push(stated_in);
        }
    }
    order.iter().take(MAX_PARENTS).filter_map(|parent| edges.remove(parent)).collect()
}

type Statement = (String, Relation, Provenance);

/// Everything that names a parent, most trustworthy source first.
fn statements(model: &ModelFacts, card: &Card) -> Vec<Statement> {
    let mut all = Vec::new();
    let relation = card.front_matter.get("base_model_relation").and_then(Value::as_str);
    let relation = relation.map_or(Relation::BaseModel, relation_named);
    for name in card.strings("base_model") {
        all.push((name.to_owned(), relation, Provenance::Card));
    }
    if let Some(info) = model.info.value() {
        let tree = info.base_models.iter();
        all.extend(tree.map(|(relation, name)| (name.clone(), *relation, Provenance::HubTree)));
    }
    if let Some(name) = text_field(model.adapter_config.value(), "base_model_name_or_path") {
        all.push((name, Relation::Adapter, Provenance::AdapterConfig));
    }
    if let Some(name) = text_field(model.config.value(), "_name_or_path") {
        all.push((name, Relation::BaseModel, Provenance::ConfigJson));
    }
    if let Some(info) = model.info.value() {
        all.extend(info.tags.iter().filter_map(|tag| tagged(tag)));
    }
    all.retain(|(name, _, _)| !is_local(name));
    all.extend(card.own_sections().flat_map(in_prose));
    all
}

/// `base_model:owner/name` or `base_model:RELATION:owner/name`.
fn tagged(tag: &str) -> Option<Statement> {
    let rest = tag.strip_prefix("base_model:")?;
    let (relation, name) = match rest.split_once(':') {
        Some((relation, name)) => (relation_named(relation), name),
        None => (Relation::BaseModel, rest),
    };
    Some((name.to_owned(), relation, Provenance::Tag))
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

/// Folders that training scripts write to.
const LOCAL_FOLDERS: [&str; 15] = [
    "output",
    "outputs",
    "result",
    "results",
    "model",
    "models",
    "checkpoint",
    "checkpoints",
    "tmp",
    "home",
    "mnt",
    "content",
    "data",
    "saved",
    "weights",
];

/// Whether a name is a path on somebody's disk rather than a repository's name.
fn is_local(name: &str) -> bool {
    if name.starts_with("http://") || name.starts_with("https://") {
        return false;
    }
    let name = name.to_lowercase();
    let mut parts = name.split('/');
    let first = parts.next().unwrap_or_default();
    let last = name.rsplit('/').next().unwrap_or_default();
    let folder = first.split(['_', '-']).next().unwrap_or_default();
    let is_bare = !name.contains('/');
    first.is_empty()
        || first.starts_with(['.', '~'])
        || last.starts_with("checkpoint")
        || LOCAL_FOLDERS.contains(&folder)
        // The Hub's oldest repositories have no owner; their names carry a size or variant.
        || is_bare && !name.bytes().any(|byte| byte == b'-' || byte.is_ascii_digit())
}

/// Phrases that end before a parent's name.
const FROM: [(&str, Relation); 14] = [
    ("fine-tuned version of", Relation::Finetune),
    ("finetuned version of", Relation::Finetune),
    ("fine tuned version of", Relation::Finetune),
    ("fine-tuned from", Relation::Finetune),
    ("finetuned from", Relation::Finetune),
    ("fine-tune of", Relation::Finetune),
    ("finetune of", Relation::Finetune),
    ("quantized version of", Relation::Quantized),
    ("quantised version of", Relation::Quantized),
    ("adapter for", Relation::Adapter),
    ("merge of", Relation::Merge),
    ("distilled version of", Relation::BaseModel),
    ("initialized from", Relation::BaseModel),
    ("initialised from", Relation::BaseModel),
];

/// How far behind such a phrase the name may stand, in bytes.
const NEAR: usize = 80;

/// Parents that a sentence names: by a link to the Hub, or as `owner/name`.
fn in_prose(section: &Section) -> Vec<Statement> {
    let mut found = Vec::new();
    for line in section.prose.lines().take(2_000) {
        let lower = line.to_ascii_lowercase();
        for (phrase, relation) in FROM {
            let Some(at) = lower.find(phrase) else { continue };
            let rest = &line[at + phrase.len()..];
            let near = &rest[..rest.floor_char_boundary(NEAR)];
            if let Some(name) = linked(section, near).or_else(|| written(near)) {
                found.push((name, relation, Provenance::Prose));
            }
        }
    }
    found
}

fn linked(section: &Section, near: &str) -> Option<String> {
    section.links.iter().find_map(|link| match &link.kind {
        LinkKind::Model(name) if near.contains(shown(link.text.as_str(), &link.url)) => {
            Some(name.clone())
        }
        _ => None,
    })
}

fn shown<'a>(text: &'a str, url: &'a str) -> &'a str {
    if text.is_empty() { url } else { text }
}

/// The first words of what follows, where one is `owner/name` with a size or variant.
fn written(near: &str) -> Option<String> {
    let word = words_of(near).take(4).find(|word| {
        word.split('/').count() == 2
            && word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-')
    })?;
    Some(word.to_owned())
}
