//! Writing what was gathered, at once.

use super::collect::Collected;
use super::outcome::Setback;
use super::score::Scored;
use super::worker::Attempt;
use crate::Registry;
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::catalog::Labels;
use touchstone_domain::facts::RepositoryFacts;
use touchstone_domain::lineage::{Edge, Provenance, Relation, Statement};
use touchstone_domain::source::HubKind;
use touchstone_domain::{
    Artifact, ArtifactType, Facts, Manifest, Missing, Revision, RevisionId, RevisionState, Source,
    Timestamp,
};
use touchstone_sources::Snapshot;
use touchstone_store::Publication;

/// What an ingest has gathered when it comes to publish.
pub(super) struct Gathered {
    pub(super) artifact: Artifact,
    pub(super) snapshot: Snapshot,
    pub(super) manifest: Manifest,
    pub(super) began_at: Timestamp,
    pub(super) readme: Option<String>,
    pub(super) scored: Option<Scored>,
    pub(super) edges: Vec<Edge>,
}

impl Attempt {
    /// Writes revision, facts, rating, edges, index and pointer.
    pub(super) async fn publish(&self, gathered: Gathered) -> Result<(), Setback> {
        let inner = &self.registry.inner;
        let entries = self.entries(&gathered).await?;
        let Gathered { artifact, snapshot, manifest, began_at, readme, scored, edges } = gathered;
        let now = inner.clock.now();
        let revision = Revision {
            id: RevisionId::new(now),
            artifact: artifact.id,
            commit: snapshot.commit,
            source: at_revision(snapshot.source, artifact.source.revision()),
            state: RevisionState::Published,
            manifest,
            created_at: began_at,
            published_at: now,
        };
        let (facts, rating, healing) = scored.map_or((None, None, None), |scored| {
            (Some(scored.facts), Some(scored.record), scored.healing)
        });
        let asked_by = self.job.asked_by.clone();
        let labels = facts.as_ref().map(labels_of).unwrap_or_default();
        let publication = Publication {
            revision,
            facts,
            rating,
            healing,
            labels,
            edges,
            readme,
            entries,
            asked_by,
        };
        Ok(inner.store.publish(&self.lease, publication).await?)
    }

    /// A line for the audit trail where the artifact served another commit until now.
    async fn entries(&self, gathered: &Gathered) -> Result<Vec<AuditEntry>, Setback> {
        let Gathered { artifact, snapshot, .. } = gathered;
        let Some(current) = &artifact.current else { return Ok(Vec::new()) };
        let current = self.registry.inner.store.revision(current).await?;
        let moves = current.is_none_or(|current| current.commit != snapshot.commit);
        let entry = |registry: &Registry| {
            registry.audit_entry(&Caller::registry(), AuditAction::Update, artifact)
        };
        Ok(moves.then(|| entry(&self.registry)).into_iter().collect())
    }
}

/// The source as upstream names it, still at the branch or tag that was asked for.
fn at_revision(source: Source, asked: Option<&str>) -> Source {
    let revision = asked.map(str::to_owned);
    match source {
        Source::HuggingFace { kind, repository, .. } => {
            Source::HuggingFace { kind, repository, revision }
        }
        Source::GitHub { repository, .. } => Source::GitHub { repository, revision },
        file @ Source::File { .. } => file,
    }
}

/// What a model is found by in the catalogue.
pub(crate) fn labels_of(facts: &Facts) -> Labels {
    let license = touchstone_rating::license_check(facts, None, None, &[]).subject;
    Labels::of_model(facts, license)
}

/// What a model rests on: its parents, and the data sets and code that it names.
pub(crate) fn edges_of(collected: &Collected) -> Vec<Edge> {
    let facts = &collected.facts;
    let mut edges = collected.references.parents.clone();
    let nothing = || facts.parents.iter().filter(|parent| parent.is_nothing());
    edges.retain(|edge| nothing().all(|parent| parent.canonical != edge.parent));
    let code = facts.repositories.iter().filter_map(code_edge);
    for edge in dataset_edges(collected).chain(code) {
        let known = edges
            .iter()
            .any(|known| known.parent == edge.parent && known.relation == edge.relation);
        if !known {
            edges.push(edge);
        }
    }
    edges
}

/// An edge for each data set that is named, by its name of today where it was looked at and found:
/// the first ones are looked at.
fn dataset_edges(collected: &Collected) -> impl Iterator<Item = Edge> {
    let found = collected.facts.datasets.iter().map(|dataset| dataset.info.value());
    let named = collected.references.datasets.iter();
    named.zip(found.chain(std::iter::repeat(None))).map(|(named, info)| {
        let repository = info.map_or(&named.name, |info| &info.id).clone();
        let source = Source::HuggingFace { kind: HubKind::Dataset, repository, revision: None };
        edge(&source, ArtifactType::Dataset, Relation::Dataset, named.stated_in)
    })
}

fn code_edge(repository: &RepositoryFacts) -> Option<Edge> {
    let name = match &repository.info.found {
        Ok(info) => info.full_name.clone(),
        Err(Missing::Absent) => return None,
        Err(_) => repository.named_as.clone(),
    };
    let source = Source::GitHub { repository: name, revision: None };
    Some(edge(&source, ArtifactType::Code, Relation::Code, repository.stated_in))
}

fn edge(
    source: &Source,
    parent_kind: ArtifactType,
    relation: Relation,
    stated_in: Provenance,
) -> Edge {
    let statements = vec![Statement { stated_in, relation }];
    Edge { parent: source.canonical(), parent_kind, relation, statements }
}
