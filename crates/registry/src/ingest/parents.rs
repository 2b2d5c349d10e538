//! The parents of a model, and theirs: rated here, or by what their own repositories say.

use super::outcome::Setback;
use crate::Registry;
use crate::ancestors::as_ancestor;
use std::collections::{HashMap, HashSet};
use tokio::time::{Instant, timeout_at};
use touchstone_domain::facts::{ModelFacts, ParentFacts, RegisteredRating};
use touchstone_domain::lineage::Edge;
use touchstone_domain::{ArtifactType, Source};

/// Immediate parents that are looked at.
const MOST_IMMEDIATE: usize = 5;
/// Parents that are looked at in all.
const MOST: usize = 10;
/// Generations that are followed.
const DEEPEST: usize = 5;

/// A parent with where it stands: the index of its child among all that were found, or the model
/// itself.
struct Found {
    child: Option<usize>,
    edge: Edge,
    /// The name that its child gives it.
    named_as: String,
    registered: Option<RegisteredRating>,
    model: Option<Box<ModelFacts>>,
}

impl Registry {
    /// What is known of the parents that these edges lead to. Those of which everything is known
    /// that can be are not asked again: their ratings count as they were when the model was looked
    /// at. The edges are put under the names that upstream has for the parents.
    pub(super) async fn parents_again(
        &self,
        model: &ModelFacts,
        edges: &mut Vec<Edge>,
        known: &[ParentFacts],
        deadline: Instant,
    ) -> Vec<ParentFacts> {
        let now = self.inner.clock.now();
        let (asked, kept): (Vec<&ParentFacts>, Vec<&ParentFacts>) =
            known.iter().partition(|parent| parent.lacks().iter().any(|it| it.why.is_over(now)));
        let is_new = |edge: &Edge| !known.iter().any(|parent| is_called(parent, &edge.parent));
        let new = edges.iter().filter(|edge| is_new(edge)).cloned();
        let mut asked: Vec<Edge> = asked.into_iter().map(edge_to).chain(new).collect();
        let places = MOST_IMMEDIATE.saturating_sub(kept.len()).min(asked.len());
        let unasked = asked.split_off(places);
        let found = self.parents(model, &mut asked, deadline).await;
        *edges = kept.iter().map(|parent| edge_to(parent)).chain(asked).chain(unasked).collect();
        kept.into_iter().cloned().chain(found).collect()
    }

    /// What is known of these parents, each asked once, however they are entangled. The edges are
    /// put under the names that upstream has for the parents today.
    async fn parents(
        &self,
        model: &ModelFacts,
        edges: &mut Vec<Edge>,
        deadline: Instant,
    ) -> Vec<ParentFacts> {
        let mut seen = HashSet::from([model.source.canonical()]);
        let mut all: Vec<Found> = Vec::new();
        let mut generation: Vec<(Option<usize>, Edge)> =
            edges.iter().take(MOST_IMMEDIATE).map(|edge| (None, edge.clone())).collect();
        let mut todays_names = HashMap::new();
        for _ in 0..DEEPEST {
            generation.retain(|(_, edge)| seen.insert(edge.parent.clone()));
            generation.truncate(MOST - all.len());
            if generation.is_empty() {
                break;
            }
            let first = all.len();
            for found in self.generation(generation, deadline).await {
                let today = found.edge.parent.clone();
                let is_new = found.named_as == today || seen.insert(today.clone());
                todays_names.insert(found.named_as.clone(), today);
                all.extend(is_new.then_some(found));
            }
            generation = all.iter().enumerate().skip(first).flat_map(above).collect();
        }
        *edges = renamed(std::mem::take(edges), &todays_names, &model.source.canonical());
        for found in all.iter_mut().filter(|found| found.child.is_none()) {
            let edge = edges.iter().find(|edge| edge.parent == found.edge.parent);
            found.edge.statements = edge.map(|edge| edge.statements.clone()).unwrap_or_default();
        }
        assembled(all)
    }

    async fn generation(
        &self,
        generation: Vec<(Option<usize>, Edge)>,
        deadline: Instant,
    ) -> Vec<Found> {
        let names: Vec<String> = generation.iter().map(|(_, edge)| edge.parent.clone()).collect();
        let mut stored = self.stored_facts(&names).await.unwrap_or_default();
        let asked = generation.into_iter().map(|(child, mut edge)| {
            let stored = stored.remove(&edge.parent).map(|facts| as_ancestor(facts.model));
            async move {
                let model = match stored {
                    Some(model) => Some(model),
                    None => self.parent_model(&edge, deadline).await,
                };
                let named_as = edge.parent.clone();
                if let Some(model) = &model {
                    edge.parent = model.source.canonical();
                }
                Found { child, edge, named_as, registered: None, model: model.map(Box::new) }
            }
        });
        let mut found = futures::future::join_all(asked).await;
        // A parent may be registered under the name that it has today.
        let names: Vec<String> = found.iter().map(|found| found.edge.parent.clone()).collect();
        let ratings = self.registered_ratings(&names).await.unwrap_or_default();
        for found in &mut found {
            found.registered = ratings.get(&found.edge.parent).cloned();
        }
        found
    }

    async fn parent_model(&self, edge: &Edge, deadline: Instant) -> Option<ModelFacts> {
        let address = format!("https://{}", edge.parent);
        let source = Source::parse(&address, ArtifactType::Model).ok()?;
        timeout_at(deadline, self.inner.sources.parent(&source)).await.ok()
    }

    /// The net scores of registered models, by canonical source.
    async fn registered_ratings(
        &self,
        canonical: &[String],
    ) -> Result<HashMap<String, RegisteredRating>, Setback> {
        let mut models = self.inner.store.by_sources(canonical).await?;
        models.retain(|artifact| artifact.kind == ArtifactType::Model);
        let ids: Vec<_> = models.iter().map(|model| model.id.clone()).collect();
        let scores: HashMap<_, _> = self.inner.store.net_scores(&ids).await?.into_iter().collect();
        let rated = models.into_iter().filter_map(|model| {
            let net_score = *scores.get(&model.id)?;
            let rating = RegisteredRating { artifact: model.id.to_string(), net_score };
            Some((model.source.canonical(), rating))
        });
        Ok(rated.collect())
    }
}

/// The edge that leads to this parent.
fn edge_to(parent: &ParentFacts) -> Edge {
    Edge {
        parent: parent.canonical.clone(),
        parent_kind: ArtifactType::Model,
        relation: parent.relation,
        statements: parent.statements.clone(),
    }
}

/// Whether this is the parent's name, or the one that it had before upstream renamed it.
fn is_called(parent: &ParentFacts, canonical: &str) -> bool {
    let before = parent.model.as_ref().and_then(|model| model.renamed_from.as_deref());
    let before = before.and_then(touchstone_domain::source::canonical_model);
    parent.canonical == canonical || before.is_some_and(|source| source.canonical() == canonical)
}

/// The parents that this one names, with its index among all.
fn above((at, found): (usize, &Found)) -> Vec<(Option<usize>, Edge)> {
    let parents = found.model.as_deref().map(|model| touchstone_rating::references(model).parents);
    parents.into_iter().flatten().map(|edge| (Some(at), edge)).collect()
}

/// The edges under today's names. Two that are one today become one, and a model that was renamed is
/// no parent of itself.
fn renamed(edges: Vec<Edge>, todays_names: &HashMap<String, String>, own: &str) -> Vec<Edge> {
    let mut renamed: Vec<Edge> = Vec::new();
    for mut edge in edges {
        if let Some(today) = todays_names.get(&edge.parent) {
            edge.parent.clone_from(today);
        }
        match renamed.iter_mut().find(|other| other.parent == edge.parent) {
            Some(other) => edge.statements.into_iter().for_each(|said| other.also(said)),
            None if edge.parent == own => {}
            None => renamed.push(edge),
        }
    }
    renamed
}

/// Every parent below its child. Children stand before their parents, so from the back each is
/// whole when it is handed down.
fn assembled(all: Vec<Found>) -> Vec<ParentFacts> {
    let mut above: Vec<Vec<ParentFacts>> = all.iter().map(|_| Vec::new()).collect();
    let mut immediate = Vec::new();
    for (at, found) in all.into_iter().enumerate().rev() {
        let mut parents = above.pop().unwrap_or_default();
        parents.reverse();
        debug_assert_eq!(above.len(), at);
        let Found { child, edge, registered, model, .. } = found;
        let facts = ParentFacts {
            canonical: edge.parent,
            relation: edge.relation,
            statements: edge.statements,
            registered,
            model,
            parents,
        };
        match child.and_then(|child| above.get_mut(child)) {
            Some(siblings) => siblings.push(facts),
            None => immediate.push(facts),
        }
    }
    immediate.reverse();
    immediate
}
