//! Artifacts: their rows, lists and changes.

use super::MemoryStore;
use crate::contract::{
    ArtifactQuery, Artifacts, Counts, ListQuery, NewArtifact, Repoint, SortOrder,
};
use crate::error::StoreError;
use crate::held_job::HeldJob;
use crate::paging::{self, NamePosition};
use async_trait::async_trait;
use std::collections::BTreeMap;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Artifact, ArtifactId, ArtifactStatus, ArtifactType, Page, PageRequest};

#[async_trait]
impl Artifacts for MemoryStore {
    async fn register(&self, new: NewArtifact) -> Result<(), StoreError> {
        let mut state = self.state();
        let artifact = new.artifact;
        let key = (artifact.kind, artifact.source.canonical());
        if let Some(existing) = state.by_source.get(&key) {
            return Err(StoreError::Conflict { existing: existing.clone() });
        }
        if state.artifacts.contains_key(&artifact.id) {
            return Err(StoreError::Conflict { existing: artifact.id });
        }
        state.by_source.insert(key, artifact.id.clone());
        state.jobs.insert(artifact.id.clone(), HeldJob::waiting(new.job));
        state.trail.push(new.entry);
        state.artifacts.insert(artifact.id.clone(), artifact);
        Ok(())
    }

    async fn artifact(&self, id: &ArtifactId) -> Result<Option<Artifact>, StoreError> {
        Ok(self.state().artifacts.get(id).cloned())
    }

    async fn artifacts(&self, ids: &[ArtifactId]) -> Result<Vec<Artifact>, StoreError> {
        let state = self.state();
        let mut found: BTreeMap<_, _> = BTreeMap::new();
        for id in ids {
            if let Some(artifact) = state.artifacts.get(id) {
                found.insert(id, artifact.clone());
            }
        }
        Ok(found.into_values().collect())
    }

    async fn by_sources(&self, canonical: &[String]) -> Result<Vec<Artifact>, StoreError> {
        let state = self.state();
        let ids = ArtifactType::ALL.into_iter().flat_map(|kind| {
            canonical.iter().filter_map({
                let state = &state;
                move |source| state.by_source.get(&(kind, source.clone()))
            })
        });
        let found: BTreeMap<_, _> =
            ids.filter_map(|id| Some((id, state.artifacts.get(id)?.clone()))).collect();
        Ok(found.into_values().collect())
    }

    async fn list(
        &self,
        query: &ListQuery,
        page: &PageRequest,
    ) -> Result<Page<Artifact>, StoreError> {
        let state = self.state();
        let mut all: Vec<&Artifact> =
            state.artifacts.values().filter(|artifact| matches(query, artifact)).collect();
        match query.order {
            SortOrder::Created => {}
            SortOrder::CreatedDescending => all.reverse(),
            SortOrder::Name => all.sort_by_cached_key(|artifact| NamePosition::of(artifact)),
            SortOrder::NameDescending => {
                all.sort_by_cached_key(|artifact| std::cmp::Reverse(NamePosition::of(artifact)));
            }
        }
        let start = match &page.start {
            PageStart::First => 0,
            PageStart::Skip(count) => *count as usize,
            PageStart::After(cursor) => {
                all.partition_point(|artifact| !follows(query.order, artifact, cursor))
            }
        };
        let items = all.into_iter().skip(start).take(page.limit as usize + 1).cloned().collect();
        Ok(paging::page_of(items, page.limit, |last| paging::cursor(query.order, last)))
    }

    async fn repoint(&self, change: Repoint) -> Result<(), StoreError> {
        let mut state = self.state();
        let id = change.artifact;
        let kind = state.artifacts.get(&id).ok_or(StoreError::NotFound)?.kind;
        state.refuse_taken_source(kind, &change.source.canonical(), &id)?;
        state.move_source(&id, change.source);
        let mut job = change.job;
        job.generation = 1 + state.jobs.get(&id).map_or(0, |held| held.job.generation);
        if let Some(artifact) = state.artifacts.get_mut(&id) {
            artifact.url = change.url;
            artifact.updated_at = job.updated_at;
            if artifact.current.is_none() {
                artifact.status = ArtifactStatus::Pending;
            }
        }
        state.pins.remove(&id);
        state.jobs.insert(id, HeldJob::waiting(job));
        state.trail.push(change.entry);
        Ok(())
    }

    async fn delete(&self, id: &ArtifactId) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(artifact) = state.artifacts.remove(id) else { return Ok(false) };
        state.by_source.remove(&(artifact.kind, artifact.source.canonical()));
        state.jobs.remove(id);
        state.pins.remove(id);
        state.readmes.remove(id);
        state.labels.remove(id);
        state.moves.remove(id);
        state.revisions.retain(|_, stored| stored.revision.artifact != *id);
        Ok(true)
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let mut by_type: Vec<_> = ArtifactType::ALL.map(|kind| (kind, 0, 0, 0)).into();
        for artifact in self.state().artifacts.values() {
            for count in by_type.iter_mut().filter(|count| count.0 == artifact.kind) {
                match artifact.status {
                    ArtifactStatus::Pending => count.1 += 1,
                    ArtifactStatus::Ready => count.2 += 1,
                    ArtifactStatus::Failed { .. } => count.3 += 1,
                }
            }
        }
        Ok(Counts { by_type })
    }
}

fn matches(query: &ListQuery, artifact: &Artifact) -> bool {
    let one = |condition: &ArtifactQuery| {
        condition.name.as_ref().is_none_or(|name| name.folded() == artifact.name.folded())
            && (condition.kinds.is_empty() || condition.kinds.contains(&artifact.kind))
    };
    query.any_of.is_empty() || query.any_of.iter().any(one)
}

fn follows(order: SortOrder, artifact: &Artifact, cursor: &str) -> bool {
    match order {
        SortOrder::Created => artifact.id.as_str() > cursor,
        SortOrder::CreatedDescending => artifact.id.as_str() < cursor,
        SortOrder::Name => NamePosition::of(artifact) > NamePosition::read(cursor),
        SortOrder::NameDescending => NamePosition::of(artifact) < NamePosition::read(cursor),
    }
}
