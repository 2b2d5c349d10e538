//! Takes out of a large JSON value what a query selects.

use super::query::{Field, Selection};
use super::schema;
use crate::github::CodeRepository;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The most rows that GitHub gives of a connection at once.
const LARGEST_PAGE: u64 = 100;

pub(super) struct Executor {
    fragments: BTreeMap<String, Selection>,
    pub(super) errors: Vec<Value>,
}

impl Executor {
    pub(super) fn new(fragments: BTreeMap<String, Selection>) -> Self {
        Self { fragments, errors: Vec::new() }
    }

    /// `repository` is the one that `source` belongs to, for fields computed from arguments.
    pub(super) fn select(
        &mut self,
        repository: Option<&CodeRepository>,
        source: &Value,
        selections: &[Selection],
    ) -> Value {
        match source {
            Value::Array(items) => {
                items.iter().map(|item| self.select(repository, item, selections)).collect()
            }
            Value::Object(_) if !selections.is_empty() => {
                let mut selected = Map::new();
                self.collect(repository, source, selections, &mut selected, 0);
                Value::Object(selected)
            }
            other => other.clone(),
        }
    }

    fn collect(
        &mut self,
        repository: Option<&CodeRepository>,
        source: &Value,
        selections: &[Selection],
        selected: &mut Map<String, Value>,
        spreads: usize,
    ) {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    let value = self.field(repository, source, field);
                    selected.insert(field.alias.clone(), value);
                }
                Selection::Inline { on, selections } if is_of(source, on.as_deref()) => {
                    self.collect(repository, source, selections, selected, spreads);
                }
                Selection::Inline { .. } => {}
                // A fragment that spreads itself ends here.
                Selection::Spread(_) if spreads >= self.fragments.len() => {}
                Selection::Spread(name) => {
                    if let Some(fragment) = self.fragments.get(name).cloned() {
                        self.collect(repository, source, &[fragment], selected, spreads + 1);
                    }
                }
            }
        }
    }

    fn field(
        &mut self,
        repository: Option<&CodeRepository>,
        source: &Value,
        field: &Field,
    ) -> Value {
        let computed =
            repository.and_then(|repository| schema::computed(repository, source, field));
        let value = computed.unwrap_or_else(|| source[&field.name].clone());
        if value["nodes"].is_array() {
            let page = self.page(&value, field);
            return self.select(repository, &page, &field.selections);
        }
        self.select(repository, &value, &field.selections)
    }

    /// The rows of a connection that `first`, `last` and `after` choose.
    fn page(&mut self, connection: &Value, field: &Field) -> Value {
        let rows = connection["nodes"].as_array().map_or(&[][..], Vec::as_slice);
        let number = |name: &str| field.arguments.get(name).and_then(Value::as_u64);
        let asked = number("first").or(number("last"));
        let asks_for_rows = field.selections.iter().any(
            |it| matches!(it, Selection::Field(field) if matches!(field.name.as_str(), "nodes" | "edges")),
        );
        if asks_for_rows && !asked.is_some_and(|asked| (1..=LARGEST_PAGE).contains(&asked)) {
            self.errors.push(json!({ "type": "MISSING_PAGINATION_BOUNDARIES", "message": format!(
                "You must provide a `first` or `last` value between 1 and 100 to properly paginate the `{}` connection.",
                field.name,
            ) }));
        }
        let size = usize::try_from(asked.unwrap_or(LARGEST_PAGE).min(LARGEST_PAGE)).unwrap_or(0);
        let after = field.arguments.get("after").and_then(Value::as_str);
        let start: usize = after.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let start = if number("last").is_some() { rows.len().saturating_sub(size) } else { start };
        let end = start.saturating_add(size).min(rows.len());
        let page = rows.get(start..end).unwrap_or_default();
        let edges = page.iter().enumerate().map(|(index, node)| {
            let mut edge = json!({ "node": node, "cursor": (start + index + 1).to_string() });
            edge["size"] = node["size"].clone();
            edge
        });
        let mut connection = connection.clone();
        connection["edges"] = edges.collect();
        connection["nodes"] = json!(page);
        connection["totalCount"] = json!(rows.len());
        connection["pageInfo"] = json!({
            "hasNextPage": end < rows.len(), "hasPreviousPage": start > 0,
            "startCursor": (start + 1).to_string(), "endCursor": end.to_string(),
        });
        connection
    }
}

/// Whether a fragment on a type applies; a value that names no type is of every one.
fn is_of(source: &Value, on: Option<&str>) -> bool {
    match (source["__typename"].as_str(), on) {
        (Some(name), Some(on)) => name == on || matches!(on, "Actor" | "GitObject" | "Node"),
        _ => true,
    }
}
