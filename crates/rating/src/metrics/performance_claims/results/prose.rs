//! Results in sentences, in lists under a sentence that announces them, and in what evaluation
//! scripts printed.

use super::around::Around;
use super::vocabulary::{dataset_in_prose, is_score, metric_in};
use super::{Form, Reported};
use crate::context::Context;
use crate::text::Section;

/// Longer lines are no sentences.
const LONGEST_LINE: usize = 2_000;
const MOST_LINES: usize = 500;

/// Beginnings of the words by which a sentence says that it states a result.
const STATING: [&str; 9] =
    ["achiev", "reach", "obtain", "attain", "scor", "evaluat", "result", "perform", "accuracy"];

/// Sentences such as `it reaches an F1 of 91.3 on the CoNLL-2003 test set`. Outside a section on
/// evaluation a sentence must say that it states a result and name its data set, or stand in a list
/// that a sentence announces.
pub(super) fn in_prose(
    context: &Context<'_>,
    section: &Section,
    is_evaluation: bool,
) -> Vec<Reported> {
    let around = Around::section(context, section);
    let mut found = Vec::new();
    let mut announced = false;
    for (index, line) in section.prose.lines().enumerate().take(MOST_LINES) {
        if line.len() > LONGEST_LINE {
            continue;
        }
        if line.ends_with(':') && states(line) {
            announced = true;
            continue;
        }
        let Some((metric, value)) = metric_in(line).zip(score_in(line)) else {
            announced = false;
            continue;
        };
        let named = dataset_in_prose(line);
        if is_evaluation || announced || named.is_some() && states(line) {
            found.push(Reported {
                form: Form::Prose,
                metric,
                dataset: named.or_else(|| around.dataset.clone()).unwrap_or_default(),
                value: value.to_owned(),
                seen_at: context.card_line_url(section.line_of(index)),
                compared: false,
                whole: true,
            });
        }
    }
    found
}

/// Whether a sentence says that it states a result.
fn states(line: &str) -> bool {
    let lower = line.to_lowercase();
    STATING.iter().any(|word| lower.contains(word))
}

/// The first number of a sentence that is a result.
fn score_in(line: &str) -> Option<&str> {
    let words = line.split_whitespace().map(|word| word.trim_matches(['(', ')', ',', ';', ':']));
    words.map(|word| word.trim_end_matches('.')).find(|word| is_score(word))
}

/// What an evaluation script printed: lines such as `"f1": 81.7,`.
pub(super) fn in_output(context: &Context<'_>, section: &Section) -> Vec<Reported> {
    let around = Around::section(context, section);
    let mut found = Vec::new();
    for block in section.code.iter().filter(|block| !block.language.starts_with("py")) {
        for (index, line) in block.text.lines().take(200).enumerate() {
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_end_matches(',');
            let Some(metric) = metric_in(name).filter(|_| is_score(value)) else { continue };
            found.push(Reported {
                form: Form::Output,
                metric,
                dataset: around.dataset.clone().unwrap_or_default(),
                value: value.chars().take(20).collect(),
                seen_at: context.card_line_url(block.line + index),
                compared: false,
                whole: true,
            });
        }
    }
    found
}
