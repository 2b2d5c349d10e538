//! What the words around a result say, where the result itself leaves it out.

use super::vocabulary::{dataset_in_prose, metric_in};
use crate::context::Context;
use crate::text::Section;

/// How much of a section is read for the names around a result.
const MOST_LETTERS: usize = 2_000;

/// The data set and the measure that the words around a result name.
pub(super) struct Around {
    pub(super) dataset: Option<String>,
    pub(super) metric: Option<String>,
}

impl Around {
    /// By a section's heading and sentences, else by what the front matter names alone.
    pub(super) fn section(context: &Context<'_>, section: &Section) -> Self {
        let words = format!("{} {}", section.heading, section.prose);
        let words: String = words.chars().take(MOST_LETTERS).collect();
        Self {
            dataset: dataset_in_prose(&words).or_else(|| only(context, "datasets")),
            metric: metric_in(&words).or_else(|| only(context, "metrics")),
        }
    }
}

/// The only value of a field of the front matter.
fn only(context: &Context<'_>, field: &str) -> Option<String> {
    match context.card.strings(field).as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}
