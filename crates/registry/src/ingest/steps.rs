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
use touchstone_domain::{Artifact, ArtifactType, Sha256};
use touchstone_sources::Snapshot;

/// What was learned of a repository beside its files.
enum Learned {
    Model(Box<Collected>),
    /// The README of a data set or of code.
    Readme(Option<Document>),
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
        let manifest = self.transfer(&artifact, &snapshot, &learned.documents()).await?;
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
        let readme = self.registry.inner.sources.readme(snapshot).await;
        Learned::Readme(readme.found.ok())
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
        scored.latency.net_seconds = took.as_secs_f64();
        self.enter(Stage::Decide);
        self.registry.decide(&snapshot.source, &scored.rating)?;
        Ok(scored)
    }
}

impl Learned {
    /// What was read already and need not be fetched again.
    fn documents(&self) -> Vec<&Document> {
        match self {
            Self::Readme(readme) => readme.iter().collect(),
            Self::Model(collected) => {
                let model = &collected.facts.model;
                let asked =
                    [&model.card, &model.config, &model.adapter_config, &model.license_file];
                let read = asked.into_iter().filter_map(|fact| fact.value());
                read.chain(&model.documents).collect()
            }
        }
    }

    fn readme(&self) -> Option<String> {
        let readme = match self {
            Self::Readme(readme) => readme.as_ref(),
            Self::Model(collected) => collected.facts.model.card.value(),
        };
        readme.map(|readme| readme.text.clone())
    }
}
