//! The store in the process: for tests, and as the plainest reading of the contracts.
//!
//! One lock around everything makes each method atomic; what can be refused is looked at before
//! anything is changed.

mod artifacts;
mod audit;
mod catalog;
mod jobs;
mod ledger;
mod lineage;
mod maintenance;
mod ratings;
mod revisions;
mod search;

use crate::error::StoreError;
use crate::held_job::HeldJob;
use crate::ratings::RatingRecord;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use touchstone_domain::audit::AuditEntry;
use touchstone_domain::catalog::Labels;
use touchstone_domain::job::Lease;
use touchstone_domain::lineage::Edge;
use touchstone_domain::revision::PointerMove;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactType, Facts, Healing, Revision, RevisionId, Sha256, Timestamp,
};

/// A store that is gone with the process.
#[derive(Debug, Default)]
pub(crate) struct MemoryStore {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    artifacts: BTreeMap<ArtifactId, Artifact>,
    by_source: HashMap<(ArtifactType, String), ArtifactId>,
    readmes: HashMap<ArtifactId, String>,
    labels: HashMap<ArtifactId, Labels>,
    jobs: BTreeMap<ArtifactId, HeldJob>,
    revisions: BTreeMap<RevisionId, StoredRevision>,
    moves: HashMap<ArtifactId, Vec<PointerMove>>,
    trail: Vec<AuditEntry>,
    pins: HashMap<ArtifactId, HashSet<Sha256>>,
    marked: BTreeMap<Sha256, Timestamp>,
    condemned: BTreeSet<Sha256>,
}

#[derive(Debug)]
struct StoredRevision {
    revision: Revision,
    facts: Option<Facts>,
    /// Oldest first.
    ratings: Vec<RatingRecord>,
    healing: Option<Healing>,
    edges: Vec<Edge>,
}

impl MemoryStore {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn held(&mut self, lease: &Lease) -> Result<&mut HeldJob, StoreError> {
        let held = self.jobs.get_mut(&lease.artifact).ok_or(StoreError::LeaseLost)?;
        held.check(lease)?;
        Ok(held)
    }

    fn refuse_taken_source(
        &self,
        kind: ArtifactType,
        canonical: &str,
        by: &ArtifactId,
    ) -> Result<(), StoreError> {
        match self.by_source.get(&(kind, canonical.to_owned())) {
            Some(existing) if existing != by => {
                Err(StoreError::Conflict { existing: existing.clone() })
            }
            _ => Ok(()),
        }
    }

    fn move_source(&mut self, id: &ArtifactId, to: touchstone_domain::Source) {
        let Some(artifact) = self.artifacts.get_mut(id) else { return };
        self.by_source.remove(&(artifact.kind, artifact.source.canonical()));
        self.by_source.insert((artifact.kind, to.canonical()), id.clone());
        artifact.source = to;
    }
}
