//! The front matter of a README, as the Hub reads it into `cardData` and tags.

use serde_json::{Map, Value};

/// What the Hub knows of a card.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    /// The front matter as JSON, without `model-index`, which the Hub shows on its own.
    pub(super) fields: Option<Map<String, Value>>,
    pub(super) model_index: Option<Value>,
    text: String,
}

impl Card {
    pub(super) fn parse(readme: &[u8]) -> Self {
        let text = String::from_utf8_lossy(readme).replace("\r\n", "\n");
        let mut fields = front_matter(&text);
        let model_index = fields.as_mut().and_then(|fields| fields.remove("model-index"));
        Self { fields, model_index, text }
    }

    /// One field that is a plain text.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.fields.as_ref()?.get(key)?.as_str()
    }

    /// One field that may be a text or a list of texts.
    pub(super) fn list_of(&self, key: &str) -> Vec<&str> {
        match self.fields.as_ref().and_then(|fields| fields.get(key)) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The tags that follow from the card, spelled as the Hub does.
    pub(super) fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for key in ["library_name", "tags", "pipeline_tag", "task_categories", "language"] {
            tags.extend(self.list_of(key).into_iter().map(str::to_owned));
        }
        for (key, prefix) in [
            ("license", "license:"),
            ("datasets", "dataset:"),
            ("size_categories", "size_categories:"),
        ] {
            tags.extend(self.list_of(key).iter().map(|value| format!("{prefix}{value}")));
        }
        tags.extend(self.papers().map(|paper| format!("arxiv:{paper}")));
        let relation = self.text_of("base_model_relation").unwrap_or("finetune");
        for base in self.list_of("base_model") {
            tags.push(format!("base_model:{base}"));
            tags.push(format!("base_model:{relation}:{base}"));
        }
        if self.model_index.is_some() {
            tags.push("model-index".to_owned());
        }
        tags
    }

    /// Identifiers of the arXiv papers that the text links to.
    fn papers(&self) -> impl Iterator<Item = &str> {
        self.text.split("arxiv.org/abs/").skip(1).map(|rest| {
            let end = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.');
            rest[..end.unwrap_or(rest.len())].trim_end_matches('.')
        })
    }
}

fn front_matter(text: &str) -> Option<Map<String, Value>> {
    let (yaml, _) = text.strip_prefix("---\n")?.split_once("\n---")?;
    match serde_saphyr::from_str(yaml) {
        Ok(Value::Object(fields)) => Some(fields),
        Ok(_) | Err(_) => None,
    }
}
