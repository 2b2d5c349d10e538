//! Results that are stated for programs: `.eval_results` and the front matter's `model-index`.

use super::vocabulary::is_number;
use super::{Form, MAX_RESULTS, Reported};
use crate::context::Context;
use crate::text::read_yaml;
use serde_json::Value;

fn text(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    text.chars().take(80).collect()
}

/// What lies in `.eval_results`.
pub(super) fn eval_results(context: &Context<'_>) -> Vec<Reported> {
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
                whole: true,
            });
        }
    }
    found
}

/// What the front matter states, or the Hub read there.
pub(super) fn model_index(context: &Context<'_>) -> Vec<Reported> {
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
                whole: true,
            });
        }
    }
    found
}
