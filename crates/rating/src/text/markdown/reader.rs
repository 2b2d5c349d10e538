//! Sorting a text's events into sections.

use super::super::headings::Topic;
use super::super::html::{Piece, pieces};
use super::super::links::{Link, bare_addresses};
use super::super::tables::Table;
use super::flow::BOLD_LEVEL;
use super::section::{CodeBlock, Section};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeSet;

/// More links than this are not kept.
const MAX_LINKS: usize = 2_000;

/// What a stretch of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Into {
    Prose,
    Heading,
    Code,
    Cell,
}

/// The text read so far, and where in it the reading is.
pub(super) struct Reader {
    /// Where each line begins.
    pub(super) line_starts: Vec<usize>,
    pub(super) first_line: usize,
    pub(super) line: usize,
    pub(super) into: Into,
    pub(super) sections: Vec<Section>,
    pub(super) labelled: Vec<Section>,
    /// The label that the running paragraph opened.
    pub(super) label_open: bool,
    /// The headings above the running one with what they announce: level and topics.
    pub(super) above: Vec<(u8, BTreeSet<Topic>)>,
    pub(super) text: String,
    pub(super) text_line: usize,
    pub(super) links: Vec<Link>,
    pub(super) link_count: usize,
    pub(super) link: Option<(String, usize)>,
    pub(super) html: String,
    pub(super) code: CodeBlock,
    pub(super) table: Table,
    /// A table in HTML that has begun and not ended.
    pub(super) html_table: Option<Table>,
    /// Where in the running text bold type began and ended.
    pub(super) bold: (usize, usize),
    pub(super) row: Vec<String>,
}

impl Reader {
    pub(super) fn new(body: &str, first_line: usize) -> Self {
        let starts = body.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            line_starts: std::iter::once(0).chain(starts).collect(),
            first_line,
            line: first_line,
            into: Into::Prose,
            sections: vec![Section { line: first_line, ..Section::default() }],
            labelled: Vec::new(),
            label_open: false,
            above: Vec::new(),
            text: String::new(),
            text_line: first_line,
            links: Vec::new(),
            link_count: 0,
            link: None,
            html: String::new(),
            code: CodeBlock::default(),
            table: Table::default(),
            html_table: None,
            bold: (0, 0),
            row: Vec::new(),
        }
    }

    pub(super) fn at(&mut self, offset: usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.line = self.first_line + line;
        if self.text.is_empty() {
            self.text_line = self.line;
        }
    }

    pub(super) fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if self.link.is_none() && self.into != Into::Code {
                    self.take_bare_links(&text);
                }
                self.text.push_str(&text);
            }
            Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.take_html(&html),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.end_html_table();
                self.flush();
                self.into = Into::Heading;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.into = Into::Code;
                self.code = CodeBlock { language: language(&kind), ..CodeBlock::default() };
                let fence = usize::from(matches!(kind, CodeBlockKind::Fenced(_)));
                self.code.line = self.line + fence;
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Table { line: self.line, ..Table::default() };
            }
            Tag::TableHead | Tag::TableRow => {
                self.row.clear();
                self.table.row_lines.push(self.line);
            }
            Tag::TableCell => {
                self.into = Into::Cell;
                self.text.clear();
            }
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), self.text.len()));
            }
            Tag::Strong => self.bold.0 = self.text.len(),
            Tag::Paragraph | Tag::Item => {
                self.flush();
                self.label_open = false;
                self.bold = (0, 0);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.open_section(level_number(level)),
            TagEnd::CodeBlock => {
                self.code.text = std::mem::take(&mut self.text);
                let code = std::mem::take(&mut self.code);
                self.section().code.push(code);
                self.into = Into::Prose;
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.section().tables.push(table);
                self.attach_links();
            }
            TagEnd::TableHead => self.table.header = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.rows.push(row);
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.row.push(cell.trim().to_owned());
                self.into = Into::Prose;
            }
            TagEnd::Link => self.close_link(),
            TagEnd::Strong => self.bold.1 = self.text.len(),
            TagEnd::Paragraph if self.is_bold_heading() => self.open_section(BOLD_LEVEL),
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.take_html(&html);
                self.flush();
            }
            _ => {}
        }
    }

    pub(super) fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    fn close_link(&mut self) {
        if let Some((address, from)) = self.link.take() {
            let text = self.text.get(from..).unwrap_or_default().to_owned();
            self.push_link(&address, &text);
        }
    }

    fn push_link(&mut self, address: &str, text: &str) {
        if self.link_count < MAX_LINKS
            && let Some(link) = Link::read(address, text, self.line)
        {
            self.link_count += 1;
            self.links.push(link);
        }
    }

    fn take_bare_links(&mut self, text: &str) {
        for address in bare_addresses(text) {
            self.push_link(address, "");
        }
    }

    fn take_html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => self.text.push_str(text),
                Piece::Link(address) => self.push_link(address, ""),
                Piece::HeadingStart => {
                    self.end_html_table();
                    self.flush();
                }
                Piece::HeadingEnd(level) => self.open_section(level),
                Piece::TableStart => self.begin_html_table(),
                Piece::TableEnd => self.end_html_table(),
                Piece::RowStart => self.begin_html_row(),
                Piece::RowEnd => self.end_html_row(),
                Piece::CellStart => self.begin_html_cell(),
                Piece::CellEnd => self.end_html_cell(),
                Piece::Break if self.into == Into::Prose => self.line_break(),
                Piece::Break => self.text.push(' '),
            }
        }
    }
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else { return String::new() };
    let word = info.split(|c: char| c.is_whitespace() || ",{".contains(c)).next();
    word.unwrap_or_default().to_lowercase()
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
