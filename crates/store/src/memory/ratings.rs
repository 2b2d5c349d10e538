//! Facts and ratings of revisions.

use super::{MemoryStore, State, StoredRevision};
use crate::error::StoreError;
use crate::paging;
use crate::pattern::SearchPattern;
use crate::ratings::{Completion, RatedRevision, RatingCounts, Ratings, Rerating};
use async_trait::async_trait;
use std::time::Duration;
use touchstone_domain::{ArtifactId, Edition, Facts, Healing, Page, RevisionId, Timestamp};

#[async_trait]
impl Ratings for MemoryStore {
    async fn facts(&self, id: &RevisionId) -> Result<Option<Facts>, StoreError> {
        Ok(self.state().revisions.get(id).and_then(|stored| stored.facts.clone()))
    }

    async fn rating(&self, id: &RevisionId) -> Result<Option<RatedRevision>, StoreError> {
        Ok(self.ratings(id).await?.into_iter().next())
    }

    async fn ratings(&self, id: &RevisionId) -> Result<Vec<RatedRevision>, StoreError> {
        let state = self.state();
        let Some(stored) = state.revisions.get(id) else { return Ok(Vec::new()) };
        let mut ratings: Vec<_> = (1..)
            .zip(stored.ratings.iter().cloned())
            .map(|(sequence, record)| RatedRevision { sequence, record, healing: None })
            .collect();
        ratings.reverse();
        if let Some(newest) = ratings.first_mut() {
            newest.healing.clone_from(&stored.healing);
        }
        Ok(ratings)
    }

    async fn net_scores(
        &self,
        artifacts: &[ArtifactId],
    ) -> Result<Vec<(ArtifactId, f64)>, StoreError> {
        let state = self.state();
        let score = |id: &ArtifactId| {
            let current = state.artifacts.get(id)?.current.as_ref()?;
            let record = state.revisions.get(current)?.ratings.last()?;
            Some((id.clone(), record.rating.net_score))
        };
        Ok(artifacts.iter().filter_map(score).collect())
    }

    async fn rate_anew(&self, rerating: Rerating) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(stored) = state.revisions.get_mut(&rerating.revision) else { return Ok(false) };
        if stored.ratings.is_empty() || stored.ratings.len() != rerating.follows as usize {
            return Ok(false);
        }
        stored.ratings.push(rerating.record);
        stored.healing = rerating.healing;
        let artifact = stored.revision.artifact.clone();
        if let Some(completion) = rerating.completion {
            state.complete(&artifact, &rerating.revision, completion);
        }
        state.trail.extend(rerating.entries);
        Ok(true)
    }

    async fn outdated(
        &self,
        edition: &Edition,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<RevisionId>, StoreError> {
        let after = paging::read_pair(after.unwrap_or_default());
        let state = self.state();
        let mut found: Vec<(String, RevisionId)> = state
            .newest_editions()
            .filter(|(_, of)| of.is_outdated_under(edition))
            .map(|(stored, of)| (of.as_str().to_owned(), stored.revision.id.clone()))
            .filter(|(of, id)| (of, &id.0) > (&after.0, &after.1))
            .collect();
        found.sort();
        found.truncate(limit as usize + 1);
        let page = paging::page_of(found, limit, |(of, id)| paging::write_pair(of, &id.0));
        Ok(page.map(|(_, id)| id))
    }

    async fn lease_healing(
        &self,
        now: Timestamp,
        lease_for: Duration,
    ) -> Result<Option<(RevisionId, Healing)>, StoreError> {
        let mut state = self.state();
        let due = state.revisions.iter_mut().filter_map(|(id, stored)| {
            let healing = stored.healing.as_mut()?;
            Some((healing.due_at.filter(|due| *due <= now)?, id, healing))
        });
        let Some((_, id, healing)) = due.min_by_key(|(due, ..)| *due) else { return Ok(None) };
        *healing = healing.taken(now.checked_add(lease_for).unwrap_or(Timestamp::MAX));
        Ok(Some((id.clone(), healing.clone())))
    }

    async fn postpone_healing(
        &self,
        id: &RevisionId,
        taken: &Healing,
        next: Healing,
    ) -> Result<bool, StoreError> {
        let mut state = self.state();
        let stored = state.revisions.get_mut(id).and_then(|stored| stored.healing.as_mut());
        let Some(healing) = stored.filter(|healing| **healing == *taken) else { return Ok(false) };
        *healing = next;
        Ok(true)
    }

    async fn next_healing(&self) -> Result<Option<Timestamp>, StoreError> {
        let state = self.state();
        let healing = state.revisions.values().filter_map(|stored| stored.healing.as_ref());
        Ok(healing.filter_map(|healing| healing.due_at).min())
    }

    async fn rating_counts(&self, edition: &Edition) -> Result<RatingCounts, StoreError> {
        let state = self.state();
        let is_looked_for = |stored: &&StoredRevision| {
            stored.healing.as_ref().is_some_and(|it| it.due_at.is_some())
        };
        let provisional = state.revisions.values().filter(is_looked_for).count();
        let outdated = state.newest_editions().filter(|(_, of)| of.is_outdated_under(edition));
        Ok(RatingCounts { provisional: provisional as u64, outdated: outdated.count() as u64 })
    }
}

impl State {
    fn newest_editions(&self) -> impl Iterator<Item = (&StoredRevision, &Edition)> {
        self.revisions.values().filter_map(|stored| Some((stored, &stored.ratings.last()?.edition)))
    }

    fn complete(&mut self, artifact: &ArtifactId, id: &RevisionId, completion: Completion) {
        let Completion { facts, labels, edges, readme } = completion;
        if let Some(stored) = self.revisions.get_mut(id) {
            stored.facts = Some(facts);
            stored.edges = edges;
        }
        let serving = self.artifacts.get(artifact).and_then(|artifact| artifact.current.as_ref());
        if serving != Some(id) {
            return;
        }
        self.labels.insert(artifact.clone(), labels);
        match readme {
            Some(readme) => {
                let text = SearchPattern::searched(&readme).to_owned();
                self.readmes.insert(artifact.clone(), text)
            }
            None => self.readmes.remove(artifact),
        };
    }
}
