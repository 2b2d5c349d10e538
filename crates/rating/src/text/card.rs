//! A model's or data set's card: its front matter and its text by sections.

use super::front_matter;
use super::headings::Topic;
use super::links::Link;
use super::markdown::{self, CodeBlock, Section};
use super::prose::{Substance, substance};
use serde_json::{Map, Value};
use std::collections::HashSet;
use touchstone_domain::facts::{Document, HubInfo, ModelFacts};

/// A card, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Card {
    /// The front matter's fields: the card's own, else those that the Hub read.
    pub(crate) front_matter: Map<String, Value>,
    /// The text by its headings, in order; what stands before the first heading is a section
    /// without one. Labels that open a line follow as sections of level 7.
    pub(crate) sections: Vec<Section>,
    /// The model that the card documents, where that is not the one it lies beside: such a card
    /// keeps no text.
    pub(crate) about_another: Option<String>,
    /// What of it could not be read and why, one sentence each.
    pub(crate) unread: Vec<String>,
}

impl Card {
    /// Reads a model's card.
    pub(crate) fn of(model: &ModelFacts) -> Self {
        Self::read(model.card.value(), model.info.value())
    }

    /// Reads a card's text, and what the Hub read of it where its own front matter cannot be read.
    pub(crate) fn read(document: Option<&Document>, info: Option<&HubInfo>) -> Self {
        let text = document.map(|document| document.text.as_str()).unwrap_or_default();
        let divided = front_matter::divide(text);
        let read = markdown::read(divided.body, divided.body_line);
        let mut unread = Vec::from_iter(read.cut);
        let own = divided.yaml.map(front_matter::read).transpose().unwrap_or_else(|why| {
            unread.push(format!("The card's front matter {why}."));
            None
        });
        let by_hub = || info.and_then(|info| info.card_data.as_object()).cloned();
        Self {
            front_matter: own.or_else(by_hub).unwrap_or_default(),
            sections: read.sections,
            about_another: None,
            unread,
        }
    }

    /// A field of the front matter that holds a word or a list of words.
    pub(crate) fn strings(&self, field: &str) -> Vec<&str> {
        match self.front_matter.get(field) {
            Some(Value::String(word)) => vec![word.as_str()],
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The sections about a topic.
    pub(crate) fn about(&self, topic: Topic) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.topics.contains(&topic))
    }

    /// What the sections about a topic say in prose.
    pub(crate) fn said_about(&self, topic: Topic) -> Substance {
        substance(self.about(topic).flat_map(|section| section.prose.lines()))
    }

    /// The line of the first section about a topic that says something, else of the first one.
    pub(crate) fn line_about(&self, topic: Topic) -> Option<usize> {
        let says = |section: &&Section| {
            substance(section.prose.lines()).words > 0
                || !section.code.is_empty()
                || !section.tables.is_empty()
        };
        self.about(topic).find(says).or_else(|| self.about(topic).next()).map(|it| it.line)
    }

    /// All links of the text; labels repeat those of their sections and are left out.
    pub(crate) fn links(&self) -> impl Iterator<Item = &Link> {
        self.own_sections().flat_map(|section| &section.links)
    }

    /// All code blocks.
    pub(crate) fn code(&self) -> impl Iterator<Item = &CodeBlock> {
        self.sections.iter().flat_map(|section| &section.code)
    }

    /// The sections that headings open.
    pub(crate) fn own_sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.level < 7)
    }
}

/// The words of a text that could be names of repositories.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"._-/".contains(c))
        .map(|word| word.trim_matches(|c: char| "._-/".contains(c)))
        .filter(|word| !word.is_empty())
}

/// Whether a text has every part of a name as a word of its own, in whatever form.
pub(crate) fn is_spelled(text: &str, name: &str) -> bool {
    let divide = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    divide(name).is_subset(&divide(text))
}
