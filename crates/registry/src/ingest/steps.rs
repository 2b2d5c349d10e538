//! The stages of an ingest, in order.

use super::Linked;
use super::collect::Collected;
use super::outcome::Setback;
use super::publish::{Gathered, edges_of};
use super::score::Scored;
use super::worker::Attempt;
use crate::bundle::{BundleEntry, BundleLayout};
use std::time::Duration;
use touchstone_domain::facts::Document;
use touchstone_domain::job::Stage;
use touchstone_domain::{Artifact, ArtifactType, Fact, Missing, Sha256};
use touchstone_sources::Snapshot;

/// What was learned of a repository beside its files.
enum Learned {
    Model(Box<Collected>),
    /// The README of a data set or of code.
    Readme(Fact<Document>),
}

impl Attempt {
    /// All stages.
    pub(super) async fn ingest(&self) -> Result<(), Setback> {
        let inner = &self.registry.inner;
        let (began_at, began) = (inner.clock.now(), inner.clock.elapsed());
        let artifact = inner.store.artifact(&self.lease.artifact).await?;
        let artifact = artifact.ok_or(Setback::LeaseLost)?;

        self.enter(Stage::Resolve);
        let snapshot = self.resolve(&artifact).await?;
        self.enter(Stage::Collect);
        let learned = self.learn(artifact.kind, &snapshot).await;
        self.enter(Stage::Transfer);
        let (documents, refused) = (learned.documents(), learned.was_refused());
        let manifest = self.transfer(&artifact, &snapshot, &documents, refused).await?;
        let readme = learned.readme();
        let (scored, edges) = match learned {
            Learned::Readme(_) => (None, Vec::new()),
            Learned::Model(mut collected) => {
                collected.facts.model.weight_headers = self.weight_headers(&manifest).await?;
                let edges = edges_of(&collected);
                (Some(self.rate(&snapshot, *collected, began).await?), edges)
            }
        };
        self.enter(Stage::Publish);
        let gathered = Gathered { artifact, snapshot, manifest, began_at, readme, scored, edges };
        self.publish(gathered).await
    }

    fn enter(&self, stage: Stage) {
        self.tell(|progress| progress.stage = stage);
    }

    /// Pins the commit. Paths that lead out of the repository refuse it, before anything is
    /// fetched.
    async fn resolve(&self, artifact: &Artifact) -> Result<Snapshot, Setback> {
        let snapshot = self.registry.inner.sources.resolve(&artifact.source).await;
        let snapshot = snapshot.map_err(|error| Setback::upstream(&artifact.source, &error))?;
        let nothing = Sha256::from_digest(&[0; 32]);
        let entry = |path: &String| BundleEntry {
            path: path.clone(),
            size_bytes: 0,
            crc32: 0,
            sha256: nothing.clone(),
        };
        let entries = snapshot.files.iter().map(|file| entry(&file.path)).collect();
        BundleLayout::new(entries, &[]).map_err(|error| {
            Setback::lasting(format!("{} is refused: {error}", artifact.source.repository()))
        })?;
        Ok(snapshot)
    }

    async fn learn(&self, kind: ArtifactType, snapshot: &Snapshot) -> Learned {
        if kind == ArtifactType::Model {
            let collected = self.registry.collect(snapshot, &Linked::default()).await;
            return Learned::Model(Box::new(collected));
        }
        Learned::Readme(self.registry.inner.sources.readme(snapshot).await)
    }

    async fn rate(
        &self,
        snapshot: &Snapshot,
        collected: Collected,
        began: Duration,
    ) -> Result<Scored, Setback> {
        self.enter(Stage::Rate);
        let scored = self.registry.score(collected).await;
        let mut scored = scored.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "a rating was not made");
            Setback::lasting(format!("{} could not be rated", snapshot.source.repository()))
        })?;
        let took = self.registry.inner.clock.elapsed().saturating_sub(began);
        scored.record.latency.net_seconds = took.as_secs_f64();
        self.enter(Stage::Decide);
        self.registry.decide(&snapshot.source, &scored)?;
        Ok(scored)
    }
}

impl Learned {
    /// The files of the repository that were asked for by name.
    fn asked(&self) -> Vec<&Fact<Document>> {
        match self {
            Self::Readme(readme) => vec![readme],
            Self::Model(collected) => {
                let model = &collected.facts.model;
                vec![&model.card, &model.config, &model.adapter_config, &model.license_file]
            }
        }
    }

    /// What was read already and need not be fetched again.
    fn documents(&self) -> Vec<&Document> {
        let others = match self {
            Self::Readme(_) => [].as_slice(),
            Self::Model(collected) => &collected.facts.model.documents,
        };
        self.asked().into_iter().filter_map(Fact::value).chain(others).collect()
    }

    /// Whether upstream has refused a file already.
    fn was_refused(&self) -> bool {
        self.asked().into_iter().any(|asked| asked.why_missing() == Some(&Missing::Forbidden))
    }

    fn readme(&self) -> Option<String> {
        let readme = match self {
            Self::Readme(readme) => readme,
            Self::Model(collected) => &collected.facts.model.card,
        };
        readme.value().map(|readme| readme.text.clone())
    }
}
