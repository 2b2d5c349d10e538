//! Gathering the facts of a model: its own repository, then all that it names, concurrently.

use super::Linked;
use crate::Registry;
use std::collections::HashSet;
use std::future::Future;
use tokio::time::{Instant, timeout_at};
use touchstone_domain::facts::{DatasetFacts, ModelFacts, RepositoryFacts, TextGrade};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::source::HubKind;
use touchstone_domain::{ArtifactType, Facts, Metric, Source};
use touchstone_rating::{Named, References};
use touchstone_sources::{Snapshot, too_late};

const MOST_DATASETS: usize = 5;
const MOST_REPOSITORIES: usize = 2;

/// Facts, what the model refers to, and how long it took to gather each group.
pub(crate) struct Collected {
    pub(crate) facts: Facts,
    pub(crate) references: References,
    pub(crate) seconds: CollectionSeconds,
}

/// Seconds of gathering, by what was gathered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CollectionSeconds {
    model: f64,
    datasets: f64,
    repositories: f64,
    parents: f64,
}

impl CollectionSeconds {
    /// How long the facts of a metric took to gather.
    pub(super) fn of(self, metric: Metric) -> f64 {
        let beyond = match metric {
            Metric::DatasetQuality => self.datasets,
            Metric::DatasetAndCodeScore => self.datasets.max(self.repositories),
            Metric::BusFactor
            | Metric::CodeQuality
            | Metric::License
            | Metric::Reproducibility
            | Metric::Reviewedness => self.repositories,
            Metric::TreeScore => self.parents,
            Metric::RampUpTime | Metric::PerformanceClaims | Metric::SizeScore => 0.0,
        };
        self.model + beyond
    }
}

impl Registry {
    /// Everything that is known of a model at this snapshot. The model's own repository may take half
    /// of the time, so that some is left for what it names.
    pub(super) async fn collect(&self, snapshot: &Snapshot, linked: &Linked) -> Collected {
        let collected_at = self.inner.clock.now();
        let (began, within) = (Instant::now(), self.inner.settings.collect_within);
        let (own_deadline, deadline) = (began + within / 2, began + within);
        let model = Box::pin(self.inner.sources.model(snapshot, own_deadline));
        let (model, seconds) = self.timed(model).await;
        let nothing_yet = Facts {
            collected_at,
            completed_at: None,
            model,
            datasets: Vec::new(),
            repositories: Vec::new(),
            parents: Vec::new(),
            grade: None,
        };
        self.collect_beyond(nothing_yet, linked, seconds, deadline).await
    }

    /// What is known of a model, with what could not be had before asked for again, and what is
    /// named by what has come.
    pub(crate) async fn collect_again(&self, known: Facts) -> Collected {
        let completed_at = Some(self.inner.clock.now());
        let (began, within) = (Instant::now(), self.inner.settings.collect_within);
        let (own_deadline, deadline) = (began + within / 2, began + within);
        let model = Box::pin(self.inner.sources.model_again(known.model, own_deadline));
        let (model, seconds) = self.timed(model).await;
        let known = Facts { completed_at, model, ..known };
        self.collect_beyond(known, &Linked::default(), seconds, deadline).await
    }

    /// Everything that the model names, but for what is known of it.
    async fn collect_beyond(
        &self,
        known: Facts,
        linked: &Linked,
        model_seconds: f64,
        deadline: Instant,
    ) -> Collected {
        let mut references = touchstone_rating::references(&known.model);
        add_linked(&mut references, linked, &known.model);
        let Facts { model, datasets, repositories, parents, .. } = &known;
        let (datasets, repositories, parents, grade) = tokio::join!(
            self.timed(self.datasets(&references.datasets, datasets, deadline)),
            self.timed(self.repositories(&references.repositories, repositories, deadline)),
            self.timed(self.parents_again(model, &mut references.parents, parents, deadline)),
            self.grade(&known),
        );
        let seconds = CollectionSeconds {
            model: model_seconds,
            datasets: datasets.1,
            repositories: repositories.1,
            parents: parents.1,
        };
        let (datasets, repositories, parents) = (datasets.0, repositories.0, parents.0);
        let facts = Facts { datasets, repositories, parents, grade, ..known };
        Collected { facts, references, seconds }
    }

    /// The language model's grade, which is asked for once.
    async fn grade(&self, known: &Facts) -> Option<TextGrade> {
        match &known.grade {
            Some(grade) => Some(grade.clone()),
            None => self.inner.sources.grade(&known.model.card.value()?.text).await,
        }
    }

    async fn timed<T>(&self, gathering: impl Future<Output = T>) -> (T, f64) {
        let began = self.inner.clock.elapsed();
        let gathered = gathering.await;
        let took = self.inner.clock.elapsed().saturating_sub(began);
        (gathered, took.as_secs_f64())
    }

    async fn datasets(
        &self,
        named: &[Named],
        known: &[DatasetFacts],
        deadline: Instant,
    ) -> Vec<DatasetFacts> {
        let sources = &self.inner.sources;
        let asked = named.iter().take(MOST_DATASETS).map(async |named| {
            if let Some(known) = known.iter().find(|known| known.named_as == named.name) {
                let again = timeout_at(deadline, sources.dataset_again(known.clone()));
                return again.await.unwrap_or_else(|_| known.clone());
            }
            let asked = sources.dataset(&named.name, named.stated_in);
            timeout_at(deadline, asked).await.unwrap_or_else(|_| DatasetFacts {
                named_as: named.name.clone(),
                stated_in: named.stated_in,
                info: too_late(&named.name),
                card: too_late(&named.name),
            })
        });
        futures::future::join_all(asked).await
    }

    async fn repositories(
        &self,
        named: &[Named],
        known: &[RepositoryFacts],
        deadline: Instant,
    ) -> Vec<RepositoryFacts> {
        let sources = &self.inner.sources;
        let asked = named.iter().take(MOST_REPOSITORIES).map(async |named| {
            if let Some(known) = known.iter().find(|known| known.named_as == named.name) {
                let again = timeout_at(deadline, sources.repository_again(known.clone(), deadline));
                return again.await.unwrap_or_else(|_| known.clone());
            }
            let asked = sources.repository(&named.name, named.stated_in);
            timeout_at(deadline, asked).await.unwrap_or_else(|_| unasked_repository(named))
        });
        futures::future::join_all(asked).await
    }
}

fn unasked_repository(named: &Named) -> RepositoryFacts {
    let page = format!("https://github.com/{}", named.name);
    RepositoryFacts {
        named_as: named.name.clone(),
        stated_in: named.stated_in,
        info: too_late(&page),
        contributors: too_late(&page),
        tree: too_late(&page),
        reviews: too_late(&page),
        readme: too_late(&page),
        license: too_late(&page),
        documents: Vec::new(),
    }
}

/// Puts what somebody says belongs to the model before what the model itself names.
fn add_linked(references: &mut References, linked: &Linked, model: &ModelFacts) {
    let named = linked.datasets_if_named.iter().filter(|url| names(references, model, url));
    let datasets: Vec<Named> =
        linked.datasets.iter().chain(named).filter_map(|url| linked_dataset(url)).collect();
    let repositories = linked.repositories.iter().filter_map(|url| linked_repository(url));
    references.datasets = without_duplicates(datasets, &references.datasets);
    references.repositories = without_duplicates(repositories.collect(), &references.repositories);
}

fn linked_dataset(url: &str) -> Option<Named> {
    match Source::parse(url, ArtifactType::Dataset).ok()? {
        Source::HuggingFace { kind: HubKind::Dataset, repository, .. } => {
            Some(Named { name: repository, stated_in: Provenance::Card })
        }
        _ => None,
    }
}

fn linked_repository(url: &str) -> Option<Named> {
    match Source::parse(url, ArtifactType::Code).ok()? {
        Source::GitHub { repository, .. } => {
            Some(Named { name: repository, stated_in: Provenance::Card })
        }
        _ => None,
    }
}

/// Whether the model names this data set, in a field or as a word of its card.
fn names(references: &References, model: &ModelFacts, url: &str) -> bool {
    let Some(dataset) = linked_dataset(url) else { return false };
    let wanted = last_segment(&dataset.name);
    let in_card = model.card.value().is_some_and(|card| {
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let mut words = card.text.split(|letter| !is_part(letter));
        words.any(|word| word.trim_matches('.').to_lowercase() == wanted)
    });
    in_card || references.datasets.iter().any(|named| last_segment(&named.name) == wanted)
}

fn last_segment(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_lowercase()
}

fn without_duplicates(first: Vec<Named>, then: &[Named]) -> Vec<Named> {
    let mut seen = HashSet::new();
    let mut all: Vec<Named> = first.into_iter().chain(then.iter().cloned()).collect();
    all.retain(|named| seen.insert(named.name.to_lowercase()));
    all
}
