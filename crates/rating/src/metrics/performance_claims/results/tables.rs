//! Results in tables.

use super::around::Around;
use super::vocabulary::{dataset_in, is_number, metric_in};
use super::{Form, Reported};
use crate::context::Context;
use crate::text::{Section, Table, is_spelled};
use std::collections::BTreeSet;

/// Rows of one table that are read.
const MOST_ROWS: usize = 500;

/// What the progress of a training is logged by; its columns measure no data set.
const TRAINING_LOG: [&str; 4] = ["training loss", "train loss", "epoch", "step"];

/// Reads a table: a metric or data set may stand in its header, its first columns, its heading or
/// the sentence around it.
pub(super) fn in_table(context: &Context<'_>, section: &Section, table: &Table) -> Vec<Reported> {
    let table = &with_one_header(table);
    let around = Around::section(context, section);
    let name = context.model.source.default_name();
    let compared = compares_models(table, name);
    let has_own = table.rows.iter().any(|row| is_own(row, name));
    let mut found = Vec::new();
    for (index, row) in table.rows.iter().enumerate().take(MOST_ROWS) {
        if compared && has_own && !is_own(row, name) {
            continue;
        }
        let names = row.iter().enumerate().skip(usize::from(compared));
        let names: Vec<(usize, &str)> = names
            .filter(|(_, cell)| !is_number(cell))
            .map(|(column, cell)| (column, cell.as_str()))
            .collect();
        let line = table.row_lines.get(index + 1).copied().unwrap_or(table.line);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| is_number(cell)) {
            let header = table.header.get(column).map(String::as_str).unwrap_or_default();
            if TRAINING_LOG.contains(&header.trim().to_lowercase().as_str()) {
                continue;
            }
            let names_in_row = || names.iter().map(|(_, name)| *name);
            let metric = std::iter::once(header).chain(names_in_row()).find_map(metric_in);
            let data = names.iter().filter(|(column, _)| !divides(table, *column));
            let data = std::iter::once(header).chain(data.map(|(_, name)| *name));
            let dataset = data.into_iter().find_map(dataset_in);
            found.push(Reported {
                form: Form::Table,
                whole: metric.is_some(),
                metric: metric.or_else(|| around.metric.clone()).unwrap_or_default(),
                dataset: dataset.or_else(|| around.dataset.clone()).unwrap_or_default(),
                value: cell.clone(),
                seen_at: context.card_line_url(line),
                compared,
            });
        }
    }
    found
}

/// What a column is headed by whose names are parts of one data set, not data sets.
const DIVISIONS: [&str; 9] =
    ["language", "lang", "split", "class", "label", "entity", "category", "speaker", "subset"];

fn divides(table: &Table, column: usize) -> bool {
    let header = table.header.get(column).map(|cell| cell.trim().to_lowercase());
    header.is_some_and(|header| DIVISIONS.iter().any(|division| header.starts_with(division)))
}

/// A first row that has no number and repeats no name continues the header: `SQuAD | | MNLI` above
/// `EM | F1 | Acc`. A name above an empty cell stands over it too.
fn with_one_header(table: &Table) -> Table {
    let continues = table.rows.len() > 1
        && table.header.iter().any(|cell| cell.trim().is_empty())
        && table.rows.first().is_some_and(|row| {
            row.iter().all(|cell| !is_number(cell))
                && row.iter().any(|cell| metric_in(cell).is_some())
        });
    if !continues {
        return table.clone();
    }
    let mut table = table.clone();
    let second = table.rows.remove(0);
    if table.row_lines.len() > 1 {
        table.row_lines.remove(1);
    }
    let mut above = String::new();
    for (column, cell) in second.into_iter().enumerate() {
        let Some(header) = table.header.get_mut(column) else { break };
        if !header.trim().is_empty() {
            above.clone_from(header);
        }
        format!("{above} {cell}").trim().clone_into(header);
    }
    table
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
