//! Parents that a sentence names: by a link to the Hub, or as `owner/name`.

use super::NamedParent;
use crate::text::{LinkKind, Section, words_of};
use touchstone_domain::lineage::{Provenance, Relation};

/// Phrases that a parent's name follows.
const BEFORE_NAME: [(&str, Relation); 28] = [
    ("fine-tuned version of", Relation::Finetune),
    ("finetuned version of", Relation::Finetune),
    ("fine tuned version of", Relation::Finetune),
    ("fine-tuned from", Relation::Finetune),
    ("finetuned from", Relation::Finetune),
    ("fine tuned from", Relation::Finetune),
    ("fine-tune of", Relation::Finetune),
    ("finetune of", Relation::Finetune),
    ("fine-tuning of", Relation::Finetune),
    ("fine-tuned on top of", Relation::Finetune),
    ("finetuned on top of", Relation::Finetune),
    ("further trained from", Relation::Finetune),
    ("quantized version of", Relation::Quantized),
    ("quantised version of", Relation::Quantized),
    ("quantization of", Relation::Quantized),
    ("quantizations of", Relation::Quantized),
    ("gguf version of", Relation::Quantized),
    ("gguf format model files for", Relation::Quantized),
    ("adapter for", Relation::Adapter),
    ("lora for", Relation::Adapter),
    ("merge of", Relation::Merge),
    ("distilled version of", Relation::BaseModel),
    ("distilled from", Relation::BaseModel),
    ("initialized from", Relation::BaseModel),
    ("initialised from", Relation::BaseModel),
    ("based on", Relation::BaseModel),
    ("built on top of", Relation::BaseModel),
    ("base model:", Relation::BaseModel),
];

/// Phrases that a parent's name stands before: `[base](…) fine-tuned on …`.
const AFTER_NAME: [&str; 6] = [
    "fine-tuned on",
    "finetuned on",
    "fine-tuned for",
    "finetuned for",
    "was fine-tuned",
    "was finetuned",
];

/// How far from such a phrase the name may stand, in bytes.
const NEAR: usize = 100;
/// How far the names of a merge may stand.
const NEAR_MERGE: usize = 400;
/// How many lines of a section are read.
const MAX_LINES: usize = 2_000;

/// The parents that a section's sentences name.
pub(super) fn named(section: &Section) -> Vec<NamedParent> {
    let lines = section.prose.lines().take(MAX_LINES);
    lines
        .flat_map(|line| {
            after_phrase(section, line).into_iter().chain(before_phrase(section, line))
        })
        .collect()
}

fn after_phrase(section: &Section, line: &str) -> Vec<NamedParent> {
    let lower = line.to_ascii_lowercase();
    let mut found = Vec::new();
    for (phrase, relation) in BEFORE_NAME {
        let Some(at) = lower.find(phrase) else { continue };
        let rest = &line[at + phrase.len()..];
        let reach = if relation == Relation::Merge { NEAR_MERGE } else { NEAR };
        let near = &rest[..rest.floor_char_boundary(reach)];
        let mut names = linked(section, near);
        if names.is_empty() {
            names.extend(written(near));
        }
        names.truncate(if relation == Relation::Merge { usize::MAX } else { 1 });
        found.extend(
            names.into_iter().map(|name| NamedParent::new(name, relation, Provenance::Prose)),
        );
    }
    found
}

/// Of several links before the phrase the nearest is meant.
fn before_phrase(section: &Section, line: &str) -> Option<NamedParent> {
    let lower = line.to_ascii_lowercase();
    let at = AFTER_NAME.iter().filter_map(|phrase| lower.find(phrase)).min()?;
    let before = &line[..at];
    let sentence = before.rsplit(". ").next().unwrap_or(before);
    let near = &sentence[sentence.floor_char_boundary(sentence.len().saturating_sub(NEAR))..];
    let name = linked(section, near).pop().or_else(|| bare(near))?;
    Some(NamedParent::new(name, Relation::Finetune, Provenance::Prose))
}

/// The models whose links stand there, in the order of the card.
fn linked(section: &Section, near: &str) -> Vec<String> {
    let there = |link: &&crate::text::Link| has(near, shown(&link.text, &link.url));
    let models = section.links.iter().filter(there).filter_map(|link| match &link.kind {
        LinkKind::Model(name) => Some(name.clone()),
        _ => None,
    });
    models.collect()
}

/// Whole words only: a link's text may be a single letter.
fn has(near: &str, text: &str) -> bool {
    near.match_indices(text).any(|(at, _)| {
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_edge(near[..at].chars().next_back()) && is_edge(near[at + text.len()..].chars().next())
    })
}

fn shown<'a>(text: &'a str, url: &'a str) -> &'a str {
    if text.is_empty() { url } else { text }
}

/// The first words of what follows, where one is `owner/name` with a size or variant.
fn written(near: &str) -> Option<String> {
    let is_name = |word: &&str| {
        word.split('/').count() == 2
            && word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    words_of(near).take(4).find(is_name).map(str::to_owned)
}

/// `a bert-base-cased model that was fine-tuned`: one of the Hub's oldest names, which have no owner
/// and at least two divisions.
fn bare(near: &str) -> Option<String> {
    let words: Vec<&str> = words_of(near).collect();
    let at = words.iter().rposition(|word| word.eq_ignore_ascii_case("model"))?;
    let name = *words.get(at.checked_sub(1)?)?;
    let is_name = name.matches('-').count() >= 2 && name == name.to_lowercase();
    (is_name && !name.contains('/')).then(|| name.to_owned())
}
