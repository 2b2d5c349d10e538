//! Results in tables.

use super::around::Around;
use super::columns::{Column, columns};
use super::vocabulary::{dataset_in, is_number, metric_in};
use super::{Form, Reported};
use crate::context::Context;
use crate::text::{Section, Table, is_spelled};
use std::collections::BTreeSet;

/// Rows of one table that are read.
const MOST_ROWS: usize = 500;

/// Reads a table: a metric or data set may stand in its header, its first columns, its heading or
/// the sentence around it. Where rows or columns are models, only this model's are read.
pub(super) fn in_table(context: &Context<'_>, section: &Section, table: &Table) -> Vec<Reported> {
    let table = &with_one_header(table);
    let own_names = own_names(context);
    let columns = columns(table, &own_names);
    let has_own_column = columns.contains(&Column::Own);
    let models_in_rows = !has_own_column && compares_rows(table, &own_names);
    let has_own_row = table.rows.iter().any(|row| is_own(row, &own_names));
    let reading = Reading {
        around: Around::section(context, section),
        table,
        columns: &columns,
        models_in_rows,
        compared: models_in_rows || has_own_column && compares_columns(table, &columns),
    };
    let mut found = Vec::new();
    for (index, row) in table.rows.iter().enumerate().take(MOST_ROWS) {
        if models_in_rows && has_own_row && !is_own(row, &own_names) {
            continue;
        }
        let line = table.row_lines.get(index + 1).copied().unwrap_or(table.line);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| is_number(cell)) {
            let kind = columns.get(column).copied().unwrap_or(Column::Other);
            if kind == Column::Own || kind == Column::Other && !has_own_column {
                found.push(reading.result(row, column, cell, context.card_line_url(line)));
            }
        }
    }
    found
}

/// A table as it is read.
struct Reading<'a> {
    around: Around,
    table: &'a Table,
    columns: &'a [Column],
    /// Whether its first column names models.
    models_in_rows: bool,
    compared: bool,
}

impl Reading<'_> {
    fn result(&self, row: &[String], column: usize, value: &str, seen_at: String) -> Reported {
        let metric = self.metric(row, column);
        let dataset = self.dataset(row, column);
        Reported {
            form: Form::Table,
            whole: metric.is_some(),
            metric: metric.or_else(|| self.around.metric.clone()).unwrap_or_default(),
            dataset: dataset.or_else(|| self.around.dataset.clone()).unwrap_or_default(),
            value: value.to_owned(),
            seen_at,
            compared: self.compared,
        }
    }

    /// What the number is measured by: as a column of measures says, its header, or a name beside.
    fn metric(&self, row: &[String], column: usize) -> Option<String> {
        let mut measures = self.cells(row, |kind| kind == Column::Measure);
        let measure = measures.next().map(|cell| metric_in(cell).unwrap_or_else(|| short(cell)));
        let beside = self.cells(row, |_| true);
        measure.or_else(|| std::iter::once(self.header(column)).chain(beside).find_map(metric_in))
    }

    /// What it is measured on: as a column of data sets says, its header where that is no model, or
    /// a name beside.
    fn dataset(&self, row: &[String], column: usize) -> Option<String> {
        let is_name =
            |cell: &&str| cell.chars().any(char::is_alphabetic) && metric_in(cell).is_none();
        let data = self.cells(row, |kind| kind == Column::Data).find(is_name);
        let is_own = self.columns.get(column) == Some(&Column::Own);
        let header = (!is_own).then(|| self.header(column));
        let names_data = |kind| !matches!(kind, Column::Division | Column::Measure);
        let beside = self.cells(row, names_data);
        data.map(short).or_else(|| header.into_iter().chain(beside).find_map(dataset_in))
    }

    fn header(&self, column: usize) -> &str {
        self.table.header.get(column).map(String::as_str).unwrap_or_default()
    }

    /// The names of a row in columns of some kind, those of models left out.
    fn cells<'a>(
        &'a self,
        row: &'a [String],
        wanted: impl Fn(Column) -> bool + 'a,
    ) -> impl Iterator<Item = &'a str> {
        let cells = row.iter().zip(self.columns).skip(usize::from(self.models_in_rows));
        cells
            .filter(move |(cell, kind)| wanted(**kind) && !is_number(cell))
            .map(|(cell, _)| cell.as_str())
    }
}

fn short(cell: &str) -> String {
    cell.trim().chars().take(60).collect()
}

/// What this model goes by: the name of its repository, the title of its card, and `ours`.
fn own_names<'a>(context: &'a Context<'_>) -> Vec<&'a str> {
    let title = context.card.own_sections().find(|section| section.level == 1);
    let title = title.map(|section| section.heading.as_str());
    let title = title.filter(|title| title.split_whitespace().count() <= 6 && title.len() > 2);
    let repository = context.model.source.default_name();
    [Some(repository), title, Some("ours"), Some("this model")].into_iter().flatten().collect()
}

/// A first row that has no number and names measures continues the header: `SQuAD | | MNLI` above
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
fn is_own(row: &[String], own_names: &[&str]) -> bool {
    let first = row.first().map(String::as_str).unwrap_or_default();
    own_names.iter().any(|name| is_spelled(first, name))
}

/// Whether a table's rows are models: its corner says so, or one row is this model; and there are
/// at least two.
fn compares_rows(table: &Table, own_names: &[&str]) -> bool {
    let corner = table.header.first().map(|cell| cell.to_lowercase()).unwrap_or_default();
    let says_so =
        ["model", "system", "method", "checkpoint", "模型"].iter().any(|it| corner.contains(it));
    let names = table.rows.iter().filter_map(|row| row.first());
    let different: BTreeSet<_> = names.filter(|it| !it.is_empty()).collect();
    (says_so || table.rows.iter().any(|row| is_own(row, own_names))) && different.len() >= 2
}

/// Whether numbers of other models stand beside this model's column.
fn compares_columns(table: &Table, columns: &[Column]) -> bool {
    let is_other = |column: usize| columns.get(column) == Some(&Column::Other);
    let cells = table.rows.iter().flat_map(|row| row.iter().enumerate());
    cells.into_iter().any(|(column, cell)| is_other(column) && is_number(cell))
}
