//! The parents of a model, and theirs: rated here, or by what their own repositories say.

use super::outcome::Setback;
use crate::Registry;
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
    registered: Option<RegisteredRating>,
    model: Option<Box<ModelFacts>>,
}

impl Registry {
    /// What is known of these parents, each asked once, however they are entangled.
    pub(super) async fn parents(
        &self,
        model: &ModelFacts,
        edges: &[Edge],
        deadline: Instant,
    ) -> Vec<ParentFacts> {
        let mut seen = HashSet::from([model.source.canonical()]);
        let mut all: Vec<Found> = Vec::new();
        let mut generation: Vec<(Option<usize>, Edge)> =
            edges.iter().take(MOST_IMMEDIATE).map(|edge| (None, edge.clone())).collect();
        for _ in 0..DEEPEST {
            generation.retain(|(_, edge)| seen.insert(edge.parent.clone()));
            generation.truncate(MOST - all.len());
            if generation.is_empty() {
                break;
            }
            let found = self.generation(generation, deadline).await;
            let first = all.len();
            generation = found.iter().enumerate().flat_map(above(first)).collect();
            all.extend(found);
        }
        assembled(all)
    }

    async fn generation(
        &self,
        generation: Vec<(Option<usize>, Edge)>,
        deadline: Instant,
    ) -> Vec<Found> {
        let canonical: Vec<String> =
            generation.iter().map(|(_, edge)| edge.parent.clone()).collect();
        let ratings = self.registered_ratings(&canonical).await.unwrap_or_default();
        let asked = generation.into_iter().map(|(child, edge)| {
            let registered = ratings.get(&edge.parent).cloned();
            async move {
                let model = match registered {
                    Some(_) => None,
                    None => self.parent_model(&edge, deadline).await.map(Box::new),
                };
                Found { child, edge, registered, model }
            }
        });
        futures::future::join_all(asked).await
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

/// The parents that each of these names, with its index among all.
fn above(first: usize) -> impl Fn((usize, &Found)) -> Vec<(Option<usize>, Edge)> {
    move |(at, found)| {
        let parents =
            found.model.as_deref().map(|model| touchstone_rating::references(model).parents);
        parents.into_iter().flatten().map(|edge| (Some(first + at), edge)).collect()
    }
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
        let Found { child, edge, registered, model } = found;
        let facts = ParentFacts {
            canonical: edge.parent,
            relation: edge.relation,
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
