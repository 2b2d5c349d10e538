//! What a catalogue's query asks for, in SQL.

use super::columns::{kind_code, to_json};
use crate::catalog::{Bounds, CatalogKey, CatalogOrder, CatalogQuery, Position, SortValue};
use crate::error::StoreError;
use rusqlite::types::Value;
use serde::Serialize;
use std::collections::BTreeSet;
use touchstone_domain::ArtifactType;
use touchstone_domain::catalog::StatusWord;

/// Conditions in this module's own words, with the values that are bound to them.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions(Vec<(String, Value)>);

/// Stands in a condition where its value goes.
const VALUE: &str = "{value}";

impl Conditions {
    pub(super) fn of(query: &CatalogQuery) -> Result<Self, StoreError> {
        let mut conditions = Self::default();
        let statuses: Vec<_> = query.statuses.iter().map(|status| status_code(*status)).collect();
        conditions.any_of("a.status", &statuses)?;
        conditions.any_of("a.license", &query.licenses)?;
        conditions.any_of("a.task", &query.tasks)?;
        conditions.any_of("a.library", &query.libraries)?;
        let bytes = |bound: Option<u64>| bound.map(|at| i64::try_from(at).unwrap_or(i64::MAX));
        let Bounds { at_least, at_most } = query.size_bytes;
        let size = Bounds { at_least: bytes(at_least), at_most: bytes(at_most) };
        conditions.within("a.size_bytes", size);
        conditions.within("a.net_score", query.net_score);
        for (metric, bounds) in &query.scores {
            conditions.within(&format!("a.scores ->> '{}'", metric.as_str()), *bounds);
        }
        Ok(conditions)
    }

    fn any_of<T: Serialize>(&mut self, column: &str, values: &[T]) -> Result<(), StoreError> {
        if !values.is_empty() {
            let condition = format!("{column} IN (SELECT value FROM json_each({VALUE}))");
            self.0.push((condition, to_json(&values)?.into()));
        }
        Ok(())
    }

    fn within<T: Into<Value>>(&mut self, column: &str, bounds: Bounds<T>) {
        let ends = [(">=", bounds.at_least), ("<=", bounds.at_most)];
        for (relation, end) in ends {
            if let Some(end) = end {
                self.0.push((format!("{column} {relation} {VALUE}"), end.into()));
            }
        }
    }

    /// The conditions, each after an AND; their values are added to those that are bound already.
    pub(super) fn bind(&self, values: &mut Vec<Value>) -> String {
        let mut words = String::new();
        for (condition, value) in &self.0 {
            values.push(value.clone());
            words.push_str(" AND ");
            words.push_str(&condition.replace(VALUE, &format!("?{}", values.len())));
        }
        words
    }
}

/// A statement that gives the ids of the first ?1 artifacts behind a position, with what they are
/// sorted by. The types become branches, each read in order from an index and then merged, so that a
/// page costs the same wherever it is.
pub(super) fn in_order(
    kinds: &[ArtifactType],
    conditions: &Conditions,
    order: CatalogOrder,
    after: Option<Position>,
    values: &mut Vec<Value>,
) -> String {
    let mut wanted = conditions.bind(values);
    if let Some(after) = after {
        wanted.push_str(&behind(after, order, values));
    }
    let kinds: BTreeSet<_> =
        if kinds.is_empty() { &ArtifactType::ALL } else { kinds }.iter().collect();
    let key =
        sorted_by(order.key).map_or(String::new(), |sorted_by| format!(", {sorted_by} AS key"));
    let branches: Vec<_> = kinds
        .into_iter()
        .map(|kind| {
            let kind = kind_code(*kind);
            format!("SELECT a.id AS id{key} FROM artifacts a WHERE a.kind = {kind}{wanted}")
        })
        .collect();
    let sort = sort(sorted_by(order.key).map(|_| "key"), "id", order);
    format!("{} ORDER BY {sort} LIMIT ?1", branches.join(" UNION ALL "))
}

/// How the artifacts of [`in_order`], joined as `a`, are sorted again after a join.
pub(super) fn order_by(order: CatalogOrder) -> String {
    sort(sorted_by(order.key), "a.id", order)
}

fn sort(key: Option<&str>, id: &str, order: CatalogOrder) -> String {
    let direction = if order.descending { " DESC" } else { "" };
    let key = key.map_or(String::new(), |key| format!("{key}{direction}, "));
    format!("{key}{id}{direction}")
}

/// The expression that is sorted by before the id, as an index holds it.
const fn sorted_by(key: CatalogKey) -> Option<&'static str> {
    match key {
        CatalogKey::Created => None,
        CatalogKey::Name => Some("a.folded_name"),
        CatalogKey::NetScore => Some("coalesce(a.net_score, -1)"),
        CatalogKey::Size => Some("coalesce(a.size_bytes, -1)"),
    }
}

/// The condition of standing behind a position.
fn behind(position: Position, order: CatalogOrder, values: &mut Vec<Value>) -> String {
    let relation = if order.descending { '<' } else { '>' };
    let value = match position.value {
        SortValue::None => None,
        SortValue::Text(text) => Some(Value::from(text)),
        SortValue::Number(number) => Some(Value::from(number)),
    };
    if let (Some(expression), Some(value)) = (sorted_by(order.key), value) {
        values.extend([value, position.id.into()]);
        let count = values.len();
        format!(" AND ({expression}, a.id) {relation} (?{}, ?{count})", count - 1)
    } else {
        values.push(position.id.into());
        format!(" AND a.id {relation} ?{}", values.len())
    }
}

const fn status_code(status: StatusWord) -> i64 {
    match status {
        StatusWord::Pending => 0,
        StatusWord::Ready => 1,
        StatusWord::Failed => 2,
    }
}
