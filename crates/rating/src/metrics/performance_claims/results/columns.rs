//! What the columns of a table are, by their headings.

use super::vocabulary::metric_in;
use crate::text::{Table, is_spelled};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Its cells name data sets.
    Data,
    /// Its cells name measures.
    Measure,
    /// Its cells name parts of one data set.
    Division,
    /// Its numbers count something, or log a training: they are no results.
    Count,
    /// Its numbers are this model's.
    Own,
    /// Anything else: names or results.
    Other,
}

const DATA: [&str; 6] = ["dataset", "data set", "benchmark", "task", "corpus", "test set"];
const MEASURE: [&str; 2] = ["metric", "measure"];
const DIVISION: [&str; 10] = [
    "language", "lang", "split", "class", "label", "entity", "category", "speaker", "subset",
    "type",
];
const COUNT: [&str; 24] = [
    "shot",
    "shots",
    "param",
    "params",
    "parameters",
    "size",
    "layers",
    "epoch",
    "epochs",
    "step",
    "steps",
    "tokens",
    "samples",
    "examples",
    "sentences",
    "count",
    "number",
    "bits",
    "year",
    "memory",
    "ram",
    "latency",
    "time",
    "support",
];

/// The columns of a table in a card about the models of these names.
pub(super) fn columns(table: &Table, own_names: &[&str]) -> Vec<Column> {
    table.header.iter().map(|header| column(header, own_names)).collect()
}

fn column(header: &str, own_names: &[&str]) -> Column {
    let lower = header.trim().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if matches!(lower.as_str(), "training loss" | "train loss") {
        Column::Count
    } else if metric_in(header).is_some() {
        Column::Other
    } else if lower.starts_with('#') || words.any(|word| COUNT.contains(&word)) {
        Column::Count
    } else if begins(&DATA) {
        Column::Data
    } else if begins(&MEASURE) {
        Column::Measure
    } else if begins(&DIVISION) {
        Column::Division
    } else if own_names.iter().any(|name| is_spelled(header, name)) {
        Column::Own
    } else {
        Column::Other
    }
}
