//! Tables that are written in HTML. End tags may be left out, as HTML allows.

use super::super::tables::Table;
use super::reader::{Into, Reader};

impl Reader {
    pub(super) fn begin_html_table(&mut self) {
        self.end_html_table();
        self.flush();
        self.html_table = Some(Table { line: self.line, ..Table::default() });
        self.row.clear();
    }

    pub(super) fn begin_html_row(&mut self) {
        self.end_html_row();
        if let Some(table) = &mut self.html_table {
            table.row_lines.push(self.line);
        }
    }

    pub(super) fn begin_html_cell(&mut self) {
        self.end_html_cell();
        if self.html_table.is_some() {
            self.into = Into::Cell;
            self.text.clear();
        }
    }

    pub(super) fn end_html_cell(&mut self) {
        if self.html_table.is_some() && self.into == Into::Cell {
            let cell = std::mem::take(&mut self.text);
            self.row.push(cell.split_whitespace().collect::<Vec<_>>().join(" "));
            self.into = Into::Prose;
        }
    }

    pub(super) fn end_html_row(&mut self) {
        self.end_html_cell();
        let Some(table) = &mut self.html_table else { return };
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            // A row without cells leaves no line.
            table.row_lines.truncate(table.rows.len() + usize::from(!table.header.is_empty()));
        } else if table.header.is_empty() {
            table.header = row;
        } else {
            table.rows.push(row);
        }
    }

    pub(super) fn end_html_table(&mut self) {
        self.end_html_row();
        if let Some(table) = self.html_table.take().filter(|table| !table.header.is_empty()) {
            self.section().tables.push(table);
            self.attach_links();
        }
    }
}
