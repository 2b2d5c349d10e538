//! What a text is divided into.

use super::super::headings::Topic;
use super::super::links::Link;
use super::super::tables::Table;
use std::collections::BTreeSet;

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Section {
    /// The heading's text; empty before the first heading.
    pub(crate) heading: String,
    /// Its level, 1 to 6; 0 before the first heading; 7 for a label that opens a line.
    pub(crate) level: u8,
    /// The line of the card's source, counted from 1, that the heading stands on.
    pub(crate) line: usize,
    /// What the heading announces, or the nearest heading above it that announces something.
    pub(crate) topics: BTreeSet<Topic>,
    /// The prose, without markup, code blocks and tables; paragraphs are divided by line breaks.
    pub(crate) prose: String,
    /// The lines of the card that the lines of prose begin on.
    pub(super) prose_lines: Vec<usize>,
    /// Its code blocks.
    pub(crate) code: Vec<CodeBlock>,
    /// Its tables.
    pub(crate) tables: Vec<Table>,
    /// Its links.
    pub(crate) links: Vec<Link>,
}

impl Section {
    /// The line of the card that a line of the prose begins on.
    pub(crate) fn line_of(&self, prose_line: usize) -> usize {
        self.prose_lines.get(prose_line).copied().unwrap_or(self.line)
    }
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CodeBlock {
    /// The language it is marked with, in lower case; empty where it is not.
    pub(crate) language: String,
    /// The code.
    pub(crate) text: String,
    /// The line of the card that its first line stands on.
    pub(crate) line: usize,
}
