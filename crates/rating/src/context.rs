//! What a metric may look at: the facts of one model, its card read once, and the settings.

use crate::settings::RatingSettings;
use crate::text::Card;
use crate::text::python::{self, Example};
use touchstone_domain::facts::{DatasetFacts, ModelFacts, ParentFacts, RepositoryFacts, TextGrade};
use touchstone_domain::{Facts, Timestamp};

/// The facts of one model, its card read once, and the settings.
pub(crate) struct Context<'a> {
    /// When collection began: the only time that metrics know.
    pub(crate) collected_at: Timestamp,
    /// The model's own repository.
    pub(crate) model: &'a ModelFacts,
    /// Its card, read; an empty one where there is none.
    pub(crate) card: Card,
    /// The card's Python blocks that load a model.
    pub(crate) examples: Vec<Example>,
    /// The data sets it names.
    pub(crate) datasets: &'a [DatasetFacts],
    /// Their cards, read, in the same order.
    dataset_cards: Vec<Card>,
    /// The code repositories it names, most relevant first.
    pub(crate) repositories: &'a [RepositoryFacts],
    /// Its immediate parents.
    pub(crate) parents: &'a [ParentFacts],
    /// A language model's grade, where one is configured.
    pub(crate) grade: Option<&'a TextGrade>,
    /// What the operator set.
    pub(crate) settings: &'a RatingSettings,
}

impl<'a> Context<'a> {
    /// Everything known of a model.
    pub(crate) fn new(facts: &'a Facts, settings: &'a RatingSettings) -> Self {
        let (card, examples) = read(&facts.model);
        let is_own = card.about_another.is_none();
        let datasets: &[DatasetFacts] = if is_own { &facts.datasets } else { &[] };
        let read_card =
            |dataset: &DatasetFacts| Card::read(dataset.card.value(), dataset.info.value());
        Self {
            collected_at: facts.collected_at,
            model: &facts.model,
            examples,
            card,
            datasets,
            dataset_cards: datasets.iter().map(read_card).collect(),
            repositories: if is_own { &facts.repositories } else { &[] },
            parents: &facts.parents,
            grade: facts.grade.as_ref(),
            settings,
        }
    }

    /// The metadata that was collected of one of this model's parents; nothing where there is none.
    pub(crate) fn of_parent(&self, parent: &'a ParentFacts) -> Option<Self> {
        let model = parent.model.as_deref()?;
        let (card, examples) = read(model);
        Some(Self {
            collected_at: self.collected_at,
            model,
            examples,
            card,
            datasets: &[],
            dataset_cards: Vec::new(),
            repositories: &[],
            parents: &parent.parents,
            grade: None,
            settings: self.settings,
        })
    }

    /// The data sets it names with their cards.
    pub(crate) fn data(&self) -> impl Iterator<Item = (&'a DatasetFacts, &Card)> {
        self.datasets.iter().zip(&self.dataset_cards)
    }

    /// The page of one of the model's files at the pinned commit.
    pub(crate) fn file_url(&self, path: &str) -> String {
        self.model.source.file_url(&self.model.commit, path)
    }

    /// The card's page at the pinned commit, at a line (counted from 1) of its source.
    pub(crate) fn card_line_url(&self, line: usize) -> String {
        format!("{}#L{line}", self.card_url())
    }

    /// The card's page at the pinned commit, at the line of a field of its front matter; without
    /// a line where the field is only in what the Hub read.
    pub(crate) fn card_field_url(&self, field: &str) -> String {
        let text = self.model.card.value().map_or("", |card| card.text.as_str());
        let names = |line: &str| {
            line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        let closes = |line: &str| line.trim_end() == "---";
        let mut front =
            text.lines().enumerate().take_while(|(index, line)| *index == 0 || !closes(line));
        match front.find(|(_, line)| names(line)) {
            Some((index, _)) => self.card_line_url(index + 1),
            None => self.card_url(),
        }
    }

    /// The card's page at the pinned commit.
    pub(crate) fn card_url(&self) -> String {
        let path = self.model.card.value().map_or("README.md", |card| card.path.as_str());
        self.file_url(path)
    }
}

/// Reads a model's card and its examples. A card that documents another model says nothing of this
/// one.
fn read(model: &ModelFacts) -> (Card, Vec<Example>) {
    let mut card = Card::of(model);
    let examples = python::examples(&card, model);
    let Some(other) = python::other_model(&card, &examples, model) else {
        return (card, examples);
    };
    card.sections.clear();
    card.front_matter.retain(|field, _| field.starts_with("license"));
    card.about_another = Some(other);
    (card, Vec::new())
}
