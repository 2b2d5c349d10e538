//! A model's or data set's card: its front matter and its text by sections.

use serde_json::{Map, Value};
use touchstone_domain::facts::ModelFacts;

/// A card, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Card {
    /// The front matter's fields: the card's own, else those that the Hub read.
    pub(crate) front_matter: Map<String, Value>,
    /// The text by its headings, in order; what stands before the first heading is a section
    /// without one.
    pub(crate) sections: Vec<Section>,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Section {
    /// The heading's text; empty before the first heading.
    pub(crate) heading: String,
    /// Its level, 1 to 6; 0 before the first heading.
    pub(crate) level: u8,
    /// The line of the card's source, counted from 1, that the heading stands on.
    pub(crate) line: usize,
    /// The prose, without markup, code blocks and tables; paragraphs are divided by line breaks.
    pub(crate) prose: String,
}

impl Card {
    /// Reads a model's card.
    pub(crate) fn of(model: &ModelFacts) -> Self {
        let front_matter = model
            .info
            .value()
            .and_then(|info| info.card_data.as_object())
            .cloned()
            .unwrap_or_default();
        Self { front_matter, sections: Vec::new() }
    }
}
