//! Tables of a card as they stand.

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// The line of the card that it begins on.
    pub(crate) line: usize,
    /// Its first row.
    pub(crate) header: Vec<String>,
    /// The rows under it.
    pub(crate) rows: Vec<Vec<String>>,
    /// The lines of the card that the rows stand on, the header's first.
    pub(crate) row_lines: Vec<usize>,
}

impl Table {
    /// The cells that name things: the header and the first of each row.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        let first = self.rows.iter().filter_map(|row| row.first());
        self.header.iter().chain(first).map(String::as_str)
    }
}
