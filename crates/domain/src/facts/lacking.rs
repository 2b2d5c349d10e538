//! Which facts are missing for a passing reason: what makes a rating provisional, and what is asked
//! for again.

use super::{DatasetFacts, Fact, Facts, Missing, ModelFacts, ParentFacts, RepositoryFacts};

/// A fact that is missing for a passing reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack<'a> {
    /// The fact, as the beginning of a sentence: `The model card`.
    pub what: String,
    /// Where it was looked for.
    pub seen_at: &'a str,
    /// Why it was not had.
    pub why: &'a Missing,
}

impl Facts {
    /// What these facts lack.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack<'_>> {
        lacks(&self.model, &self.datasets, &self.repositories, &self.parents)
    }
}

impl ParentFacts {
    /// What is lacking of this parent.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack<'_>> {
        let mut lacks = Lacks(Vec::new());
        lacks.parent(self);
        lacks.0
    }
}

/// What a model's facts lack.
#[must_use]
pub fn lacks<'a>(
    model: &'a ModelFacts,
    datasets: &'a [DatasetFacts],
    repositories: &'a [RepositoryFacts],
    parents: &'a [ParentFacts],
) -> Vec<Lack<'a>> {
    let mut lacks = Lacks(Vec::new());
    lacks.model(model);
    for dataset in datasets {
        lacks.dataset(dataset);
    }
    for repository in repositories {
        lacks.repository(repository);
    }
    for parent in parents {
        lacks.parent(parent);
    }
    lacks.0
}

struct Lacks<'a>(Vec<Lack<'a>>);

impl<'a> Lacks<'a> {
    fn look<T>(&mut self, what: &str, fact: &'a Fact<T>) {
        if let Some(why) = fact.why_missing().filter(|why| why.is_passing()) {
            self.0.push(Lack { what: what.to_owned(), seen_at: &fact.seen_at, why });
        }
    }

    fn model(&mut self, model: &'a ModelFacts) {
        self.look("The model's metadata", &model.info);
        self.look("The model's file list", &model.files);
        self.look("The model card", &model.card);
        self.look("The model's configuration", &model.config);
        self.look("The adapter's configuration", &model.adapter_config);
        self.look("The licence file", &model.license_file);
        self.look("The model's history", &model.history);
        self.look("The model's owner", &model.owner);
        for unread in &model.unread {
            self.look(&format!("The file {}", unread.path), &unread.fact);
        }
    }

    fn dataset(&mut self, dataset: &'a DatasetFacts) {
        self.look(&format!("The data set {}", dataset.named_as), &dataset.info);
        self.look(&format!("The card of the data set {}", dataset.named_as), &dataset.card);
    }

    fn repository(&mut self, repository: &'a RepositoryFacts) {
        let name = &repository.named_as;
        self.look(&format!("The repository {name}"), &repository.info);
        self.look(&format!("The contributors of {name}"), &repository.contributors);
        self.look(&format!("The file list of {name}"), &repository.tree);
        self.look(&format!("The reviews of {name}"), &repository.reviews);
        self.look(&format!("The README of {name}"), &repository.readme);
        self.look(&format!("The licence of {name}"), &repository.license);
    }

    /// Only the parent's own metadata and card count: what lies further up is the parent's rating.
    fn parent(&mut self, parent: &'a ParentFacts) {
        if let (None, Some(model)) = (&parent.registered, &parent.model) {
            self.look(&format!("The parent {}", parent.canonical), &model.info);
            self.look(&format!("The card of the parent {}", parent.canonical), &model.card);
        }
    }
}
