//! What is stored of registered models, where they are ancestors of another.

use crate::{Registry, RegistryError};
use std::collections::{BTreeSet, HashMap};
use touchstone_domain::facts::{Facts, ModelFacts, ParentFacts};
use touchstone_domain::{ArtifactType, Fact, Missing};

/// How many generations are looked up.
const MOST_GENERATIONS: usize = 5;
/// How many ancestors are looked up in all.
const MOST: usize = 64;

impl Registry {
    /// The facts of the served revisions of registered models, by canonical source.
    pub(crate) async fn stored_facts(
        &self,
        canonical: &[String],
    ) -> Result<HashMap<String, Facts>, RegistryError> {
        let mut models = self.inner.store.by_sources(canonical).await?;
        models.retain(|artifact| artifact.kind == ArtifactType::Model);
        let mut stored = HashMap::new();
        for model in models {
            let Some(current) = &model.current else { continue };
            if let Some(facts) = self.inner.store.facts(current).await? {
                stored.insert(model.source.canonical(), facts);
            }
        }
        Ok(stored)
    }

    /// Puts what is stored of registered ancestors in the place of what was known of them when the
    /// model was ingested, so that the order in which a family is registered does not matter.
    pub(crate) async fn refresh_ancestors(
        &self,
        parents: &mut [ParentFacts],
    ) -> Result<(), RegistryError> {
        let mut asked = BTreeSet::new();
        for _ in 0..MOST_GENERATIONS {
            let mut names = BTreeSet::new();
            names_in(parents, &mut names);
            let new: Vec<String> =
                names.difference(&asked).take(MOST - asked.len()).cloned().collect();
            if new.is_empty() {
                break;
            }
            let mut stored = self.stored_facts(&new).await?;
            asked.extend(new);
            put(parents, &mut stored);
        }
        Ok(())
    }
}

/// What the facts of a model say of it as an ancestor: its statements, without files, history and
/// other documents.
pub(crate) fn as_ancestor(model: ModelFacts) -> ModelFacts {
    let page = model.source.page_url();
    ModelFacts {
        files: Fact::missing(&page, Missing::NotAsked),
        history: Fact::missing(&page, Missing::NotAsked),
        owner: Fact::missing(&page, Missing::NotAsked),
        documents: Vec::new(),
        ..model
    }
}

fn names_in(parents: &[ParentFacts], names: &mut BTreeSet<String>) {
    for parent in parents {
        names.insert(parent.canonical.clone());
        names_in(&parent.parents, names);
    }
}

/// Each stored model is put in once, which bounds the tree where models name each other.
fn put(parents: &mut [ParentFacts], stored: &mut HashMap<String, Facts>) {
    for parent in parents {
        if let Some(facts) = stored.remove(&parent.canonical) {
            parent.model = Some(Box::new(as_ancestor(facts.model)));
            if parent.parents.is_empty() {
                parent.parents = facts.parents;
            }
        }
        put(&mut parent.parents, stored);
    }
}
