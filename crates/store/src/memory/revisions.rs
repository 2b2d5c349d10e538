//! Revisions: immutable once published.

use super::{MemoryStore, State, StoredRevision};
use crate::contract::{Publication, RevisionSummary, Revisions};
use crate::error::StoreError;
use crate::pattern::SearchPattern;
use async_trait::async_trait;
use touchstone_domain::job::Lease;
use touchstone_domain::revision::PointerMove;
use touchstone_domain::{ArtifactId, ArtifactStatus, FileEntry, Revision, RevisionId};

#[async_trait]
impl Revisions for MemoryStore {
    async fn publish(&self, lease: &Lease, publication: Publication) -> Result<(), StoreError> {
        let mut state = self.state();
        state.held(lease)?;
        let id = lease.artifact.clone();
        let kind = state.artifacts.get(&id).ok_or(StoreError::NotFound)?.kind;
        let source = publication.revision.source.clone();
        state.refuse_taken_source(kind, &source.canonical(), &id)?;
        let mut blobs = publication.revision.manifest.files().iter().filter_map(FileEntry::sha256);
        if blobs.any(|blob| state.condemned.contains(blob)) {
            return Err(StoreError::BeingCollected);
        }
        state.publish(&id, publication);
        state.move_source(&id, source);
        state.pins.remove(&id);
        Ok(())
    }

    async fn revisions(&self, artifact: &ArtifactId) -> Result<Vec<RevisionSummary>, StoreError> {
        let state = self.state();
        let current = state.artifacts.get(artifact).and_then(|found| found.current.as_ref());
        let since = state.moves.get(artifact).and_then(|moves| moves.last()).map(|last| last.at);
        let newest_first = state.revisions.values().rev();
        Ok(newest_first
            .filter(|stored| stored.revision.artifact == *artifact)
            .map(|stored| RevisionSummary {
                revision: stored.revision.clone(),
                net_score: stored.ratings.last().map(|record| record.rating.net_score),
                current_since: since.filter(|_| current == Some(&stored.revision.id)),
            })
            .collect())
    }

    async fn revision(&self, id: &RevisionId) -> Result<Option<Revision>, StoreError> {
        Ok(self.state().revisions.get(id).map(|stored| stored.revision.clone()))
    }

    async fn pointer_moves(&self, artifact: &ArtifactId) -> Result<Vec<PointerMove>, StoreError> {
        Ok(self.state().moves.get(artifact).cloned().unwrap_or_default())
    }
}

impl State {
    fn publish(&mut self, id: &ArtifactId, publication: Publication) {
        let at = publication.revision.published_at;
        let current = self.keep(publication.revision, |revision| StoredRevision {
            revision,
            facts: publication.facts,
            ratings: publication.rating.into_iter().collect(),
            healing: publication.healing,
            edges: publication.edges,
        });
        let moved = PointerMove { at, by: publication.asked_by, revision: current.clone() };
        self.moves.entry(id.clone()).or_default().push(moved);
        match publication.readme {
            Some(readme) => {
                self.readmes.insert(id.clone(), SearchPattern::searched(&readme).to_owned())
            }
            None => self.readmes.remove(id),
        };
        self.labels.insert(id.clone(), publication.labels);
        self.trail.extend(publication.entries);
        if let Some(artifact) = self.artifacts.get_mut(id) {
            artifact.current = Some(current);
            artifact.status = ArtifactStatus::Ready;
            artifact.updated_at = at;
        }
        if let Some(held) = self.jobs.get_mut(id) {
            held.publish(at);
        }
    }

    /// The revision that holds this commit: an earlier one where there is one.
    fn keep(
        &mut self,
        revision: Revision,
        store: impl FnOnce(Revision) -> StoredRevision,
    ) -> RevisionId {
        let earlier = self.revisions.values().find(|stored| {
            stored.revision.artifact == revision.artifact
                && stored.revision.commit == revision.commit
                && stored.revision.source.canonical() == revision.source.canonical()
        });
        if let Some(earlier) = earlier {
            return earlier.revision.id.clone();
        }
        let id = revision.id.clone();
        self.revisions.insert(id.clone(), store(revision));
        id
    }
}
