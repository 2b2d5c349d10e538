//! The results that a model states, each with the data set and metric it belongs to.

use crate::context::Context;
use crate::text::{Section, Table, Topic, is_spelled, read_yaml};
use serde_json::Value;
use std::collections::BTreeSet;

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
            Form::Table | Form::Prose | Form::Output => 0.7,
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
    let mut all = eval_results(context);
    all.extend(model_index(context));
    for section in context.card.own_sections() {
        let is_evaluation = section.topics.contains(&Topic::Evaluation);
        for table in &section.tables {
            if is_evaluation || table.header.iter().any(|cell| metric_in(cell).is_some()) {
                all.extend(in_table(context, section, table));
            }
        }
        if is_evaluation {
            all.extend(in_prose(context, section));
            all.extend(in_output(context, section));
        }
        if all.len() > MAX_RESULTS {
            break;
        }
    }
    all.truncate(MAX_RESULTS);
    all
}

fn text(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    text.chars().take(80).collect()
}

fn eval_results(context: &Context<'_>) -> Vec<Reported> {
    let documents = context.model.documents.iter();
    let mut found = Vec::new();
    for document in documents.filter(|it| it.path.starts_with(".eval_results/")) {
        let read = read_yaml(&document.text);
        for entry in read.as_ref().and_then(Value::as_array).into_iter().flatten() {
            let dataset = entry.get("dataset");
            let value = text(entry.get("value"));
            if !is_number(&value) {
                continue;
            }
            let verified = !text(entry.get("verifyToken")).is_empty();
            found.push(Reported {
                form: if verified { Form::Verified } else { Form::EvalResults },
                dataset: text(dataset.and_then(|it| it.get("id"))),
                metric: text(dataset.and_then(|it| it.get("task_id"))),
                value,
                seen_at: context.file_url(&document.path),
                compared: false,
            });
        }
    }
    found
}

fn model_index(context: &Context<'_>) -> Vec<Reported> {
    let by_hub = context.model.info.value().map(|info| &info.model_index);
    let Some(index) = context.card.front_matter.get("model-index").or(by_hub) else {
        return Vec::new();
    };
    let list = |value: &Value, field: &str| {
        value.get(field).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let models = index.as_array().into_iter().flatten();
    let results = models.flat_map(|model| list(model, "results"));
    let mut found = Vec::new();
    for result in results.take(MAX_RESULTS) {
        let dataset = result.get("dataset");
        let named = text(dataset.and_then(|it| it.get("name")));
        let typed = text(dataset.and_then(|it| it.get("type")));
        for metric in list(&result, "metrics") {
            let value = text(metric.get("value"));
            if !is_number(&value) {
                continue;
            }
            let kind = text(metric.get("type"));
            let verified = metric.get("verified").and_then(Value::as_bool) == Some(true);
            found.push(Reported {
                form: if verified { Form::Verified } else { Form::ModelIndex },
                dataset: if named.is_empty() { typed.clone() } else { named.clone() },
                metric: if kind.is_empty() { text(metric.get("name")) } else { kind },
                value,
                seen_at: context.card_url(),
                compared: false,
            });
        }
    }
    found
}

/// A number as results are written: `91.3`, `0.87%`, `91.3 ± 0.2`, `88.1/92.0`.
fn is_number(cell: &str) -> bool {
    let bare = cell.trim().trim_matches(|c: char| "*_~≈<>≤≥% ".contains(c));
    let first = bare.split(['±', '/', '(', ' ', '%']).next().unwrap_or_default();
    first.len() <= 24 && first.replace(',', "").parse::<f64>().is_ok_and(f64::is_finite)
}

/// Reads a table: a metric or data set may stand in its header, its first columns, its heading or
/// the sentence around it.
fn in_table(context: &Context<'_>, section: &Section, table: &Table) -> Vec<Reported> {
    let around = format!("{} {}", section.heading, section.prose);
    let around: String = around.chars().take(2_000).collect();
    let name = context.model.source.default_name();
    let compared = compares_models(table, name);
    let has_own = table.rows.iter().any(|row| is_own(row, name));
    let mut found = Vec::new();
    for (index, row) in table.rows.iter().enumerate().take(500) {
        if compared && has_own && !is_own(row, name) {
            continue;
        }
        let names = row.iter().skip(usize::from(compared)).map(String::as_str);
        let names: Vec<&str> = names.filter(|cell| !is_number(cell)).collect();
        let line = table.row_lines.get(index + 1).copied().unwrap_or(table.line);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| is_number(cell)) {
            let header = table.header.get(column).map(String::as_str).unwrap_or_default();
            let places = || std::iter::once(header).chain(names.iter().copied());
            let metric = places().find_map(metric_in);
            let dataset = places().find_map(dataset_in);
            let other = || around.as_str();
            found.push(Reported {
                form: Form::Table,
                metric: metric.or_else(|| metric_in(other())).unwrap_or_default(),
                dataset: dataset.or_else(|| dataset_around(context, other())).unwrap_or_default(),
                value: cell.clone(),
                seen_at: context.card_line_url(line),
                compared,
            });
        }
    }
    found
}

/// Whether a row is this model's.
fn is_own(row: &[String], name: &str) -> bool {
    let first = row.first().map(String::as_str).unwrap_or_default();
    is_spelled(first, name) || is_spelled(first, "ours") || is_spelled(first, "this model")
}

/// Whether a table's rows are models: its corner says so, or one row is this model; and there are
/// at least two.
fn compares_models(table: &Table, name: &str) -> bool {
    let corner = table.header.first().map(|cell| cell.to_lowercase()).unwrap_or_default();
    let says_so = ["model", "system", "method", "checkpoint"].iter().any(|it| corner.contains(it));
    let names = table.rows.iter().filter_map(|row| row.first());
    let different: BTreeSet<_> = names.filter(|it| !it.is_empty()).collect();
    (says_so || table.rows.iter().any(|row| is_own(row, name))) && different.len() >= 2
}

/// A sentence such as `it reaches an F1 of 91.3 on the CoNLL-2003 test set`.
fn in_prose(context: &Context<'_>, section: &Section) -> Vec<Reported> {
    let mut found = Vec::new();
    for line in section.prose.lines().filter(|line| line.len() <= 2_000).take(500) {
        let Some(metric) = metric_in(line) else { continue };
        let numbers = line.split_whitespace().map(|it| it.trim_matches(['(', ')', ',', ';', ':']));
        let value = numbers.map(|it| it.trim_end_matches('.')).find(|it| is_score(it));
        let Some(value) = value else { continue };
        found.push(Reported {
            form: Form::Prose,
            metric,
            dataset: dataset_in_prose(line)
                .or_else(|| dataset_around(context, &section.heading))
                .unwrap_or_default(),
            value: value.to_owned(),
            seen_at: context.card_line_url(section.line),
            compared: false,
        });
    }
    found
}

/// What an evaluation script printed: lines such as `"f1": 81.7,`.
fn in_output(context: &Context<'_>, section: &Section) -> Vec<Reported> {
    let around: String =
        format!("{} {}", section.heading, section.prose).chars().take(2_000).collect();
    let mut found = Vec::new();
    for block in section.code.iter().filter(|block| !block.language.starts_with("py")) {
        for (index, line) in block.text.lines().take(200).enumerate() {
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_end_matches(',');
            let Some(metric) = metric_in(name).filter(|_| is_score(value)) else { continue };
            found.push(Reported {
                form: Form::Output,
                metric,
                dataset: dataset_around(context, &around).unwrap_or_default(),
                value: value.chars().take(20).collect(),
                seen_at: context.card_line_url(block.line + index),
                compared: false,
            });
        }
    }
    found
}

/// The data set that the words around a result name, else the only one that the front matter names.
fn dataset_around(context: &Context<'_>, around: &str) -> Option<String> {
    dataset_in_prose(around).or_else(|| match context.card.strings("datasets").as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    })
}

/// In a sentence only a number with a fraction or a percent sign is a result.
fn is_score(word: &str) -> bool {
    is_number(word) && (word.contains('.') || word.contains('%'))
}

/// What results are measured in. The names of measures are the field's vocabulary; they name no
/// model, owner or data set.
const METRICS: [&str; 48] = [
    "accuracy",
    "acc",
    "f1",
    "precision",
    "recall",
    "exact match",
    "exact",
    "em",
    "bleu",
    "sacrebleu",
    "rouge",
    "rouge-1",
    "rouge-2",
    "rouge-l",
    "meteor",
    "chrf",
    "bertscore",
    "perplexity",
    "ppl",
    "wer",
    "cer",
    "mae",
    "mse",
    "rmse",
    "r2",
    "auc",
    "roc-auc",
    "auroc",
    "map",
    "ndcg",
    "ndcg@10",
    "mrr",
    "mrr@10",
    "recall@1",
    "pearson",
    "spearman",
    "matthews",
    "mcc",
    "iou",
    "miou",
    "fid",
    "psnr",
    "ssim",
    "top-1",
    "top-5",
    "pass@1",
    "win rate",
    "loss",
];

/// The measure that a cell or sentence names.
fn metric_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '@' && c != '-')
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
        .collect();
    let named = METRICS.iter().find(|metric| {
        let parts: Vec<&str> = metric.split(' ').collect();
        words.windows(parts.len()).any(|window| window == parts)
    });
    named
        .or_else(|| {
            METRICS.iter().find(|it| it.len() > 2 && words.iter().any(|w| w.starts_with(*it)))
        })
        .map(|metric| (*metric).to_owned())
}

/// What a cell names besides a measure: the data set, where it looks like a proper name.
fn dataset_in(cell: &str) -> Option<String> {
    const NO_DATA: [&str; 16] = [
        "model",
        "score",
        "value",
        "metric",
        "epoch",
        "step",
        "size",
        "average",
        "avg",
        "params",
        "name",
        "training loss",
        "rank",
        "test",
        "dev",
        "total",
    ];
    let lower = cell.trim().to_lowercase();
    let is_name = lower.len() >= 2
        && lower.len() <= 60
        && lower.chars().any(char::is_alphabetic)
        && metric_in(cell).is_none()
        && !NO_DATA.iter().any(|word| lower == *word || lower.starts_with(&format!("{word} ")));
    let proper = cell.chars().any(char::is_uppercase) || lower.contains(['-', '_', '/']);
    (is_name && proper).then(|| cell.trim().to_owned())
}

/// Words that begin a sentence with a capital letter and name no data set.
const ORDINARY: [&str; 14] = [
    "the",
    "this",
    "these",
    "our",
    "we",
    "it",
    "all",
    "in",
    "for",
    "model",
    "models",
    "results",
    "test",
    "evaluation",
];

/// The proper name behind `on`, or before `data set`, `test set` and the like.
fn dataset_in_prose(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(400).collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_proper = |word: &str| {
        let word = plain(word);
        word.len() >= 2
            && word.len() <= 40
            && word.chars().any(|c| c.is_uppercase() || "-_/".contains(c))
            && !ORDINARY.contains(&word.to_lowercase().as_str())
            && metric_in(&word).is_none()
    };
    let is_kind = |word: &str| {
        let word = plain(word).to_lowercase();
        ["dataset", "datasets", "test", "validation", "dev", "benchmark", "corpus", "split", "eval"]
            .contains(&word.as_str())
    };
    for (index, pair) in words.windows(2).enumerate() {
        if is_kind(pair[1]) && is_proper(pair[0]) && index > 0 {
            return Some(plain(pair[0]));
        }
        if matches!(plain(pair[0]).to_lowercase().as_str(), "on" | "dataset" | "data") {
            let next = words[index + 1..].iter().take(3).find(|word| is_proper(word));
            if let Some(name) = next {
                return Some(plain(name));
            }
        }
    }
    None
}
