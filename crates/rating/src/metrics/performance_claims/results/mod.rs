//! The results that a model states, each with the data set and metric it belongs to.

mod around;
mod columns;
mod declared;
mod prose;
mod tables;
mod vocabulary;

use crate::context::Context;
use crate::text::Topic;

/// More results than this are not read.
const MAX_RESULTS: usize = 2_000;

/// How a result is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In `.eval_results`, with a token by which the Hub verified it.
    Verified,
    /// In `.eval_results`.
    EvalResults,
    /// In the front matter's `model-index`.
    ModelIndex,
    /// In a table.
    Table,
    /// In a sentence.
    Prose,
    /// In what an evaluation script printed.
    Output,
}

/// One stated result.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reported {
    pub(super) form: Form,
    pub(super) dataset: String,
    pub(super) metric: String,
    pub(super) value: String,
    pub(super) seen_at: String,
    /// Whether other models' results stand beside it.
    pub(super) compared: bool,
    /// Whether its measure is stated with it, not only somewhere around.
    pub(super) whole: bool,
}

impl Reported {
    /// Whether the number has its data set and metric.
    pub(super) fn is_tied(&self) -> bool {
        !self.dataset.is_empty() && !self.metric.is_empty()
    }

    /// How well it is backed, 0 to 1.
    pub(super) fn backing(&self) -> f64 {
        match self.form {
            _ if !self.is_tied() => 0.1,
            Form::Verified => 1.0,
            Form::EvalResults => 0.9,
            Form::ModelIndex => 0.85,
            Form::Table | Form::Prose | Form::Output if self.whole => 0.7,
            Form::Table | Form::Prose | Form::Output => 0.6,
        }
    }

    /// What makes it different from other results.
    pub(super) fn key(&self) -> (String, String) {
        (self.dataset.to_lowercase(), self.metric.to_lowercase())
    }

    /// It as a sentence.
    pub(super) fn sentence(&self) -> String {
        let place = match self.form {
            Form::Verified => "A result that the Hub verified",
            Form::EvalResults => "`.eval_results`",
            Form::ModelIndex => "The card's `model-index`",
            Form::Table => "A table of the card",
            Form::Prose => "A sentence of the card",
            Form::Output => "An evaluation's output in the card",
        };
        let (value, metric, dataset) = (&self.value, &self.metric, &self.dataset);
        match (dataset.is_empty(), metric.is_empty()) {
            (false, false) => format!("{place} states {metric} {value} on {dataset}."),
            (true, false) => format!("{place} states {metric} {value} without a data set."),
            (false, true) => format!("{place} states {value} on {dataset} without a metric."),
            (true, true) => format!("{place} states {value} without a data set and a metric."),
        }
    }
}

/// Every result that the model states.
pub(super) fn all(context: &Context<'_>) -> Vec<Reported> {
    let mut all = declared::eval_results(context);
    all.extend(declared::model_index(context));
    for section in context.card.own_sections() {
        let is_evaluation = section.topics.contains(&Topic::Evaluation);
        for table in &section.tables {
            if is_evaluation || table.cells().any(|cell| vocabulary::metric_in(cell).is_some()) {
                all.extend(tables::in_table(context, section, table));
            }
        }
        all.extend(prose::in_prose(context, section, is_evaluation));
        if is_evaluation {
            all.extend(prose::in_output(context, section));
        }
        if all.len() > MAX_RESULTS {
            break;
        }
    }
    all.truncate(MAX_RESULTS);
    all
}
